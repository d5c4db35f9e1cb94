"""What a calendar says about all its events: its zone, its owner, and what it was sent for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from prodops.connectors.ics.layout import ZONE, Block, Layout
from prodops.connectors.ics.lines import Line, read_lines, unfolded
from prodops.connectors.ics.people import find_owner
from prodops.connectors.ics.zones import Zones
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import PersonId

_WANTED = frozenset(
    {"METHOD", "PRODID", "X-WR-TIMEZONE", "X-WR-CALNAME", "X-OWNER", "X-CALENDAR-OWNER", "SOURCE"}
)
_NO_NAMES = frozenset({"basic", "calendar", "export", "kalender"})
_REPLIES = frozenset({"REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """One VCALENDAR.

    Attributes:
        zones: The zones that its TZIDs name.
        default_zone: Where its floating times are; None when it does not say.
        owner: Whose calendar it is; None when it does not say.
        cancels: Whether it was sent to cancel its events.
        answers: Whether it is somebody's answer to an invitation.
        lists_all: Whether its program lists everybody who comes, the organiser too.
    """

    zones: Zones
    default_zone: tzinfo | None = None
    owner: PersonId | None = None
    cancels: bool = False
    answers: bool = False
    lists_all: bool = False


def read_calendars(file: SourceFile, content: bytes, layout: Layout) -> list[Calendar]:
    """The calendars of a file, in its order; an owner that the file's name gives is that of each."""
    zones = Zones(_VTimezones(content, layout.blocks).find)
    return [_read(header, zones, file) for header in layout.headers]


def _read(header: bytes, zones: Zones, file: SourceFile) -> Calendar:
    lines, _ = read_lines("BEGIN:VCALENDAR\n" + unfolded(header)[0], _WANTED)
    said: dict[str, Line] = {}
    for line in lines:
        said.setdefault(line.name, line)
    method = said["METHOD"].text.strip().upper() if "METHOD" in said else ""
    zone = said["X-WR-TIMEZONE"].text.strip() if "X-WR-TIMEZONE" in said else ""
    names = [said[name].text for name in ("X-OWNER", "X-CALENDAR-OWNER", "X-WR-CALNAME") if name in said]
    return Calendar(
        zones=zones,
        default_zone=zones.find(zone) if zone else None,
        owner=find_owner([*names, *_file_names(file)]),
        cancels=method == "CANCEL",
        answers=method in _REPLIES,
        lists_all="google" in said["PRODID"].text.lower() if "PRODID" in said else False,
    )


def _file_names(file: SourceFile) -> list[str]:
    """Names that may be the owner's address: the file's, and the folder's of a file named for no calendar."""
    *folders, last = file.name.split("/")
    return [file.stem, last, *(folders[-1:] if file.stem.lower() in _NO_NAMES else [])]


class _VTimezones:
    """The VTIMEZONE blocks of a file by name; found when the first is asked for."""

    def __init__(self, content: bytes, blocks: list[Block]) -> None:
        self._content = content
        self._blocks = blocks
        self._named: dict[str, bytes] | None = None

    def find(self, name: str) -> bytes | None:
        if self._named is None:
            self._named = {}
            for block in self._blocks:
                if block.kind == ZONE:
                    raw = self._content[block.start : block.end]
                    for line in read_lines(unfolded(raw)[0], {"TZID"})[0]:
                        self._named.setdefault(line.text.strip(), raw)
        return self._named.get(name.strip())
