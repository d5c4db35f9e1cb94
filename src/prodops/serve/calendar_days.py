"""Days to be reminded of as a calendar file (RFC 5545): entries of a whole day, without anybody's name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """One entry.

    Attributes:
        key: What it is known by: importing the same key again adds nothing.
        on: The day.
        says: What is to be done.
        more: What a reader must know then.
    """

    key: str
    on: date
    says: str
    more: str = ""


def days_as_calendar(days: Iterable[Day], stamped: datetime) -> str:
    """The days as iCalendar text.

    Args:
        days: The entries.
        stamped: The moment the file is made at.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//prodops//days//EN", "CALSCALE:GREGORIAN"]
    for day in days:
        uid = hashlib.sha256(day.key.encode()).hexdigest()[:24]
        lines += [
            "BEGIN:VEVENT", f"UID:{uid}@prodops", f"DTSTAMP:{stamped.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}", f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
            *_folded(f"SUMMARY:{_escaped(day.says)}"),
            *(_folded(f"DESCRIPTION:{_escaped(day.more)}") if day.more else ()),
            "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    return "\r\n".join([*lines, "END:VCALENDAR"]) + "\r\n"


def _escaped(text: str) -> str:
    bare = "".join(sign if sign.isprintable() else " " for sign in text)
    return bare.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> list[str]:
    """The line in pieces of at most 75 octets, each further one begun with a space."""
    pieces, piece = [], ""
    for sign in line:
        if len((piece + sign).encode()) > 75:
            pieces.append(piece)
            piece = " "
        piece += sign
    return [*pieces, piece]
