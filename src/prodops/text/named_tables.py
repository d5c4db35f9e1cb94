"""Tables whose columns are known by their names: in text or in a workbook, below a title or without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from prodops.text.decoding import decode, looks_binary
from prodops.text.tables import Row, WorkbookError, read_table, read_workbook

HEADER_ROWS = 10
"""A header stands among the first rows; reports put a title above it."""

LONGEST_CELL = 2_000
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_OPENS_OTHERWISE = re.compile(r"\s*[\[{<]")
_WORDS = re.compile(r"[^\W_]+")
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST_NAME = 80

Names = Mapping[str, frozenset[str]]
"""Field -> the names that columns with it have, as `bare` writes them."""

Likeness = Callable[[frozenset[str]], float]
"""How sure a reader is of a table that has these fields, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A table below its header.

    Attributes:
        places: Field -> column.
        sure: How sure the reader is of it.
        place: What a locator calls a row: `line`, or `sheet Plan, row`.
        rows: The rows below the header.
    """

    places: Mapping[str, int]
    sure: float
    place: str
    rows: Iterator[Row]

    def cells(self, row: Row) -> dict[str, str]:
        """What each field of a row says, in one line; a field that says nothing is left out."""
        return {
            field: said
            for field, place in self.places.items()
            if place < len(row.cells) and (said := " ".join(row.cells[place][:LONGEST_CELL].split()))
        }


def names_of(text: str) -> Names:
    """Names written as `field: one name | another name`; a field may have several lines."""
    names: dict[str, frozenset[str]] = {}
    for line in text.strip().splitlines():
        field, _, written = line.partition(":")
        known = names.get(field.strip(), frozenset())
        names[field.strip()] = known | {bare(name) for name in written.split("|")}
    return names


def bare(name: str) -> str:
    """A column name as lower-case words: `firstPlanned_on` is `first planned on`."""
    return " ".join(_WORDS.findall(_HUMPS.sub(" ", name[:_LONGEST_NAME]).casefold()))


def find_table(content: bytes, names: Names, like: Likeness, hints: Mapping[str, str]) -> Headed | None:
    """The table a reader is surest of; None when it is sure of none, or the file is no table.

    Args:
        content: The file, or its beginning.
        names: The names of the reader's columns.
        like: How sure the reader is of a set of fields.
        hints: What the user told: field -> column name.
    """
    best: Headed | None = None
    for place, rows in _tables(content):
        first = list(islice(rows, HEADER_ROWS))
        for at, row in enumerate(first):
            places = _places(row.cells, names, hints)
            sure = like(frozenset(places))
            if sure and (best is None or sure > best.sure):
                best = Headed(places, sure, place, chain(first[at + 1 :], rows))
                break
    return best


def _places(header: tuple[str, ...], names: Names, hints: Mapping[str, str]) -> dict[str, int]:
    """Where each field stands; of several columns with it the first."""
    told = {bare(column): field for field, column in hints.items() if field in names}
    places: dict[str, int] = {}
    for place, cell in enumerate(header):
        name = bare(cell)
        field = told.get(name) or next((field for field, known in names.items() if name in known), "")
        if field:
            places.setdefault(field, place)
    return places


def _tables(content: bytes) -> Iterator[tuple[str, Iterator[Row]]]:
    """Each table of a file with what a locator calls its rows."""
    if content.startswith(_WORKBOOKS):
        for name, rows in _sheets(content):
            yield f"sheet {name}, row", iter(rows)
    elif not looks_binary(content):
        text = decode(content).text
        if not _OPENS_OTHERWISE.match(text):
            yield "line", read_table(text)


@lru_cache(maxsize=1)
def _sheets(content: bytes) -> tuple[tuple[str, list[Row]], ...]:
    """The sheets of a workbook; kept, because several readers look at the same one."""
    try:
        return tuple(read_workbook(content).items())
    except WorkbookError:
        return ()
