"""A first pass over an export: who is who, until when it speaks, and what became of each ticket."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from prodops.connectors.zendesk.fields import TicketError, inside, mappings, moment, text
from prodops.connectors.zendesk.happenings import Happening, happenings, holds_happenings, is_answer
from prodops.text.json_items import Item

_LONGEST_MINUTES = 1e8
_ENDS = frozenset({"closed", "auto_closed", "merged"})


@dataclass(slots=True)
class Loop:
    """What became of one ticket, as far as the export says.

    Attributes:
        requester: The number of who asked.
        answers_recorded: Whether the export says anything on answers to it.
        first_answer_at: When somebody else first answered in public.
        ended_at: When it last ended, unless it was reopened since.
        ended_how: closed, auto_closed or merged.
        merged_into: The ticket it was merged into.
    """

    requester: str = ""
    answers_recorded: bool = False
    first_answer_at: datetime | None = None
    ended_at: datetime | None = None
    ended_how: str = ""
    merged_into: str = ""


@dataclass(slots=True)
class Facts:
    """What a first pass over an export finds.

    Attributes:
        addresses: User number to e-mail address.
        roles: User number to role.
        organizations: Organisation number to name.
        brands: Brand number to name.
        loops: Ticket number to what became of it.
        latest: Ticket number to its latest update and the number of the item that holds it.
        observed_until: Up to when the export holds every change.
    """

    addresses: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=dict)
    brands: dict[str, str] = field(default_factory=dict)
    loops: dict[str, Loop] = field(default_factory=dict)
    latest: dict[str, tuple[str, int]] = field(default_factory=dict)
    observed_until: datetime | None = None


def gather(items: Iterable[Item]) -> Facts:
    """Go over the items of an export once; what cannot be read is left for the second pass to report."""
    facts = Facts()
    pending: dict[str, list[Happening]] = {}
    for number, item in enumerate(items):
        if not isinstance(item.value, dict):
            continue
        if is_ticket(item.value):
            _ticket(facts, number, item.value, pending)
        elif holds_happenings(item.value):
            _keep(pending, item.value, "")
        elif "ticket_id" in item.value:
            _metric_set(facts, text(item.value, "ticket_id"), item.value, None)
        else:
            _beside(facts, item.path, item.value)
    for ticket, happened in pending.items():
        _follow(facts, ticket, sorted(happened, key=lambda each: (each.at, each.key)))
    return facts


def is_ticket(value: Mapping[str, object]) -> bool:
    """Whether an object is a ticket."""
    if "ticket_id" in value or not text(value, "id"):
        return False
    return "created_at" in value and ("requester_id" in value or ("subject" in value and "status" in value))


def _ticket(
    facts: Facts, place: int, value: Mapping[str, object], pending: dict[str, list[Happening]]
) -> None:
    ticket = text(value, "id")
    updated = text(value, "updated_at")
    if updated >= facts.latest.get(ticket, ("", 0))[0]:
        facts.latest[ticket] = (updated, place)
    loop = facts.loops.setdefault(ticket, Loop())
    loop.requester = text(value, "requester_id") or text(value, "requester", "id")
    for part in (*mappings(value.get("audits")), *mappings(value.get("comments"))):
        loop.answers_recorded = True
        _keep(pending, part, ticket)
    if isinstance(value.get("metric_set"), Mapping):
        _metric_set(facts, ticket, value["metric_set"], value.get("created_at"))
    for role in ("requester", "assignee"):
        _user(facts, value.get(role), role)


def _keep(pending: dict[str, list[Happening]], item: Mapping[str, object], ticket: str) -> None:
    try:
        for happened in happenings(item, ticket):
            # What was written is not needed to follow a ticket, and would fill the memory.
            pending.setdefault(happened.ticket, []).append(replace(happened, words=""))
    except TicketError:
        return


def _follow(facts: Facts, ticket: str, happened: list[Happening]) -> None:
    loop = facts.loops.setdefault(ticket, Loop())
    loop.answers_recorded = True
    if not loop.requester:
        # The first to write in a ticket is who asked, unless the export knows better.
        first = next((each for each in happened if each.kind == "comment" and each.author), None)
        known = first is not None and facts.roles.get(first.author, "end-user") == "end-user"
        loop.requester = first.author if first and known else ""
    for each in happened:
        if is_answer(each, loop.requester, facts.roles) and loop.first_answer_at is None:
            loop.first_answer_at = each.at
        if each.kind in _ENDS:
            if loop.ended_at is None:
                loop.ended_at, loop.ended_how = each.at, each.kind
            elif each.kind == "merged":
                loop.ended_how = "merged"
        elif each.kind == "reopened":
            loop.ended_at, loop.ended_how = None, ""
        loop.merged_into = each.into or loop.merged_into


def _metric_set(facts: Facts, ticket: str, metrics: object, created: object) -> None:
    """Zendesk's own figures: minutes to the first reply by the calendar, and when it was solved."""
    loop = facts.loops.setdefault(ticket, Loop())
    loop.answers_recorded = loop.answers_recorded or inside(metrics, "reply_time_in_minutes") is not None
    minutes = inside(metrics, "reply_time_in_minutes", "calendar")
    try:
        began = moment(created) or moment(inside(metrics, "created_at"))
        solved = moment(inside(metrics, "solved_at"))
    except TicketError:
        return
    if (
        began
        and isinstance(minutes, int | float)
        and not isinstance(minutes, bool)
        and 0 <= minutes < _LONGEST_MINUTES
    ):
        loop.first_answer_at = began + timedelta(minutes=minutes)
    if solved:
        loop.ended_at, loop.ended_how = solved, loop.ended_how or "solved"


def _beside(facts: Facts, path: str, value: Mapping[str, object]) -> None:
    key = text(value, "id")
    if "users[" in path:
        _user(facts, value, text(value, "role"))
    elif "organizations[" in path:
        facts.organizations[key] = text(value, "name")
    elif "brands[" in path:
        facts.brands[key] = text(value, "name")
    for until in (_cursor_moment(text(value, "after_cursor")), _end_time(value.get("end_time"))):
        if until and (facts.observed_until is None or until > facts.observed_until):
            facts.observed_until = until


def _user(facts: Facts, value: object, role: str) -> None:
    key = text(value, "id")
    if key:
        facts.roles[key] = text(value, "role") or ("end-user" if role == "requester" else "agent")
        if text(value, "email"):
            facts.addresses[key] = text(value, "email")


def _cursor_moment(cursor: str) -> datetime | None:
    """The moment in a cursor, which is `1576613539.0||467` in base 64: the last change the page holds."""
    try:
        decoded = base64.b64decode(cursor[:200], validate=True).decode("ascii")
        return moment(float(decoded.partition("|")[0])) if "||" in decoded else None
    except (binascii.Error, ValueError, TicketError):
        return None


def _end_time(value: object) -> datetime | None:
    try:
        return moment(value) if isinstance(value, int) else None
    except TicketError:
        return None
