"""Rows of a roadmap table to issues of the tracker `sheet`, and repeated rows of an item to its changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, Literal

from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import HEAD_BYTES, Entry, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId, person_id
from prodops.text.moments import MomentError, parse_moment
from prodops.text.named_tables import Headed, find_table, names_of
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
_ENDED = {
    **dict.fromkeys(
        ("shipped", "done", "launched", "released", "live", "out", "complete", "completed"), "done"
    ),
    **dict.fromkeys(
        ("dropped", "cancelled", "canceled", "declined", "rejected", "parked", "won't do"), "cancelled"
    ),
    **dict.fromkeys(("in build", "building", "in progress", "doing", "in development", "started"), "active"),
}


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a roadmap, by the header."""
    content = file.content if file.content.startswith(_WORKBOOK) else file.content[:HEAD_BYTES]
    table = find_table(content, _NAMES, _like, file.hints)
    return table.sure if table else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row: an item at its first row, a change of it at each later one."""
    table = find_table(file.content, _NAMES, _like, file.hints)
    if table is None:
        says = "no columns of a roadmap: item, stage, updated on, updated by"
        yield _lost(file, "file", "no_columns", says, "export the roadmap with these columns")
        return
    yield from _Sheet(file, table).entries()


def _like(fields: frozenset[str]) -> float:
    """A roadmap names items with their stage and day, and whom or when they are for."""
    if {"item", "stage", "at"} <= fields and fields & {"by", "quarter"}:
        return 0.88
    return 0.0


class _Sheet:
    """A roadmap while it is read; it remembers where each item stood."""

    def __init__(self, file: SourceFile, table: Headed) -> None:
        self.file = file
        self.table = table
        self.stages: dict[str, str] = {}
        self.touched: dict[str, int] = {}

    def entries(self) -> Iterator[Entry]:
        """One entry a row, in the order of the file."""
        for row in self.table.rows:
            locator, cells = f"{self.table.place} {row.line}", self.table.cells(row)
            if row.fault:
                yield _lost(self.file, locator, "bad_row", row.fault, "export the roadmap again")
            elif not cells:
                yield Entry(locator=locator, unused="empty row")
            elif not cells.get("item"):
                yield _lost(
                    self.file, locator, "no_item", "the row names no item", "name it, or drop the row"
                )
            else:
                yield self._entry(locator, cells)

    def _entry(self, locator: str, cells: Mapping[str, str]) -> Entry:
        try:
            at = parse_moment(cells.get("at", ""), tz=UTC)
        except MomentError as error:
            return _lost(self.file, locator, "bad_date", f"the day: {error}"[:160], "mend the date")
        key = self._key(cells)
        cite = Citation(self.file.name, locator)
        if key not in self.stages:
            self.stages[key] = cells.get("stage", "")
            return Entry(locator=locator, records=(self._issue(key, cite, cells, at),))
        before, self.stages[key] = self.stages[key], cells.get("stage", "")
        self.touched[key] = self.touched.get(key, 0) + 1
        moved = before != self.stages[key]
        change = IssueChange(
            id=RecordId(f"roadmap_sheet:change:{key}:{self.touched[key]}"),
            cite=cite,
            issue=RecordId(f"roadmap_sheet:issue:{key}"),
            at=at,
            author=person_id(cells["by"]) if cells.get("by") else None,
            field="status" if moved else "note",
            before=Prose(before if moved else ""),
            after=Prose(self.stages[key] if moved else cells.get("note", "")),
        )
        return Entry(locator=locator, records=(change,))

    def _issue(self, key: str, cite: Citation, cells: Mapping[str, str], at: datetime) -> Issue:
        stage = cells.get("stage", "")
        group = _ENDED.get(fold(stage), "open")
        return Issue(
            id=RecordId(f"roadmap_sheet:issue:{key}"),
            cite=cite,
            tracker="sheet",
            key=cells.get("key") or key,
            title=Prose(cells["item"]),
            status=stage,
            status_group=group,
            project=cells.get("area", ""),
            created_at=at,
            resolved_at=at if group in {"done", "cancelled"} else None,
            reporter=person_id(cells["by"]) if cells.get("by") else None,
            links=(cells["key"],) if cells.get("key") else (),
        )

    def _key(self, cells: Mapping[str, str]) -> str:
        """An item by its title, and by the tracker's key where the sheet has one: titles are used twice."""
        said = f"{fold(cells['item'])}\0{cells.get('key', '')}\0{fold(cells.get('area', ''))}"
        return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
