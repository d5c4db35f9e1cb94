"""Shares, differences and rates against published tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from prodops.stats.estimate import Estimate, EstimateError
from prodops.stats.normal import two_sided_z
from prodops.stats.proportions import difference, jeffreys, wilson
from prodops.stats.rates import poisson_rate

COUNTS = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def ends(estimate: Estimate) -> tuple[float | None, float | None]:
    return estimate.low, estimate.high


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:857, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_table(successes: int, n: int, low: float, high: float) -> None:
    assert ends(wilson(successes, n)) == pytest.approx((low, high), abs=5e-5)


@given(COUNTS)
def test_wilson_agrees_with_scipy(counts: tuple[int, int]) -> None:
    theirs = binomtest(*counts).proportion_ci(method="wilson")
    assert ends(wilson(*counts)) == pytest.approx((theirs.low, theirs.high), abs=1e-12)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        # Brown, Cai and DasGupta (2001), table 5.
        (0, 7, 0.0000, 0.292),
        (1, 7, 0.016, 0.501),
        (2, 7, 0.065, 0.648),
        (3, 7, 0.139, 0.766),
        (3, 10, 0.093, 0.606),
    ],
)
def test_jeffreys_gives_the_published_table(successes: int, n: int, low: float, high: float) -> None:
    assert ends(jeffreys(successes, n)) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17:873, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_a_difference_gives_newcombes_table(
    first: tuple[int, int], second: tuple[int, int], low: float, high: float
) -> None:
    told = difference(first, second)
    assert ends(told) == pytest.approx((low, high), abs=5e-5)
    assert told.n == first[1] + second[1]


@given(COUNTS, COUNTS)
def test_a_difference_turned_round_is_its_mirror(first: tuple[int, int], second: tuple[int, int]) -> None:
    one, other = difference(first, second), difference(second, first)
    assert one.low is not None
    assert one.high is not None
    assert ends(other) == pytest.approx((-one.high, -one.low))


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        # Garwood (1936); the table every textbook prints for a Poisson count.
        (0, 0.000, 3.689),
        (1, 0.025, 5.572),
        (2, 0.242, 7.225),
        (5, 1.623, 11.668),
        (10, 4.795, 18.390),
        (50, 37.111, 65.919),
    ],
)
def test_a_rate_gives_garwoods_table(events: int, low: float, high: float) -> None:
    assert ends(poisson_rate(events, 1, unit="events")) == pytest.approx((low, high), abs=5e-4)
    assert ends(poisson_rate(events, 4, unit="events")) == pytest.approx((low / 4, high / 4), abs=5e-4)


def test_a_rate_tells_its_exposure_or_its_own_n() -> None:
    assert poisson_rate(3, 12.4, unit="outputs an hour").n == 12
    assert poisson_rate(3, 12.4, unit="outputs an hour", n=5).n == 5


def test_a_sum_of_probabilities_may_be_a_count() -> None:
    assert poisson_rate(2.5, 10, unit="outputs").value == 0.25


def test_nothing_observed_is_unknown_and_says_so() -> None:
    for told in (wilson(0, 0), jeffreys(0, 0), difference((0, 0), (1, 2)), poisson_rate(0, 0, unit="x")):
        assert not told.known
        assert told.because


@pytest.mark.parametrize("counts", [(3, 2), (-1, 2), (0, -1)])
def test_impossible_counts_are_refused(counts: tuple[int, int]) -> None:
    for formula in (wilson, jeffreys):
        with pytest.raises(EstimateError):
            formula(*counts)
    with pytest.raises(EstimateError):
        difference((1, 2), counts)


@pytest.mark.parametrize("rate", [(-1, 2), (1, -2), (math.nan, 1), (1, math.inf)])
def test_an_impossible_rate_is_refused(rate: tuple[float, float]) -> None:
    with pytest.raises(EstimateError):
        poisson_rate(*rate, unit="x")


@given(COUNTS, st.sampled_from([0.5, 0.9, 0.99]))
def test_a_higher_level_is_a_wider_interval(counts: tuple[int, int], level: float) -> None:
    for formula in (wilson, jeffreys):
        narrow, wide = formula(*counts, level=level), formula(*counts, level=0.999)
        assert narrow.low is not None
        assert narrow.high is not None
        assert wide.low is not None
        assert wide.high is not None
        assert wide.low <= narrow.low <= narrow.high <= wide.high


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
def test_a_level_is_between_nought_and_one(level: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        two_sided_z(level)
