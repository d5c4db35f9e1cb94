"""Dates as a column of a table writes them: day first or month first is settled for the column as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from prodops.text.moments import MomentError, parse_moment

_NUMERIC = re.compile(r"\s*(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)
_MONTHS = 12
_CENTURY_TURNS = 69
_SERIAL = re.compile(r"[2-7]\d{4}(?:\.\d+)?")
"""A spreadsheet's day number: 1954-10-03 to 2119-01-10, which no other way of writing a moment looks like."""
_SERIAL_ORIGIN = datetime(1899, 12, 30, tzinfo=UTC)


@dataclass(slots=True)
class OrderTally:
    """What the numeric dates of one column say about their order, counted over all rows.

    Attributes:
        day_first: Dates that can only be day first: 29-02-2016.
        month_first: Dates that can only be month first: 02-29-2016.
        either: Dates that can be both, and mean different days: 03/04/2016.
        dotted: Those of `either` that are written with points, which nobody writes month first.
    """

    day_first: int = 0
    month_first: int = 0
    either: int = 0
    dotted: int = 0

    def see(self, cell: str) -> None:
        """Count one cell; anything but a numeric date is passed over."""
        match = _NUMERIC.match(cell)
        if match is None:
            return
        first, second = int(match[1]), int(match[3])
        if first > _MONTHS >= second:
            self.day_first += 1
        elif second > _MONTHS >= first:
            self.month_first += 1
        elif first != second and first <= _MONTHS:
            self.either += 1
            self.dotted += match[2] == "."

    def settle(self, told: str, table: OrderTally) -> bool:
        """Whether the column is day first; `told` (`day_first`, `month_first`) is the user's word.

        Without that, the dates that can be read one way only decide by their majority, the column's own
        before those of the `table`; without any, dates written with points are day first, all others month
        first.
        """
        if told in {"day_first", "month_first"}:
            return told == "day_first"
        for tally in (self, table):
            if tally.day_first != tally.month_first:
                return tally.day_first > tally.month_first
        return self.dotted > 0

    def doubtful(self, table: OrderTally) -> bool:
        """Whether some dates can be read both ways and nothing in the column or the `table` settles it."""
        settled = self.day_first != self.month_first or table.day_first != table.month_first
        return self.either > self.dotted and not settled

    @property
    def mixed(self) -> bool:
        """Whether some dates are day first and others month first."""
        return self.day_first > 0 and self.month_first > 0


def in_all(tallies: Iterable[OrderTally]) -> OrderTally:
    """The tally of all columns of a table together."""
    total = OrderTally()
    for tally in tallies:
        total.day_first += tally.day_first
        total.month_first += tally.month_first
        total.either += tally.either
        total.dotted += tally.dotted
    return total


def read_moment(cell: str, *, day_first: bool = False, zone: tzinfo = UTC) -> datetime:
    """The moment of a cell, in UTC.

    Args:
        cell: As written; a spreadsheet's day number counts as a date.
        day_first: The order of the column's numeric dates; a date impossible in it is read the other way.
        zone: The zone of times that name none.

    Raises:
        MomentError: It is no date, or no such date exists.
    """
    if _SERIAL.fullmatch(cell):
        return (
            (_SERIAL_ORIGIN + timedelta(seconds=round(float(cell) * 86_400)))
            .replace(tzinfo=zone)
            .astimezone(UTC)
        )
    match = _NUMERIC.fullmatch(cell)
    return parse_moment(_year_first(match, day_first=day_first) if match else cell, tz=zone)


def is_moment(cell: str) -> bool:
    """Whether a cell is a date in any order; a number is one as a day number or as Unix time."""
    try:
        read_moment(cell, day_first=True)
    except MomentError:
        return False
    return True


def is_naive(cell: str) -> bool:
    """Whether a cell is a date with a time of day and without a zone."""
    if ":" not in cell or not is_moment(cell):
        return False
    match = _NUMERIC.fullmatch(cell)
    try:
        parse_moment(_year_first(match, day_first=True) if match else cell)
    except MomentError:
        return True
    return False


def _year_first(match: re.Match[str], *, day_first: bool) -> str:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == len("21"):
        year += 1900 if year >= _CENTURY_TURNS else 2000
    day, month = (first, second) if day_first else (second, first)
    if month > _MONTHS >= day:
        day, month = month, day
    return f"{year:04}-{month:02}-{day:02}{match[5]}"
