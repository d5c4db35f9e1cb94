"""Hours of launches, double entries and AI rework from planted records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from make import make
from prodops.diagnosis import debt_hours, friction_hours, overlap_hours, rework_hours
from prodops.diagnosis.sink import Weighed
from prodops.ledger.data import MetricUse
from prodops.ledger.delivery import Issue
from prodops.ledger.governance import OutputReview
from prodops.ledger.launches import Launch, LaunchChange
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Prose, Record, RecordId, person_id
from prodops.ledger.tooling import RoadmapEntry
from views.given import MONDAY, PMS, TODAY, hour, invited, meeting, roster

WEEKS = 20


def weigh(sink: Callable[..., Weighed], records: Iterable[Record]) -> Weighed:
    """The sink over these records."""
    return sink(Ledger.of(records, today=TODAY), np.random.default_rng(1))


def hours(weighed: Weighed) -> float:
    """Median PM hours a week."""
    return float(np.median(weighed.total()))


def plan(reminders: int, name: str = "Search relaunch") -> list[Record]:
    """A launch and reminders on its way, spread over twenty weeks; one change at each end."""
    first = MONDAY.date()
    days = [first, first + timedelta(days=7 * WEEKS)]
    ends = [_change("moved", day) for day in days]
    asked = [_change("chased", first + timedelta(days=k % (7 * WEEKS))) for k in range(reminders)]
    return [make(Launch, id=RecordId("l"), name=name, product="search"), *ends, *asked]


def _change(kind: str, day: date) -> Record:
    return make(LaunchChange, launch=RecordId("l"), on=day, kind=kind)


def test_more_reminders_weigh_more_and_none_weigh_next_to_nothing() -> None:
    found = [hours(weigh(friction_hours.weigh, plan(count))) for count in (0, 100, 400)]
    assert found[0] < 0.05
    assert found[2] == pytest.approx(4 * found[1], rel=0.1)
    assert 0.7 * 100 / WEEKS * 16 / 60 / 0.73 == pytest.approx(found[1], rel=0.2)


def test_own_blocks_that_name_a_launch_are_a_second_witness() -> None:
    alone = weigh(friction_hours.weigh, plan(100))
    alone_at_work = [one for k in range(WEEKS * 6) for one in _own_block(k, "Write the spec for search", 8.0)]
    chasing = [
        one for k in range(0, WEEKS * 6, 6) for one in _own_block(k, "Chase Search relaunch", 0.5, day=2)
    ]
    heard = weigh(friction_hours.weigh, [*plan(100), *roster(), *alone_at_work, *chasing])
    assert "own blocks" in heard.because
    assert float(np.log(heard.total()).std()) < float(np.log(alone.total()).std())


def test_own_blocks_that_name_a_metric_tell_how_much_the_log_leaves_out() -> None:
    log = [
        make(
            MetricUse,
            id=RecordId(f"use{k}"),
            reads="churn_rate",
            kind="recheck" if k % 2 else "view",
            used_at=MONDAY + timedelta(days=7 * WEEKS * k / 80),
            minutes=30.0 if k % 2 else None,
        )
        for k in range(81)
    ]
    work = [one for k in range(WEEKS * 6) for one in _own_block(k, "Write the spec for search", 8.0)]
    checks = [one for k in range(0, WEEKS * 6, 3) for one in _own_block(k, "Check churn rate", 0.5, day=2)]
    alone = weigh(debt_hours.weigh, [*log, *roster(), *work])
    heard = weigh(debt_hours.weigh, [*log, *roster(), *work, *checks])
    assert ["own blocks" in one.because for one in (alone, heard)] == [False, True]
    # The log has an hour a week; calendars show one more, and a fifth of own time.
    assert hours(heard) > 1.5 * hours(alone)
    assert float(np.log(heard.total()).std()) < float(np.log(alone.total()).std())


def _own_block(k: int, title: str, hours_long: float, day: int = 0) -> list[Record]:
    name = f"own{k}:{day}"
    block = meeting(
        name, hour(9, day=7 * (k // 6) + day), hours=hours_long, title=Prose(title), invited_count=0
    )
    return [block, *invited(name, [PMS[k % 6]], own_copy=True)]


def test_a_launch_with_the_name_of_its_team_does_not_take_all_the_work_of_that_team() -> None:
    work = [one for k in range(WEEKS * 6) for one in _own_block(k, "Search Group planning", 8.0)]
    of_the_team = [one for k in range(WEEKS * 6) for one in _own_block(k, "Core Group planning", 8.0)]
    renamed = [
        make(Person, id=RecordId(one), person=person_id(one), role="Product Manager", team="Core Group")
        for one in PMS
    ]
    records = [*plan(100, name="Core Group"), *renamed, *of_the_team]
    numbered = [*plan(100, name="Search Group 2.0"), *roster(), *work]
    alone = weigh(friction_hours.weigh, plan(100))
    for known in (records, numbered):
        assert hours(alone) == pytest.approx(hours(weigh(friction_hours.weigh, known)), rel=0.1)


def test_without_a_plan_there_are_no_launch_hours_and_a_reason() -> None:
    assert ((), "no launch plan is known") == (
        (one := weigh(friction_hours.weigh, [])).parts,
        one.because,
    )


def entries(doubles: int, own: int = 5) -> list[Record]:
    """Entries of a second roadmap over twenty weeks, some of which stand in the tracker."""
    issues = [make(Issue, key=f"S-{k}", title=Prose(f"Item {k}")) for k in range(doubles)]
    typed = [_entry(k, f"Item {k}", k * 7 * WEEKS / max(doubles, 1)) for k in range(doubles)]
    ideas = [_entry(k + 10_000, f"Idea {k}", k * 7 * WEEKS / (own - 1)) for k in range(own)]
    return [*issues, *typed, *ideas]


def _entry(number: int, item: str, day: float) -> Record:
    return make(
        RoadmapEntry,
        id=RecordId(f"e{number}"),
        item=Prose(item),
        area=f"team {number % 3}",
        entered_at=MONDAY + timedelta(days=day),
        person=person_id(PMS[number % 6]),
    )


def test_items_typed_twice_cost_minutes_and_ideas_of_their_own_cost_none() -> None:
    none, some = weigh(overlap_hours.weigh, entries(0)), weigh(overlap_hours.weigh, entries(300))
    assert hours(none) < 0.02
    assert hours(some) == pytest.approx(0.7 * 300 / WEEKS * 6 / 60, rel=0.15)
    assert {"team 0", "team 1", "team 2"} == {part.subject for part in some.parts}
    assert "300 of 305" in some.because


def test_without_a_second_roadmap_there_are_no_hours_and_a_reason() -> None:
    weighed = weigh(overlap_hours.weigh, [])
    assert ((), True) == (weighed.parts, "no second roadmap" in weighed.because)


def reviews(mended: int, **given: Any) -> list[Record]:
    """Reviews of one agent over twenty weeks; some outputs took twenty minutes to mend."""
    return [
        make(
            OutputReview,
            id=RecordId(f"r{k}"),
            output=RecordId(f"o{k}"),
            agent="writer",
            reviewed_at=MONDAY + timedelta(days=k * 7 * WEEKS / 199),
            verdict="corrected" if k < mended else "accepted",
            rework_minutes=given.get("minutes") if k < mended else None,
        )
        for k in range(200)
    ]


def test_minutes_of_rework_count_over_the_reviews_that_are_written_down() -> None:
    timed = weigh(rework_hours.weigh, reviews(100, minutes=20.0))
    assert hours(timed) == pytest.approx(0.7 * 100 * 20 / 60 / WEEKS / 0.76, rel=0.15)
    assert not any("minutes" in one for one in timed.assumed)


def test_rework_without_minutes_rests_on_a_prior_that_is_named() -> None:
    guessed = weigh(rework_hours.weigh, reviews(100))
    assert any("minutes to mend" in one for one in guessed.assumed)
    assert hours(guessed) == pytest.approx(0.7 * 100 * 15 / 60 / WEEKS / 0.76, rel=0.25)


def test_outputs_that_were_taken_as_they_were_cost_nothing() -> None:
    assert hours(weigh(rework_hours.weigh, reviews(0))) < 0.01
    none = weigh(rework_hours.weigh, [])
    assert ((), True) == (none.parts, "no reviews" in none.because)
