"""Drawing again from what was observed, with a fixed seed."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from prodops.stats.estimate import Estimate, EstimateError
from prodops.stats.resampling import cluster_bootstrap, permutation_p


def mean_of(values: NDArray[np.float64], clusters: NDArray[np.intp], **more: int) -> Estimate:
    return cluster_bootstrap(lambda rows: float(values[rows].mean()), clusters, unit="hours", **more)


def teams(
    rng: np.random.Generator, count: int = 30, size: int = 8
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Values that resemble each other inside a team."""
    return np.repeat(rng.normal(10, 2, count), size) + rng.normal(0, 1, count * size), np.repeat(
        np.arange(count), size
    )


def test_the_same_seed_gives_the_same_interval() -> None:
    values, clusters = teams(np.random.default_rng(1))
    assert mean_of(values, clusters) == mean_of(values, clusters)
    assert mean_of(values, clusters) != mean_of(values, clusters, seed=2)


def test_clusters_are_drawn_whole() -> None:
    values, clusters = teams(np.random.default_rng(1))
    told = mean_of(values, clusters)
    by_row = mean_of(values, np.arange(len(values)))
    assert told.n == 30
    assert told.low is not None
    assert told.high is not None
    assert by_row.low is not None
    assert by_row.high is not None
    assert told.high - told.low > 2 * (by_row.high - by_row.low)


def test_the_width_is_that_of_the_mean_of_the_clusters() -> None:
    values, clusters = teams(np.random.default_rng(2), count=60)
    told = mean_of(values, clusters)
    assert told.low is not None
    assert told.high is not None
    expected = 2 * 1.96 * values.reshape(60, 8).mean(axis=1).std() / np.sqrt(60)
    assert told.high - told.low == pytest.approx(expected, rel=0.1)


def test_it_covers_the_truth_as_often_as_thirty_clusters_allow() -> None:
    rng = np.random.default_rng(20261122)
    hits = 0
    for seed in range(150):
        told = mean_of(*teams(rng), draws=300, seed=seed)
        hits += (told.low or 0) <= 10 <= (told.high or 0)
    assert 0.87 <= hits / 150 <= 0.99


def test_the_order_of_the_rows_does_not_matter_to_the_clusters() -> None:
    rng = np.random.default_rng(3)
    values, clusters = teams(rng)
    order = rng.permutation(len(values))
    assert mean_of(values[order], clusters[order]).low == pytest.approx(mean_of(values, clusters).low)


def test_few_clusters_are_no_interval() -> None:
    told = mean_of(np.arange(8.0), np.repeat([0, 1], 4))
    assert told.because == "2 clusters are too few to tell their spread"
    assert mean_of(np.array([]), np.array([], dtype=np.intp)).n == 0


def test_a_statistic_that_most_draws_leave_undefined_is_unknown() -> None:
    everyone = cluster_bootstrap(
        lambda rows: 1.0 if len(set(rows)) == 9 else float("nan"), range(9), unit="share", draws=50
    )
    assert "undefined" in everyone.because
    with pytest.raises(EstimateError, match="no finite number"):
        cluster_bootstrap(lambda _: float("nan"), range(9), unit="share")


def test_shuffled_labels_find_a_difference_that_is_there() -> None:
    rng = np.random.default_rng(4)
    treated = np.repeat([False, True], 20)
    values = rng.normal(0, 1, 40) + 2 * treated

    def gap(order: NDArray[np.intp]) -> float:
        return float(values[treated[order]].mean() - values[~treated[order]].mean())

    assert permutation_p(gap, 40) < 0.01
    assert permutation_p(gap, 40) == permutation_p(gap, 40)


def test_the_exact_test_of_a_small_table_is_found() -> None:
    # All 20 ways to choose three of six; two of them are as far from nought as the real one.
    values = np.array([1.0, 2, 3, 10, 11, 12])
    told = permutation_p(
        lambda order: float(values[order][:3].sum() - values[order][3:].sum()), 6, draws=20_000
    )
    assert told == pytest.approx(2 / 20, abs=0.01)


def test_labels_change_places_inside_their_stratum_only() -> None:
    strata = np.array(["b", "a", "b", "a", "b", "a", "c"])
    seen: set[tuple[int, ...]] = set()

    def strays(order: NDArray[np.intp]) -> float:
        seen.add(tuple(map(int, order)))
        return float(np.sum(strata[order] != strata))

    assert permutation_p(strays, 7, strata=strata, draws=200) == 1.0
    assert len(seen) > 10


def test_it_claims_no_more_often_than_it_says() -> None:
    rng = np.random.default_rng(5)
    claims = 0
    for seed in range(300):
        values = rng.exponential(1, 20)

        def gap(order: NDArray[np.intp], values: NDArray[np.float64] = values) -> float:
            return float(values[order][:10].mean() - values[order][10:].mean())

        claims += permutation_p(gap, 20, draws=99, seed=seed) <= 0.05
    assert claims / 300 <= 0.085
