"""The engine that reads the ledger: DuckDB in memory, with tables or views named like the record types."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from prodops.ledger.record import Record, RecordId
from prodops.ledger.schema import row_of, sql_columns, table_name

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ENGINE_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}
"""Nothing is fetched at run time; only what the wheel holds is used."""

CHUNK_ROWS = 10_000


class ConflictError(ValueError):
    """Two records with one id and different words."""


def open_engine() -> DuckDBPyConnection:
    """An empty in-memory engine that fetches nothing and prints nothing."""
    import duckdb  # lazy: 130 ms that `prodops --help` must not pay

    connection = duckdb.connect(":memory:", config=ENGINE_SETTINGS)
    connection.execute("set enable_progress_bar = false")
    connection.execute("set timezone = 'UTC'")
    return connection


def create_table(connection: DuckDBPyConnection, name: str, kind: type[Record]) -> None:
    """Create an empty table with the columns of a record type."""
    body = ", ".join(f'"{column}" {sql_type}' for column, sql_type in sql_columns(kind))
    connection.execute(f"create table {name} ({body})")


def has_table(connection: DuckDBPyConnection, schema: str, table: str) -> bool:
    """Whether a schema holds a table or view of this name."""
    query = "select 1 from information_schema.tables where table_schema = ? and table_name = ?"
    return bool(connection.execute(query, [schema, table]).fetchall())


def append_rows(connection: DuckDBPyConnection, name: str, rows: list[tuple[object, ...]]) -> None:
    """Append rows to a table by the bulk path."""
    if not rows:
        return
    appender = connection.appender(name)
    for start in range(0, len(rows), CHUNK_ROWS):
        appender.append_rows(rows[start : start + CHUNK_ROWS])
    appender.flush()


def write_tables(
    connection: DuckDBPyConnection,
    schema: str,
    records: Iterable[Record],
    *,
    kinds: tuple[type[Record], ...] = (),
    prefix: str = "",
) -> str:
    """Create and fill a table per record type; returns a digest of the records, free of their order.

    Args:
        connection: The engine.
        schema: Where the tables go.
        records: Any records; repeats are welcome.
        kinds: Types that get a table even without a record.
        prefix: Stands before each table's name.

    Raises:
        ConflictError: Two records share an id and differ in more than the place they were read from.
    """
    by_kind: dict[type[Record], dict[RecordId, Record]] = defaultdict(dict)
    for record in records:
        _keep(by_kind[type(record)], record)
    digest = hashlib.blake2b(digest_size=8)
    for kind in sorted({*kinds, *by_kind}, key=table_name):
        name = f"{schema}.{prefix}{table_name(kind)}"
        create_table(connection, name, kind)
        row = row_of(kind)
        rows = [row(record) for _, record in sorted(by_kind[kind].items())]
        for one in rows:
            digest.update(repr(one).encode())
        append_rows(connection, name, rows)
    return digest.hexdigest()


def _keep(kept: dict[RecordId, Record], record: Record) -> None:
    known = kept.setdefault(record.id, record)
    if known is record:
        return
    words = row_of(type(record))
    if words(known)[:-2] != words(record)[:-2]:
        raise ConflictError(f"two records are called {record.id} and differ: {known.cite} and {record.cite}")
    if str(record.cite) < str(known.cite):
        kept[record.id] = record
