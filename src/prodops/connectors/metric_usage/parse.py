"""A usage log of metrics or dashboards: one row a look, a query, or a re-check by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Literal

from prodops.ledger.data import MetricUse
from prodops.ledger.reading import HEAD_BYTES, Entry, SourceFile, problem
from prodops.ledger.record import Citation, RecordId, person_id
from prodops.text.decoding import decode, looks_binary
from prodops.text.moments import MomentError, parse_moment
from prodops.text.numbers import NumberError, parse_number
from prodops.text.tables import Row, read_table
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "increment"

_NAMES: Mapping[str, frozenset[str]] = {
    "reads": frozenset(
        ("metric", "metric name", "dashboard", "dashboard name", "dataset", "table", "report")
    ),
    "used_at": frozenset(
        ("used at", "used_at", "viewed at", "viewed_at", "queried at", "last viewed at", "timestamp")
    ),
    "person": frozenset(("user", "person", "email", "viewer", "user email", "user_email", "used by")),
    "kind": frozenset(("kind", "action", "event", "type", "activity")),
    "minutes": frozenset(("minutes", "duration minutes", "duration_minutes", "minutes spent")),
}
_RECHECKS = frozenset(
    ("recheck", "re-check", "rechecked", "verify", "verified", "double-check", "reconcile", "check")
)


def recognises(file: SourceFile) -> float:
    """Sure of a table that names a metric and when it was used."""
    if looks_binary(file.content[:HEAD_BYTES]):
        return 0.0
    row = next(iter(read_table(file.head)), None)
    found = _places(row.cells) if row else {}
    return 0.85 if {"reads", "used_at"} <= set(found) and len(found) > 2 else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """One entry a row."""
    rows = iter(read_table(decode(file.content).text))
    header = next(rows, None)
    places = _places(header.cells) if header else {}
    if not {"reads", "used_at"} <= set(places):
        found = problem(
            file.name, "file", "no_columns", says="The header names no metric or no moment of use.",
            remedy="Export the log with a column `metric` and a column `used at`.",
        )  # fmt: skip
        yield Entry(locator="file", problems=(found,))
        return
    seen: dict[str, int] = {}
    for row in rows:
        yield _entry(file.name, row, places, seen)


def _places(cells: tuple[str, ...]) -> dict[str, int]:
    folded = [fold(cell) for cell in cells]
    return {
        field: place
        for field, names in _NAMES.items()
        for place, cell in reversed(list(enumerate(folded)))
        if cell in names
    }


def _entry(source: str, row: Row, places: Mapping[str, int], seen: dict[str, int]) -> Entry:
    locator = f"line {row.line}"
    cells = {field: row.cells[place].strip() for field, place in places.items() if place < len(row.cells)}
    if not any(cells.values()):
        return Entry(locator=locator, unused="empty row")
    if not cells.get("reads"):
        found = problem(
            source, locator, "no_metric", says="No metric is named.", remedy="Fill the cell or drop the row."
        )
        return Entry(locator=locator, problems=(found,))
    try:
        used_at = parse_moment(cells.get("used_at", ""), tz=UTC)
    except MomentError as error:
        found = problem(
            source,
            locator,
            "bad_date",
            says=f"The moment of use cannot be read: {error}.",
            remedy="Mend the date.",
        )
        return Entry(locator=locator, problems=(found,))
    person = person_id(cells["person"]) if cells.get("person") else ""
    key = f"{cells['reads']}@{used_at:%Y%m%dT%H%M%S}@{person.removeprefix('person:')}"
    seen[key] = seen.get(key, 0) + 1
    use = MetricUse(
        id=RecordId(f"metric_usage:use:{key}" + (f"#{seen[key]}" if seen[key] > 1 else "")),
        cite=Citation(source, locator),
        user="",
        kind="recheck" if fold(cells.get("kind", "")) in _RECHECKS else fold(cells.get("kind", "")) or "use",
        reads=cells["reads"],
        used_at=used_at,
        person=person,
        minutes=_minutes(cells.get("minutes", "")),
    )
    return Entry(locator=locator, records=(use,))


def _minutes(cell: str) -> float | None:
    """Minutes as written; what is no number of minutes is left out, the use itself is kept."""
    try:
        minutes = parse_number(cell) if cell else None
    except NumberError:
        return None
    return minutes if minutes is None or 0 <= minutes < 24 * 60 else None
