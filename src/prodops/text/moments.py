"""Dates and moments as people and programs write them, to aware moments in UTC."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

from prodops.text.zones import find_zone

_LONGEST_TEXT = 80
_QUOTED = 40
_CENTURY_TURNS = 69
_TICKS = ((1e11, 1.0), (1e14, 1e3), (1e17, 1e6), (1e20, 1e9))
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
# In a timestamp these are exact offsets (RFC 2822), unlike in a registry, where they stand for a zone.
_EXACT_HOURS = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}

_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
)
_ZONE = (
    r"(?:\s*(?P<offset>[+\-−]\d{2}:?\d{2}|[+\-−]\d{2}\b)|\s*(?P<zone>[a-z][a-z_/ ]*[a-z]|z))?"
    r"(?:\s*\((?P<aside>[^()]*)\))?"
)
_DATES = (
    r"(?P<y>\d{4})(?P<gap>[-/.])(?P<m>\d{1,2})(?P=gap)(?P<d>\d{1,2})",
    r"(?P<first>\d{1,2})(?P<gap>[-/.])(?P<next>\d{1,2})(?P=gap)(?P<y>\d{4}|\d{2})",
    r"(?P<name>[a-z]{3,9})\.?\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)(?P<y>\d{4})",
    r"(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of\s+|[\s\-/]+)(?P<name>[a-z]{3,9})\.?,?[\s\-/]+(?P<y>\d{4}|\d{2})",
)
_SHAPES = tuple(
    re.compile(rf"{_WEEKDAY}{dated}(?:(?:\s*[t,]\s*|\s+(?:at\s+)?){_TIME}{_ZONE})?", re.ASCII)
    for dated in _DATES
)
# The shape of C's ctime, of git and of old mail: the year comes after the time.
_YEAR_LAST = re.compile(
    rf"{_WEEKDAY}(?P<name>[a-z]{{3,9}})\s+(?P<d>\d{{1,2}})\s+{_TIME}\s+(?:(?P<zone>[a-z]{{1,5}})\s+)?"
    r"(?:(?P<offset>[+\-]\d{4})\s+)?(?P<y>\d{4})(?:\s+(?P<late>[+\-]\d{4}))?",
    re.ASCII,
)
_DIGITS = re.compile(r"[+\-]?\d{1,20}(?:\.\d{1,12})?", re.ASCII)


class MomentError(ValueError):
    """Text that is no date, or names a day or time that does not exist."""


def parse_moment(text: str | float, *, tz: tzinfo | None = None) -> datetime:
    """The moment that a text or a number of Unix time means, in UTC.

    Reads ISO 8601, `2021-01-01 14:40:25 -0800`, `Thu, 07 Jan 2021 14:40:25 GMT`, `Jan 7, 2021, 2:40 PM`,
    `7 January 2021`, `07/Jan/21 2:40 PM`, `1/7/2021` (month first unless that is impossible; `7.1.2021` is
    day first), `20210107T144025Z`, and Unix time in seconds, milli-, micro- or nanoseconds by size. A day
    without a time is its midnight.

    Args:
        text: What stands in the source.
        tz: The zone of text that names none. A local time that occurs twice is the earlier one.

    Raises:
        MomentError: It is no date, the date does not exist (2019-09-38), or it names no zone and `tz` is
            None.
    """
    if not isinstance(text, str):
        return _from_ticks(text)
    moment = _by_standard(text) or _by_shape(text)
    if moment.tzinfo is None:
        if tz is None:
            raise MomentError(f"no time zone: {_quoted(text)}")
        moment = moment.replace(tzinfo=tz)
    try:
        return moment.astimezone(UTC)
    except (OverflowError, ValueError) as error:
        raise MomentError(f"outside the calendar: {_quoted(text)}") from error


def parse_day(text: str) -> date:
    """The day that a text names, as written there; a time beside it is read past.

    Raises:
        MomentError: It is no date, or the date does not exist.
    """
    moment = _by_standard(text) or _by_shape(text)
    return moment.date()


def _by_standard(text: str) -> datetime | None:
    """The fast path; leaves to the other shapes what `fromisoformat` reads in a way nobody means."""
    if text.isdigit():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) > len("2021-01-07") and (text[10] if text[4] == "-" else text[8]) not in "Tt ":
        return None
    return moment


def _by_shape(text: str) -> datetime:
    if len(text) > _LONGEST_TEXT:
        raise MomentError(f"not a date: {_quoted(text)}")
    folded = " ".join(text.casefold().split())
    if folded.isascii() and _DIGITS.fullmatch(folded):
        return _from_digits(folded)
    match = _matched(folded)
    if match is None:
        standard = _by_standard(folded.upper())
        if standard is None:
            raise MomentError(f"not a date: {_quoted(text)}")
        return standard
    parts = match.groupdict()
    try:
        day = datetime(*_year_month_day(parts, text))  # noqa: DTZ001 - the zone follows from what was written
        return (day + _time_of_day(parts, text)).replace(tzinfo=_zone(parts, text))
    except (ValueError, OverflowError) as error:
        raise MomentError(f"no such date: {_quoted(text)}") from error


def _matched(folded: str) -> re.Match[str] | None:
    for shape in (*_SHAPES, _YEAR_LAST):
        match = shape.fullmatch(folded)
        if match and match.groupdict().get("name", "jan") in _MONTHS:
            return match
    return None


def _year_month_day(parts: dict[str, str | None], text: str) -> tuple[int, int, int]:
    year = int(parts["y"] or "")
    if len(parts["y"] or "") == len("21"):
        year += 1900 if year >= _CENTURY_TURNS else 2000
    if parts.get("name"):
        return year, _MONTHS[parts["name"] or ""], int(parts["d"] or "")
    if parts.get("m"):
        return year, int(parts["m"] or ""), int(parts["d"] or "")
    month, day = int(parts["first"] or ""), int(parts["next"] or "")
    if parts["gap"] == "." or month > 12:
        month, day = day, month
    if month > 12:
        raise MomentError(f"no such date: {_quoted(text)}")
    return year, month, day


def _time_of_day(parts: dict[str, str | None], text: str) -> timedelta:
    if not parts["hour"]:
        return timedelta()
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise MomentError(f"no such time: {_quoted(text)}")
        hour = hour % 12 + (12 if parts["half"].startswith("p") else 0)
    # Midnight at the end of a day is written 24:00; a leap second is written 60.
    if hour * 60 + minute > 24 * 60 or minute > 59 or second > 60:
        raise MomentError(f"no such time: {_quoted(text)}")
    micros = int((parts["fraction"] or "").ljust(6, "0")[:6])
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros)


def _zone(parts: dict[str, str | None], text: str) -> tzinfo | None:
    offset = parts.get("offset") or parts.get("late")
    if offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(ahead if offset[0] == "+" else -ahead)
    name = parts.get("zone") or parts.get("aside")
    if not name:
        return None
    if name in _EXACT_HOURS:
        return timezone(timedelta(hours=_EXACT_HOURS[name]))
    zone = find_zone(name)
    if zone is None:
        raise MomentError(f"unknown time zone: {_quoted(text)}")
    return zone


def _from_digits(digits: str) -> datetime:
    """Digits alone: a compact date, or Unix time; too few digits are neither."""
    shape = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}.get(len(digits)) if digits.isdigit() else None
    if shape and digits[:2] in {"19", "20", "21"}:
        try:
            return datetime.strptime(digits, shape)  # noqa: DTZ007 - the caller gives the zone
        except ValueError:
            if len(digits) == len("20210107"):
                raise MomentError(f"no such date: {_quoted(digits)}") from None
    whole = digits.lstrip("+-").partition(".")[0]
    if len(whole) < len("100000000"):
        raise MomentError(f"not a date: {_quoted(digits)}")
    return _from_ticks(int(digits) if digits.lstrip("+-").isdigit() else float(digits))


def _from_ticks(ticks: float) -> datetime:
    if isinstance(ticks, bool) or not isinstance(ticks, int | float) or not math.isfinite(ticks):
        raise MomentError(f"not a moment: {_quoted(str(ticks))}")
    unit = next((unit for limit, unit in _TICKS if abs(ticks) < limit), None)
    if unit is None:
        raise MomentError(f"outside the calendar: {_quoted(str(ticks))}")
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=ticks / unit)
    except OverflowError as error:
        raise MomentError(f"outside the calendar: {_quoted(str(ticks))}") from error


def _quoted(text: str) -> str:
    shown = text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"
    return repr(shown)
