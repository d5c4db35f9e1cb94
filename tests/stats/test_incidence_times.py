"""By when a share has reached an ending, with what competes counted as competing."""

from __future__ import annotations

import math

import numpy as np
import pytest

from prodops.stats.competing import CumulativeIncidence, aalen_johansen
from prodops.stats.incidence_times import time_reached
from prodops.stats.survival import kaplan_meier


def test_with_one_ending_it_is_the_median_of_kaplan_meier() -> None:
    dice = np.random.default_rng(1)
    days, ended = dice.exponential(10, 200), dice.random(200) < 0.7
    one = time_reached(aalen_johansen(days, ended, causes=1), 1, 0.5)
    other = kaplan_meier(days, ended, unit="days").quantile(0.5)
    assert one.value == other.value
    assert one.low is not None
    assert one.high is not None
    assert one.low <= (one.value or 0) <= one.high


def test_a_share_that_is_never_reached_has_no_day() -> None:
    curve = aalen_johansen([1, 2, 3, 4], [1, 2, 2, 2], causes=2)
    answer = time_reached(curve, 1, 0.5)
    assert not answer.known
    assert "only 25% have got that far" in answer.because
    assert not time_reached(aalen_johansen([], [], causes=1), 1, 0.5).known


def test_a_band_that_never_gets_there_has_no_upper_bound() -> None:
    answer = time_reached(aalen_johansen([1, 2, 3, 4], [1, 1, 1, 0], causes=1), 1, 0.5)
    assert answer.high == math.inf


def test_its_interval_covers_the_true_median_with_withdrawals_competing() -> None:
    dice = np.random.default_rng(2)
    truth = time_reached(_drawn(dice, 60_000), 1, 0.5).value or 0.0
    answers = [time_reached(_drawn(dice, 80), 1, 0.5) for _ in range(300)]
    held = sum((one.low or 0) <= truth <= (one.high or math.inf) for one in answers if one.known)
    assert held / sum(one.known for one in answers) == pytest.approx(0.95, abs=0.035)


def _drawn(dice: np.random.Generator, n: int) -> CumulativeIncidence:
    decided, withdrawn, seen = dice.exponential(10, n), dice.exponential(30, n), dice.uniform(5, 60, n)
    days = np.minimum(np.minimum(decided, withdrawn), seen)
    fate = np.where(days == decided, 1, np.where(days == withdrawn, 2, 0))
    return aalen_johansen(days, fate, causes=2)
