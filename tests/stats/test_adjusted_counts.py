"""Adjusted counts find the true shares behind misreadings, and say how sure that is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy import float64
from numpy.typing import NDArray
from scipy.optimize import minimize

from prodops.stats.adjusted_counts import confusion_draws, split_draws, truth_behind

MISREAD = np.array([[0.8, 0.15, 0.05], [0.1, 0.7, 0.2], [0.05, 0.05, 0.9]])


def most_likely(observed: NDArray[float64], confusion: NDArray[float64]) -> NDArray[float64]:
    """The shares with the highest multinomial likelihood, found by a general optimiser."""
    classes = confusion.shape[0]
    found = minimize(
        lambda shares: -(observed * np.log(np.maximum(shares @ confusion, 1e-300))).sum(),
        np.full(classes, 1 / classes),
        method="SLSQP",
        bounds=[(0, 1)] * classes,
        constraints={"type": "eq", "fun": lambda shares: shares.sum() - 1},
        options={"ftol": 1e-12, "maxiter": 500},
    )
    shares: NDArray[float64] = found.x
    return shares


def test_what_a_true_mixture_shows_gives_the_mixture_back() -> None:
    shares = np.array([0.2, 0.5, 0.3])
    observed = 40 * shares @ MISREAD
    assert np.allclose(observed @ truth_behind(observed, MISREAD), 40 * shares, atol=1e-4)


def test_a_perfect_classifier_needs_no_adjusting() -> None:
    observed = np.array([3.0, 0.0, 9.0])
    assert np.allclose(observed @ truth_behind(observed, np.eye(3)), observed)


def test_classifying_and_counting_would_have_been_wrong() -> None:
    observed = 100 * np.array([0.9, 0.05, 0.05]) @ MISREAD
    assert observed[0] < 75
    assert (observed @ truth_behind(observed, MISREAD))[0] == pytest.approx(90, abs=0.01)


@given(st.lists(st.floats(0.5, 50), min_size=3, max_size=3), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_it_is_the_maximum_of_the_likelihood(observed: list[float], seed: int) -> None:
    random = np.random.default_rng(seed)
    confusion = 0.6 * np.eye(3) + 0.4 * random.dirichlet(np.ones(3), size=3)
    weights = np.array(observed)
    ours = weights @ truth_behind(weights, confusion) / weights.sum()
    theirs = most_likely(weights, confusion)
    reached = (weights * np.log(ours @ confusion)).sum()
    best = (weights * np.log(theirs @ confusion)).sum()
    assert reached == pytest.approx(best, abs=1e-3)


def test_nothing_observed_and_a_reading_nobody_can_give_are_no_errors() -> None:
    assert np.allclose(truth_behind(np.zeros(3), MISREAD).sum(axis=1), 1)
    blind = np.array([[1.0, 0.0], [1.0, 0.0]])
    assert np.allclose(truth_behind(np.array([4.0, 1.0]), blind), 0.5)


def test_drawn_confusions_are_as_sure_as_the_corpus_is_large() -> None:
    random = np.random.default_rng(1)
    counts = 50 * MISREAD
    once = confusion_draws(counts, 4000, random)
    twice = confusion_draws(counts, 4000, random, design_effect=2)
    assert np.allclose(once.sum(axis=2), 1)
    assert np.allclose(once.mean(axis=0), MISREAD, atol=0.02)
    ratio = twice[:, 0, 0].std() / once[:, 0, 0].std()
    assert ratio == pytest.approx(2**0.5, rel=0.1)


def test_a_reading_of_one_title_is_wholly_one_class() -> None:
    random = np.random.default_rng(2)
    confusions = np.broadcast_to(MISREAD, (300, 3, 3))
    split = split_draws(np.array([1.0, 1.0, 1.0]), np.array([1, 1, 1]), confusions, random)
    assert set(np.unique(split)) == {0.0, 1.0}
    assert np.allclose(split.sum(axis=2), 1)


def test_more_titles_say_more() -> None:
    confusions = np.broadcast_to(MISREAD, (500, 3, 3))
    spreads = []
    for units in (5, 500):
        split = split_draws(np.full(3, 10.0), np.full(3, units), confusions, np.random.default_rng(3))
        spreads.append(float((np.full(3, 10.0) @ split)[:, 0].std()))
    assert spreads[1] < spreads[0] / 4


def test_without_weight_there_is_nothing_to_split() -> None:
    confusions = np.broadcast_to(MISREAD, (50, 3, 3))
    split = split_draws(np.zeros(3), np.zeros(3, dtype=np.int64), confusions, np.random.default_rng(4))
    assert np.allclose(split.sum(axis=2), 1)


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    random = np.random.default_rng(5)
    titles, corpus, runs, held = 60, 100, 120, 0
    for _ in range(runs):
        shares = random.dirichlet(np.full(3, 3.0))
        true = random.choice(3, size=titles, p=shares)
        read = np.array([random.choice(3, p=MISREAD[one]) for one in true])
        counts = np.array([random.multinomial(corpus, row) for row in MISREAD]).astype(float)
        units = np.bincount(read, minlength=3)
        split = split_draws(units.astype(float), units, confusion_draws(counts, 200, random), random)
        first = (units @ split)[:, 0] / titles
        low, high = np.quantile(first, [0.025, 0.975])
        held += low <= (true == 0).mean() <= high
    assert 0.9 <= held / runs
