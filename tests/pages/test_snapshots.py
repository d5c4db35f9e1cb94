"""Each page of a small organisation, and of nothing, is as it was read and found good."""

from __future__ import annotations

import json
from types import ModuleType

import pytest

from pages.organisation import ledger, small
from pages.snapshots import kept, worded
from prodops.checks import units as checks
from prodops.ledger.ledger import Ledger
from prodops.measures import units as measures
from prodops.pages import ORDER, method, units
from prodops.serve.shown.as_json import as_json

KEPT = {name: unit for name, unit in units().items() if name != method.NAME}
"""The pages that say what is loaded; the method is made of docstrings, which have tests of their own."""


@pytest.fixture(scope="module")
def organisation() -> Ledger:
    return small()


@pytest.mark.parametrize("unit", KEPT.values(), ids=KEPT)
def test_a_page_of_a_small_organisation(unit: ModuleType, organisation: Ledger) -> None:
    shown = worded(as_json(unit.page(organisation)))
    assert kept(unit.NAME, shown) == shown


@pytest.mark.parametrize("unit", KEPT.values(), ids=KEPT)
def test_a_page_of_nothing(unit: ModuleType) -> None:
    shown = worded(as_json(unit.page(ledger())))
    assert kept(f"{unit.NAME}-of-nothing", shown) == shown


def test_pages_come_in_reading_order_and_what_has_no_place_comes_before_the_evidence() -> None:
    found = list(units())
    assert list(ORDER) == [name for name in found if name in ORDER]
    unplaced = [name for name in found if name not in ORDER]
    at = found.index("evidence")
    assert unplaced == found[at - len(unplaced) : at]


def test_the_method_has_every_check_and_every_measure() -> None:
    text = json.dumps(as_json(method.page(ledger())))
    for check in checks():
        assert str(check.CODE) in text
    for measure in measures():
        assert measure.__name__.rpartition(".")[2].replace("_", " ") in text
