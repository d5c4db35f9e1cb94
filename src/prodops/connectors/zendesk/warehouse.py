"""The tables a warehouse lands Zendesk in: tickets, comments and the history of fields are used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prodops.connectors.zendesk.facts import Facts
from prodops.connectors.zendesk.fields import ENDED, TicketError, feedback_id, moment, person
from prodops.connectors.zendesk.happenings import event, happenings
from prodops.connectors.zendesk.ticket import read_ticket
from prodops.ledger.feedback import FeedbackEvent
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.text.tables import Row, read_table

TABLES: tuple[tuple[str, frozenset[str]], ...] = (
    ("ticket", frozenset({"id", "subject", "status", "created_at", "requester_id", "submitter_id"})),
    ("ticket_comment", frozenset({"id", "ticket_id", "body", "public", "user_id"})),
    ("ticket_field_history", frozenset({"field_name", "ticket_id", "updated", "value"})),
    ("ticket_chat_event", frozenset({"chat_id", "message_source", "is_history_context"})),
    ("ticket_chat", frozenset({"chat_id", "ticket_id", "visitor_id"})),
    ("ticket_tag", frozenset({"tag", "ticket_id"})),
    ("ticket_form_history", frozenset({"end_user_visible", "display_name"})),
    ("ticket_schedule", frozenset({"ticket_id", "schedule_id"})),
    ("ticket_sla_policy", frozenset({"ticket_id", "sla_policy_id"})),
    ("sla_policy_metric_history", frozenset({"sla_policy_id", "metric", "target"})),
    ("user", frozenset({"id", "role", "ticket_restriction"})),
    ("user_tag", frozenset({"tag", "user_id"})),
    ("organization", frozenset({"id", "shared_tickets", "shared_comments"})),
    ("organization_tag", frozenset({"tag", "organization_id"})),
    ("domain_name", frozenset({"domain_name", "organization_id"})),
    ("group", frozenset({"id", "name", "url", "_fivetran_deleted"})),
    ("brand", frozenset({"brand_url", "has_help_center"})),
    ("schedule", frozenset({"start_time_utc", "end_time_utc", "time_zone"})),
    ("schedule_holiday", frozenset({"schedule_id", "start_date", "end_date"})),
    ("daylight_time", frozenset({"time_zone", "daylight_offset"})),
    ("time_zone", frozenset({"time_zone", "standard_offset"})),
    ("audit_log", frozenset({"source_type", "change_description", "actor_id"})),
)
"""Each table by the columns that only it has; the first that fits is the one."""

USED = frozenset({"ticket", "ticket_comment", "ticket_field_history"})
_UNSPECIFIC = frozenset({"ticket_tag", "user_tag", "organization_tag", "group", "time_zone", "domain_name"})
_LINE_END = re.compile(r"[\r\n]")
_LONGEST_HEADER = 20_000
_FALSE = frozenset({"false", "f", "0", "no"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was recognised.

    Attributes:
        name: Its name in the warehouse.
        header: Its columns.
        landed: Whether it bears the mark of the loader, as in `_fivetran_synced`.
    """

    name: str
    header: tuple[str, ...]
    landed: bool


def find_table(header: Sequence[str]) -> Table | None:
    """The table that has such a header, or None."""
    names = tuple(name.strip().strip("\"'").casefold() for name in header)
    landed = any(name.startswith("_") and name.endswith("_synced") for name in names)
    for table, columns in TABLES:
        if columns <= set(names) and (landed or table not in _UNSPECIFIC):
            return Table(table, names, landed)
    return None


def read_warehouse(file: SourceFile, written: str) -> Iterator[Entry]:
    """Give one entry a row."""
    rows = read_table(written)
    header = next(rows, None) if _LINE_END.search(written, 0, _LONGEST_HEADER) else None
    table = find_table(header.cells) if header else None
    if table is None:
        says, remedy = "no table of Zendesk has this header", "map its columns as a table of messages"
        yield _failed(file, "file", "unknown_table", says, remedy)
        return
    if table.name not in USED:
        yield from _unused_rows(rows, table)
        return
    askers = _first_writers(written, table) if table.name == "ticket_comment" else {}
    states: dict[str, str] = {}
    seen: set[str] = set()
    empty = True
    for row in rows:
        empty = False
        where = f"line {row.line}"
        values: dict[str, object] = {
            name: cell.strip() for name, cell in zip(table.header, row.cells, strict=False)
        }
        try:
            yield _entry(
                file, Citation(file.name, where), table, values, askers=askers, states=states, seen=seen
            )
        except TicketError as error:
            yield _failed(file, where, error.code, str(error), error.remedy)
    if empty:
        yield _failed(file, "file", "no_rows", "there is no row below the header", "export the table again")


def _unused_rows(rows: Iterator[Row], table: Table) -> Iterator[Entry]:
    empty = True
    for row in rows:
        empty = False
        yield Entry(locator=f"line {row.line}", unused=f"table {table.name}: not used")
    if empty:
        yield Entry(locator="file", unused=f"table {table.name}: not used")


def _entry(
    file: SourceFile,
    cite: Citation,
    table: Table,
    values: Mapping[str, object],
    *,
    askers: Mapping[str, tuple[str, str]],
    states: dict[str, str],
    seen: set[str],
) -> Entry:
    if table.name == "ticket":
        return _ticket(file, cite, values, seen)
    comment = table.name == "ticket_comment"
    made = _comment(cite, values, askers) if comment else _field_change(cite, values, states)
    if made is None:
        return Entry(locator=cite.locator, unused="a change of a field other than status and assignee")
    if made.id in seen:
        return _failed(
            file, cite.locator, "duplicate_id", "the row stands twice; the first is read", "leave it out"
        )
    seen.add(made.id)
    return Entry(locator=cite.locator, records=(made,))


def _ticket(file: SourceFile, cite: Citation, values: Mapping[str, object], seen: set[str]) -> Entry:
    number = str(values.get("id", ""))
    if not number:
        return _failed(file, cite.locator, "no_id", "a ticket without an id", "export the table again")
    if number in seen:
        says = f"ticket {number[:20]} stands twice; the first is read"
        return _failed(file, cite.locator, "duplicate_id", says, "leave one of them out")
    seen.add(number)
    if values.get("status") == "deleted":
        return Entry(locator=cite.locator, unused="a deleted ticket")
    return Entry(locator=cite.locator, records=(read_ticket(cite, values, Facts()),))


def _first_writers(written: str, table: Table) -> dict[str, tuple[str, str]]:
    """Who wrote first in each ticket, which is who asked: (moment as written, user)."""
    first: dict[str, tuple[str, str]] = {}
    for row in read_table(written):
        values = dict(zip(table.header, row.cells, strict=False))
        ticket, at = values.get("ticket_id", ""), values.get("created") or values.get("created_at") or ""
        if at and (ticket not in first or at < first[ticket][0]):
            first[ticket] = (at, values.get("user_id", "").strip())
    return first


def _comment(
    cite: Citation, values: Mapping[str, object], askers: Mapping[str, tuple[str, str]]
) -> FeedbackEvent:
    item = {
        "id": values.get("id"),
        "ticket_id": values.get("ticket_id"),
        "created_at": values.get("created") or values.get("created_at"),
        "author_id": values.get("user_id"),
        "body": values.get("body"),
        "public": True,
    }
    happened = next(happenings(item), None)
    if happened is None or not happened.ticket:
        raise TicketError("bad_value", "the comment does not name its ticket")
    shown = str(values.get("public", "")).casefold() not in _FALSE
    asker = askers.get(happened.ticket, ("", ""))[1]
    answer = shown and bool(asker) and happened.kind == "comment" and happened.author != asker
    return event(cite, happened, answer=answer, addresses={})


def _field_change(
    cite: Citation, values: Mapping[str, object], states: dict[str, str]
) -> FeedbackEvent | None:
    """The event of a row of the history, which says what a field became; `states` knows what it was."""
    name, value = str(values.get("field_name", "")), str(values.get("value", ""))
    if name not in {"assignee_id", "status"}:
        return None
    at = moment(values.get("updated"))
    ticket = str(values.get("ticket_id", ""))
    if at is None or not ticket:
        raise TicketError("no_date", "the row does not say when, or of which ticket")
    kind = "assigned"
    if name == "status":
        ended = states.get(ticket) in ENDED
        kind = "other" if ended == (value in ENDED) else "reopened" if ended else "closed"
        states[ticket] = value
    return FeedbackEvent(
        id=RecordId(f"zendesk:event:field-{ticket}-{name}-{at:%Y%m%d%H%M%S%f}-{value[:40]}"),
        cite=cite,
        feedback=feedback_id(ticket),
        at=at,
        kind=kind,
        author=person(str(values.get("user_id", "")), {}),
        words=Prose(value[:80] if name == "status" else ""),
    )


def _failed(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
