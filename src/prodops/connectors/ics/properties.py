"""The properties of one VEVENT, and what was found wrong with them on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from prodops.connectors.ics.calendars import Calendar
from prodops.connectors.ics.lines import Line, read_lines, unfolded
from prodops.connectors.ics.moments import When, read_when

QUOTED = 80
"""How many characters of the input a message quotes."""

_MOST_FLAWS = 50
_REPEATED = frozenset({"RRULE", "RDATE", "EXDATE", "ATTENDEE"})
_ONCE = frozenset(
    {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "EXRULE"}
    | {"SUMMARY", "ORGANIZER", "STATUS", "TRANSP", "CLASS"}
    | {"X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT"}
)
_WANTED = _REPEATED | _ONCE


class EventError(ValueError):
    """An event that cannot be read; `code`, `says` and `remedy` make the problem."""

    def __init__(self, code: str, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.says = says
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with an event that was read all the same.

    Attributes:
        code: As `Problem.code`.
        says: As `Problem.says`.
        remedy: As `Problem.remedy`.
    """

    code: str
    says: str
    remedy: str


class Properties:
    """The properties of one VEVENT, and what was found wrong on the way."""

    def __init__(self, raw: bytes, calendar: Calendar) -> None:
        text, is_utf8 = unfolded(raw)
        lines, broken = read_lines(text, _WANTED)
        self.calendar = calendar
        self.flaws: list[Flaw] = []
        self._one: dict[str, Line] = {}
        self._many: dict[str, list[Line]] = {}
        for line in lines:
            if line.name in _REPEATED:
                self._many.setdefault(line.name, []).append(line)
            else:
                self._one.setdefault(line.name, line)
        if not is_utf8:
            self.flaw(
                "not_utf8", "it is not UTF-8 and was read as Windows-1252", "Export the calendar as UTF-8."
            )
        for name in sorted(set(broken)):
            self.flaw(
                "bad_line", f"a line {name} is not iCalendar", "Ask the calendar's owner for a new export."
            )

    def flaw(self, code: str, says: str, remedy: str) -> None:
        """Remember something wrong that loses nothing; the same is told once, and not endlessly much."""
        flaw = Flaw(code, says, remedy)
        if len(self.flaws) < _MOST_FLAWS and flaw not in self.flaws:
            self.flaws.append(flaw)

    def one(self, name: str) -> Line | None:
        """A property that comes once."""
        return self._one.get(name)

    def word(self, name: str) -> str:
        """The value of a property that is one word, in capitals; empty when there is none."""
        line = self._one.get(name)
        return line.value.strip().upper() if line else ""

    def many(self, name: str) -> list[Line]:
        """A property that may be repeated."""
        return self._many.get(name, [])

    def when(self, line: Line) -> When:
        """The moment that a line names, in the zone that it or its calendar names."""
        return self.when_of(line, line.value)

    def when_of(self, line: Line, text: str) -> When:
        """One of the moments that a line names."""
        name = line.parameters.get("TZID", "")
        zone = self.calendar.zones.find(name) if name else None
        when = read_when(text, zone, is_day=line.parameters.get("VALUE", "").upper() == "DATE")
        if when.is_day or when.zone is not None:
            return when
        if name:
            self._unknown_zone(name)
            return When(when.wall, UTC)
        return When(when.wall, self.calendar.default_zone)

    def _unknown_zone(self, name: str) -> None:
        self.flaw(
            "unknown_zone",
            f"nobody knows the time zone {name[:QUOTED]!r}; its times were taken for UTC",
            "Export the calendar with its VTIMEZONE, or choose a zone of the IANA list in the calendar.",
        )
