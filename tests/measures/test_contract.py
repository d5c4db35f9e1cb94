"""Every measure keeps one contract: an empty ledger is answered, with its unit and a reason."""

from __future__ import annotations

from datetime import UTC, datetime
from types import ModuleType

import pytest

from prodops.ledger.ledger import Ledger
from prodops.measures import units
from prodops.stats.estimate import Estimate

TODAY = datetime(2026, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.__name__.rpartition(".")[2])
def test_an_empty_ledger_gives_no_number_and_says_why(unit: ModuleType) -> None:
    answer = unit.measure(Ledger.of([], today=TODAY))
    assert isinstance(answer, Estimate)
    assert not answer.known
    assert answer.because
    assert answer.unit


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.__name__.rpartition(".")[2])
def test_it_is_described_in_a_sentence(unit: ModuleType) -> None:
    doc = (unit.__doc__ or "").strip()
    assert doc.split("\n")[0].endswith(".")
