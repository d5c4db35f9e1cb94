"""Recurrence patterns of Graph, expanded in the local time that they are kept in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice, takewhile
from typing import NamedTuple

from prodops.connectors.graph.fields import Object, inner, moment, text, whole, word, words, zone

MOST = 5_000
"""How many occurrences of a series are read."""

_TEN_YEARS = timedelta(days=3_653)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_LONGEST_INTERVAL = 999
_SHORTEST_MONTH = 28


class PatternError(ValueError):
    """A recurrence that cannot be read."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """How a series recurs.

    Attributes:
        rule: The same as an iCalendar rule.
        zone: The local time it is kept in.
        zone_name: Its name as written.
        until: The last day, as its end in local time; None when there is none.
        count: How many times; None when it does not say.
    """

    rule: str
    zone: tzinfo
    zone_name: str
    until: datetime | None
    count: int | None

    @property
    def ends(self) -> bool:
        """Whether it says when it ends."""
        return self.until is not None or self.count is not None


class Expansion(NamedTuple):
    """What a pattern gave.

    Attributes:
        starts: When it takes place, in UTC.
        is_cut: Whether more were left out.
    """

    starts: list[datetime]
    is_cut: bool


def read_pattern(event: Object) -> Pattern:
    """Read `recurrence`.

    Raises:
        PatternError: It does not say how often, or on which days.
    """
    recurrence = inner(event, "recurrence")
    pattern, span = inner(recurrence, "pattern"), inner(recurrence, "range")
    names = (
        text(span, "recurrenceTimeZone"),
        text(event, "originalStartTimeZone"),
        text(inner(event, "start"), "timeZone"),
    )
    name = next((each for each in names if each and zone(each)), "")
    kind = word(span, "type")
    until = count = None
    if kind == "enddate":
        day = moment(text(span, "endDate"))
        if day is None:
            raise PatternError("its last day (range.endDate) is no date")
        until = day.replace(tzinfo=None, hour=23, minute=59, second=59)
    elif kind == "numbered":
        count = _needed(span, "numberOfOccurrences", most=10**9)
    rule = ";".join(_parts(pattern))
    if until:
        rule += f";UNTIL={until:%Y%m%d}"
    return Pattern(rule + (f";COUNT={count}" if count else ""), zone(name) or UTC, name, until, count)


def expand(pattern: Pattern, start: datetime, horizon: datetime) -> Expansion:
    """The starts of a series, by the same limits as calendars of other kinds have.

    One that ends is read for ten years, or to the horizon if that is later; one that does not, to the
    horizon. Of a series without end the latest times are kept, of another the first.

    Args:
        pattern: How it recurs.
        start: Its first start, in UTC.
        horizon: How far the file speaks, in UTC.
    """
    first = start.astimezone(pattern.zone).replace(tzinfo=None)
    asked = horizon.astimezone(pattern.zone).replace(tzinfo=None)
    latest = max(asked, first + _TEN_YEARS) if pattern.ends else max(asked, first)
    end = min(latest, pattern.until) if pattern.until else latest
    walls = list(islice(takewhile(lambda wall: wall <= end, _walls(pattern.rule, first)), 4 * MOST))
    beyond = pattern.until is not None and pattern.until > latest
    short = pattern.count is not None and len(walls) < pattern.count
    kept = walls[:MOST] if pattern.ends else walls[-MOST:]
    starts = sorted({_utc(wall, pattern.zone) for wall in kept})
    return Expansion(starts, is_cut=beyond or short or len(kept) < len(walls))


def _utc(wall: datetime, kept_in: tzinfo) -> datetime:
    return wall.replace(tzinfo=kept_in).astimezone(UTC)


def _walls(rule: str, first: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # lazy: only series without occurrences; no types

    # Every rule made here matches within four years of any day, so dateutil never looks on in vain.
    without_end = ";".join(part for part in rule.split(";") if not part.startswith("UNTIL="))
    found: Iterator[datetime] = iter(rrulestr(without_end, dtstart=first))
    return found


def _parts(pattern: Object) -> Iterator[str]:
    kind = word(pattern, "type")
    interval = whole(pattern, "interval", most=_LONGEST_INTERVAL) or 1
    frequency = {"daily": "DAILY", "weekly": "WEEKLY"}.get(kind)
    if frequency is None:
        frequency = "MONTHLY" if kind.endswith("monthly") else "YEARLY" if kind.endswith("yearly") else None
    if frequency is None:
        raise PatternError(f"its type {kind[:40]!r} is not known")
    yield f"FREQ={frequency};INTERVAL={interval}"
    if kind == "weekly":
        yield f"BYDAY={','.join(_weekdays(pattern))}"
        start = word(pattern, "firstDayOfWeek")
        yield f"WKST={start[:2].upper() if start in _DAYS else 'SU'}"
    if kind.endswith("yearly"):
        yield f"BYMONTH={_needed(pattern, 'month', most=12)}"
    if kind.startswith("absolute"):
        yield from _day_of_month(_needed(pattern, "dayOfMonth", most=31))
    elif kind.startswith("relative"):
        yield f"BYDAY={','.join(_weekdays(pattern))}"
        yield f"BYSETPOS={_PLACES.get(word(pattern, 'index'), 1)}"


def _needed(holder: Object, name: str, *, most: int) -> int:
    number = whole(holder, name, most=most)
    if not number:
        raise PatternError(f"its {name} is no number from 1 to {most}")
    return number


def _weekdays(pattern: Object) -> list[str]:
    days = [day.casefold() for day in words(pattern, "daysOfWeek")]
    known = [day[:2].upper() for day in _DAYS if day in days]
    if not known:
        raise PatternError("it names no day of the week (pattern.daysOfWeek)")
    return known


def _day_of_month(day: int) -> Iterator[str]:
    """Exchange takes the last day of a month that is too short; iCalendar would leave the month out."""
    if day <= _SHORTEST_MONTH:
        yield f"BYMONTHDAY={day}"
    else:
        yield f"BYMONTHDAY={','.join(str(each) for each in range(_SHORTEST_MONTH, day + 1))};BYSETPOS=-1"
