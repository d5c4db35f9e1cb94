"""Weeks as people write them: dates, ISO weeks or plain numbers, on one scale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from prodops.text.moments import MomentError, parse_day

_ISO_WEEK = re.compile(r"(\d{4})-?w(\d{1,2})(?:-?([1-7]))?", re.IGNORECASE | re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,5}(?:\.0+)?", re.ASCII)
_NEVER = frozenset({"", "never", "none", "null", "nan", "nat", "na", "n/a", "-", "–", "inf", "infinity"})


class WeekError(ValueError):
    """Text that names no week."""


def is_never(text: str) -> bool:
    """Whether a cell says that there is no week: it is empty, or says never."""
    return text.strip().casefold() in _NEVER


def read_week(text: str) -> int | date:
    """A week number where a plain number stands, else the day: of an ISO week its Monday.

    Raises:
        WeekError: It is neither.
    """
    written = text.strip()
    if _NUMBER.fullmatch(written):
        return int(float(written))
    week = _ISO_WEEK.fullmatch(written)
    try:
        if week:
            return date.fromisocalendar(int(week[1]), int(week[2]), int(week[3] or 1))
        return parse_day(written)
    except MomentError as error:
        raise WeekError(str(error)) from error
    except ValueError as error:
        raise WeekError(f"no such week: {written[:40]!r}") from error


@dataclass(frozen=True, slots=True)
class Scale:
    """Where weeks begin.

    Attributes:
        calendar: Whether weeks are dates; otherwise they are plain numbers.
        weekday: The weekday on which weeks of a calendar begin; 0 is Monday.
    """

    calendar: bool
    weekday: int = 0

    def place(self, week: int | date) -> int:
        """The week on the scale: consecutive weeks have consecutive numbers.

        Raises:
            WeekError: A number where weeks are dates, or the other way round.
        """
        if isinstance(week, date) != self.calendar:
            kinds = ("a number where weeks are dates", "a date where weeks are numbers")
            raise WeekError(f"{week} is {kinds[not self.calendar]}")
        return (week.toordinal() - 1 - self.weekday) // 7 if isinstance(week, date) else week

    def day(self, place: int) -> date | None:
        """The first day of a week; None where weeks are numbers or the calendar ends."""
        ordinal = place * 7 + 1 + self.weekday
        return date.fromordinal(ordinal) if self.calendar and 0 < ordinal < date.max.toordinal() - 7 else None

    def told(self, place: int) -> str:
        """The week in words: its first day, or its number."""
        return str(self.day(place) or f"week {place}")

    def ends_quarter(self, place: int) -> bool | None:
        """Whether the last day of a quarter lies in the week; None where weeks are numbers."""
        day = self.day(place)
        if day is None:
            return None
        after = day + timedelta(days=7)
        return (day.month - 1) // 3 != (after.month - 1) // 3


def scale_of(weeks: Iterable[int | date]) -> Scale:
    """The scale that most of these weeks are on; dates that share a weekday say where weeks begin."""
    known = list(weeks)
    days = [week for week in known if isinstance(week, date)]
    if len(days) * 2 < len(known) or not days:
        return Scale(calendar=False)
    weekdays = {day.weekday() for day in days}
    return Scale(calendar=True, weekday=weekdays.pop() if len(weekdays) == 1 else 0)
