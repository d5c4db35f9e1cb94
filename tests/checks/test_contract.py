"""Every check keeps one contract, and finds exactly what its case file says."""

from __future__ import annotations

import random
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from make import make_run
from prodops.checks import units
from prodops.checks.finding import SINKS, Finding
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Record

CASES = Path(__file__).parent / "cases"
TODAY = datetime(2026, 6, 30, tzinfo=UTC)


def _name(unit: ModuleType) -> str:
    return unit.__name__.rpartition(".")[2]


def _cases() -> list[tuple[ModuleType, dict[str, Any]]]:
    return [
        (unit, case)
        for unit in units()
        for case in tomllib.loads((CASES / f"{_name(unit)}.toml").read_text(encoding="utf-8"))["case"]
    ]


EACH_CASE = pytest.mark.parametrize(
    ("unit", "case"),
    _cases(),
    ids=lambda one: _name(one) if isinstance(one, ModuleType) else str(one["name"]),
)


def _records(case: dict[str, Any]) -> list[Record]:
    """The case's records; a line without ids of its own gets them from its place, so that they are stable."""
    return [
        record
        for number, line in enumerate(case.get("records", []))
        for record in make_run({"id": f"{line['type']}-{number}-{{i}}", **line})
    ]


def _ledger(case: dict[str, Any], records: list[Record] | None = None) -> Ledger:
    day = case.get("today")
    today = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else TODAY
    return Ledger.of(_records(case) if records is None else records, today=today)


@EACH_CASE
def test_it_finds_what_its_case_says(unit: ModuleType, case: dict[str, Any]) -> None:
    found: list[Finding] = list(unit.check(_ledger(case)))
    assert sorted(case["finds"]) == sorted(finding.subject for finding in found)
    for finding in found:
        assert unit.CODE == finding.code
        for words in case.get("says", []):
            assert words in finding.title


@EACH_CASE
def test_order_and_repetition_of_records_do_not_matter(unit: ModuleType, case: dict[str, Any]) -> None:
    records = _records(case)
    shuffled = [*records, *records[:5]]
    random.Random(7).shuffle(shuffled)
    assert list(unit.check(_ledger(case))) == list(unit.check(_ledger(case, shuffled)))


@pytest.mark.parametrize("unit", units(), ids=_name)
def test_it_finds_nothing_in_an_empty_ledger(unit: ModuleType) -> None:
    assert [] == list(unit.check(Ledger.of([], today=TODAY)))


@pytest.mark.parametrize("unit", units(), ids=_name)
def test_it_names_its_family_and_remedy(unit: ModuleType) -> None:
    assert unit.SINK in SINKS
    findings = [found for one, case in _cases() if one is unit for found in unit.check(_ledger(case))]
    assert findings, "no case of this check finds anything"
    assert all(found.remedy and found.sink == unit.SINK for found in findings)
