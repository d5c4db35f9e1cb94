"""One key for each ritual, whatever its series, minutes and listings call it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from make import make
from prodops.ledger.record import Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance, RitualListing, RitualStance
from prodops.views.ritual_names import RITUAL_NAMES, keeps_rhythm, ritual_key
from prodops.views.ritual_purposes import RITUAL_PURPOSES, suggested_purpose
from views.given import MONDAY, meeting, minutes, read, shuffles, weekly, weeks

ANN, BEN = person_id("ann@example.com"), person_id("ben@example.com")


@pytest.mark.parametrize(
    "title",
    [
        "Pricing Council",
        "pricing-council",
        "pricing_council",
        "Pricing Council (weekly)",
        "Weekly pricing council meeting",
        "Pricing council - 2026-03-04",
        "Pricing Council – 4 March 2026",
        "PRICING  COUNCIL #12",
        "pricing council minutes",
    ],
)
def test_these_names_mean_one_ritual(title: str) -> None:
    assert "pricing-council" == ritual_key(title)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Pricing council", "Pricing board"), ("Council A", "Council B"), ("定例会議", "企画会議")],
)
def test_these_names_mean_two(one: str, other: str) -> None:
    assert ritual_key(one) != ritual_key(other)


@pytest.mark.parametrize(
    ("title", "key"), [("Weekly meeting", "weekly-meeting"), ("", "untitled"), ("2026-01-05", "2026-01-05")]
)
def test_a_name_that_says_nothing_else_keeps_what_it_says(title: str, key: str) -> None:
    assert key == ritual_key(title)


def _rituals(records: list[Record], trace: str = "series") -> list[str]:
    return [row[2] for row in read(RITUAL_NAMES, records) if row[0] == trace]


def test_a_series_that_was_renewed_stays_one_ritual() -> None:
    later = MONDAY + timedelta(days=70)
    renewed = [
        *weekly("Pricing council", 10, name="s1", organiser=ANN),
        *weekly("Pricing Council 2026", 10, name="s2", starts_at=later, organiser=BEN),
    ]
    assert ["pricing-council", "pricing-council"] == _rituals(renewed)


def test_two_organisers_who_meet_at_once_have_two_rituals() -> None:
    at_once = [
        *weekly("Team planning", 10, name="s1", organiser=ANN),
        *weekly("Team planning", 10, name="s2", starts_at=MONDAY + timedelta(days=2), organiser=BEN),
    ]
    assert 2 == len(set(_rituals(at_once)))


def test_one_organiser_may_hold_a_ritual_twice_a_week() -> None:
    twice = [
        *weekly("Triage", 10, name="s1", organiser=ANN),
        *weekly("Triage", 10, name="s2", starts_at=MONDAY + timedelta(days=2), organiser=ANN),
    ]
    assert ["triage", "triage"] == _rituals(twice)


def test_a_series_without_a_title_is_no_ritual() -> None:
    assert [] == _rituals(weekly("", 6, name="s"))


def _days(*gaps: float) -> list[datetime]:
    moments = [MONDAY]
    for gap in gaps:
        moments.append(moments[-1] + timedelta(days=gap))
    return moments


@pytest.mark.parametrize(
    ("gaps", "rhythm"),
    [
        ((7, 7, 7, 7, 7), True),
        ((14, 14, 14, 14, 14), True),
        ((30, 31, 30, 31, 28), True),
        ((7, 7, 14, 7, 7), True),
        ((7, 7, 7, 7), False),
        ((1, 1, 1, 1, 1), False),
        ((3, 9, 4, 11, 5), False),
        ((0, 0, 0, 0, 0), False),
        ((7, 7, 7, 7, 3, 4, 7), True),
        ((7, 3, 4, 7, 3, 4, 7), False),
    ],
)
def test_rhythm_is_whole_weeks_or_about_a_month_for_six_times(gaps: tuple[float, ...], rhythm: bool) -> None:  # noqa: FBT001 (a table of truth)
    assert rhythm == keeps_rhythm(_days(*gaps))
    assert rhythm == keeps_rhythm(list(reversed(_days(*gaps))))


def test_single_events_that_keep_a_rhythm_are_a_ritual_nobody_made_a_series_of() -> None:
    singles: list[Record] = [
        meeting(f"m{k}", at, title=Prose("Roadmap review"), organiser=ANN)
        for k, at in enumerate(_days(7, 7, 7, 7, 7))
    ]
    assert ["roadmap-review"] == _rituals(singles, "single")
    assert [] == _rituals(singles[:5], "single")
    cancelled = [
        meeting(f"m{k}", at, title=Prose("Roadmap review"), status="cancelled")
        for k, at in enumerate(_days(7, 7, 7, 7, 7))
    ]
    assert [] == _rituals([*cancelled], "single")


def test_minutes_attendance_and_listings_have_the_key_of_their_series() -> None:
    records = [
        *weekly("Pricing council", 2),
        *minutes("pricing_council", weeks(2)),
        make(Attendance, ritual="Pricing Council 2026-01-05", held_on=MONDAY.date()),
        make(RitualListing, group="Pricing", title=Prose("Council")),
    ]
    rows = read(RITUAL_NAMES, records)
    assert ["attendance", "listing", "note", "series"] == [row[0] for row in rows]
    assert {"pricing-council"} == {row[2] for row in rows}


@pytest.mark.parametrize(
    ("title", "purpose"),
    [
        ("Pricing council", "decide"),
        ("Architecture review", "decide"),
        ("Bug triage", "decide"),
        ("Go/no-go", "decide"),
        ("Sprint demo", "learn"),
        ("Office hours", "learn"),
        ("Weekly sync", "align"),
        ("Stand-up", "align"),
        ("Friday coffee", "relate"),
        ("1:1 Ann", "relate"),
        ("One-on-one", "relate"),
        ("Pricing", "unknown"),
        ("", "unknown"),
        ("Release 11 council", "decide"),
        ("Pricing council 2026-03-11", "decide"),
        ("Demographics", "unknown"),
    ],
)
def test_a_name_suggests_its_purpose_and_a_number_does_not(title: str, purpose: str) -> None:
    assert purpose == suggested_purpose(title)


def _stance(purpose: str, day: int) -> RitualStance:
    return make(
        RitualStance,
        ritual="pricing-council",
        purpose=purpose,
        stance="own",
        declared_at=datetime(2026, 3, day, tzinfo=UTC),
    )


def test_what_was_declared_last_wins_over_the_name() -> None:
    council = weekly("Pricing council", 2)
    assert [("pricing-council", "decide", False)] == read(RITUAL_PURPOSES, council)
    declared = [*council, _stance("learn", 2), _stance("relate", 1)]
    assert [("pricing-council", "learn", True)] == read(RITUAL_PURPOSES, declared)
    taken_back = [*declared, _stance("", 3)]
    assert [("pricing-council", "decide", False)] == read(RITUAL_PURPOSES, taken_back)


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records = [
        *weekly("Team planning", 8, name="s1", organiser=ANN),
        *weekly("Team planning", 8, name="s2", organiser=BEN),
        *(meeting(f"m{k}", at, title=Prose("Review"), organiser=ANN)
          for k, at in enumerate(_days(7, 7, 7, 7, 7))),
        *minutes("team-planning", weeks(3)), _stance("learn", 1), _stance("decide", 2),
    ]  # fmt: skip
    for mixed in shuffles(records):
        assert read(RITUAL_NAMES, records) == read(RITUAL_NAMES, mixed)
        assert read(RITUAL_PURPOSES, records) == read(RITUAL_PURPOSES, mixed)


def test_the_series_of_another_id_is_another_row() -> None:
    assert 2 == len(_rituals([*weekly("A", 2, name="s1"), *weekly("B", 2, name="s2")]))
    assert RecordId("s1") in [row[1] for row in read(RITUAL_NAMES, weekly("A", 2, name="s1"))]
