"""What may be promised at an organisation's size."""

from __future__ import annotations

from datetime import date

import pytest

from make import make
from prodops.diagnosis.stage import detectable_change, stage
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import person_id
from views.given import TODAY, invited, roster


def _people(count: int) -> Ledger:
    return Ledger.of(roster([f"p{i}@example.com" for i in range(count)]), today=TODAY)


@pytest.mark.parametrize(
    ("people", "name", "interpolated"),
    [
        (20, "startup", False),
        (60, "startup", False),
        (90, "startup", True),
        (140, "formalising", True),
        (200, "formalising", False),
        (600, "formalising", False),
        (700, "formalising", True),
        (900, "large", True),
        (1_000, "large", False),
    ],
)
def test_the_stage_follows_from_the_people_of_the_roster(people: int, name: str, interpolated: bool) -> None:  # noqa: FBT001 (a table of truth)
    found = stage(_people(people))
    assert (name, people, people, interpolated) == (found.name, found.people, found.pms, found.interpolated)
    assert interpolated == ("lie between two stages" in found.says)


def test_who_left_is_not_counted() -> None:
    gone = [
        make(Person, person=person_id("a"), left_on=date(2020, 1, 1)),
        make(Person, person=person_id("b"), active=False),
    ]
    assert 3 == stage(Ledger.of([*roster(["x", "y", "z"]), *gone], today=TODAY)).people


def test_without_a_roster_ten_people_a_pm_are_assumed() -> None:
    owners = [one for k in range(20) for one in invited("i", [f"p{k}@example.com"], own_copy=True)]
    found = stage(Ledger.of(owners, today=TODAY))
    assert ("formalising", 0, 20) == (found.name, found.people, found.pms)


def test_nobody_is_the_smallest_stage() -> None:
    found = stage(Ledger.of([], today=TODAY))
    assert ("startup", 0, 0) == (found.name, found.people, found.pms)


@pytest.mark.parametrize(
    ("pms", "says"),
    [
        (3, "fewer than 8 PMs"),
        (8, "19.1 points"),
        (20, "9.5 points"),
        (60, "5.0 points"),
        (90, "5.0 points or less"),
        (16, "between 12 and 20"),
    ],
)
def test_the_change_that_can_be_shown_is_said_and_between_simulated_sizes_interpolated(
    pms: int, says: str
) -> None:
    assert says in detectable_change(pms)
    assert ("interpolated" in detectable_change(pms)) == (pms == 16)


def test_more_pms_show_smaller_changes() -> None:
    points = [float(detectable_change(pms).partition("change of ")[2].split()[0]) for pms in range(8, 61)]
    assert sorted(points, reverse=True) == points
