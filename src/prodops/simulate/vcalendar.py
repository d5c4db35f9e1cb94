"""The lines of a calendar file: folding, escaping, stamps and time zones (RFC 5545)."""

from __future__ import annotations

from functools import lru_cache

from prodops.simulate.period import DAY_MINUTES, EPOCH, HOME_ZONE, ZONES, iso_day, offset_minutes

OCTETS = 75
"""A line is no longer, its end left out."""

WEEKDAY_NAMES = ("MO", "TU", "WE", "TH", "FR")

_SUMMER = "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
_WINTER = "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"
_RULES = {
    HOME_ZONE: ("+0100", "+0200", "CET", "CEST", "T020000", "T030000"),
    ZONES[1]: ("+0000", "+0100", "GMT", "BST", "T010000", "T020000"),
}


def fold(line: str) -> str:
    """A content line with its end; one of more than 75 octets is folded, never within a character."""
    if len(line) <= OCTETS and line.isascii():
        return f"{line}\r\n"
    pieces: list[str] = []
    piece, octets = "", 0
    for character in line:
        width = 1 if character < "\x80" else len(character.encode())
        if octets + width > OCTETS:
            pieces.append(piece)
            piece, octets = "", 1
        piece += character
        octets += width
    return "\r\n ".join([*pieces, piece]) + "\r\n"


def fold_ascii(line: str) -> str:
    """The same for a line known to be ASCII, by slices."""
    if len(line) <= OCTETS:
        return f"{line}\r\n"
    step = OCTETS - 1
    pieces = [line[:OCTETS], *(line[at : at + step] for at in range(OCTETS, len(line), step))]
    return "\r\n ".join(pieces) + "\r\n"


def escape(text: str) -> str:
    """A text value with its separators escaped."""
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


@lru_cache(maxsize=65536)
def local_stamp(zone: str, ordinal: int, minute: int) -> str:
    """A local minute of headquarters as the wall clock of a zone shows it: `20260304T091500`."""
    shifted = minute + offset_minutes(zone, ordinal) - offset_minutes(HOME_ZONE, ordinal)
    return f"{iso_day(ordinal).replace('-', '')}T{shifted // 60:02d}{shifted % 60:02d}00"


def utc_stamp(moment: int) -> str:
    """A moment in minutes since 1970 as `20260304T081500Z`."""
    days, minute = divmod(moment, DAY_MINUTES)
    return f"{day_stamp(days + EPOCH)}T{minute // 60:02d}{minute % 60:02d}00Z"


def day_stamp(ordinal: int) -> str:
    """A day as `20260304`."""
    return iso_day(ordinal).replace("-", "")


def zone_text(zone: str) -> str:
    """The VTIMEZONE of a zone."""
    winter, summer, winter_name, summer_name, begins, ends = _RULES[zone]
    lines = (
        "BEGIN:VTIMEZONE",
        f"TZID:{zone}",
        "BEGIN:DAYLIGHT",
        f"TZOFFSETFROM:{winter}",
        f"TZOFFSETTO:{summer}",
        f"TZNAME:{summer_name}",
        f"DTSTART:19700329{begins}",
        _SUMMER,
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{winter}",
        f"TZNAME:{winter_name}",
        f"DTSTART:19701025{ends}",
        _WINTER,
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    return "".join(f"{line}\r\n" for line in lines)


def head(owner: str) -> str:
    """The beginning of a calendar file, named after the address of its owner."""
    lines = (
        "BEGIN:VCALENDAR",
        "PRODID:-//Example Calendar//Export 4.2//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{owner}",
        f"X-WR-TIMEZONE:{HOME_ZONE}",
    )
    return "".join(fold(line) for line in lines) + "".join(zone_text(zone) for zone in ZONES)


TAIL = "END:VCALENDAR\r\n"
