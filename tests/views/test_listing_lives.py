"""The life of a registry's rituals from snapshot to snapshot."""

from __future__ import annotations

from datetime import date
from typing import Any

from make import make
from prodops.ledger.record import Prose, Record
from prodops.ledger.rituals import RitualListing
from prodops.views.listing_lives import LISTING_LIVES
from views.given import read, shuffles


def listed(title: str, on: date | None, **given: Any) -> RitualListing:
    """A ritual of the group `storage` in one snapshot."""
    return make(
        RitualListing,
        **{"registry": "r", "group": "storage", "title": Prose(title), "listed_on": on, **given},
    )


def year(of: int) -> date:
    """The yearly snapshot."""
    return date(of, 1, 1)


WANTED = "title, first_seen, last_seen, ended, ended_on, reworded"


def _of(*listings: Record) -> list[tuple[Any, ...]]:
    return read(LISTING_LIVES, listings, WANTED)


def test_a_ritual_in_every_snapshot_lives() -> None:
    assert [("Triage", year(2018), year(2019), False, None, 0)] == _of(
        listed("Triage", year(2018)), listed("Triage", year(2019))
    )


def test_a_ritual_ended_with_the_first_snapshot_that_lacks_it() -> None:
    others = [listed("Planning", year(y)) for y in (2018, 2019, 2020, 2021)]
    gone = [listed("Triage", year(y)) for y in (2018, 2019)]
    assert ("Triage", year(2018), year(2019), True, year(2020), 0) == _of(*others, *gone)[1]


def test_a_reworded_ritual_is_the_same_one() -> None:
    rows = _of(
        listed("Bug triage", year(2018), day="Monday", time="10:00"),
        listed("Weekly bug triage for CSI", year(2019), day="Monday", time="10:00"),
    )
    assert [("Weekly bug triage for CSI", year(2018), year(2019), False, None, 1)] == rows


def test_the_same_title_of_another_group_is_another_ritual() -> None:
    rows = _of(listed("Triage", year(2018)), listed("Triage", year(2019), group="network"))
    assert [True, False] == [row[3] for row in rows]


def test_two_registries_do_not_end_each_other() -> None:
    rows = _of(listed("Triage", year(2018)), listed("Planning", year(2019), registry="other"))
    assert [False, False] == [row[3] for row in rows]


def test_a_ritual_that_names_its_own_end_has_ended_when_that_day_is_over() -> None:
    past, ahead = date(2025, 5, 1), date(2030, 5, 1)
    assert [(True, past)] == [row[3:5] for row in _of(listed("Triage", None, ends_on=past))]
    assert [(False, None)] == [row[3:5] for row in _of(listed("Triage", None, ends_on=ahead))]
    assert [(True, past)] == [row[3:5] for row in _of(listed("Triage", year(2025), ends_on=past))]
    assert [(False, None)] == [row[3:5] for row in _of(listed("Triage", year(2025), ends_on=ahead))]


def test_a_ritual_that_left_before_its_own_end_ended_when_it_left() -> None:
    rows = _of(listed("Triage", year(2018), ends_on=date(2030, 1, 1)), listed("Planning", year(2019)))
    assert ("Triage", year(2018), year(2018), True, year(2019), 0) == rows[1]


def test_a_ritual_seen_once_without_a_date_has_no_known_end() -> None:
    rows = _of(listed("Triage", None, starts_on=date(2020, 3, 1)))
    assert [("Triage", date(2020, 3, 1), None, False, None, 0)] == rows


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records: list[Record] = [
        listed(title, year(y))
        for y in (2018, 2019, 2020)
        for title in ("Triage", f"Planning {'abc'[y - 2018]}", "Review")
    ]
    for mixed in shuffles(records):
        assert read(LISTING_LIVES, records) == read(LISTING_LIVES, mixed)
