"""Where the components of a calendar file begin and end, found without reading them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

EVENT = "VEVENT"
ZONE = "VTIMEZONE"
_CALENDAR = "VCALENDAR"
_NEVER_INSIDE = frozenset({EVENT, ZONE, "VTODO", "VJOURNAL", "VFREEBUSY"})
_BOUNDARY = re.compile(rb"(?mi)^(BEGIN|END):((?:[^\r\n]|\r?\n[ \t])*)")
_FOLD = re.compile(rb"\r?\n[ \t]")
_LONGEST_NAME = 60
_LONGEST_HEADER = 65_536


class Block(NamedTuple):
    """One component of a file.

    Attributes:
        kind: VEVENT, VTODO, VTIMEZONE ...
        start: The offset of its BEGIN.
        end: The offset behind its END, or where it is torn.
        line: The line of its BEGIN, from 1.
        whole: Whether it has its END.
        alarms: How many VALARMs it holds.
        calendar: Which calendar of the file it belongs to, from 0.
    """

    kind: str
    start: int
    end: int
    line: int
    whole: bool
    alarms: int
    calendar: int


@dataclass(slots=True)
class Layout:
    """The components of a file.

    Attributes:
        blocks: In the order of the file.
        headers: For each calendar the lines that stand outside its components.
        closed: Whether the last calendar has its END.
    """

    blocks: list[Block] = field(default_factory=list)
    headers: list[bytes] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class _Open:
    kind: str
    start: int
    line: int
    alarms: int = 0


def lay_out(content: bytes) -> Layout:
    """Find the components of a file; what is outside a VCALENDAR belongs to a calendar of its own."""
    layout = Layout()
    current: _Open | None = None
    behind = 0
    for mark in _boundaries(content):
        inside = current is not None and mark.name != _CALENDAR and mark.name not in _NEVER_INSIDE
        if current is not None and mark.begins and inside:
            current.alarms += mark.name == "VALARM"
            continue
        if current is not None and not mark.begins and mark.name not in {current.kind, _CALENDAR}:
            continue
        if current is None:
            _add_to_header(layout, content[behind : mark.start])
        else:
            whole = not mark.begins and mark.name == current.kind
            _close(layout, current, mark.end if whole else mark.start, whole=whole)
            current = None
        behind = mark.end
        if mark.name == _CALENDAR:
            layout.closed = not mark.begins
            if mark.begins:
                layout.headers.append(b"")
        elif mark.begins:
            current = _Open(mark.name, mark.start, mark.line)
    if current is not None:
        _close(layout, current, len(content), whole=False)
    elif layout.headers:
        _add_to_header(layout, content[behind:])
    return layout


class _Mark(NamedTuple):
    begins: bool
    name: str
    start: int
    end: int
    line: int


def _boundaries(content: bytes) -> Iterator[_Mark]:
    line, counted = 1, 0
    for match in _BOUNDARY.finditer(content):
        start = match.start()
        line += content.count(b"\n", counted, start)
        counted = start
        name = _FOLD.sub(b"", match[2][: 2 * _LONGEST_NAME]).decode("ascii", errors="replace").strip().upper()
        yield _Mark(len(match[1]) > len(b"END"), name[:_LONGEST_NAME], start, match.end(), line)


def _close(layout: Layout, current: _Open, end: int, *, whole: bool) -> None:
    if not layout.headers:
        layout.headers.append(b"")
    layout.blocks.append(
        Block(current.kind, current.start, end, current.line, whole, current.alarms, len(layout.headers) - 1)
    )


def _add_to_header(layout: Layout, between: bytes) -> None:
    if layout.headers and between.strip() and len(layout.headers[-1]) < _LONGEST_HEADER:
        layout.headers[-1] += between[:_LONGEST_HEADER]
