"""The ledger: all records at a moment, read as columns by SQL or as objects for citations and pages."""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from prodops.ledger.engine import append_rows, has_table, open_engine, write_tables
from prodops.ledger.record import Record
from prodops.ledger.schema import record_of, record_types, sql_columns, table_name, utc_naive

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from prodops.ledger.told import Told
    from prodops.ledger.view import View

R = TypeVar("R", bound=Record)
Row = tuple[Any, ...]

_schema_numbers = itertools.count(1)


class ViewError(ValueError):
    """Two different views under one name."""


class Ledger:
    """All records at a moment. Views of it never change it; the same records give the same answers.

    A ledger is made by `Ledger.of` from records in memory, or by the store from what was loaded.

    Attributes:
        version: A digest that changes when the records change, or when other files are read.
        today: The moment that counts as now: what starts later is planned, not held.
        told: What several readers may be told of people's time; None where one reader has the files anyway.
    """

    def __init__(
        self,
        connection: DuckDBPyConnection,
        *,
        version: str,
        today: datetime,
        schemas: tuple[str, ...] = ("main",),
        earlier: Callable[[datetime], Ledger | None] | None = None,
        told: Told | None = None,
    ) -> None:
        """Wrap a DuckDB connection whose tables or views are named like the record types."""
        self.version = version
        self.today = today
        self.told = told
        self._connection = connection
        self._schemas = schemas
        self._earlier = earlier
        self._lock = threading.RLock()
        self._ready: dict[str, View] = {}

    @classmethod
    def of(cls, records: Iterable[Record], *, today: datetime) -> Ledger:
        """A ledger in memory.

        Args:
            records: Any records; repeats are welcome, their order does not matter.
            today: The moment that counts as now, with a zone.

        Raises:
            ConflictError: Two records share an id and differ.
        """
        connection = open_engine()
        version = write_tables(connection, "main", records, kinds=record_types())
        return cls(connection, version=version, today=today)

    def plus(self, records: Iterable[Record]) -> Ledger:
        """The ledger as it would be with these records; one with a known id replaces what is there."""
        schema = f"plus_{next(_schema_numbers)}"
        with self._lock:
            cursor = self._connection.cursor()
            cursor.execute(f"create schema {schema}")
            added = write_tables(cursor, schema, records, prefix="added_")
            for kind in record_types():
                self._overlay(cursor, schema, table_name(kind), [name for name, _ in sql_columns(kind)])
            schemas = (schema, *self._schemas)
            cursor.execute(f"set search_path = '{','.join(schemas)}'")
        version = hashlib.blake2b(f"{self.version}+{added}".encode(), digest_size=8).hexdigest()
        return Ledger(cursor, version=version, today=self.today, schemas=schemas, told=self.told)

    def on(self, moment: datetime) -> Ledger:
        """The same records with another moment that counts as now: what starts later is planned.

        What was loaded later is still there; `Store.ledger(as_of=...)` leaves that out.
        """
        with self._lock:
            cursor = self._connection.cursor()
            schema = f"on_{next(_schema_numbers)}"
            cursor.execute(f"create schema {schema}")
            schemas = (schema, *self._schemas)
            cursor.execute(f"set search_path = '{','.join(schemas)}'")
        version = hashlib.blake2b(f"{self.version}@{moment.isoformat()}".encode(), digest_size=8).hexdigest()
        return Ledger(cursor, version=version, today=moment, schemas=schemas, told=self.told)

    def as_of(self, moment: datetime) -> Ledger | None:
        """The ledger as it was at a moment, which counts as now in it: what gave any earlier report.

        Returns:
            None where nobody kept what there was, or nothing had been loaded or declared by then.
        """
        return self._earlier(moment) if self._earlier is not None else None

    def sql(
        self, query: str, parameters: dict[str, object] | None = None, *, views: Sequence[View] = ()
    ) -> list[Row]:
        """Rows of a select over the record tables and the named views.

        Args:
            query: Portable SQL; parameters as `$name`. `$today` is always there, in UTC.
            parameters: Values of the parameters; moments with a zone become UTC.
            views: The views that the query reads.
        """
        with self._lock:
            self._run(query, parameters, views)
            return list(self._connection.fetchall())

    def columns(
        self, query: str, parameters: dict[str, object] | None = None, *, views: Sequence[View] = ()
    ) -> dict[str, Any]:
        """The same as NumPy arrays by column name, for measures over many rows."""
        with self._lock:
            self._run(query, parameters, views)
            return dict(self._connection.fetchnumpy())

    def records(self, kind: type[R], ids: Iterable[str] | None = None) -> Iterator[R]:
        """Records of one type as objects, in the order of their ids: for citations and pages, not for sums.

        Args:
            kind: The record type.
            ids: Only these; unknown ids are left out.
        """
        names = ", ".join(f'"{name}"' for name, _ in sql_columns(kind))
        where = "" if ids is None else " where id in (select unnest($ids))"
        parameters: dict[str, object] = {} if ids is None else {"ids": list(ids)}
        build = record_of(kind)
        for row in self.sql(f"select {names} from {table_name(kind)}{where} order by id", parameters):  # noqa: S608 (names come from our own types)
            yield build(row)  # type: ignore[misc]  # built for `kind`

    def count(self, kind: type[Record]) -> int:
        """How many records of a type there are."""
        return int(self.sql(f"select count(*) from {table_name(kind)}")[0][0])  # noqa: S608 (our own name)

    def _run(self, query: str, parameters: dict[str, object] | None, views: Sequence[View]) -> None:
        for view in views:
            self._make_ready(view)
        values = {"today": self.today, **(parameters or {})}
        used = {
            name: utc_naive(value) if isinstance(value, datetime) else value
            for name, value in values.items()
            if f"${name}" in query
        }
        self._connection.execute(query, used or None)

    def _make_ready(self, view: View) -> None:
        known = self._ready.get(view.name)
        if known is not None:
            if known != view:
                raise ViewError(f"two views are called {view.name}")
            return
        for needed in view.needs:
            self._make_ready(needed)
        table = f'{self._schemas[0]}."{view.name}"'
        if view.rows is not None:
            rows = list(view.rows(self))
            body = ", ".join(f'"{name}" {sql_type}' for name, sql_type in view.columns)
            self._connection.execute(f"create table {table} ({body})")
            append_rows(self._connection, table, rows)
        else:
            used = {"today": utc_naive(self.today)} if "$today" in view.sql else None
            self._connection.execute(f"create table {table} as {view.sql}", used)
        self._ready[view.name] = view

    def _overlay(self, cursor: DuckDBPyConnection, schema: str, table: str, names: list[str]) -> None:
        if not has_table(cursor, schema, f"added_{table}"):
            return
        below = next(schema for schema in self._schemas if has_table(cursor, schema, table))
        listed = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"create view {schema}.{table} as select {listed} from {schema}.added_{table} "  # noqa: S608 (our own names)
            f"union all by name select {listed} from {below}.{table} "
            f"where id not in (select id from {schema}.added_{table})"
        )
