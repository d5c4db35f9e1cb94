"""A usage log is read row by row; re-checks are told from looks."""

from __future__ import annotations

from pathlib import Path

from prodops.connectors.metric_usage.parse import parse, recognises
from prodops.ledger.data import MetricUse
from prodops.ledger.reading import SourceFile

CASE = Path(__file__).parent / "cases" / "metric_usage" / "usage.csv"


def _file(content: bytes | None = None) -> SourceFile:
    return SourceFile(name="usage.csv", content=CASE.read_bytes() if content is None else content)


def test_looks_and_rechecks_are_told_apart_with_their_minutes() -> None:
    uses = [record for entry in parse(_file()) for record in entry.records]
    assert all(isinstance(use, MetricUse) for use in uses)
    assert [("view", None), ("recheck", 25.0), ("recheck", 10.0), ("recheck", None)] == [
        (use.kind, use.minutes) for use in uses if isinstance(use, MetricUse)
    ]


def test_two_uses_in_the_same_second_are_two_records() -> None:
    ids = [record.id for entry in parse(_file()) for record in entry.records]
    assert len(ids) == len(set(ids))


def test_a_row_that_cannot_be_read_is_listed_with_its_line() -> None:
    problems = [(found.cite.locator, found.code) for entry in parse(_file()) for found in entry.problems]
    assert [("line 5", "bad_date"), ("line 6", "no_metric")] == problems
    assert ["empty row"] == [entry.unused for entry in parse(_file()) if entry.unused]


def test_it_knows_its_own_and_leaves_other_tables_alone() -> None:
    assert recognises(_file()) >= 0.5
    assert 0.0 == recognises(_file(b"id,created,title\n1,2026-01-01,hello\n"))
    assert 0.0 == recognises(_file(b""))
    assert 0.0 == recognises(_file(b"\x00\x01\x02" * 100))


def test_a_table_without_the_columns_is_one_problem() -> None:
    entries = list(parse(_file(b"a,b\n1,2\n")))
    assert ["no_columns"] == [found.code for entry in entries for found in entry.problems]


def test_people_stand_under_pseudonyms() -> None:
    text = str([record for entry in parse(_file()) for record in entry.records])
    assert "ana@example.com" not in text
    assert "person:" in text
