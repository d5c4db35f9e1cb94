"""Examples of blocks are shared or recurring titles, and never anybody's name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from make import make
from prodops.ledger.record import Record, person_id
from prodops.ledger.rituals import Invitee, Meeting
from prodops.views.blocks_examples import examples
from views.block_weeks import MONDAY, ledger_of, lived, pms

STATUS = [("Weekly status report", 2.0, 12)]


def one_off(title: str, *, people: int = 6, series: str | None = None) -> list[Record]:
    """An entry that one PM alone has."""
    starts_at = MONDAY + timedelta(days=4)
    return [
        make(
            Meeting, id=title, invite=title, series=series, title=title, starts_at=starts_at, busy=True,
            ends_at=starts_at + timedelta(hours=6), invited_count=people,
        ),
        make(Invitee, id=title, invite=title, person=person_id("pm0@example.com"), response="accepted"),
    ]  # fmt: skip


def titles(leaf: str, *more: Record, limit: int = 3) -> list[str]:
    ledger = ledger_of(lived(pms(5), STATUS, weeks=3), iter(more))
    return [example.title for example in examples(ledger, leaf, limit)]


def test_a_title_that_several_have_is_an_example_with_its_longest_meetings() -> None:
    (example,) = examples(ledger_of(lived(pms(5), STATUS, weeks=3)), "C1")
    assert ("Weekly status report", 5) == (example.title, example.people)
    assert 5 * 3 * 2 * 0.95 == pytest.approx(example.hours)
    assert 3 == len(example.meetings)


def test_a_title_that_one_person_has_once_is_none() -> None:
    assert ["Weekly status report"] == titles("C1", *one_off("Status report of my secret project"))


def test_a_title_that_recurs_is_one_even_for_a_single_pm() -> None:
    found = titles("C1", *one_off("Monthly status report to the board", series="s"))
    assert ["Weekly status report", "Monthly status report to the board"] == found


def test_a_title_with_a_name_of_the_roster_is_none() -> None:
    assert ["Weekly status report"] == titles("C1", *one_off("Status report for Pm1", series="s"))


def test_a_meeting_of_two_is_none_unless_several_have_it() -> None:
    assert [] == titles("B4", *one_off("1:1 Zdenka", people=2, series="s"))
    ledger = ledger_of(lived(pms(5), [("1:1", 1.0, 2)], weeks=2))
    assert ["1:1"] == [example.title for example in examples(ledger, "B4")]


def test_no_more_than_the_limit_is_given() -> None:
    more = one_off("Monthly status report to the board", series="s")
    assert 1 == len(titles("C1", *more, limit=1))


def test_a_leaf_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="C9"):
        titles("C9")


def test_a_leaf_without_blocks_has_none() -> None:
    assert [] == titles("C7")
