"""Quantiles with the interval of order statistics."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from prodops.stats.estimate import EstimateError
from prodops.stats.quantiles import median, order_bounds, quantile


@pytest.mark.parametrize(
    ("n", "below", "above"),
    [(5, 0, 6), (6, 1, 6), (10, 2, 9), (15, 4, 12), (20, 6, 15), (25, 8, 18), (50, 18, 33), (100, 40, 61)],
)
def test_it_gives_the_published_ranks_for_a_median(n: int, below: int, above: int) -> None:
    # The ranks for a median's 95% interval as in Altman and others, Statistics with Confidence, table 18.4.
    assert order_bounds(n, 0.5, 0.95) == (below, above)


@given(st.integers(1, 400), st.sampled_from([0.1, 0.5, 0.9]))
def test_the_ranks_hold_at_least_the_level(n: int, share: float) -> None:
    below, above = order_bounds(n, share, 0.95)
    assert binom.cdf(above - 1, n, share) - (binom.cdf(below - 1, n, share) if below else 0) >= 0.95 - 1e-12


def test_bounds_are_values_of_the_sample() -> None:
    told = median(range(1, 101), unit="hours")
    assert (told.value, told.low, told.high, told.n) == (50.5, 40, 61, 100)


def test_a_small_sample_sets_no_bound() -> None:
    told = median([3, 1, 2], unit="hours", least=0.0)
    assert (told.value, told.low, told.high) == (2, 0, math.inf)
    assert quantile(range(20), 0.9, unit="hours").high == math.inf
    assert quantile(range(20), 0.05, unit="hours").low == -math.inf


def test_an_empty_sample_is_unknown() -> None:
    assert median([], unit="hours").because == "nothing was observed"


def test_what_is_no_number_and_no_share_is_refused() -> None:
    with pytest.raises(EstimateError, match="not a number"):
        median([1, math.nan], unit="hours")
    with pytest.raises(EstimateError, match="between 0 and 1"):
        quantile([1, 2], 1.0, unit="hours")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60), st.floats(0.01, 0.99))
def test_the_interval_holds_the_quantile(values: list[float], share: float) -> None:
    told = quantile(values, share, unit="hours")
    assert told.value == pytest.approx(float(np.quantile(values, share)))


def test_it_covers_a_lopsided_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20261122)
    hits = 0
    for _ in range(400):
        told = median(rng.lognormal(0, 2, 60), unit="hours")
        hits += (told.low or 0) <= 1 <= (told.high or math.inf)
    assert hits / 400 >= 0.93
