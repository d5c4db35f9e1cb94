"""Attendance reports of Teams, Zoom and Meet: what their tables say, whatever stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from prodops.text.tables import Row
from prodops.text.words import fold

_NAMES = {
    "name": (
        "name",
        "full name",
        "participant",
        "participant name",
        "attendee",
        "first name",
        "user name",
        "display name",
    ),
    "surname": ("last name",),
    "renamed": ("name (original name)",),
    "email": ("email", "user email", "email address", "e-mail"),
    "account": ("participant id (upn)", "upn"),
    "joined": ("join time", "first join", "first join time", "time joined", "joined"),
    "left": ("leave time", "last leave", "last leave time", "time exited", "left"),
    "minutes": (
        "duration",
        "duration (minutes)",
        "in-meeting duration",
        "total duration (minutes)",
        "time in call",
    ),
    "waiting": ("in waiting room",),
    "action": ("user action",),
    "moment": ("timestamp",),
}
_COLUMNS = {name: meaning for meaning, names in _NAMES.items() for name in names}
_PRESENCE = frozenset({"joined", "left", "action"})
_MEETING = frozenset({"meeting id", "topic", "start time", "end time", "meeting title"})
_SECTION = re.compile(r"\s*(\d)\.\s+\S")
# Teams keeps the order of its rows and columns in every language.
_TEAMS_SUMMARY = {1: "meeting title", 3: "start time"}
_TEAMS_COLUMNS = ("name", "joined", "left", "minutes", "email", "account")
_TEAMS_LEAST = 5
_ABOUT, _PEOPLE = "1", "2"
_LOOKED_AT = 40
_LONGEST_CELL = 320


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a report.

    Attributes:
        row: As it stands.
        cells: What it says about a person, by meaning of the columns; empty for another row.
        why: What it is instead.
    """

    row: Row
    cells: Mapping[str, str] = field(default_factory=dict)
    why: str = ""


@dataclass(slots=True)
class Report:
    """A report, row by row.

    Attributes:
        lines: Its rows so far.
        said: What it says about the meeting, by name in lower case.
    """

    lines: list[Line] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)
    _columns: tuple[str, ...] = ()
    _meeting: tuple[str, ...] = ()
    _section: str = ""
    _place: int = 0

    def add(self, row: Row) -> None:
        """Take in the next row."""
        if row.fault:
            self.lines.append(Line(row, why=row.fault))
            return
        self.lines.append(self._person(row) or Line(row, why=self._other(row)))

    def _person(self, row: Row) -> Line | None:
        if not self._columns or is_header(row) or not any(cell.strip() for cell in row.cells):
            return None
        if _SECTION.match(row.cells[0]) and not any(row.cells[1:]):
            return None
        if self._section not in {"", _PEOPLE}:
            return Line(row, why="what somebody did during the meeting")
        cells: dict[str, str] = {}
        for meaning, cell in zip(self._columns, row.cells, strict=False):
            if meaning and cell.strip():
                cells.setdefault(meaning, cell.strip()[:_LONGEST_CELL])
        if "renamed" in cells:
            cells.setdefault("name", cells["renamed"])
        named = any(cells.get(meaning) for meaning in ("name", "email", "account"))
        return Line(row, cells, why="" if named else "a row without a name")

    def _other(self, row: Row) -> str:
        filled = [cell.strip() for cell in row.cells if cell.strip()]
        if not filled:
            return "an empty row"
        self._place += 1
        if is_header(row) or (self._section == _PEOPLE and self._place == 1 and len(filled) >= _TEAMS_LEAST):
            self._columns = tuple(_meanings(row)) if is_header(row) else _TEAMS_COLUMNS
            return "the header of a table"
        section = _SECTION.match(row.cells[0])
        if len(filled) == 1:
            self._section, self._place, self._columns = (section[1] if section else ""), 0, ()
            return "a heading"
        names = tuple(fold(cell) for cell in row.cells)
        if len(_MEETING & set(names)) > 1:
            self._meeting = names
            return "the header of the meeting"
        self._tell(row)
        return "about the meeting"

    def _tell(self, row: Row) -> None:
        pairs = list(zip(self._meeting, row.cells, strict=False)) if self._meeting else []
        pairs = pairs or [(fold(row.cells[0]).rstrip(": "), row.cells[1])]
        if self._section == _ABOUT and self._place in _TEAMS_SUMMARY:
            pairs.append((_TEAMS_SUMMARY[self._place], row.cells[1]))
        for name, value in pairs:
            if value.strip():
                self.said.setdefault(name, value.strip())
        self._meeting = ()


def is_header(row: Row) -> bool:
    """Whether a row heads a table of who came: a name, and when or how somebody joined or left."""
    meanings = set(_meanings(row))
    return bool(meanings & {"name", "renamed"}) and bool(meanings & _PRESENCE)


def looks_like_a_report(rows: Iterable[Row]) -> bool:
    """Whether a row heads a table of who came, or the rows are the numbered parts of a Teams report.

    Such a report begins with its first part, and the heading of a part fills one cell: minutes with a
    numbered list further down are none.
    """
    tabled = list(islice(rows, _LOOKED_AT))
    if any(is_header(row) for row in tabled):
        return True
    filled = [[cell for cell in row.cells if cell.strip()] for row in tabled]
    told = [cells for cells in filled if cells]
    sections = [match[1] for cells in told if len(cells) == 1 and (match := _SECTION.match(cells[0]))]
    wide = any(len(row.cells) > len(_TEAMS_COLUMNS) for row in tabled)
    return wide and sections[:2] == [_ABOUT, _PEOPLE] and bool(_SECTION.match(told[0][0]))


def _meanings(row: Row) -> Iterator[str]:
    for cell in row.cells:
        yield _COLUMNS.get(fold(cell).strip("\"' "), "")
