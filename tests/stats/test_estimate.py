"""An estimate cannot be told without its interval, and cannot contradict itself."""

from __future__ import annotations

import math

import pytest

from prodops.stats.estimate import Estimate, EstimateError


def test_a_value_comes_with_both_bounds() -> None:
    told = Estimate(4.2, 3.9, 4.5, 412, "hours a week")
    assert told.known
    assert told.level == 0.95


def test_an_unknown_quantity_says_why() -> None:
    told = Estimate.unknown("days", because="no minutes were kept", n=3)
    assert not told.known
    assert (told.value, told.low, told.high, told.n) == (None, None, None, 3)
    assert told.because == "no minutes were kept"


def test_the_data_may_set_no_upper_bound() -> None:
    assert Estimate(4.0, 1.0, math.inf, 3, "days").known


@pytest.mark.parametrize(
    ("value", "low", "high", "n"),
    [
        (4.0, None, 5.0, 1),
        (4.0, 3.0, None, 1),
        (4.0, 4.5, 5.0, 1),
        (4.0, 3.0, 3.5, 1),
        (math.nan, 3.0, 5.0, 1),
        (4.0, 3.0, 5.0, -1),
        (None, 3.0, None, 1),
        (None, None, 5.0, 1),
        (None, None, None, 1),
    ],
)
def test_parts_that_contradict_each_other_are_refused(
    value: float | None, low: float | None, high: float | None, n: int
) -> None:
    with pytest.raises(EstimateError):
        Estimate(value, low, high, n, "days")
