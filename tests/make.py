"""Builds any record from its type alone, and whole runs of records from one line of a case file."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from prodops.ledger.record import Citation, PersonId, Record, RecordId, person_id
from prodops.ledger.schema import columns, record_type, table_name

R = TypeVar("R", bound=Record)

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
_numbers = itertools.count(1)


def make(kind: type[R], /, **given: Any) -> R:
    """A valid record of the type: what is not given takes its default, or a plain value of its type."""
    values = dict(given)
    values.setdefault("id", RecordId(f"test:{table_name(kind)}:{next(_numbers)}"))
    values.setdefault("cite", Citation("test.txt", f"line {next(_numbers)}"))
    defaults = {field.name for field in fields(kind) if field.default is not MISSING}
    for column in columns(kind):
        if column.name not in values and column.name not in defaults:
            plain = _plain(column.holds, column.name, many=column.many)
            values[column.name] = None if column.optional else plain
    return kind(**values)


def make_run(line: Mapping[str, Any]) -> Iterator[Record]:
    """The records of one `[[case.records]]` line.

    `type` names the table. `count` and `every_days` repeat it: dates and moments move on, and `{i}` in a
    text becomes the number from 0. A `person` field may hold an address or name, which is folded.
    """
    kind = record_type(str(line["type"]))
    for i in range(int(line.get("count", 1))):
        shift = timedelta(days=float(line.get("every_days", 0)) * i)
        given = {
            name: _moved(value, i, shift)
            for name, value in line.items()
            if name not in ("type", "count", "every_days", "cite")
        }
        for column in columns(kind):
            if column.holds is PersonId and column.name in given:
                given[column.name] = person_id(str(given[column.name]))
        cite = Citation(str(line.get("cite", f"{line['type']}.txt")), f"row {i + 1}")
        yield make(kind, cite=cite, **given)


def _moved(value: Any, i: int, shift: timedelta) -> Any:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)) + shift
    if isinstance(value, date):
        return value + timedelta(days=shift.days)
    if isinstance(value, str):
        return value.replace("{i}", str(i))
    if isinstance(value, list):
        return tuple(_moved(one, i, shift) for one in value)
    return value


def _plain(holds: object, name: str, *, many: bool) -> Any:
    if many:
        return ("one",)
    if holds is PersonId:
        return person_id(f"{name}@example.com")
    plain: dict[object, Any] = {
        int: 1, float: 1.0, bool: False, datetime: START + timedelta(hours=name.startswith("end")),
        date: START.date(),
    }  # fmt: skip
    return plain.get(holds, name)
