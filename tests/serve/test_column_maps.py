"""A column map is remembered by the header it was said of, and the newest counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from make import make
from prodops.connectors.feedback_table.columns import header_key
from prodops.connectors.feedback_table.layout import header_of
from prodops.ledger.feedback import ColumnMap
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.serve.intake.column_maps import ColumnMaps

HEADER = ("Nr", "Zeitpunkt", "Wunsch")


def said(day: int, *pairs: str) -> ColumnMap:
    """What a person said of the header on a day of March."""
    at = datetime(2026, 3, day, tzinfo=UTC)
    return make(ColumnMap, header_key=header_key(HEADER), columns=pairs, declared_at=at)


def table(*cells: str) -> SourceFile:
    """A table with this header."""
    return SourceFile(name="t.csv", content=(",".join(cells) + "\n1,2,3\n").encode())


def test_a_file_with_the_header_is_read_as_was_said_last() -> None:
    ledger = Ledger.of(
        [said(2, "created=Zeitpunkt"), said(1, "created=Nr")], today=datetime(2026, 6, 30, tzinfo=UTC)
    )
    assert {"created": "Zeitpunkt"} == ColumnMaps.of(ledger).hints(table(*HEADER))


def test_another_header_has_no_map() -> None:
    maps = ColumnMaps([said(1, "created=Zeitpunkt")])
    assert {} == maps.hints(table("Nr", "Datum", "Wunsch"))
    assert {} == maps.hints(SourceFile(name="t.csv", content=b""))
    assert {} == ColumnMaps([]).hints(table(*HEADER))


@pytest.mark.parametrize("content", [b"", b"\0\1\2\xff" * 50, b'"' * 5_000, b"," * 100_000])
def test_what_is_no_table_has_no_header_to_trip_over(content: bytes) -> None:
    assert all(isinstance(cell, str) for cell in header_of(SourceFile(name="t.csv", content=content)))
