"""Every measure gives, on a small ledger, the value that another program or a hand gives."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from make import make_run
from prodops.ledger.ledger import Ledger
from prodops.measures import units

REFERENCE = Path(__file__).parent / "reference"
TODAY = datetime(2026, 6, 30, tzinfo=UTC)


def _cases() -> list[tuple[ModuleType, dict[str, Any]]]:
    return [
        (unit, case)
        for unit in units()
        for path in [REFERENCE / f"{unit.__name__.rpartition('.')[2]}.toml"]
        if path.exists()
        for case in tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
        if "value" in case or "unknown" in case
    ]


def _ledger(case: dict[str, Any]) -> Ledger:
    lines = enumerate(case.get("records", []))
    return Ledger.of(
        (record for n, line in lines for record in make_run({"id": f"{line['type']}-{n}-{{i}}", **line})),
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("unit", "case"),
    _cases(),
    ids=lambda one: one.__name__.rpartition(".")[2] if isinstance(one, ModuleType) else one["name"],
)
def test_it_agrees_with_its_reference(unit: ModuleType, case: dict[str, Any]) -> None:
    answer = unit.measure(_ledger(case))
    if "unknown" in case:
        assert not answer.known
        assert case["unknown"] in answer.because
        return
    assert case["source"], "a reference says which program or hand it comes from"
    assert (case["value"], case["low"], case["high"]) == pytest.approx(
        (answer.value, answer.low, answer.high), abs=case.get("within", 5e-4)
    )
    assert case["n"] == answer.n


@pytest.mark.parametrize(
    ("unit", "case"),
    [(unit, case) for unit, case in _cases() if "each" in case],
    ids=lambda one: one.__name__.rpartition(".")[2] if isinstance(one, ModuleType) else one["name"],
)
def test_each_of_its_subjects_agrees_too(unit: ModuleType, case: dict[str, Any]) -> None:
    found = {subject: one.value for subject, one in unit.each(_ledger(case)).items()}
    assert case["each"] == pytest.approx(found, abs=case.get("within", 5e-4))
