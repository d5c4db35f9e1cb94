"""Everything handed out: all records as tables and lines, the log, the pages, and what each file is."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from prodops import __version__
from prodops.ledger.schema import record_types, sql_columns, table_name
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state_tables import state_tables
from prodops.pages import units
from prodops.pages.waiting import waiting
from prodops.serve.keeping.rows import lines_of
from prodops.serve.shown.as_json import as_json
from prodops.serve.told import shown_ledger

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from prodops.ledger.ledger import Ledger, Row
    from prodops.ledger.record import Record
    from prodops.ledger.state import State
    from prodops.ledger.store import Store

AT_ONCE_ROWS = 50_000

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell begins that a spreadsheet would compute."""

SECRET = frozenset({"password", "digest"})
"""Columns of accounts and tokens that open something and tell nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was handed out.

    Attributes:
        folder: Where it lies.
        records: Records of each type that has any, by its table.
        declared: Entries of the log of declarations.
        pages: Pages as JSON.
        files: All files.
    """

    folder: Path
    records: dict[str, int]
    declared: int
    pages: int
    files: int


def export_all(store: Store, state: State, folder: Path, today: datetime) -> Exported:
    """Write everything into a new folder, which gets its name when all of it is there.

    Args:
        store: The workspace.
        state: Its state database.
        folder: Where to; it does not exist.
        today: The moment that counts as now.

    Raises:
        FileExistsError: The folder is there.
    """
    if folder.exists():
        raise FileExistsError(folder)
    beside = folder.absolute().with_name(f".{folder.name}.{uuid4()}.part")
    try:
        ledger = store.ledger(today=today)
        records = _records(ledger, beside / "records")
        pages = _pages(shown_ledger(store, today=today), beside / "pages")
        with state.reading() as connection:
            declared = _state(connection, beside)
        (beside / "README.md").write_text(_told(records, ledger.version), encoding="utf-8")
        _list(beside)
        files = sum(1 for path in beside.rglob("*") if path.is_file())
        beside.replace(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Exported(folder=folder, records=records, declared=declared, pages=pages, files=files)


def _records(ledger: Ledger, folder: Path) -> dict[str, int]:
    folder.mkdir(parents=True)
    counts = {}
    for kind in record_types():
        name = table_name(kind)
        if ledger.count(kind):
            counts[name] = _record_files(ledger, kind, folder / name)
    return counts


def _record_files(ledger: Ledger, kind: type[Record], file: Path) -> int:
    """The records of one type as lines and as a table; says how many."""
    names, count = [name for name, _ in sql_columns(kind)], 0
    lines, sheet = file.with_suffix(".jsonl"), file.with_suffix(".csv")
    with (
        lines.open("w", encoding="utf-8") as as_lines,
        sheet.open("w", encoding="utf-8", newline="") as as_cells,
    ):
        cells = csv.writer(as_cells)
        cells.writerow(names)
        for row in _rows(ledger, kind, names):
            told = [one.isoformat() if isinstance(one, date) else one for one in row]
            as_lines.write(json.dumps(dict(zip(names, told, strict=True)), ensure_ascii=False) + "\n")
            cells.writerow([calm(one) for one in told])
            count += 1
    return count


def _rows(ledger: Ledger, kind: type[Record], names: Sequence[str]) -> Iterator[Row]:
    """All records of a type in the order of their ids, a bounded number in memory."""
    after, listed = "", ", ".join(f'"{name}"' for name in names)
    query = f"select {listed} from {table_name(kind)} where id > $after order by id limit {AT_ONCE_ROWS}"  # noqa: S608 (our own names)
    while rows := ledger.sql(query, {"after": after}):
        yield from rows
        after = rows[-1][0]


def calm(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _pages(ledger: Ledger, folder: Path) -> int:
    folder.mkdir()
    for name, unit in units().items():
        page = as_json(waiting(unit.page(ledger), ledger))
        text = json.dumps(page, ensure_ascii=False, indent=1, allow_nan=False)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    return len(units())


def _state(connection: Connection, folder: Path) -> int:
    """The log with its chain, the files that were loaded, and what the site knows of people and accesses."""
    tables, site = state_tables(), site_tables()
    site_folder = folder / "site"
    site_folder.mkdir()
    declared = _write(folder / "declared.jsonl", lines_of(connection, tables.declared))
    _write(folder / "sources.jsonl", lines_of(connection, tables.source_file))
    for table in (site.account, site.api_token, site.access):
        told = (_without_secrets(line) for line in lines_of(connection, table))
        _write(site_folder / f"{table.name}.jsonl", told)
    return declared


def _without_secrets(line: bytes) -> bytes:
    cells = {name: value for name, value in json.loads(line).items() if name not in SECRET}
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _write(path: Path, lines: Iterator[bytes]) -> int:
    count = 0
    with path.open("wb") as file:
        for line in lines:
            file.write(line)
            count += 1
    return count


def _list(folder: Path) -> None:
    """The digest of each file, as `sha256sum --check SHA256SUMS` reads it."""
    lines = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        lines.append(f"{digest}  {path.relative_to(folder).as_posix()}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def _told(records: dict[str, int], version: str) -> str:
    rows = "".join(f"| `records/{name}.jsonl`, `.csv` | {count:,} |\n" for name, count in records.items())
    return f"""# Everything of a prodops workspace

Written by prodops {__version__} from ledger version {version}. It holds names and addresses of people: keep
it as you keep the exports it was read from.

| file | records |
|---|---|
{rows}
- `records/*.jsonl` hold every record as it is now, one JSON object a line, as it was read; `cite_source` and
  `cite_locator` say where. `records/*.csv` hold the same for spreadsheets: a cell that one would take for a
  formula has an apostrophe before it. Moments are UTC. What each type and field means stands in
  `docs/reference` and `docs/glossary.md` of prodops.
- `declared.jsonl` is the log of declarations with its digests and its chain, oldest first.
- `sources.jsonl` lists the files that were loaded, with how they were read.
- `pages/*.json` are the pages as programs read them.
- `site/*.jsonl` are accounts, tokens and the access log, without what would open anything.
- `SHA256SUMS` has the digest of each file: `sha256sum --check SHA256SUMS`.
"""
