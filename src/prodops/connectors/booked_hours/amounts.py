"""Amounts of time as time trackers write them, to hours."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from prodops.text.moments import MomentError, parse_moment
from prodops.text.numbers import NumberError, parse_number
from prodops.text.words import fold

_CLOCK = re.compile(r"(\d{1,5}):([0-5]?\d)(?::([0-5]?\d)(?:\.\d+)?)?")
_ISO = re.compile(r"pt(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?")
_WORDS = re.compile(
    r"(?:(\d+(?:[.,]\d+)?) ?h(?:ours?|rs?|r)?)? ?(?:(\d+(?:[.,]\d+)?) ?m(?:in(?:ute)?s?)?)? ?"
    r"(?:(\d+) ?s(?:ec(?:ond)?s?)?)?"
)
_PER_HOUR = {"hours": 1.0, "minutes": 60.0, "seconds": 3600.0, "duration": 1.0}
_DAY = timedelta(days=1)
_A_DAY = "2024-01-01"


class AmountError(ValueError):
    """Text that is no amount of time, or a negative one."""


def hours_of(written: str, unit: str) -> float:
    """The hours in a cell.

    Reads numbers in the column's unit, `1:30` and `01:30:00` as hours, minutes and seconds, `1h 30m`, and
    `PT1H30M`.

    Args:
        written: The cell.
        unit: The unit of a bare number: hours, minutes, seconds; `duration` means hours.

    Raises:
        AmountError: It is no amount of time, or a negative one.
    """
    folded = fold(written)
    for shape in (_CLOCK, _ISO, _WORDS):
        match = shape.fullmatch(folded)
        if match and any(match.groups()):
            parts = (float((part or "0").replace(",", ".")) for part in match.groups())
            return sum(part / per for part, per in zip(parts, (1, 60, 3600), strict=True))
    try:
        amount = parse_number(written) / _PER_HOUR[unit]
    except NumberError as error:
        raise AmountError(str(error)) from None
    if amount < 0:
        raise AmountError(f"a negative amount: {written[:40]!r}")
    return amount


def hours_between(start: tuple[str, str], end: tuple[str, str]) -> float:
    """The hours from start to end, each a day and a time of day or one cell with both.

    An end without a day is on the day of the start, or on the next when it would be before the start.

    Raises:
        AmountError: One of the two cannot be read, or the end is before the start.
    """
    try:
        began, ended = _moment(*start), _moment(end[0] or start[0], end[1])
    except MomentError as error:
        raise AmountError(str(error)) from None
    if ended < began and not end[0] and _CLOCK.match(fold(end[1])):
        ended += _DAY
    if ended < began:
        raise AmountError("the booking ends before it starts")
    return (ended - began) / timedelta(hours=1)


def _moment(day: str, time: str) -> datetime:
    timed = _CLOCK.match(fold(time))
    return parse_moment(f"{day or _A_DAY} {time}" if timed else time or day, tz=UTC)
