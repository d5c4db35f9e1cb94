"""A roster, whichever of its forms it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal

from prodops.connectors.roster.people import entries
from prodops.connectors.roster.scim import INTO, is_resource, read_users
from prodops.connectors.roster.table import HEADER_ROWS, header_of, read_rows
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.decoding import decode, looks_binary
from prodops.text.json_items import read_items
from prodops.text.tables import Row, WorkbookError, read_table, read_workbook

COVERS: Literal["snapshot", "increment"] = "snapshot"

_OPENS_JSON = re.compile(r"\s*[\[{]")
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LARGEST_WORKBOOK = 20_000_000
"""A larger workbook is no roster: 100,000 people need half of it."""


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a roster: by its header, or by SCIM's own words."""
    if file.content.startswith(_WORKBOOK):
        return header_of(_sheet(file)[1], file.hints)[1]
    if looks_binary(file.content[:1_024]):
        return 0.0
    head = file.head
    if _OPENS_JSON.match(head):
        for item in read_items(head, into=INTO, is_item=is_resource):
            if isinstance(item.value, dict) and not item.beside:
                return 0.95 if is_resource(item.value) else 0.0
        return 0.0
    return header_of(list(islice(read_table(head), HEADER_ROWS)), file.hints)[1]


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row or user; of a workbook the sheet that looks most like a roster is read."""
    if file.content.startswith(_WORKBOOK):
        name, rows = _sheet(file)
        if rows:
            yield from entries(file, list(read_rows(file, rows, f"sheet {name}, row")))
        else:
            yield _lost(file, "bad_workbook", "it is no workbook with rows, or it is damaged or too large")
    elif looks_binary(file.content):
        yield _lost(file, "binary", "it is neither text nor a workbook")
    elif not (text := decode(file.content).text).strip():
        yield _lost(file, "empty", "the file is empty")
    elif _OPENS_JSON.match(text):
        yield from entries(file, list(read_users(file, text)))
    else:
        yield from entries(file, list(read_rows(file, list(read_table(text)), "line")))


def _sheet(file: SourceFile) -> tuple[str, list[Row]]:
    """The sheet that looks most like a roster; no rows when the workbook cannot be read."""
    if len(file.content) > _LARGEST_WORKBOOK:
        return "", []
    try:
        sheets = read_workbook(file.content)
    except WorkbookError:
        return "", []
    return max(sheets.items(), key=lambda sheet: header_of(sheet[1], file.hints)[1], default=("", []))


def _lost(file: SourceFile, code: str, says: str) -> Entry:
    remedy = "export the roster as CSV with the columns name, email, title, team, manager"
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
