"""Endings that rule each other out: other programs, a hand-made case, and coverage by simulation."""

from __future__ import annotations

import warnings

import lifelines
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from prodops.stats.competing import aalen_johansen
from prodops.stats.event_counts import DurationError
from prodops.stats.survival import kaplan_meier

COHORT = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2)), min_size=1, max_size=30)


def test_a_case_worked_by_hand() -> None:
    # Five items: 1 decided, 2 closed by a robot, 3 still open when the snapshot was taken, 4 and 5 decided.
    told = aalen_johansen([1, 2, 3, 4, 5], [1, 2, 0, 1, 1])
    assert told.share[0] == pytest.approx([1 / 5, 1 / 5, 1 / 5, 1 / 5 + 3 / 10, 1 / 5 + 6 / 10])
    assert told.share[1] == pytest.approx([0, 1 / 5, 1 / 5, 1 / 5, 1 / 5])
    assert told.open_share == pytest.approx([4 / 5, 3 / 5, 3 / 5, 3 / 10, 0])


@given(COHORT)
def test_with_one_cause_it_is_kaplan_meier_turned_round(cohort: list[tuple[int, int]]) -> None:
    durations, codes = zip(*cohort, strict=True)
    happened = np.asarray(codes) > 0
    ours, waiting = aalen_johansen(durations, happened), kaplan_meier(durations, happened)
    assert 1 - ours.share[0] == pytest.approx(waiting.share, abs=1e-12)
    middle = (waiting.share > 1e-9) & (waiting.share < 1)
    assert 1 - ours.high[0][middle] == pytest.approx(waiting.low[middle], abs=1e-7)
    assert 1 - ours.low[0][middle] == pytest.approx(waiting.high[middle], abs=1e-7)


@given(COHORT)
def test_the_endings_and_the_open_make_the_whole(cohort: list[tuple[int, int]]) -> None:
    told = aalen_johansen(*zip(*cohort, strict=True), causes=2)
    assert told.share.sum(axis=0) + told.open_share == pytest.approx(np.ones(len(told.times)))
    assert np.all((told.low >= 0) & (told.low <= told.share) & (told.share <= told.high) & (told.high <= 1))


def test_it_agrees_with_lifelines() -> None:
    rng = np.random.default_rng(3)
    durations, codes = rng.exponential(10, 300), rng.integers(0, 3, 300)
    told = aalen_johansen(durations, codes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = lifelines.AalenJohansenFitter(calculate_variance=True).fit(
            durations, codes, event_of_interest=2
        )
    expected = theirs.cumulative_density_.iloc[1:, 0].to_numpy()
    variance = theirs.variance_.iloc[1:].to_numpy(dtype=np.float64)
    assert told.share[1] == pytest.approx(expected, abs=1e-12)
    # Our bounds, turned back into a variance on their own scale.
    place = 200
    left = 1 - told.share[1][place]
    reach = np.log(np.log(1 - told.high[1][place]) / np.log(left)) / 1.959964
    assert (reach * left * np.log(left)) ** 2 == pytest.approx(variance[place], rel=1e-4)


def test_the_variance_is_what_the_bootstrap_finds() -> None:
    rng = np.random.default_rng(4)
    durations, codes = rng.integers(0, 20, 400), rng.integers(0, 3, 400)
    told = aalen_johansen(durations, codes).at(1, 8)
    assert told.low is not None
    assert told.high is not None
    draws = [
        aalen_johansen(durations[rows], codes[rows], causes=2).at(1, 8).value
        for rows in (rng.integers(0, 400, 400) for _ in range(600))
    ]
    assert (told.high - told.low) / (2 * 1.959964) == pytest.approx(
        np.std(np.asarray(draws, dtype=float)), rel=0.1
    )


def black_hole(rng: np.random.Generator, n: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """A 180-day window with growing intake, 35% never decided, and a robot that closes what is old."""
    arrived = 180 * np.sqrt(rng.random(n))
    decided = np.where(rng.random(n) < 0.35, np.inf, rng.exponential(300, n))
    closed = rng.uniform(60, 120, n)
    waited = np.minimum(np.minimum(decided, closed), 180 - arrived)
    codes = np.where(waited == decided, 1, np.where(waited == closed, 2, 0))
    return waited, codes


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20261122)
    waits = rng.exponential(300, 2_000_000)
    truth = 0.65 * float(np.mean((waits <= 90) & (waits <= rng.uniform(60, 120, 2_000_000))))
    hits, errors = 0, []
    for _ in range(300):
        told = aalen_johansen(*black_hole(rng, 300), causes=2).at(1, 90)
        assert told.value is not None
        assert told.low is not None
        assert told.high is not None
        hits += told.low <= truth <= told.high
        errors.append(told.value - truth)
    assert abs(float(np.mean(errors))) <= 0.01
    # 300 runs: a standard error of 1.3 points.
    assert 0.91 <= hits / 300 <= 0.99


def test_a_cause_that_never_came_has_an_upper_bound() -> None:
    told = aalen_johansen([1, 2, 3, 4], [1, 1, 0, 0], causes=2)
    assert (told.at(2, 1).value, told.at(2, 1).low) == (0, 0)
    assert told.at(2, 1).high == pytest.approx(1 - 0.025 ** (1 / 4))
    assert told.at(2, 0.5).high == pytest.approx(1 - 0.025 ** (1 / 4))
    assert told.at(1, 0.5).value == 0


def test_past_the_longest_observation_nothing_is_known() -> None:
    assert not aalen_johansen([1, 2], [1, 0]).at(1, 3).known
    assert aalen_johansen([1, 2], [1, 1]).at(1, 3).value == 1


def test_nothing_observed_is_unknown() -> None:
    assert aalen_johansen([], [], causes=2).at(2, 1).because == "nothing was observed"


def test_a_cause_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DurationError, match="no cause 3"):
        aalen_johansen([1, 2], [1, 2]).at(3, 1)
