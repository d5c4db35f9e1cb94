"""Time zones of a calendar file: known by name, or spelled out in a VTIMEZONE.

The library keeps the zones of every file it has read for all later files; here a file has its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from prodops.connectors.ics.expansion import expand
from prodops.connectors.ics.lines import Line, read_lines, unfolded
from prodops.connectors.ics.moments import MomentError, read_when
from prodops.connectors.ics.rules import RuleError, read_rule
from prodops.text.zones import find_zone

_LAST_ONSET = datetime(2100, 1, 1)  # noqa: DTZ001 (onsets are local)
_MOST_ONSETS = 1_000
_OBSERVANCE = frozenset({"DTSTART", "RRULE", "RDATE", "TZOFFSETFROM", "TZOFFSETTO"})
_Onset = tuple[datetime, timedelta, timedelta]


class FileZone(tzinfo):
    """A zone as a VTIMEZONE spells it out.

    In the hour that comes twice the first one is meant, and in the hour that is left out the offset
    before it holds, as zoneinfo has it.
    """

    def __init__(self, name: str, onsets: list[_Onset]) -> None:
        self.key = name
        self._before = onsets[0][1]
        self._from = [at + max(after - before, timedelta()) for at, before, after in onsets]
        self._offsets = [after for _, _, after in onsets]

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """How far the local time is ahead of UTC."""
        if moment is None:
            return None
        index = bisect_right(self._from, moment.replace(tzinfo=None))
        return self._offsets[index - 1] if index else self._before

    def dst(self, _moment: datetime | None) -> timedelta | None:
        """Not known: a VTIMEZONE says what time it is, and not what is summer time."""
        return None

    def tzname(self, _moment: datetime | None) -> str:
        """The name as the file has it."""
        return self.key


class Zones:
    """The zones that one file names, each looked up once."""

    def __init__(self, spelled_out: Callable[[str], bytes | None]) -> None:
        self._spelled_out = spelled_out
        self._found: dict[str, tzinfo | None] = {}

    def find(self, name: str) -> tzinfo | None:
        """The zone of a TZID: of the IANA database, of a VTIMEZONE, or by a name in use elsewhere."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> tzinfo | None:
        if name.upper() in {"UTC", "Z", "ETC/UTC", "GMT"}:
            return UTC
        known = _iana(name.strip('"/ '))
        if known is not None:
            return known
        raw = self._spelled_out(name)
        return (raw and file_zone(name, raw)) or find_zone(name)


def zone_name(zone: tzinfo | None) -> str:
    """The name of a zone as records have it; empty for a floating time."""
    if zone is None:
        return ""
    return str(getattr(zone, "key", "UTC"))


def file_zone(name: str, raw: bytes) -> FileZone | None:
    """Read a VTIMEZONE; None when it does not say what time it is."""
    onsets: list[_Onset] = []
    text = unfolded(raw)[0]
    for observance in _observances(text):
        lines, _ = read_lines(observance, _OBSERVANCE)
        try:
            onsets.extend(_onsets(lines))
        except (MomentError, RuleError, OverflowError):
            continue
    return FileZone(name, sorted(onsets)) if onsets else None


def _iana(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _observances(text: str) -> list[str]:
    found: list[str] = []
    current: list[str] = []
    for line in text.split("\n"):
        word = line.strip().upper()
        if word in {"BEGIN:STANDARD", "BEGIN:DAYLIGHT"}:
            current = ["BEGIN:X"]
        elif current:
            current.append(line)
            if word in {"END:STANDARD", "END:DAYLIGHT"}:
                found.append("\n".join(current))
                current = []
    return found


def _onsets(lines: list[Line]) -> list[_Onset]:
    values: dict[str, list[str]] = {}
    for line in lines:
        values.setdefault(line.name, []).append(line.value)
    before, after = (_offset(values.get(name, [""])[0]) for name in ("TZOFFSETFROM", "TZOFFSETTO"))
    first = read_when(values.get("DTSTART", [""])[0], None).wall
    walls = [first]
    for text in values.get("RDATE", []):
        walls.extend(read_when(each, None).wall for each in text.split(","))
    for text in values.get("RRULE", []):
        rule = read_rule(text)
        end = _LAST_ONSET
        if rule.until is not None:
            end = rule.until.wall + (before if rule.until.is_utc else timedelta())
        walls.extend(expand(rule, first, upto=min(end, _LAST_ONSET), most=_MOST_ONSETS).walls)
    return [(wall, before, after) for wall in sorted(set(walls))]


def _offset(text: str) -> timedelta:
    sign, digits = text[:1], text[1:]
    if sign not in {"+", "-"} or not digits.isdigit() or len(digits) not in {4, 6}:
        raise MomentError(f"{text[:40]!r} is no offset")
    span = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]), seconds=int(digits[4:] or 0))
    if span >= timedelta(days=1):
        raise MomentError(f"{text[:40]!r} is no offset")
    return span if sign == "+" else -span
