"""The decision log as people take it away: what is due as a calendar, all of it as a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from prodops.ledger.ledger import Ledger
from prodops.views.decision_evidence import DECISION_EVIDENCE
from prodops.views.decisions import DECISIONS

CALENDAR = "-//prodops//decisions//EN"

COLUMNS = (
    "decision id", "question", "chosen", "options", "status", "asked on", "needed on", "decided on",
    "review on", "evidence", "ai reviewed", "data says", "intuition says", "predicts", "predicted low",
    "predicted high", "interval probability", "probability", "resolves on", "actual", "happened",
    "turned out", "kill criterion", "ended on", "ended planned", "supersedes", "dissent",
)  # fmt: skip
"""The columns of the table; `connectors/decision_table` reads them back."""

_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something about a decision that has a day.

    Attributes:
        name: The decision's number, Q and a number for a question, the key of one that was read.
        what: review, prediction or needed.
        on: The day.
        question: What was asked.
        chosen: The option chosen.
        note: What to look at: the kill criterion, what was predicted.
        id: The record.
        recorded_at: When the record was made; None of one that was read.
    """

    name: str
    what: str
    on: date
    question: str
    chosen: str
    note: str
    id: str
    recorded_at: datetime | None

    @property
    def does(self) -> str:
        """What is to be done, as a headline."""
        verbs = {"review": "Review decision", "prediction": "Check the prediction of", "needed": "Decide"}
        return f"{verbs[self.what]} {self.name}: {self.question}"


def due_dates(ledger: Ledger, until: date | None = None) -> tuple[Due, ...]:
    """What is to be looked at, the earliest first, overdue ones too.

    Args:
        ledger: Where the decisions are.
        until: The last day asked about; all when None.
    """
    rows = ledger.sql(_DUE, views=[DECISIONS])
    found = [
        Due(
            name=str(name), what=str(what), on=on, question=str(question), chosen=str(chosen),
            note=_note(what, note, low, high),
            id=str(record), recorded_at=at.replace(tzinfo=UTC) if at is not None else None,
        )
        for name, what, on, question, chosen, note, low, high, record, at in rows
    ]  # fmt: skip
    return tuple(one for one in found if until is None or one.on <= until)


def as_calendar(due: Sequence[Due]) -> bytes:
    """The days as an iCalendar file, one whole-day event each, under the same UID each time."""
    from icalendar import Alarm, Calendar, Event  # lazy: no other command writes a calendar

    calendar = Calendar()
    calendar.add("prodid", CALENDAR)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Decisions to look at again")
    for one in due:
        event = Event()
        event.add("uid", f"{one.id}:{one.what}@prodops")
        event.add("dtstamp", one.recorded_at or datetime.combine(one.on, time(), tzinfo=UTC))
        event.add("dtstart", one.on)
        event.add("summary", one.does)
        chosen = f"Chosen: {one.chosen}" if one.chosen else ""
        look = f"prodops decisions show {one.name}"
        event.add("description", "\n".join(line for line in (chosen, one.note, look) if line))
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one.does)
        alarm.add("trigger", timedelta(hours=9))
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def as_csv(ledger: Ledger) -> str:
    """What was recorded here as a table, which a spreadsheet opens without running any of it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in ledger.sql(_TABLE, views=[DECISIONS, DECISION_EVIDENCE]):
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue()


def _cell(cell: object) -> str:
    """A cell as text; one that a spreadsheet would run is told to be text by a leading apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, (int, float)):
        return repr(cell)
    text = str(cell)
    if text.startswith("[") and text.endswith("]"):
        text = "; ".join(json.loads(text))
    return f"'{text}" if text.startswith(_COMMANDS) else text


_DUE = """
select name, 'review' as what, review_on as due_on, question, chosen, kill_if as note,
    null as low, null as high, id, declared_at
from decisions
where review_on is not null
union all
select name, 'prediction', resolves_on, question, chosen, predicts,
    predicted_low_number, predicted_high_number, id, declared_at
from decisions
where resolves_on is not null and came_number is null and happened is null
    and (predicted_low_number is not null or probability is not null)
union all
select name, 'needed', needed_on, question, '', '', null, null, id, declared_at
from decisions
where needed_on is not null and state = 'proposed'
order by due_on, what, id
"""


def _note(what: str, note: str, low: float | None, high: float | None) -> str:
    if what == "prediction":
        return f"Predicted: {note}" + ("" if low is None else f": {low:g} to {high:g}")
    return f"Ends before if: {note}" if note else ""


_TABLE = """
select
    d.id,
    d.question,
    d.chosen,
    coalesce(r.options, '[]'),
    d.state,
    d.asked_on,
    d.needed_on,
    d.decided_on,
    d.review_on,
    case when e.decision is null then '[]' else
        '[' || rtrim(
            (case when e.data > 0 then '"data",' else '' end)
            || (case when e.customer > 0 then '"customer",' else '' end)
            || (case when e.intuition > 0 then '"intuition",' else '' end)
            || (case when e.ai > 0 then '"ai",' else '' end), ','
        ) || ']' end,
    case when coalesce(e.ai, 0) = 0 then null else e.ai_unreviewed = 0 end,
    d.data_says,
    d.intuition_says,
    d.predicts,
    d.predicted_low_number,
    d.predicted_high_number,
    d.interval_probability,
    d.probability,
    d.resolves_on,
    d.came_number,
    d.happened,
    d.turned_out,
    d.kill_if,
    case when d.ended_how in ('reversed', 'reopened') then d.ended_on end,
    case when d.ended_how in ('reversed', 'reopened') then d.ended_planned end,
    coalesce(r.supersedes, ''),
    coalesce(r.dissent, '')
from decisions d
left join decision r on r.id = d.id
left join decision_evidence e on e.decision = d.id
where d.source = 'declared'
order by d.id
"""
