"""One row of a table to one message, or to the reason why it is none."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from prodops.connectors.feedback_table.columns import words_of
from prodops.connectors.feedback_table.durations import DurationError, read_duration, unit_seconds
from prodops.connectors.feedback_table.layout import Layout
from prodops.connectors.feedback_table.moments import read_moment
from prodops.connectors.feedback_table.names import ANSWER_FIELDS, DATE_FIELDS, END_FIELDS, LAG_FIELDS
from prodops.connectors.feedback_table.values import closing, decision, shown, step_decision, tags
from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.reading import Problem, problem
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.text.markup import plain
from prodops.text.moments import MomentError
from prodops.text.tables import Row

_SHORT_KEY = 6
_LONGEST_KEY = 120
_DAY = timedelta(days=1)
_FAR_STEPS = 200
"""More steps than a status history can have: what follows is not read."""


class RowError(ValueError):
    """A row that cannot be a message; `code` and `remedy` as a problem has them."""

    def __init__(self, code: str, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.remedy = remedy


def cite(layout: Layout, row: Row) -> Citation:
    """Where a row can be read again."""
    return Citation(layout.source, layout.sheet.locator(row.line))


def message_id(layout: Layout, key: str) -> RecordId:
    """The id of a message: tables with another header have other ids, whatever their files are called."""
    short = key if len(key) <= _LONGEST_KEY else key[:40] + "-" + _digest(key)
    return RecordId(f"table:feedback:{layout.columns.key[:_SHORT_KEY]}:{short}")


def content_key(values: Mapping[str, str]) -> str:
    """The key of a row without an id of its own: a digest of when it came in and what it says."""
    return _digest("\x1f".join(values.get(name, "") for name in ("created", "title", "text")))


def read_moments(layout: Layout, values: Mapping[str, str]) -> dict[str, datetime]:
    """The moments of a row by field; a date without a time on the day of creation is that of creation.

    Raises:
        RowError: A date is impossible, there is no date of creation, or something happened before it.
    """
    moments: dict[str, datetime] = {}
    for name in DATE_FIELDS:
        cell = values.get(name)
        if not cell or (name == "updated" and layout.last_lines is None):
            continue
        try:
            moments[name] = read_moment(cell, day_first=layout.day_first.get(name, False), zone=layout.zone)
        except MomentError as error:
            column = layout.columns.header[layout.columns.places[name]][:30]
            raise RowError(
                "bad_date", f"{column}: {str(error)[:80]}", "correct the date in this row"
            ) from error
    created = moments.get("created")
    if created is None:
        raise RowError("no_date", "the row does not say when it came in", "fill its date, or leave it out")
    moments |= _after_lags(layout, values, created)
    for name, moment in moments.items():
        if moment >= created or name == "updated":
            continue
        if moment + _DAY <= created or ":" in values[name]:
            raise RowError(
                "before_created", _contradiction(layout, values, name), "correct the dates of this row"
            )
        moments[name] = created
    return moments


def _after_lags(layout: Layout, values: Mapping[str, str], created: datetime) -> dict[str, datetime]:
    """The moments that durations since the creation lead to."""
    moments: dict[str, datetime] = {}
    for name in LAG_FIELDS:
        if name in values:
            column = layout.columns.header[layout.columns.places[name]]
            try:
                lag = read_duration(values[name], unit_seconds(words_of(column)))
            except DurationError as error:
                says, remedy = f"{column[:30]}: {error}", "correct the duration in this row"
                raise RowError("bad_duration", says, remedy) from error
            moments[name.removesuffix("_lag")] = created + lag
    return moments


def read_message(
    layout: Layout, row: Row, values: Mapping[str, str], *, key: str, moments: Mapping[str, datetime]
) -> tuple[Feedback | FeedbackEvent, ...]:
    """The message of a row, followed by the steps of its status history when the table has one."""
    columns = layout.columns
    own = message_id(layout, key)
    steps = history(layout, row, values.get("history", ""), own)
    decided_at, verdict = _verdict(values, moments, steps)

    def cell(name: str) -> str:
        return values.get(name, "")

    message = Feedback(
        id=own,
        cite=cite(layout, row),
        channel=cell("channel") or layout.channel,
        segment=cell("segment"),
        product=cell("product"),
        topic=cell("topic"),
        company=cell("company"),
        author=person_id(cell("author")) if cell("author") else None,
        title=Prose(plain(cell("title"))),
        text=Prose(plain(cell("text"))),
        created_at=moments["created"],
        first_answer_at=moments.get("first_answer"),
        decided_at=decided_at,
        decision=verdict,
        closed_at=moments.get("solved", moments.get("closed")),
        closed_how=_closed_how(values, moments),
        duplicate_of=message_id(layout, cell("duplicate_of")) if cell("duplicate_of") else None,
        observed_until=moments.get("observed_until"),
        status=cell("status"),
        tags=tags(cell("tags")),
        answers_recorded=any(name in columns.places for name in ANSWER_FIELDS),
        ends_recorded=any(name in columns.places for name in END_FIELDS),
    )
    return message, *steps


def _verdict(
    values: Mapping[str, str], moments: Mapping[str, datetime], steps: list[FeedbackEvent]
) -> tuple[datetime | None, str]:
    """When it was decided and what: by the row's own columns, else by the first decision of its history."""
    verdict = decision(values.get("decision", ""))
    if "decided" in moments:
        return moments["decided"], verdict or decision(values.get("status", ""))
    for place, step in enumerate(steps):
        if step.kind == "decided":
            return step.at, verdict or step_decision(step.words, [before.words for before in steps[:place]])
    return None, verdict


def history(layout: Layout, row: Row, written: str, feedback: RecordId) -> list[FeedbackEvent]:
    """The steps of a status history such as `2021-02-01 Draft; 2021-05-03 Accepted`, in their order.

    Steps without a date at their start are passed over: `broken_steps` counts them.
    """
    steps: list[FeedbackEvent] = []
    seen: list[str] = []
    for at, words in _steps(written):
        if at is None:
            continue
        kind = "decided" if step_decision(words, seen) else "other"
        seen.append(words)
        steps.append(
            FeedbackEvent(
                id=RecordId(f"table:event:{feedback.removeprefix('table:feedback:')}:{len(seen)}"),
                cite=cite(layout, row),
                feedback=feedback,
                at=at,
                kind=kind,
                words=Prose(words),
            )
        )
    return steps


def row_notes(layout: Layout, row: Row, values: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a row that is read in spite of it: cells beyond the header, an unreadable step."""

    def note(code: str, says: str, remedy: str) -> Problem:
        where = layout.sheet.locator(row.line)
        return problem(layout.source, where, code, says=says, remedy=remedy, lost=False)

    found: list[Problem] = []
    beyond = [cell for cell in row.cells[len(layout.columns.header) :] if cell.strip()]
    if beyond:
        says = f"{len(beyond)} more cells than the header has columns, from {shown(beyond[0])} on"
        found.append(note("extra_cells", says, "put quotes around a text that holds the separator"))
    if row.fault:
        found.append(note("bad_quote", row.fault, "close the quote in this row"))
    broken = [words for at, words in _steps(values.get("history", "")) if at is None]
    if broken:
        found.append(
            note("bad_step", f"a step without a date: {shown(broken[0])}", "write it as DATE STATUS")
        )
    said = values.get("decision", "")
    if said and not decision(said):
        found.append(
            note("unknown_decision", f"{shown(said)} is no yes, no or later", "use one of the three")
        )
    return found


def _steps(cell: str) -> list[tuple[datetime | None, str]]:
    steps: list[tuple[datetime | None, str]] = []
    for part in cell.split(";")[:_FAR_STEPS] if cell else ():
        day, _, words = part.strip().partition(" ")
        if not day:
            continue
        try:
            steps.append((read_moment(day), words.strip()[:80]))
        except MomentError:
            steps.append((None, part.strip()))
    return steps


def _closed_how(values: Mapping[str, str], moments: Mapping[str, datetime]) -> str:
    """Nothing while it is open; the source's reason, else what the tags, the twin or the status say."""
    if "solved" not in moments and "closed" not in moments:
        return ""
    reason = closing(values.get("closed_how", ""))
    if reason in {"solved", "auto_closed", "merged", "spam"}:
        return reason
    if any(closing(tag) == "auto_closed" for tag in tags(values.get("tags", ""))):
        return "auto_closed"
    if values.get("duplicate_of"):
        return "merged"
    if "solved" in moments:
        return "solved"
    return reason or closing(values.get("status", "")) or "closed"


def _contradiction(layout: Layout, values: Mapping[str, str], name: str) -> str:
    column = layout.columns.header[layout.columns.places[name]][:30]
    return f"{column} ({values[name][:30]}) is before it was created ({values['created'][:30]})"


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", errors="replace"), digest_size=8).hexdigest()
