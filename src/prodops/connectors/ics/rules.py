"""Recurrence rules as calendars write them (RFC 5545, section 3.3.10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time
from enum import IntEnum
from itertools import product
from math import prod

from prodops.connectors.ics.days import Days

_MOST_TIMES_A_DAY = 1_440
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_DAY_OF_WEEK = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
_IGNORED = frozenset({"RSCALE", "SKIP"})
_SETS = {
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
    "BYSETPOS": (-366, 366),
}
_FROM_ONE = frozenset({"BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYSETPOS"})


class RuleError(ValueError):
    """A rule that cannot be read."""


class Frequency(IntEnum):
    """How often, from seldom to often."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4
    MINUTELY = 5
    SECONDLY = 6


@dataclass(frozen=True, slots=True)
class Until:
    """The last moment of a rule.

    Attributes:
        wall: The moment as written; midnight when only a day was.
        is_utc: Whether it was written with a Z; otherwise it is local.
        is_day: Whether only a day was written.
    """

    wall: datetime
    is_utc: bool
    is_day: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """One recurrence rule.

    Attributes:
        frequency: The length of a period.
        interval: Every how many periods.
        count: How many occurrences; None when the rule does not say.
        until: The last moment; None when the rule does not say.
        days: Which days of a period.
        hours: Hours of the day; empty for all or for the hour of the start, as the other two are.
        minutes: Minutes of the hour.
        seconds: Seconds of the minute.
        places: Which of a period's occurrences, from 1, or from -1 backwards; empty for all.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: Until | None = None
    days: Days = Days()
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    seconds: frozenset[int] = frozenset()
    places: frozenset[int] = frozenset()

    @property
    def ends(self) -> bool:
        """Whether the rule says when it ends."""
        return self.count is not None or self.until is not None

    @property
    def times(self) -> tuple[time, ...]:
        """The times of a day that its hours, minutes and seconds make."""
        return tuple(
            time(*parts) for parts in product(sorted(self.hours), sorted(self.minutes), sorted(self.seconds))
        )


def read_rule(text: str) -> Rule:
    """Read the value of an RRULE.

    A second for every second of the day is refused: at most 1,440 times a day may be named one by one.

    Raises:
        RuleError: A part is missing, unknown, or out of its range.
    """
    parts = _parts(text)
    try:
        frequency = Frequency[parts.pop("FREQ", "")]
    except KeyError:
        raise RuleError("it does not say how often") from None
    weekdays, nth = _weekdays(parts.pop("BYDAY", ""), frequency)
    interval = _number(parts.pop("INTERVAL", "1"))
    count = _number(parts.pop("COUNT")) if "COUNT" in parts else None
    until = _until(parts.pop("UNTIL")) if "UNTIL" in parts else None
    week_start = _WEEKDAYS.get(parts.pop("WKST", "MO"), 0)
    sets = {name: _numbers(name, parts.pop(name, "")) for name in _SETS}
    if interval < 1 or parts:
        raise RuleError(f"it has {min(parts)[:40]!r}" if parts else "its interval is less than one")
    if prod(len(sets[name]) or 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")) > _MOST_TIMES_A_DAY:
        raise RuleError(f"it names more than {_MOST_TIMES_A_DAY} times a day")
    months, weeks, year_days, month_days = (
        sets[name] for name in ("BYMONTH", "BYWEEKNO", "BYYEARDAY", "BYMONTHDAY")
    )
    return Rule(
        frequency=frequency,
        interval=interval,
        # Some programs write COUNT=-1 for a rule without end.
        count=count if count is None or count >= 0 else None,
        until=until,
        days=Days(months, weeks, year_days, month_days, weekdays, nth, week_start),
        hours=sets["BYHOUR"],
        minutes=sets["BYMINUTE"],
        seconds=sets["BYSECOND"],
        places=sets["BYSETPOS"],
    )


def _parts(text: str) -> dict[str, str]:
    parts = {}
    for part in text.upper().replace(" ", "").split(";"):
        name, _, value = part.partition("=")
        if part and name not in _IGNORED:
            parts[name] = value
    return parts


def _number(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise RuleError(f"{text[:40]!r} is not a whole number")
    return int(text)


def _numbers(name: str, text: str) -> frozenset[int]:
    low, high = _SETS[name]
    numbers = frozenset(_number(part) for part in text.split(",")) if text else frozenset()
    if any(not low <= number <= high or (number == 0 and name in _FROM_ONE) for number in numbers):
        raise RuleError(f"{name}={text[:40]} is out of range")
    return numbers


def _weekdays(text: str, frequency: Frequency) -> tuple[frozenset[int], frozenset[tuple[int, int]]]:
    """Places of weekdays count within months and years alone; elsewhere the weekday is meant."""
    weekdays, nth = set(), set()
    for part in text.split(",") if text else ():
        match = _DAY_OF_WEEK.fullmatch(part)
        if match is None:
            raise RuleError(f"{part[:40]!r} is no day of the week")
        weekday, place = _WEEKDAYS[match[2]], int(match[1] or 0)
        if place and frequency <= Frequency.MONTHLY:
            nth.add((weekday, place))
        else:
            weekdays.add(weekday)
    return frozenset(weekdays), frozenset(nth)


def _until(text: str) -> Until:
    match = _UNTIL.fullmatch(text)
    try:
        if match:
            wall = datetime.strptime(match[1] + (match[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007 (local, or UTC by its Z)
            return Until(wall, is_utc=bool(match[3]), is_day=match[2] is None)
    except ValueError:
        pass
    raise RuleError(f"UNTIL={text[:40]} is no moment")
