"""How record types become tables: columns from the dataclasses, rows from records, and back."""

from __future__ import annotations

import importlib
import json
import re
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter

from prodops.ledger.record import Citation, Declared, Observed, PersonId, Prose, Record, RecordId

VOCABULARY = (
    "people", "rituals", "time", "feedback", "delivery", "data", "launches", "tooling", "governance",
    "decisions", "reading",
)  # fmt: skip
"""The modules that hold record types: the columns of the house, which do not change with a new unit."""

CITATION_COLUMNS = ("cite_source", "cite_locator")

_SQL_TYPES: dict[object, str] = {
    str: "VARCHAR",
    RecordId: "VARCHAR",
    PersonId: "VARCHAR",
    Prose: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    datetime: "TIMESTAMP",
    date: "DATE",
}


_F = typing.TypeVar("_F", bound=Callable[..., object])


def _once(function: _F) -> _F:
    """Remember the answer per record type, typed as the function itself: mypy doubts that classes hash."""
    return typing.cast("_F", cache(function))


class SchemaError(TypeError):
    """A record type with a field that no column can hold."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a record type's table.

    Attributes:
        name: The field's name.
        sql_type: The portable SQL type. Moments are UTC without a zone; tuples are JSON text.
        holds: The annotation inside `X | None`: str, PersonId, Prose, datetime, ...
        many: Whether the field is a tuple of strings.
        optional: Whether the field may be None.
        default: The value that rows written before the field existed take; MISSING when mandatory.
    """

    name: str
    sql_type: str
    holds: object
    many: bool
    optional: bool
    default: object = MISSING


@_once
def record_types() -> tuple[type[Record], ...]:
    """Every record type of the vocabulary, found by scanning it, in the order of the vocabulary."""
    found: list[type[Record]] = []
    for name in VOCABULARY:
        module = importlib.import_module(f"prodops.ledger.{name}")
        found += [
            kind
            for kind in vars(module).values()
            if isinstance(kind, type)
            and issubclass(kind, Record)
            and kind not in (Record, Observed, Declared)
            and kind.__module__ == module.__name__
        ]
    return tuple(found)


@_once
def record_type(table: str) -> type[Record]:
    """The record type whose table has this name.

    Raises:
        KeyError: There is no such table.
    """
    return {table_name(kind): kind for kind in record_types()}[table]


@_once
def table_name(kind: type[Record]) -> str:
    """The table of a record type: its name in snake case, `RitualListing` in `ritual_listing`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


@_once
def columns(kind: type[Record]) -> tuple[Column, ...]:
    """The columns of a record type without its citation: `id` first, the others in the field's order."""
    hints = typing.get_type_hints(kind)
    return tuple(_column(f.name, hints[f.name], f.default) for f in fields(kind) if f.name != "cite")


@_once
def sql_columns(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """Pairs of column name and SQL type as they stand in a table: the fields, then the citation."""
    own = tuple((column.name, column.sql_type) for column in columns(kind))
    return own + tuple((name, "VARCHAR") for name in CITATION_COLUMNS)


@_once
def row_of(kind: type[Record]) -> Callable[[Record], tuple[object, ...]]:
    """The function that turns a record of this type into a row in the order of `sql_columns`."""
    names = [column.name for column in columns(kind)]
    take = attrgetter(*names, "cite.source", "cite.locator")
    changed = [(i, _outward(c)) for i, c in enumerate(columns(kind)) if c.many or c.holds is datetime]

    def row(record: Record) -> tuple[object, ...]:
        cells = list(take(record))
        for index, outward in changed:
            if cells[index] is not None:
                cells[index] = outward(cells[index])
        return tuple(cells)

    return row


@_once
def record_of(kind: type[Record]) -> Callable[[Sequence[object]], Record]:
    """The function that turns a row in the order of `sql_columns` into a record of this type."""
    own = columns(kind)

    def record(row: Sequence[object]) -> Record:
        cells = {c.name: _inward(c, cell) for c, cell in zip(own, row, strict=False)}
        source, locator = row[len(own)], row[len(own) + 1]
        return kind(cite=Citation(str(source), str(locator)), **cells)  # type: ignore[arg-type]  # by name

    return record


def _column(name: str, annotation: object, default: object) -> Column:
    optional = False
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inside = [part for part in typing.get_args(annotation) if part is not type(None)]
        optional, annotation = True, inside[0]
    if typing.get_origin(annotation) is tuple:
        return Column(
            name, "VARCHAR", typing.get_args(annotation)[0], many=True, optional=optional, default=default
        )
    if annotation not in _SQL_TYPES:
        raise SchemaError(f"no column can hold {name}: {annotation}")
    return Column(name, _SQL_TYPES[annotation], annotation, many=False, optional=optional, default=default)


def _outward(column: Column) -> Callable[[typing.Any], object]:
    return _json_text if column.many else utc_naive


def _json_text(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"


def utc_naive(moment: datetime) -> datetime:
    """The moment as stored: in UTC, without a zone.

    Raises:
        SchemaError: The moment has no zone, so nobody can say when it was.
    """
    if moment.tzinfo is UTC:
        return moment.replace(tzinfo=None)
    if moment.tzinfo is None:
        raise SchemaError(f"a moment without a time zone: {moment.isoformat()}")
    return moment.astimezone(UTC).replace(tzinfo=None)


def _inward(column: Column, cell: typing.Any) -> object:  # noqa: ANN401 (a cell is what the engine gave)
    if cell is None:
        if column.optional or column.default is MISSING:
            return None
        return column.default
    if column.many:
        return tuple(json.loads(cell))
    if column.holds is datetime:
        return cell.replace(tzinfo=UTC)
    return cell
