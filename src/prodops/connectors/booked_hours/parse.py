"""Rows of a time-tracking export to hours booked on categories."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from prodops.connectors.booked_hours.amounts import AmountError, hours_between, hours_of
from prodops.connectors.booked_hours.columns import Columns, are_seconds, columns_of, likeness, unit_of
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, PersonId, RecordId, person_id
from prodops.ledger.time import TimeEntry
from prodops.text.decoding import decode, looks_binary
from prodops.text.local_dates import day_comes_first, in_plain_order, is_ambiguous
from prodops.text.moments import MomentError, parse_day
from prodops.text.tables import Row, read_table

COVERS: Literal["snapshot", "increment"] = "snapshot"

_OPENS_JSON = re.compile(r"\s*[\[{]")
_SAFE = re.compile(r"[^\w.:\-]+")
_LONGEST_CELL = 200


@dataclass(slots=True)
class _Table:
    """A table while it is read: its columns, the order of its dates, the ids given so far."""

    file: SourceFile
    header: tuple[str, ...]
    columns: Columns
    unit: str
    day_first: bool | None
    seen: Counter[str] = field(default_factory=Counter)
    told: bool = False

    def cell(self, row: Row, name: str) -> str:
        """The cell of a field as one line; empty when the row or the table lacks it."""
        place = self.columns.get(name, len(row.cells))
        return " ".join(row.cells[place][:_LONGEST_CELL].split()) if place < len(row.cells) else ""

    def day(self, row: Row, name: str) -> str:
        """The cell of a field with its date, if it holds one, in plain order."""
        return in_plain_order(self.cell(row, name), day_first=self.day_first)


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a table of booked hours, by its header."""
    if looks_binary(file.content[:1_024]) or _OPENS_JSON.match(file.head):
        return 0.0
    header = next(read_table(file.head), None)
    return likeness(header.cells, file.hints) if header else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row. Where a row has no hours, they are counted from its start and end.

    Rows that are alike in every cell are as many bookings; rows with the same number of their own are not.
    The text is gone through twice, once for the order of its dates and the unit of its durations.
    """
    if looks_binary(file.content):
        yield _lost(file, "file", "binary", "it is not text", "export the bookings as CSV")
        return
    text = decode(file.content).text
    header = next(read_table(text), None)
    if header is None:
        yield _lost(file, "file", "empty", "the file has no row", "export the bookings again")
        return
    table = _laid_out(file, header, text)
    if "category" not in table.columns and "subcategory" not in table.columns:
        says = "no column says on what the hours were spent"
        yield _lost(
            file, f"line {header.line}", "no_category", says, "export category, person, date and hours"
        )
        return
    for row in read_table(text):
        if row.line == header.line:
            continue
        locator = f"line {row.line}"
        if not any(cell.strip() for cell in row.cells):
            yield Entry(locator=locator, unused="empty row")
        elif row.fault:
            yield _lost(file, locator, "bad_row", row.fault, "export the bookings again")
        else:
            yield _booking(table, locator, row)


def _laid_out(file: SourceFile, header: Row, text: str) -> _Table:
    columns = columns_of(header.cells, file.hints)
    table = _Table(file, header.cells, columns, unit_of(header.cells, columns), None)
    durations: list[str] = []

    def dates() -> Iterator[str]:
        for row in read_table(text):
            if row.line != header.line:
                durations.extend(
                    filter(None, [table.cell(row, "duration")] if table.unit == "duration" else [])
                )
                yield from (table.cell(row, name) for name in ("date", "start_day", "start_time"))

    table.day_first = day_comes_first(dates())
    if are_seconds(durations):
        table.columns = {**columns, "seconds": columns["duration"]}
        table.unit = "seconds"
    return table


def _booking(table: _Table, locator: str, row: Row) -> Entry:
    try:
        hours = _hours(table, row)
    except AmountError as error:
        remedy = "correct the booking in the time tracker"
        return _lost(table.file, locator, "bad_hours", str(error)[:120], remedy)
    if hours is None:
        return Entry(locator=locator, unused="no hours booked")
    category, finer = table.cell(row, "category"), table.cell(row, "subcategory")
    if not category and not finer:
        return Entry(locator=locator, unused="hours without a category")
    name, taken = _name(table, row)
    if taken:
        says = "a booking with this number stands above; the first is kept"
        return _lost(table.file, locator, "duplicate_id", says, "export the bookings again")
    booked_on, notes = _day(table, locator, row)
    record = TimeEntry(
        id=name,
        cite=Citation(table.file.name, locator),
        person=_who(table, row),
        booked_on=booked_on,
        category=category or finer,
        subcategory=finer if category else "",
        hours=hours,
    )
    return Entry(locator=locator, records=(record,), problems=notes)


def _hours(table: _Table, row: Row) -> float | None:
    written = table.cell(row, table.unit) if table.unit else ""
    if written:
        return hours_of(written, table.unit)
    start = (table.day(row, "start_day") or table.day(row, "date"), table.day(row, "start_time"))
    end = (table.day(row, "end_day"), table.day(row, "end_time"))
    if not start[1] or not end[1]:
        return None
    return hours_between(start, end)


def _day(table: _Table, locator: str, row: Row) -> tuple[date | None, tuple[Problem, ...]]:
    name = next((name for name in ("date", "start_day", "start_time") if table.cell(row, name)), "")
    if not name:
        return None, ()
    notes: tuple[Problem, ...] = ()
    written = table.cell(row, name)
    if table.day_first is None and not table.told and is_ambiguous(written):
        table.told = True
        says = f"dates such as {written[:40]!r} may begin with day or month; read as month first"
        notes = (_note(table.file, locator, "ambiguous_date", says, "export dates like 2024-01-31"),)
    try:
        return parse_day(table.day(row, name)), notes
    except MomentError as error:
        remedy = "correct the date in the time tracker"
        return None, (*notes, _note(table.file, locator, "bad_date", str(error)[:120], remedy))


def _who(table: _Table, row: Row) -> PersonId | None:
    written = table.cell(row, "person") or f"{table.cell(row, 'first')} {table.cell(row, 'last')}".strip()
    if written.isdigit():
        # A bare number would be the same person in every other source that numbers its people.
        written = f"{table.header[table.columns['person']]} {written}"
    return person_id(written) if written else None


def _name(table: _Table, row: Row) -> tuple[RecordId, bool]:
    """The id of a booking, and whether another row has the same number of its own."""
    key = _SAFE.sub("-", table.cell(row, "key"))
    if not key:
        cells = "\0".join(cell.strip() for cell in row.cells).rstrip("\0")
        key = hashlib.blake2b(cells.encode(), digest_size=8).hexdigest()
        table.seen[key] += 1
        alike = table.seen[key]
        return RecordId(f"booked_hours:entry:{key}" + (f"-{alike}" if alike > 1 else "")), False
    table.seen[key] += 1
    return RecordId(f"booked_hours:entry:number-{key}"), table.seen[key] > 1


def _note(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Problem:
    return problem(file.name, locator, code, says=says, remedy=remedy, lost=False)


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
