"""Who counts as a product manager."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from make import make
from prodops.ledger.people import Person
from prodops.ledger.record import person_id
from prodops.views.pms import PMS
from views.given import invited, read, roster

IN = (
    "Product Manager",
    "Senior Product Manager, Payments",
    "Group Product Manager",
    "Product Manager, Operations Platform",
    "Product Manager (Marketing Tools)",
    "Associate Product Manager II",
    "Technical Product Owner",
    "Product Lead",
    "Senior PM",
    "Senior PM, Growth",
    "PM (Search)",
    "Head of Product",
    "Director of Product",
    "Director, Product",
    "Product Director",
    "VP Product",
    "VP, Product",
    "VP of Product",
    "Chief Product Officer",
    "product manager",
)

OUT = (
    "Product Marketing Manager",
    "Senior Product Marketing Lead",
    "Head of Product Marketing",
    "Head of Product Operations",
    "Product Operations Manager",
    "Director of Product Operations",
    "VP Product Ops",
    "Project Manager",
    "Programme Manager",
    "Technical Program Manager",
    "Product Designer",
    "Head of Product Design",
    "Director of Product Analytics",
    "VP Product Engineering",
    "Production Manager",
    "Engineer",
    "RPM Engineer",
    "",
)


def _known(**given: Any) -> list[tuple[Any, ...]]:
    return read(PMS, [make(Person, person=person_id("ana@example.com"), **given)])


@pytest.mark.parametrize("title", IN)
def test_this_title_is_one_of_a_product_manager(title: str) -> None:
    assert [(person_id("ana@example.com"), "A", "roster")] == _known(role=title, team="A")


@pytest.mark.parametrize("title", OUT)
def test_this_title_is_not(title: str) -> None:
    assert [] == _known(role=title)


@pytest.mark.parametrize("title", ["Head of Product", "Director of Product", "VP Product"])
def test_who_leads_pms_is_none_of_them_beside_one(title: str) -> None:
    lead = make(Person, person=person_id("ana@example.com"), role=title)
    manager = make(Person, person=person_id("ben@example.com"), role="Product Owner")
    assert [(person_id("ben@example.com"), "", "roster")] == read(PMS, [lead, manager])


def test_who_left_is_a_pm_no_more_and_who_leaves_later_still_is() -> None:
    assert [] == _known(role="Product Manager", left_on=date(2026, 6, 29))
    assert 1 == len(_known(role="Product Manager", left_on=date(2026, 6, 30)))
    assert 1 == len(_known(role="Product Manager", left_on=date(2027, 1, 1)))


def test_who_the_roster_no_longer_counts_is_a_pm_no_more() -> None:
    assert [] == _known(role="Product Manager", active=False)


def test_a_person_of_two_rosters_is_one() -> None:
    twice = [*roster(["ana@example.com"]), make(Person, person=person_id("ana@example.com"), role="Engineer")]
    assert 1 == len(read(PMS, twice))


def test_without_a_roster_the_owners_of_calendars_are_the_pms() -> None:
    owners = [*invited("i", ["ana@example.com"], own_copy=True), *invited("i", ["ben@example.com"])]
    assert [(person_id("ana@example.com"), "", "own calendar")] == read(PMS, owners)


def test_with_a_roster_owning_a_calendar_is_not_enough() -> None:
    records = [
        *roster(["ana@example.com"], role="Engineer"),
        *invited("i", ["ben@example.com"], own_copy=True),
    ]
    assert [] == read(PMS, records)
