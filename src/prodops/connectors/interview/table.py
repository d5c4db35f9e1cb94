"""Interviews as a table: a row for each person and leaf, or one for each person with all leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from prodops.connectors.interview.answers import Line
from prodops.connectors.interview.shares import leaf_of
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.tables import Row, read_table
from prodops.text.words import fold

_NAMES = {
    "person": (
        "person",
        "email",
        "e-mail",
        "email address",
        "pm",
        "product manager",
        "respondent",
        "interviewee",
        "name",
    ),
    "asked_on": ("asked on", "date", "day", "interview date", "interviewed on", "timestamp"),
    "category": ("category", "leaf", "activity", "bucket", "topic", "question"),
    "stated": (
        "stated",
        "stated share",
        "stated %",
        "actual",
        "actual share",
        "actual %",
        "current",
        "current %",
    ),
    "ideal": ("ideal", "ideal share", "ideal %", "wanted", "desired", "desired %", "should be"),
    "says": ("says", "comment", "comments", "answer", "quote", "in words"),
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names}
_KIND = re.compile(r"\b(?:(stated|actual|current|now|is)|(ideal|wanted|desired|should|target))\b")
_LEAF_COLUMN = re.compile(r"\s*(?:[ABC][1-9]|X)\b", re.IGNORECASE)
_WIDE_AT = 3

Wide = list[tuple[int, str, str]]
"""Place, leaf and kind (stated or ideal) of each column that is a leaf."""


def fields_of(header: tuple[str, ...], hints: Mapping[str, str]) -> dict[str, int]:
    """Where each field of a line stands; what the user told comes first."""
    told = {_bare(column): field for field, column in hints.items() if field in _NAMES}
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        field = told.get(_bare(name)) or _FIELD_OF.get(_bare(name))
        if field:
            places.setdefault(field, place)
    return places


def leaf_columns(header: tuple[str, ...]) -> Wide:
    """The columns that are leaves: `A1 stated`, `A1 ideal`; without a word for it a column is stated."""
    wide: Wide = []
    for place, name in enumerate(header):
        leaf = leaf_of(_bare(name)) if _LEAF_COLUMN.match(name) else None
        if leaf:
            kind = _KIND.search(_bare(name))
            wide.append((place, leaf, "ideal" if kind and kind[2] else "stated"))
    return wide


def is_table(header: tuple[str, ...], hints: Mapping[str, str]) -> bool:
    """Whether a header is an interview's: who was asked, and shares of time as they are or should be."""
    fields = fields_of(header, hints).keys()
    if "person" not in fields:
        return False
    return {"category", "stated", "ideal"} <= fields or len(leaf_columns(header)) >= _WIDE_AT


def read_rows(file: SourceFile, text: str) -> Iterator[Line | Entry]:
    """Give each line of the table; a row of the wide form gives a line for each leaf that is filled in."""
    rows = read_table(text)
    header = next(rows, None)
    if header is None:
        return
    places, wide = fields_of(header.cells, file.hints), leaf_columns(header.cells)
    for row in rows:
        locator = f"line {row.line}"
        if not any(cell.strip() for cell in row.cells):
            yield Entry(locator=locator, unused="empty row")
        elif row.fault:
            remedy = "export the table again"
            found = problem(file.name, locator, "bad_row", says=row.fault, remedy=remedy)
            yield Entry(locator=locator, problems=(found,))
        elif wide:
            yield from _wide(row, locator, places, wide)
        else:
            yield _long(row, locator, places)


def _long(row: Row, locator: str, places: dict[str, int]) -> Line:
    cells = {field: _cell(row, place) for field, place in places.items()}
    return Line(
        locator,
        cells.get("person", ""),
        cells.get("asked_on", ""),
        cells.get("category", ""),
        cells.get("stated", ""),
        cells.get("ideal", ""),
        cells.get("says", ""),
    )


def _wide(row: Row, locator: str, places: dict[str, int], wide: Wide) -> Iterator[Line | Entry]:
    person = _cell(row, places["person"]) if "person" in places else ""
    asked_on = _cell(row, places["asked_on"]) if "asked_on" in places else ""
    shares: dict[str, dict[str, str]] = {}
    for place, leaf, kind in wide:
        shares.setdefault(leaf, {})[kind] = _cell(row, place)
    filled = {leaf: given for leaf, given in shares.items() if any(given.values())}
    if not filled:
        yield Entry(locator=locator, unused="left blank")
    for leaf, given in filled.items():
        cell = f"{locator}, column {leaf}"
        yield Line(cell, person, asked_on, leaf, given.get("stated", ""), given.get("ideal", ""))


def _cell(row: Row, place: int) -> str:
    return " ".join(row.cells[place][:20_000].split()) if place < len(row.cells) else ""


def _bare(name: str) -> str:
    return fold(name[:120]).replace("_", " ").strip(" :?*")
