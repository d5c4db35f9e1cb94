"""Rows of launch plans to launches, and rows of their histories to what happened on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal

from prodops.connectors.launch_plan.columns import HISTORY, KINDS, PLAN, like_history, like_plan
from prodops.ledger.launches import Launch, LaunchChange
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.text.moments import MomentError, parse_day
from prodops.text.named_tables import Headed, bare, find_table

COVERS: Literal["snapshot", "increment"] = "snapshot"

_WORKBOOK = b"PK\x03\x04"
_LISTED = re.compile(r"\s*[;,|]\s*")
_SAFE = re.compile(r"[^\w.\-]+")
_DATES = {"first": "first_planned_on", "planned": "planned_on", "launched": "launched_on"}
_NOTHING = frozenset({"-", "--", "n/a", "na", "none", "tbd", "tba", "?"})


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a launch plan or its history, by the header."""
    content = file.content if file.content.startswith(_WORKBOOK) else file.content[:HEAD_BYTES]
    found = _find(content, file.hints)
    return found[1].sure if found else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one entry for each row: a launch, or one thing that happened to a launch."""
    found = _find(file.content, file.hints)
    if found is None:
        says = "no columns of a launch plan: launch, first committed, current date"
        yield _lost(file, "file", "no_columns", says, "export the plan as a table with these columns")
        return
    kind, table = found
    seen: Counter[str] = Counter()
    for row in table.rows:
        locator, cells = f"{table.place} {row.line}", table.cells(row)
        if row.fault:
            yield _lost(file, locator, "bad_row", row.fault, "export the table again")
        elif not cells:
            yield Entry(locator=locator, unused="empty row")
        elif kind == "plan":
            yield _launch(file, locator, cells, seen)
        else:
            yield _change(file, locator, cells, seen)


def _find(content: bytes, hints: Mapping[str, str]) -> tuple[str, Headed] | None:
    tables = (
        ("history", find_table(content, HISTORY, like_history, hints)),
        ("plan", find_table(content, PLAN, like_plan, hints)),
    )
    known = [(kind, table) for kind, table in tables if table is not None]
    return max(known, key=lambda one: one[1].sure, default=None)


def _launch(file: SourceFile, locator: str, cells: Mapping[str, str], seen: Counter[str]) -> Entry:
    name = _name(cells)
    if not name:
        return _lost(file, locator, "no_name", "the launch has no name", "name it, or drop the row")
    key = launch_id(cells.get("key") or name)
    seen[key] += 1
    if seen[key] > 1:
        says = f"the launch {name[:60]!r} stands above; the first is kept"
        return _lost(file, locator, "duplicate_id", says, "give each launch a key of its own")
    notes: list[Problem] = []
    dates = {_DATES[field]: _day(file, locator, cells.get(field, ""), notes) for field in _DATES}
    depends = [part for part in _LISTED.split(cells.get("depends", "")) if not _nothing(part)]
    record = Launch(
        id=key,
        cite=Citation(file.name, locator),
        name=name,
        tier=cells.get("tier", ""),
        owner=cells.get("owner", ""),
        status=cells.get("status", ""),
        description=Prose(cells.get("description", "")),
        key=cells.get("key", ""),
        product=cells.get("product", ""),
        depends_on=tuple(dict.fromkeys(depends)),
        **dates,
    )
    return Entry(locator=locator, records=(record,), problems=tuple(notes))


def _change(file: SourceFile, locator: str, cells: Mapping[str, str], seen: Counter[str]) -> Entry:
    name = cells.get("key") or cells.get("name", "")
    if not name:
        return _lost(file, locator, "no_name", "the row names no launch", "name it, or drop the row")
    try:
        day = parse_day(cells.get("day", ""))
    except MomentError as error:
        return _lost(file, locator, "bad_date", f"the day: {error}"[:160], "mend the date")
    launch = launch_id(name)
    stem = f"{launch.removeprefix('launch_plan:launch:')}:{day:%Y%m%d}"
    seen[stem] += 1
    written = cells.get("kind", "")
    record = LaunchChange(
        id=RecordId(f"launch_plan:change:{stem}:{seen[stem]}"),
        cite=Citation(file.name, locator),
        launch=launch,
        on=day,
        kind=KINDS.get(bare(written), written),
        subject=cells.get("subject", ""),
        before=cells.get("before", ""),
        after=cells.get("after", ""),
        words=Prose(cells.get("words", "")),
    )
    return Entry(locator=locator, records=(record,))


def launch_id(name: str) -> RecordId:
    """The id of a launch by its key, or by its name where plans give no key."""
    return RecordId(f"launch_plan:launch:{_SAFE.sub('-', name[:120]).strip('-').lower()}")


def _name(cells: Mapping[str, str]) -> str:
    """The name; a milestone of a release is told by both."""
    name, version = cells.get("name", ""), cells.get("version", "")
    if version and version not in name:
        return f"{version} {name}".strip()
    return name or cells.get("key", "")


def _day(file: SourceFile, locator: str, written: str, notes: list[Problem]) -> date | None:
    if _nothing(written):
        return None
    try:
        return parse_day(written)
    except MomentError as error:
        says = f"{error}; the launch was read without this date"[:160]
        notes.append(problem(file.name, locator, "bad_date", says=says, remedy="mend the date", lost=False))
        return None


def _nothing(written: str) -> bool:
    return written.strip().casefold() in _NOTHING or not written.strip()


def _lost(file: SourceFile, locator: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
