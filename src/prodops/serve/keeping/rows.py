"""Rows of the state database as lines of JSON and back: the same on SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

AT_ONCE_ROWS = 1_000


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Every row of a table as one line, in the order of its key."""
    rows = connection.execution_options(stream_results=True).execute(
        table.select().order_by(*table.primary_key.columns)
    )
    for row in rows.mappings():
        cells = {name: _outward(value) for name, value in row.items()}
        yield json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def put_rows(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Insert rows from their lines; says how many.

    Raises:
        ValueError: A line is no row of this table.
    """
    kinds = {column.name: column.type.python_type for column in table.columns}
    count, rows = 0, list[dict[str, Any]]()
    for line in lines:
        rows.append(_row(json.loads(line), kinds))
        count += 1
        if len(rows) == AT_ONCE_ROWS:
            connection.execute(table.insert(), rows)
            rows = []
    if rows:
        connection.execute(table.insert(), rows)
    return count


def tables_there(connection: Connection) -> dict[str, Table]:
    """The tables as they are in a database, whichever step it is at, each before those that refer to it."""
    import sqlalchemy as sa  # lazy: next to the store

    metadata = sa.MetaData()
    metadata.reflect(connection)
    return {table.name: table for table in metadata.sorted_tables}


def _row(cells: object, kinds: Mapping[str, type]) -> dict[str, Any]:
    if not isinstance(cells, dict) or set(cells) != set(kinds):
        raise ValueError("a line does not have the columns of its table")
    return {name: _inward(value, kinds[name]) for name, value in cells.items()}


def _outward(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def _inward(value: Any, kind: type) -> object:  # noqa: ANN401 (a cell is what JSON gave)
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(value)
    if kind is date:
        return date.fromisoformat(value)
    return base64.b64decode(value, validate=True) if kind is bytes else value
