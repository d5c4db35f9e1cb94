"""Records on their way in: from Python into the engine in chunks, so that memory is bounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prodops.ledger.engine import append_rows
from prodops.ledger.evidence import empty_select, fill, listed, own_names, quoted, scan_of
from prodops.ledger.reading import Problem, problem
from prodops.ledger.record import Declared, Record
from prodops.ledger.schema import row_of, sql_columns, table_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]
RowMaker = Callable[[Record], Row | None]
"""Turns a record into its row; None when the record must not come in."""

BUFFER_ROWS = 5_000
"""Python rows handed to the engine at once."""

CHUNK_ROWS = 100_000
"""Rows of one type in the engine's memory before they go to the disk, compressed."""

STAGING_COLUMNS = (("_file", "INTEGER"), ("_row", "BIGINT"))
"""Which file of the group a row was read from, and its place in the order of reading."""


class StrayCitationError(ValueError):
    """A record that cites another file than the one it was read from: a fault of its connector."""


class DeclaredRecordError(TypeError):
    """A declared record in a file: these enter through actions alone."""


class Staging:
    """Rows read but not yet compared with what the ledger holds.

    Attributes:
        rows: How many rows lie here.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        scratch: Path,
        maker: Callable[[type[Record]], RowMaker] = row_of,
    ) -> None:
        """Stage in an engine; what does not fit goes into the scratch folder.

        Args:
            connection: A bounded engine.
            scratch: A folder of this process alone.
            maker: Gives the function that turns records of a type into rows.
        """
        self.rows = 0
        self._connection = connection
        self._scratch = scratch
        self._maker = maker
        self._makers: dict[type[Record], RowMaker] = {}
        self._buffers: dict[type[Record], list[Row]] = {}
        self._in_engine: dict[type[Record], int] = {}
        self._chunks: dict[type[Record], list[Path]] = {}
        self._numbers = 0

    def add(self, record: Record, *, source: str, file: int) -> None:
        """Stage one record of a file. A row that no column can hold becomes a problem, staged in its place.

        Raises:
            StrayCitationError: It cites another source.
            DeclaredRecordError: Its type enters through actions alone.
        """
        kind = type(record)
        buffer = self._buffers.get(kind)
        if buffer is None:
            buffer = self._begin(kind)
        if record.cite.source != source:
            raise StrayCitationError(f"{record.id} cites {record.cite.source!r} and was read from {source!r}")
        row = self._makers[kind](record)
        if row is None:
            return
        self.rows += 1
        buffer.append((*row, file, self.rows))
        if len(buffer) >= BUFFER_ROWS:
            self._hand_over(kind)

    def hand_over(self) -> None:
        """Hand all buffered rows to the engine."""
        for kind in sorted(self._buffers, key=lambda kind: kind is Problem):
            self._hand_over(kind)
        if self._buffers.get(Problem):
            self._hand_over(Problem)

    def discard(self, file: int) -> None:
        """Take back the rows of a file that could not be read to its end."""
        self.hand_over()
        for kind in self._buffers:
            self._connection.execute(fill("delete from {t} where _file = {n}", t=_table(kind), n=file))
            for chunk in self._chunks[kind]:
                self._without(chunk, file)

    def kinds(self) -> list[type[Record]]:
        """The record types that have rows here."""
        return list(self._buffers)

    def select(self, kind: type[Record]) -> str:
        """A select of the staged rows of a type: its columns, then the staging columns."""
        columns = (*sql_columns(kind), *STAGING_COLUMNS)
        if kind not in self._buffers:
            return empty_select(columns)
        names = listed(name for name, _ in columns)
        selects = [fill("select {names} from {table}", names=names, table=_table(kind))]
        if self._chunks.get(kind):
            files = scan_of(self._chunks[kind])
            selects.append(fill("select {names} from {files}", names=names, files=files))
        return " union all ".join(selects)

    def clear(self) -> None:
        """Forget everything staged, once it is committed or given up."""
        for kind, chunks in self._chunks.items():
            self._connection.execute(f"drop table {_table(kind)}")
            for chunk in chunks:
                chunk.unlink()
        self._buffers, self._in_engine, self._chunks, self.rows = {}, {}, {}, 0

    def _begin(self, kind: type[Record]) -> list[Row]:
        if issubclass(kind, Declared):
            raise DeclaredRecordError(f"{kind.__name__} is declared by people and not read from files")
        self._makers[kind] = self._maker(kind)
        body = ", ".join(f'"{name}" {sql_type}' for name, sql_type in (*sql_columns(kind), *STAGING_COLUMNS))
        self._connection.execute(f"create table {_table(kind)} ({body})")
        self._chunks[kind], self._in_engine[kind] = [], 0
        return self._buffers.setdefault(kind, [])

    def _hand_over(self, kind: type[Record]) -> None:
        buffer, self._buffers[kind] = self._buffers[kind], []
        if not _appended(self._connection, _table(kind), buffer):
            self._rescue(kind, buffer)
        self._in_engine[kind] += len(buffer)
        if self._in_engine[kind] >= CHUNK_ROWS:
            self._spill(kind)

    def _spill(self, kind: type[Record]) -> None:
        self._numbers += 1
        chunk = self._scratch / f"{table_name(kind)}-{self._numbers}.parquet"
        self._connection.execute(f"copy {_table(kind)} to {quoted(str(chunk))} (format parquet)")
        self._connection.execute(f"truncate {_table(kind)}")
        self._chunks[kind].append(chunk)
        self._in_engine[kind] = 0

    def _rescue(self, kind: type[Record], buffer: Sequence[Row]) -> None:
        places = own_names(kind)
        for row in buffer:
            mended = tuple(_mended(cell) for cell in row)
            if _appended(self._connection, _table(kind), [mended]):
                continue
            source = str(mended[places.index("cite_source")])
            unstorable = problem(
                source,
                str(mended[places.index("cite_locator")]),
                "unstorable_value",
                says=f"a value of the {table_name(kind).replace('_', ' ')} is too large to keep",
                remedy="correct the value in the source and load the file again",
            )
            self.add(unstorable, source=source, file=row[len(places)])

    def _without(self, chunk: Path, file: int) -> None:
        kept = chunk.with_suffix(".kept")
        rows = fill("select * from {chunk} where _file <> {file}", chunk=scan_of([chunk]), file=file)
        self._connection.execute(f"copy ({rows}) to {quoted(str(kept))} (format parquet)")
        kept.replace(chunk)


def mended_text(text: str) -> str:
    """The text with `?` for what UTF-8 cannot say: halves of surrogate pairs, as broken JSON escapes have."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _mended(cell: object) -> object:
    return mended_text(cell) if isinstance(cell, str) else cell


def _appended(connection: DuckDBPyConnection, table: str, rows: list[Row]) -> bool:
    import duckdb  # lazy: 130 ms that `prodops --help` must not pay

    try:
        append_rows(connection, table, rows)
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return False
    return True


def _table(kind: type[Record]) -> str:
    return f"staged_{table_name(kind)}"
