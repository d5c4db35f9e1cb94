"""Evidence files: where they lie, how they are written so that a crash half-uses none, how SQL reads them."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import MISSING
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from prodops.ledger.engine import open_engine
from prodops.ledger.manifest import Batch, Part
from prodops.ledger.record import Record
from prodops.ledger.schema import columns, sql_columns, table_name, utc_naive

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BOOK_COLUMNS = (("_seq", "BIGINT"), ("_replaces", "BOOLEAN"), ("_gone", "BOOLEAN"))
"""What a row carries beside its record: its revision, whether an older row of the id stood before it,
and whether it says that the record is gone."""

BOUNDED_THREADS = 2
"""Each thread that writes keeps a row group in memory: with sixteen a bound of 256 MB was broken."""

ROW_GROUP_MEGABYTES = 16
"""Rows of long texts are many bytes: a row group counted in rows alone would not fit into the bound."""

Names = tuple[str, ...]


def own_names(kind: type[Record]) -> Names:
    """The column names of a record type, citation included, in the order of its rows."""
    return tuple(name for name, _ in sql_columns(kind))


def listed(names: Iterable[str], prefix: str = "") -> str:
    """Column names as SQL lists them."""
    return ", ".join(f'{prefix}"{name}"' for name in names)


def fill(template: str, **parts: object) -> str:
    """SQL from a template of ours; every part is a name, a number or a quoted text made by this package."""
    return template.format(**parts)


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


class Evidence:
    """The evidence folder of a workspace.

    Attributes:
        folder: Holds one folder per record type.
        scratch: Holds one folder per process that loads, compacts or forgets.
    """

    def __init__(self, folder: Path) -> None:
        """Take the workspace's folder."""
        self.folder = folder / "evidence"
        self.scratch = folder / "scratch"

    def path(self, table: str, uuid: str) -> Path:
        """Where a file lies."""
        return self.folder / table / f"{uuid}.parquet"

    def write(
        self, connection: DuckDBPyConnection, kind: type[Record], part: Part, select: str
    ) -> Batch | None:
        """Write the rows of a select as a new file, safe on the disk, not yet in use; None without rows.

        Args:
            connection: The engine.
            kind: The record type.
            part: What the rows are.
            select: Gives the columns of the record type and the book columns.
        """
        uuid, table = str(uuid4()), table_name(kind)
        path = self.path(table, uuid)
        path.parent.mkdir(parents=True, exist_ok=True)
        copy_to(connection, select, path)
        facts = connection.execute(
            fill(
                "select count(*), min(_seq), max(_seq), count(case when _replaces then 1 end) from {file}",
                file=scan_of([path]),
            )
        ).fetchall()[0]
        if not facts[0]:
            path.unlink()
            return None
        _settle(path)
        return Batch(
            uuid=uuid,
            table=table,
            part=part,
            seq_low=facts[1],
            seq_high=facts[2],
            rows=facts[0],
            replaces=facts[3],
            columns=own_names(kind),
        )

    def scan(self, kind: type[Record], batches: Sequence[Batch]) -> str:
        """A select of all rows of some files: the columns of the record type, then the book columns.

        A column that a file does not have yet takes the field's default; a column that the record type has
        no more is left out.
        """
        shapes: dict[Names, list[Path]] = defaultdict(list)
        for batch in batches:
            shapes[batch.columns].append(self.path(batch.table, batch.uuid))
        selects = [
            fill("select {cells} from {files}", cells=_cells(kind, names), files=scan_of(paths))
            for names, paths in shapes.items()
        ]
        return " union all ".join(selects) or empty_select((*sql_columns(kind), *BOOK_COLUMNS))

    def delete(self, table: str, uuid: str) -> None:
        """Delete a file that no reader needs any more."""
        self.path(table, uuid).unlink(missing_ok=True)

    def orphans(self, known: Collection[str], *, older_than_seconds: float) -> list[Path]:
        """Files and scratch folders that a crash left behind: unknown to the manifest, and not young."""
        limit = time.time() - older_than_seconds
        files = [path for path in self.folder.glob("*/*.parquet*") if path.name.split(".")[0] not in known]
        found = files + list(self.scratch.glob("*"))
        return [path for path in found if _modified(path) < limit]

    def open_scratch(self) -> Path:
        """A new folder for what does not fit into memory."""
        path = self.scratch / str(uuid4())
        path.mkdir(parents=True)
        return path


def remove(path: Path) -> None:
    """Delete a file or a folder, whichever it is and whether or not it is still there."""
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def open_bounded_engine(scratch: Path, *, memory_megabytes: int) -> DuckDBPyConnection:
    """An engine that keeps to a bound of memory and puts the rest into a folder."""
    connection = open_engine()
    connection.execute(f"set memory_limit = '{memory_megabytes}MB'")
    connection.execute(f"set temp_directory = {quoted(str(scratch))}")
    connection.execute("set preserve_insertion_order = false")
    connection.execute(f"set threads = {BOUNDED_THREADS}")
    return connection


def copy_to(connection: DuckDBPyConnection, select: str, path: Path) -> None:
    """Write the rows of a select as a Parquet file, a bounded number of bytes at a time."""
    options = f"format parquet, compression zstd, row_group_size_bytes '{ROW_GROUP_MEGABYTES}MB'"
    connection.execute(f"copy ({select}) to {quoted(str(path))} ({options})")


def scan_of(paths: Iterable[Path]) -> str:
    """The table function that reads some files; characters that would be patterns stand for themselves."""
    names = ", ".join(quoted(_literal(str(path))) for path in paths)
    return f"read_parquet([{names}], union_by_name = true)"


def empty_select(columns: Iterable[tuple[str, str]]) -> str:
    """A select without rows: pairs of column name and SQL type."""
    cells = ", ".join(f'cast(null as {sql_type}) as "{name}"' for name, sql_type in columns)
    return f"select {cells} where false"


def sql_value(value: object) -> str:
    """A field's default as an SQL literal."""
    if value is None or value is MISSING:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, tuple):
        return quoted(json.dumps(value, ensure_ascii=False))
    if isinstance(value, datetime):
        return quoted(utc_naive(value).isoformat(" "))
    return quoted(value.isoformat() if isinstance(value, date) else str(value))


def _cells(kind: type[Record], present: Names) -> str:
    types, defaults = dict(sql_columns(kind)), {column.name: column.default for column in columns(kind)}
    cells = [
        f'"{name}"'
        if name in present
        else f'cast({sql_value(defaults.get(name))} as {types[name]}) as "{name}"'
        for name in types
    ]
    return ", ".join([*cells, *(name for name, _ in BOOK_COLUMNS)])


def _literal(path: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in path)


def _settle(path: Path) -> None:
    for target in (path, path.parent, path.parent.parent):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return time.time()
