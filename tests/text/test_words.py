"""Words made comparable, and the name of a series without its dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.words import fold, normal_title


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_spaces_do_not_matter(text: str) -> None:
    assert fold(f"  {text}\t\n ") == fold(text)
    assert fold(text.casefold()) == fold(text)


def test_typography_becomes_plain() -> None:
    assert fold("“Don’t” – wait…\u00a0ﬁne\u200b STRASSE Straße") == '"don\'t" - wait... fine strasse strasse'


def test_plain_letters_take_the_short_way_to_the_same_end() -> None:
    assert fold("It`s  OK") == fold("It\u2019s OK") == "it's ok"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Weekly Sync 2024-05-01", "weekly sync"),
        ("📅 Weekly  sync #12", "weekly sync"),
        ("Weekly sync – 6 May 2024", "weekly sync"),
        ("Weekly sync (May 6)", "weekly sync"),
        ("2024/05/01 weekly sync", "weekly sync"),
        ("Weekly sync, week 12", "weekly sync"),
        ("Weekly sync 10:30am", "weekly sync"),
        ("Weekly sync [2021-03-04]", "weekly sync"),
        ("Weekly sync, Monday, 6th of May 2024", "weekly sync, monday"),
        ("Sprint 12 planning", "sprint planning"),
        ("Q3 planning", "planning"),
        ("Planning FY24", "planning"),
        ("Monthly review January", "monthly review"),
        ("May day planning", "may day planning"),
        ("1:1 Ann / Bob", "1:1 ann bob"),
        ("1-on-1 Ann / Bob", "1:1 ann bob"),
        ("Product/Design sync", "product/design sync"),
        ("P0 triage 12/05/2021", "p0 triage"),
        ("B2B roadmap", "b2b roadmap"),
        ("2024-05-01", "2024-05-01"),
        ("🎉", "🎉"),
        ("", ""),
    ],
)
def test_a_title_without_its_dates_names_the_series(written: str, name: str) -> None:
    assert normal_title(written) == name


@given(st.sampled_from(["weekly sync", "design review", "grooming"]), st.dates(), st.integers(0, 999))
def test_every_occurrence_of_a_series_has_one_name(title: str, day: object, number: int) -> None:
    assert normal_title(f"{title.title()} {day} #{number} 🚀") == title


@given(st.text(max_size=200))
def test_no_title_makes_it_fail(title: str) -> None:
    assert bool(normal_title(title)) == bool(fold(title))
