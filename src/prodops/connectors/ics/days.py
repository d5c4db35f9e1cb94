"""The days that a recurrence rule means within a year, a month, a week or a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_ANY: frozenset[int] = frozenset()
_WEEK_DAYS = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Which days; an empty set lets every day through.

    Attributes:
        months: 1 to 12.
        weeks: Weeks of the year, from 1, or from -1 backwards.
        year_days: Days of the year, from 1, or from -1 backwards.
        month_days: Days of the month, from 1, or from -1 backwards.
        weekdays: 0 for Monday to 6 for Sunday.
        nth: A weekday and its place in the month or year, such as (3, 2) for the second Thursday.
        week_start: The first day of the week, 0 for Monday.
    """

    months: frozenset[int] = _ANY
    weeks: frozenset[int] = _ANY
    year_days: frozenset[int] = _ANY
    month_days: frozenset[int] = _ANY
    weekdays: frozenset[int] = _ANY
    nth: frozenset[tuple[int, int]] = frozenset()
    week_start: int = 0

    @property
    def within_month(self) -> bool:
        """Whether something but the month is said about the day."""
        return bool(self.weeks or self.year_days or self.month_days or self.weekdays or self.nth)

    def lets_through(self, day: date) -> bool:
        """Whether a single day is meant, places of weekdays left out of account."""
        if self.months and day.month not in self.months:
            return False
        if self.weekdays and day.weekday() not in self.weekdays:
            return False
        return (
            (not self.month_days or _of_month(day, self.month_days))
            and (not self.year_days or _of_year(day, self.year_days))
            and (not self.weeks or _of_week(day, self.weeks, self.week_start))
        )

    def of_month(self, year: int, month: int) -> list[date]:
        """The days meant of one month."""
        first = date(year, month, 1)
        days = _span(first, _last_of_month(first))
        return self._kept(days, self._nth_of(days))

    def of_year(self, year: int) -> list[date]:
        """The days meant of one year; weekdays are counted in each month when months are named."""
        if self.months:
            return [day for month in sorted(self.months) for day in self.of_month(year, month)]
        days = _span(date(year, 1, 1), date(year, 12, 31))
        return self._kept(days, self._nth_of(days))

    def _kept(self, days: Iterable[date], nth: frozenset[date]) -> list[date]:
        if not self.nth:
            return [day for day in days if self.lets_through(day)]
        without = Days(self.months, self.weeks, self.year_days, self.month_days)
        return [
            day
            for day in days
            if (day in nth or day.weekday() in self.weekdays) and without.lets_through(day)
        ]

    def _nth_of(self, days: list[date]) -> frozenset[date]:
        found = set()
        for weekday, place in self.nth:
            same = days[(weekday - days[0].weekday()) % _WEEK_DAYS :: _WEEK_DAYS]
            index = place - 1 if place > 0 else place
            if -len(same) <= index < len(same):
                found.add(same[index])
        return frozenset(found)


def _span(first: date, last: date) -> list[date]:
    start = first.toordinal()
    return [date.fromordinal(number) for number in range(start, last.toordinal() + 1)]


def _last_of_month(day: date) -> date:
    # Not by way of the next month's first day, which does not exist for the last month there is.
    for last in (31, 30, 29):
        try:
            return day.replace(day=last)
        except ValueError:
            continue
    return day.replace(day=28)


def _of_month(day: date, wanted: frozenset[int]) -> bool:
    return day.day in wanted or day.day - _last_of_month(day).day - 1 in wanted


def _of_year(day: date, wanted: frozenset[int]) -> bool:
    number = day.timetuple().tm_yday
    return number in wanted or number - date(day.year, 12, 31).timetuple().tm_yday - 1 in wanted


def _of_week(day: date, wanted: frozenset[int], week_start: int) -> bool:
    """A week belongs to the year that has its fourth day, as ISO 8601 has it for weeks from Monday."""
    try:
        fourth = day + _DAY * (3 - (day.weekday() - week_start) % _WEEK_DAYS)
    except OverflowError:
        return False
    number = (fourth.timetuple().tm_yday - 1) // _WEEK_DAYS + 1
    end = date(fourth.year, 12, 31)
    last = end - _DAY * ((end.weekday() - week_start - 3) % _WEEK_DAYS)
    weeks = (last.timetuple().tm_yday - 1) // _WEEK_DAYS + 1
    return number in wanted or number - weeks - 1 in wanted
