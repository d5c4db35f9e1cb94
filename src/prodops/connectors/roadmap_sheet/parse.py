"""Rows of a roadmap table to entries: one each time that somebody typed an item."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Final, Literal

from prodops.ledger.reading import HEAD_BYTES, Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.ledger.tooling import RoadmapEntry
from prodops.text.moments import MomentError, parse_moment
from prodops.text.named_tables import find_table, names_of
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "snapshot"

_WORKBOOK = b"PK\x03\x04"
_NAMES: Final = names_of("""
item: roadmap item | item | initiative | feature | epic | roadmap entry
stage: stage | status | phase | column | progress
at: updated on | updated at | updated | last updated | entered on | changed on | date
by: updated by | entered by | changed by | by | who
area: team | area | product | theme | squad
quarter: quarter | horizon | timeframe | planned for | target quarter
note: note | notes | comment | comments | remark
key: tracker key | ticket | issue | issue key | tracker link
""")


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a roadmap, by the header."""
    content = file.content if file.content.startswith(_WORKBOOK) else file.content[:HEAD_BYTES]
    table = find_table(content, _NAMES, _like, file.hints)
    return table.sure if table else 0.0


def _like(fields: frozenset[str]) -> float:
    """A roadmap names items with their stage and day, and whom or when they are for."""
    if {"item", "stage", "at"} <= fields and fields & {"by", "quarter"}:
        return 0.88
    return 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row; an item that stands there again was typed again."""
    table = find_table(file.content, _NAMES, _like, file.hints)
    if table is None:
        says = "no columns of a roadmap: item, stage, updated on, updated by"
        yield _lost(file, "file", "no_columns", says, "export the roadmap with these columns")
        return
    seen: Counter[str] = Counter()
    for row in table.rows:
        locator, cells = f"{table.place} {row.line}", table.cells(row)
        if row.fault:
            yield _lost(file, locator, "bad_row", row.fault, "export the roadmap again")
        elif not cells:
            yield Entry(locator=locator, unused="empty row")
        elif not cells.get("item"):
            yield _lost(file, locator, "no_item", "the row names no item", "name it, or drop the row")
        else:
            yield _entry(file, locator, cells, seen)


def _entry(file: SourceFile, locator: str, cells: Mapping[str, str], seen: Counter[str]) -> Entry:
    try:
        at = parse_moment(cells.get("at", ""), tz=UTC)
    except MomentError as error:
        return _lost(file, locator, "bad_date", f"the day: {error}"[:160], "mend the date")
    key = _key(cells)
    seen[key] += 1
    record = RoadmapEntry(
        id=RecordId(f"roadmap_sheet:entry:{key}:{seen[key]}"),
        cite=Citation(file.name, locator),
        item=Prose(cells["item"]),
        area=cells.get("area", ""),
        stage=cells.get("stage", ""),
        entered_at=at,
        person=person_id(cells["by"]) if cells.get("by") else None,
        issue_key=cells.get("key", ""),
        first=seen[key] == 1,
        words=Prose(cells.get("note", "")),
    )
    return Entry(locator=locator, records=(record,))


def _key(cells: Mapping[str, str]) -> str:
    """An item by title and area, and by the tracker's key where there is one: titles are used twice."""
    said = "\0".join((fold(cells["item"]), fold(cells.get("area", "")), cells.get("key", "")))
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
