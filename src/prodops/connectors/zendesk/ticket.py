"""A ticket, from JSON or from a row of a table, to feedback."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from prodops.connectors.zendesk.facts import Facts, Loop
from prodops.connectors.zendesk.fields import (
    ENDED,
    TicketError,
    closes_itself,
    feedback_id,
    moment,
    person,
    text,
)
from prodops.ledger.feedback import Feedback
from prodops.ledger.record import Citation, Prose
from prodops.text.markup import plain

_MERGE_TAG = "closed_by_merge"
_LISTED = str.maketrans("", "", "[]\"'")


def read_ticket(cite: Citation, ticket: Mapping[str, object], facts: Facts) -> Feedback:
    """The feedback that a ticket is.

    An ended ticket for which nothing says when it ended counts as ended at its last update, which is the
    latest it can have been.

    Raises:
        TicketError: It has no moment of creation, or an impossible one.
    """
    number = text(ticket, "id")
    created = moment(ticket.get("created_at"))
    if created is None:
        raise TicketError("no_date", f"ticket {number[:20]} does not say when it was created")
    loop = facts.loops.get(number, Loop())
    status = text(ticket, "status").casefold()
    tags = _tags(ticket.get("tags"))
    ended_at, ended_how = _ending(ticket, loop, status, tags)
    requester = text(ticket, "requester_id") or loop.requester
    return Feedback(
        id=feedback_id(number),
        cite=cite,
        channel=text(ticket, "via", "channel") or text(ticket, "via_channel") or "zendesk",
        product=facts.brands.get(text(ticket, "brand_id"), ""),
        topic=text(ticket, "type"),
        company=facts.organizations.get(text(ticket, "organization_id"), text(ticket, "organization_id")),
        author=person(requester, facts.addresses),
        title=Prose(plain(text(ticket, "raw_subject") or text(ticket, "subject"))),
        text=Prose(plain(text(ticket, "description"))),
        created_at=created,
        first_answer_at=_not_before(created, loop.first_answer_at),
        closed_at=_not_before(created, ended_at),
        closed_how=ended_how,
        duplicate_of=feedback_id(loop.merged_into) if loop.merged_into else None,
        observed_until=_not_before(created, facts.observed_until),
        status=status,
        tags=tags,
        answers_recorded=loop.answers_recorded,
    )


def _ending(
    ticket: Mapping[str, object], loop: Loop, status: str, tags: tuple[str, ...]
) -> tuple[datetime | None, str]:
    """When and how a ticket ended; nothing while its status says that it goes on."""
    if status not in ENDED:
        return None, ""
    ended_at = loop.ended_at or moment(ticket.get("updated_at"))
    if ended_at is None:
        return None, ""
    if _MERGE_TAG in tags or loop.ended_how == "merged":
        return ended_at, "merged"
    if loop.ended_how == "auto_closed" or any(closes_itself(tag) for tag in tags):
        return ended_at, "auto_closed"
    # Closing for good follows solving by itself: how a ticket ended is how it was solved.
    return ended_at, "solved"


def _not_before(created: datetime, at: datetime | None) -> datetime | None:
    return None if at is None else max(created, at)


def _tags(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.translate(_LISTED).split(",")
    listed = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(tag.strip() for tag in listed if isinstance(tag, str) and tag.strip()))
