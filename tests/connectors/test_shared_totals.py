"""Totals that a PM handed over: hours by purpose, a pseudonym, weeks; whatever else is said is refused."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    damaged,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.shared_totals.parse import LEAVES, parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.time import SharedTotal
from prodops.views.block_purposes import LEAVES as TAXONOMY

GOOD: dict[str, Any] = json.loads(case("shared_totals", "totals.json").content)


def read(**changed: Any) -> list[Entry]:
    document = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    return list(parse(text_file(json.dumps(document), "t.json")))


def test_it_reads_hours_by_purpose_of_one_person() -> None:
    entries = read_well(parse, case("shared_totals", "totals.json"))
    found = records(entries, SharedTotal)
    assert [(one.leaf, one.hours) for one in found] == [
        ("A1", 6.5), ("A2", 0.0), ("B2", 22.4), ("C1", 31.0), ("X", 100.1),
    ]  # fmt: skip
    assert {(one.person, one.first_on, one.last_on, one.weeks) for one in found} == {
        ("person:0123456789abcdef", date(2030, 3, 4), date(2030, 3, 31), 4)
    }
    assert found[0].cite.locator == "hours.A1"
    assert "0123456789abcdef:2030-03-04" in found[0].id


def test_its_purposes_are_those_of_the_taxonomy() -> None:
    assert (*TAXONOMY, "X") == LEAVES


@pytest.mark.parametrize(
    "changed",
    [
        {"person": None},
        {"person": "robin@example.org"},
        {"person": "person:0123"},
        {"first_on": "2030-13-04"},
        {"last_on": None},
        {"last_on": "2030-03-01"},
        {"weeks": 0},
        {"weeks": 4.5},
        {"weeks": True},
        {"weeks": 61},
        {"hours": None},
        {"hours": []},
        {"hours": {}},
    ],
)
def test_a_file_that_is_no_audit_of_one_person_is_one_problem(changed: dict[str, Any]) -> None:
    assert codes(read(**changed)) == ["bad_totals"]


@pytest.mark.parametrize("hours", [-1, 700, "many", None, True, [1], float("nan")])
def test_hours_that_are_none_cost_their_line_alone(hours: object) -> None:
    entries = read(hours={"A1": hours, "C1": 3})
    assert codes(entries) == ["bad_hours"]
    assert [one.leaf for one in records(entries, SharedTotal)] == ["C1"]


def test_a_purpose_that_nobody_knows_is_told() -> None:
    assert codes(read(hours={"D1": 3, "C1": 3})) == ["unknown_category"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[1]", "no JSON object"),
        ('{"prodops_totals": 1', "not JSON"),
        ("", "not JSON"),
        ("{" * 90_000, "not JSON"),
        ('{"prodops_totals": 1, "pad": "' + "x" * 200_000 + '"}', "larger than"),
    ],
)
def test_what_is_no_such_file_is_one_problem(text: str, says: str) -> None:
    entries = list(parse(text_file(text)))
    assert codes(entries) == ["bad_totals"]
    assert says in entries[0].problems[0].says


def test_it_recognises_its_own_files_whatever_their_name() -> None:
    for file in cases("shared_totals"):
        assert recognises(file) >= MINE
    assert recognises(text_file('{"totals": 1}')) == 0


def test_whatever_a_file_holds_it_is_said() -> None:
    survives_everything(parse, recognises)


@given(damaged(cases("shared_totals")))
@settings(max_examples=40, deadline=None)
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)
