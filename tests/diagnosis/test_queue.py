"""Queue evidence: the stage that binds in planted queues, none in healthy ones, silence without records."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from prodops.checks.finding import SINKS
from prodops.diagnosis.queue import (
    BINDS_FROM,
    FEEDS,
    QueueEvidence,
    binding_stage,
    called_binding,
    judge_queues,
)
from prodops.diagnosis.queue_capacity import rate_draws, scatter, served
from prodops.diagnosis.queue_days import StageDays
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Record
from prodops.views.stage_words import STAGES
from views.given import TODAY
from views.work import issue, passing, queued

ROOM = (3, 3, 3, 3, 3, 3)
MIXED = (1, 3, 2, 4, 1, 0, 0)
"""Eleven pieces a week, a few each weekday."""


def evidence(records: Iterable[Record]) -> QueueEvidence:
    """What the queues of these records say."""
    return binding_stage(Ledger.of(records, today=TODAY))


@pytest.mark.parametrize("short", range(6))
def test_the_stage_that_serves_less_than_comes_binds(short: int) -> None:
    capacity = [2 if stage == short else 4 for stage in range(6)]
    found = evidence(queued((3, 3, 2, 2, 2, 0, 0), capacity, weeks=24))
    assert found.complete
    assert STAGES[short] == found.binding
    assert found.p_binds >= BINDS_FROM
    assert f"The stage that binds is {STAGES[short]}" in found.says


def test_where_every_stage_keeps_up_none_binds() -> None:
    found = evidence(queued(MIXED, (4, 4, 4, 4, 4, 4), weeks=24))
    assert (True, None) == (found.complete, found.binding)
    assert found.says.startswith("No stage binds")


def test_a_long_but_steady_stay_does_not_bind() -> None:
    steady = [
        record
        for number in range(200)
        for record in passing(f"S-{number}", [*(number * 0.8 + stay for stay in (0, 1, 2, 3, 33, 34, 35))])
    ]
    found = evidence(steady)
    assert (True, None) == (found.complete, found.binding)


def test_the_numbers_of_a_stage_are_those_of_its_queue() -> None:
    found = evidence(queued((3, 3, 2, 2, 2, 0, 0), (4, 4, 2, 4, 4, 4), weeks=24))
    decision = next(stage for stage in found.stages if stage.name == "decision")
    assert decision.arrivals.value == pytest.approx(12, rel=0.1)
    assert decision.service.value == pytest.approx(10, rel=0.15)
    assert decision.growth.value == pytest.approx(2, rel=0.15)
    assert decision.waiting.value == pytest.approx(2 * 24, abs=6)
    assert decision.little_ratio == pytest.approx(1, abs=0.1)
    for figure in (decision.arrivals, decision.departures, decision.utilisation, decision.stay):
        assert figure.n > 0
        assert figure.low is not None
        assert figure.low < (figure.value or 0)


def test_nothing_is_said_without_a_tracker() -> None:
    found = evidence([])
    assert (False, None, 0.0, ()) == (found.complete, found.binding, found.p_binds, found.stages)
    assert "no tracker" in found.says


def test_nothing_is_said_of_a_tracker_that_shows_too_few_stages() -> None:
    found = evidence(queued(MIXED, (2,), weeks=24))
    assert (False, None) == (found.complete, found.binding)
    assert "2 of the six stages" in found.says


def test_nothing_is_said_of_a_few_weeks() -> None:
    found = evidence(queued((3, 3, 2, 2, 2, 0, 0), (4, 4, 1, 4, 4, 4), weeks=6))
    assert not found.complete
    assert "fewer than 8 weeks" in found.says


def test_nothing_is_said_of_a_few_pieces() -> None:
    found = evidence(queued((0, 0, 1, 0, 0, 0, 0), ROOM, weeks=12))
    assert not found.complete
    assert "fewer than 20" in found.says


def test_nothing_is_said_where_the_statuses_name_no_stage() -> None:
    lost = [
        record
        for number in range(500)
        for record in issue(
            f"L-{number}", number * 0.15, [(number * 0.15 + 1, "Qwert", "Zuiop")], now="Zuiop"
        )
    ]
    found = evidence([*queued((3, 3, 2, 2, 2, 0, 0), ROOM, weeks=12), *lost])
    assert not found.complete
    assert "name no stage" in found.says


def test_a_history_with_gaps_breaks_littles_law_and_is_said_to_be_incomplete() -> None:
    whole = list(queued((3, 3, 2, 2, 2, 0, 0), (4, 4, 2, 4, 4, 4), weeks=24))
    torn = [one for one in whole if not one.id.endswith(":3")]
    found = evidence(torn)
    assert (False, None) == (found.complete, found.binding)
    assert "Little's law" in found.says


def test_a_sink_is_called_binding_only_when_a_stage_it_feeds_binds() -> None:
    found = evidence(queued((3, 3, 2, 2, 2, 0, 0), (4, 4, 2, 4, 4, 4), weeks=24))
    assert called_binding("ritual_rot", found)
    assert not called_binding("data_debt", found)
    assert not called_binding("ritual_rot", evidence([]))
    assert set(SINKS) == set(FEEDS)


def test_the_same_records_give_the_same_evidence() -> None:
    records = list(queued(MIXED, ROOM, weeks=12))
    assert evidence(records) == evidence(reversed(records))


def test_capacity_is_found_from_days_that_cleared_the_queue_too() -> None:
    rng = np.random.default_rng(1)
    waiting = rng.integers(1, 6, 400).astype(float)
    left = np.minimum(rng.poisson(4.0, 400), waiting)
    found = served(left, waiting, np.random.default_rng(2), 4_000)
    low, high = np.quantile(found.a_day, [0.025, 0.975])
    assert low < 4.0 < high
    assert left.mean() < low  # counting what left alone would call the stage nearly full


def test_work_that_waits_its_turn_is_told_from_work_that_takes_its_time() -> None:
    rng = np.random.default_rng(3)
    waiting = rng.integers(2, 40, 200).astype(float)
    in_turn = np.minimum(rng.poisson(3.0, 200), waiting)
    own_time = rng.binomial(waiting.astype(int), 0.15).astype(float)
    assert served(in_turn, waiting, rng, 100).queues > 0.99
    assert served(own_time, waiting, rng, 100).queues < 0.01


def test_counts_in_batches_widen_a_rate() -> None:
    even, batched = np.full(60, 2.0), np.tile([10.0, 0, 0, 0, 0], 12)
    assert scatter(even) == 1.0
    assert scatter(batched) > 5
    assert scatter(np.zeros(10)) == 1.0
    wide, narrow = (rate_draws(counts, np.random.default_rng(1), 4_000).std() for counts in (batched, even))
    assert wide > 2 * narrow


def _flow_days(arrivals: list[float], departures: list[float]) -> StageDays:
    came, left = np.array(arrivals), np.array(departures)
    waiting = np.cumsum(came - left)
    return StageDays(
        arrivals=came,
        departures=left,
        waiting=waiting,
        worked=np.ones(len(came), dtype=bool),
        visits=int(came.sum()),
        stay_days=float(waiting.sum()),
        stay_spread=1.0,
    )


def test_of_two_growing_queues_neither_is_named_when_they_are_alike() -> None:
    growing = _flow_days([2.0] * 120, [0.0] + [1.5, 1.5, 2.0] * 39 + [1.5, 1.5])
    calm = _flow_days([2.0] * 120, [0.0] + [2.0] * 119)
    found = judge_queues({"signal": calm, "insight": growing, "decision": growing, "spec": calm})
    assert (True, None) == (found.complete, found.binding)
