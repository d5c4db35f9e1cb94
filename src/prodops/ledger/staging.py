"""Records on their way in: from Python into the engine in chunks, so that memory is bounded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prodops.ledger.engine import append_rows
from prodops.ledger.evidence import copy_to, empty_select, fill, listed, own_names, scan_of
from prodops.ledger.reading import Problem, problem
from prodops.ledger.record import Declared, Prose, Record
from prodops.ledger.schema import columns, row_of, sql_columns, table_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = tuple[Any, ...]
RowMaker = Callable[[Record], Row | None]
"""Turns a record into its row; None when the record must not come in."""

BUFFER_ROWS = 5_000
"""Python rows handed to the engine at once, unless their prose is long."""

BUFFER_CHARACTERS = 4_000_000
"""Characters of prose handed to the engine at once."""

CHUNK_ROWS = 100_000
"""Rows of one type in the engine's memory before they go to the disk, compressed."""

CHUNK_CHARACTERS = 32_000_000
"""Characters of prose in the engine's memory before they go to the disk."""

MOST_CHARACTERS = 8_000_000
"""Prose of one record that is longer than this is a problem, and not kept."""

STAGING_COLUMNS = (("_file", "INTEGER"), ("_row", "BIGINT"))
"""Which file of the group a row was read from, and its place in the order of reading."""


class StrayCitationError(ValueError):
    """A record that cites another file than the one it was read from: a fault of its connector."""


class DeclaredRecordError(TypeError):
    """A declared record in a file: these enter through actions alone."""


@dataclass(slots=True)
class _Pile:
    """The staged rows of one type."""

    make: RowMaker
    prose: tuple[int, ...]
    """The places of the cells that may be long."""
    buffer: list[Row] = field(default_factory=list)
    characters: int = 0
    rows_in_engine: int = 0
    characters_in_engine: int = 0
    chunks: list[Path] = field(default_factory=list)


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
        self._piles: dict[type[Record], _Pile] = {}
        self._numbers = 0

    def add(self, record: Record, *, source: str, file: int) -> None:
        """Stage one record of a file. A row that no column can hold becomes a problem, staged in its place.

        Raises:
            StrayCitationError: It cites another source.
            DeclaredRecordError: Its type enters through actions alone.
        """
        kind = type(record)
        pile = self._piles.get(kind)
        if pile is None:
            pile = self._begin(kind)
        if record.cite.source != source:
            raise StrayCitationError(f"{record.id} cites {record.cite.source!r} and was read from {source!r}")
        row = pile.make(record)
        if row is None:
            return
        characters = 0
        for place in pile.prose:
            characters += len(row[place] or "")
        if characters > MOST_CHARACTERS:
            self._refuse(kind, row, file)
            return
        self.rows += 1
        pile.characters += characters
        pile.buffer.append((*row, file, self.rows))
        if len(pile.buffer) >= BUFFER_ROWS or pile.characters >= BUFFER_CHARACTERS:
            self._hand_over(kind)

    def hand_over(self) -> None:
        """Hand all buffered rows to the engine."""
        for kind in sorted(self._piles, key=lambda kind: kind is Problem):
            self._hand_over(kind)
        if Problem in self._piles:
            self._hand_over(Problem)

    def discard(self, file: int) -> None:
        """Take back the rows of a file that could not be read to its end."""
        self.hand_over()
        for kind, pile in self._piles.items():
            self._connection.execute(fill("delete from {t} where _file = {n}", t=_table(kind), n=file))
            for chunk in pile.chunks:
                self._without(chunk, file)

    def kinds(self) -> list[type[Record]]:
        """The record types that have rows here."""
        return list(self._piles)

    def select(self, kind: type[Record]) -> str:
        """A select of the staged rows of a type: its columns, then the staging columns."""
        every = (*sql_columns(kind), *STAGING_COLUMNS)
        if kind not in self._piles:
            return empty_select(every)
        names = listed(name for name, _ in every)
        selects = [fill("select {names} from {table}", names=names, table=_table(kind))]
        if self._piles[kind].chunks:
            files = scan_of(self._piles[kind].chunks)
            selects.append(fill("select {names} from {files}", names=names, files=files))
        return " union all ".join(selects)

    def clear(self) -> None:
        """Forget everything staged, once it is committed or given up."""
        for kind, pile in self._piles.items():
            self._connection.execute(f"drop table {_table(kind)}")
            for chunk in pile.chunks:
                chunk.unlink()
        self._piles, self.rows = {}, 0

    def _begin(self, kind: type[Record]) -> _Pile:
        if issubclass(kind, Declared):
            raise DeclaredRecordError(f"{kind.__name__} is declared by people and not read from files")
        body = ", ".join(f'"{name}" {sql_type}' for name, sql_type in (*sql_columns(kind), *STAGING_COLUMNS))
        self._connection.execute(f"create table {_table(kind)} ({body})")
        prose = tuple(place for place, column in enumerate(columns(kind)) if column.holds is Prose)
        self._piles[kind] = _Pile(self._maker(kind), prose)
        return self._piles[kind]

    def _hand_over(self, kind: type[Record]) -> None:
        pile = self._piles[kind]
        rows, pile.buffer = pile.buffer, []
        pile.characters_in_engine += pile.characters
        pile.rows_in_engine += len(rows)
        pile.characters = 0
        if not _appended(self._connection, _table(kind), rows):
            self._rescue(kind, rows)
        if pile.rows_in_engine >= CHUNK_ROWS or pile.characters_in_engine >= CHUNK_CHARACTERS:
            self._spill(kind)

    def _spill(self, kind: type[Record]) -> None:
        self._numbers += 1
        chunk = self._scratch / f"{table_name(kind)}-{self._numbers}.parquet"
        copy_to(self._connection, f"from {_table(kind)}", chunk)
        self._connection.execute(f"truncate {_table(kind)}")
        pile = self._piles[kind]
        pile.chunks.append(chunk)
        pile.rows_in_engine = pile.characters_in_engine = 0

    def _rescue(self, kind: type[Record], rows: Sequence[Row]) -> None:
        for row in rows:
            mended = tuple(_mended(cell) for cell in row)
            if not _appended(self._connection, _table(kind), [mended]):
                self._refuse(kind, mended, row[len(own_names(kind))])

    def _refuse(self, kind: type[Record], row: Row, file: int) -> None:
        places = own_names(kind)
        source = str(row[places.index("cite_source")])
        unstorable = problem(
            source,
            str(row[places.index("cite_locator")]),
            "unstorable_value",
            says=f"a value of the {table_name(kind).replace('_', ' ')} is too large to keep",
            remedy="correct the value in the source and load the file again",
        )
        self.add(unstorable, source=source, file=file)

    def _without(self, chunk: Path, file: int) -> None:
        kept = chunk.with_suffix(".kept")
        rows = fill("select * from {chunk} where _file <> {file}", chunk=scan_of([chunk]), file=file)
        copy_to(self._connection, rows, kept)
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
