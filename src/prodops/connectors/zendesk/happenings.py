"""What happened to tickets: from audits, incremental ticket events, metric events and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from prodops.connectors.zendesk.fields import (
    ENDED,
    TicketError,
    closes_itself,
    feedback_id,
    inside,
    mappings,
    moment,
    person,
    text,
)
from prodops.ledger.feedback import FeedbackEvent
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.text.markup import plain

_MERGED_INTO = re.compile(r"\bmerged into (?:request|ticket) #(\d{1,20})", re.IGNORECASE)
_BY_RULE = frozenset({"rule", "automation", "system"})
_AGENTS = frozenset({"agent", "admin"})


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened to a ticket.

    Attributes:
        ticket: The ticket's number.
        key: What tells it from every other happening.
        at: When.
        kind: comment, closed, auto_closed, merged, reopened, assigned or answered; a comment is an answer
            when somebody else than the requester wrote it.
        author: The user's number; empty when nobody did it.
        words: What was written.
        into: The ticket it was merged into.
    """

    ticket: str
    key: str
    at: datetime
    kind: str
    author: str = ""
    words: str = ""
    into: str = ""


def happenings(item: Mapping[str, object], ticket: str = "") -> Iterator[Happening]:
    """What an audit, a ticket event, a metric event or a comment says.

    Args:
        item: The JSON object.
        ticket: The ticket it stands in, where it does not name its own.

    Raises:
        TicketError: It has no moment, or an impossible one.
    """
    ticket = text(item, "ticket_id") or ticket
    at = moment(item.get("created_at")) or moment(item.get("time")) or moment(item.get("timestamp"))
    if at is None:
        raise TicketError("no_date", "it does not say when it happened")
    key = text(item, "id") or f"{ticket}-{at:%Y%m%d%H%M%S}"
    if "metric" in item:
        if text(item, "metric") == "reply_time" and text(item, "type") == "fulfill":
            yield Happening(ticket, f"metric-{key}", at, "answered")
        return
    author = text(item, "author_id") or text(item, "updater_id")
    changes = mappings(item.get("events")) or mappings(item.get("child_events"))
    if not changes and ("body" in item or "html_body" in item):
        yield from _comment(item, ticket, f"comment-{key}", at, author)
        return
    seen: set[str] = set()
    for number, change in enumerate(changes):
        one = f"{key}-{text(change, 'id') or number}"
        via = change.get("via") if isinstance(change.get("via"), Mapping) else item.get("via")
        for happened in _change(change, ticket, one, at, author=author, via=via):
            if happened.kind == "comment" or happened.kind not in seen:
                seen.add(happened.kind)
                yield happened


def _change(
    change: Mapping[str, object], ticket: str, key: str, at: datetime, *, author: str, via: object
) -> Iterator[Happening]:
    kind = text(change, "type") or text(change, "event_type")
    if kind == "Comment" or kind.endswith("Comment"):
        yield from _comment(change, ticket, key, at, text(change, "author_id") or author)
        return
    if kind != "Change":
        return
    field = text(change, "field_name")
    after = text(change, "value") if field == "status" else text(change, "status")
    before = text(change, "previous_value")
    if field == "status" or "status" in change:
        ended = _status_change(before, after, via)
        if ended:
            yield Happening(ticket, key, at, ended, author)
    elif field == "assignee_id" or "assignee_id" in change:
        yield Happening(ticket, key, at, "assigned", author)


def _comment(
    comment: Mapping[str, object], ticket: str, key: str, at: datetime, author: str
) -> Iterator[Happening]:
    words = text(comment, "html_body") or text(comment, "body") or text(comment, "plain_body")
    merged = _MERGED_INTO.search(words)
    if merged:
        yield Happening(ticket, key, at, "merged", author, words, into=merged[1])
    elif comment.get("public") is not False and comment.get("comment_public") is not False:
        yield Happening(ticket, key, at, "comment", author, words)


def _status_change(before: str, after: str, via: object) -> str:
    """What a change of status comes down to; a solved ticket that is closed for good ended before."""
    if before in ENDED:
        return "" if after in ENDED else "reopened"
    if after not in ENDED:
        return ""
    if text(via, "source", "rel") == "merge":
        return "merged"
    if text(via, "channel") in _BY_RULE:
        rule = text(via, "source", "from", "title")
        if text(via, "source", "rel") != "trigger" or closes_itself(rule):
            return "auto_closed"
    return "closed"


def is_answer(happened: Happening, requester: str, roles: Mapping[str, str]) -> bool:
    """Whether a happening is an answer: a comment by the team, or the metric that says so."""
    if happened.kind == "answered":
        return True
    if happened.kind != "comment" or not happened.author:
        return False
    if requester:
        return happened.author != requester
    return roles.get(happened.author, "") in _AGENTS


def event(
    cite: Citation, happened: Happening, *, answer: bool, addresses: Mapping[str, str]
) -> FeedbackEvent:
    """The record of a happening."""
    kind = "answered" if answer else "other" if happened.kind == "comment" else happened.kind
    return FeedbackEvent(
        id=RecordId(f"zendesk:event:{happened.key}"),
        cite=cite,
        feedback=feedback_id(happened.ticket),
        at=happened.at,
        kind=kind,
        author=person(happened.author, addresses),
        words=Prose(plain(happened.words)),
    )


def holds_happenings(item: Mapping[str, object]) -> bool:
    """Whether an object is an audit, a ticket event, a metric event or a comment of a ticket."""
    if "ticket_id" not in item:
        return False
    return any(
        inside(item, key) is not None for key in ("events", "child_events", "metric", "body", "html_body")
    )
