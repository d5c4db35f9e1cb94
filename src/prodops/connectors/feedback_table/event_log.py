"""A log with a row for each change: every row is an event, the last row of a message the message itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from prodops.connectors.feedback_table.layout import Layout
from prodops.connectors.feedback_table.messages import cite, message_id, read_message, read_moments
from prodops.connectors.feedback_table.values import closing, decision
from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.record import Prose, Record, RecordId
from prodops.text.tables import Row

_ASKS_BACK = (
    "awaiting user",
    "awaiting customer",
    "pending customer",
    "waiting for customer",
    "waiting on customer",
)
_ENDED = ("resolved", "solved", "closed", "completed", "cancelled", "canceled")


@dataclass(slots=True)
class Progress:
    """What the rows read so far say about one message.

    Attributes:
        events: How many rows it has had.
        status: Its status on the last of them.
        first_answer_at: When the team first asked back.
    """

    events: int = 0
    status: str = ""
    first_answer_at: datetime | None = None


def read_event(
    layout: Layout, row: Row, values: Mapping[str, str], *, key: str, progress: Progress
) -> tuple[Record, ...]:
    """The event of a row and, on the last row of its message, the message itself; brings `progress` on.

    Raises:
        RowError: A date of the row is impossible.
    """
    moments = read_moments(layout, values)
    status = values.get("status", "")
    kind = event_kind(status, progress.status)
    at = moments.get("updated", moments["created"])
    progress.events += 1
    progress.status = status
    if kind == "answered" and progress.first_answer_at is None:
        progress.first_answer_at = max(at, moments["created"])
    own = message_id(layout, key)
    event = FeedbackEvent(
        id=RecordId(f"table:event:{own.removeprefix('table:feedback:')}:{progress.events}"),
        cite=cite(layout, row),
        feedback=own,
        at=at,
        kind=kind,
        words=Prose(status),
    )
    if layout.last_lines is None or layout.last_lines.get(key) != row.line:
        return (event,)
    message = read_message(layout, row, values, key=key, moments=moments)[0]
    if isinstance(message, Feedback) and message.first_answer_at is None:
        message = replace(message, first_answer_at=progress.first_answer_at)
    return (event, message)


def event_kind(status: str, before: str) -> str:
    """What a change is: answered (the team asks back), closed, auto_closed, reopened, decided or other."""
    now, then = status.casefold(), before.casefold()
    if now == then:
        return "other"
    if now.startswith(_ASKS_BACK):
        return "answered"
    if now.startswith(_ENDED):
        return "auto_closed" if closing(status) == "auto_closed" else "closed"
    if then.startswith(_ENDED):
        return "reopened"
    return "decided" if decision(status) else "other"
