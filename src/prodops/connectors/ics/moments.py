"""Dates, times and lengths of time as iCalendar writes them (RFC 5545, 3.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple

_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)([Zz]?))?", re.ASCII)
_DURATION = re.compile(
    r"([-+]?)P(?:(\d{1,5})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,7})H)?(?:(\d{1,9})M)?(?:(\d{1,9})S)?)?", re.ASCII
)
_LEAP_SECOND = 60


class MomentError(ValueError):
    """Text that is no date, no time or no length of time."""


class When(NamedTuple):
    """A moment as written: a local time and what it is local to.

    Attributes:
        wall: The local time; midnight for a day.
        zone: Where; None when nothing says so (RFC 5545 calls such a time floating).
        is_day: Whether a day was written and no time.
    """

    wall: datetime
    zone: tzinfo | None
    is_day: bool = False

    def utc(self) -> datetime:
        """The moment in UTC; a floating time and a day are taken as they stand.

        Raises:
            MomentError: It lies outside the calendar.
        """
        return to_utc(self.wall, self.zone)


def to_utc(wall: datetime, zone: tzinfo | None) -> datetime:
    """A local time in UTC; one that comes twice is the earlier, one that does not come is an hour later.

    Raises:
        MomentError: It lies outside the calendar.
    """
    if zone is None or zone is UTC:
        return wall.replace(tzinfo=UTC)
    try:
        return wall.replace(tzinfo=zone).astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise MomentError(f"{wall:%Y-%m-%d} is outside the calendar") from error


def read_when(text: str, zone: tzinfo | None, *, is_day: bool = False) -> When:
    """Read a DATE or a DATE-TIME.

    A zone given beside the value wins over a Z behind it, as the library has it.

    Args:
        text: The value, such as `20240105T100000Z`.
        zone: The zone of its TZID, or of the calendar; None when there is none.
        is_day: Whether it is said to be a DATE.

    Raises:
        MomentError: It is neither, or there is no such day or time.
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise MomentError(f"{text[:40]!r} is no date")
    year, month, day, hour, minute, second, z = match.groups()
    try:
        if hour is None or is_day:
            return When(datetime(int(year), int(month), int(day)), None, is_day=True)  # noqa: DTZ001 (a day has no zone)
        wall = datetime(  # noqa: DTZ001 (the zone stands beside it)
            int(year), int(month), int(day), int(hour), int(minute), min(int(second), _LEAP_SECOND - 1)
        )
    except ValueError:
        raise MomentError(f"{text[:40]!r} does not exist") from None
    return When(wall, UTC if z and zone is None else zone)


def read_duration(text: str) -> timedelta:
    """Read a DURATION.

    Raises:
        MomentError: It is none.
    """
    match = _DURATION.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()[1:]):
        raise MomentError(f"{text[:40]!r} is no length of time")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if match[1] == "-" else span


def compact(moment: datetime) -> str:
    """A moment in UTC as ids have it: `20240105T100000Z`."""
    return moment.isoformat()[:19].replace("-", "").replace(":", "") + "Z"
