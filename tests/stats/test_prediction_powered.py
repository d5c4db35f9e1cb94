"""A mean from many predictions and few labels: exact on small populations, honest in simulation."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from prodops.stats.estimate import Estimate, EstimateError
from prodops.stats.prediction_powered import (
    LabelledPeriod,
    change,
    labelled_period,
    level,
    range_without_labels,
)

Floats = NDArray[np.float64]


def bounds(told: Estimate) -> tuple[float, float, float]:
    assert told.value is not None
    assert told.low is not None
    assert told.high is not None
    return told.low, told.value, told.high


def labelled(truth: Floats, chosen: NDArray[np.intp], predictions: Floats, **more: Any) -> LabelledPeriod:
    labels = np.full(len(truth), np.nan)
    labels[chosen] = truth[chosen]
    return labelled_period(predictions, labels, **more)


def test_over_all_possible_samples_the_mean_is_the_truth() -> None:
    rng = np.random.default_rng(1)
    truth, predictions = rng.random(14), rng.random(14)
    weights = np.repeat([1.0, 2.0], 7)
    values = [
        bounds(level(labelled(truth, np.array(chosen), predictions, weights=weights)))[1]
        for chosen in combinations(range(14), 11)
    ]
    assert np.mean(values) == pytest.approx(np.average(truth, weights=weights), abs=1e-12)


def test_a_case_worked_by_hand() -> None:
    # 20 blocks, half predicted to be overhead; 5 of each half are labelled, one label differs in each.
    predictions = np.repeat([1.0, 0.0], 10)
    truth = predictions.copy()
    truth[0], truth[10] = 0.0, 1.0
    chosen = np.r_[0:5, 10:15]
    low, value, high = bounds(level(labelled(truth, chosen, predictions, strata=predictions)))
    # Each half: ten units of which five are labelled, mean error -+1/5, variance of the errors 1/5.
    variance = 2 * 10**2 * 0.5 * 0.2 / 5
    assert value == pytest.approx(0.5)
    assert (high - low) / 2 == pytest.approx(2.306004 * np.sqrt(variance) / 20)


def test_labels_on_everything_leave_nothing_open() -> None:
    truth = np.random.default_rng(2).random(30)
    low, value, high = bounds(level(labelled(truth, np.arange(30), np.full(30, 0.5))))
    assert low == pytest.approx(value)
    assert value == pytest.approx(truth.mean())
    assert high == pytest.approx(value)


def test_a_classifier_without_a_known_error_is_not_known_to_be_perfect() -> None:
    predictions = np.repeat([1.0, 0.0], 5000)
    chosen = np.random.default_rng(3).choice(10_000, 200, replace=False)
    low, value, high = bounds(level(labelled(predictions, chosen, predictions)))
    assert value == 0.5
    # The rule of three: none wrong of 200 leaves up to about 3 of 200 open.
    assert (high - low) / 2 == pytest.approx(3 / 200, rel=0.15)


def blocks(
    rng: np.random.Generator, share: float, accuracy: float, labels: int
) -> tuple[float, LabelledPeriod]:
    """Blocks of a period, a classifier of this accuracy, and a sample of labels by predicted class."""
    truth = (rng.random(1620) < share).astype(float)
    predictions = np.where(rng.random(1620) < accuracy, truth, 1 - truth)
    weights = rng.choice([0.5, 1.0, 2.0], 1620)
    chosen = np.concatenate(
        [rng.choice(np.flatnonzero(predictions == side), labels // 2, replace=False) for side in (0, 1)]
    )
    period = labelled(truth, chosen, predictions, strata=predictions, weights=weights)
    return float(np.average(truth, weights=weights)), period


@pytest.mark.parametrize(("accuracy_before", "accuracy_after"), [(0.8, 0.8), (0.8, 0.65), (0.97, 0.97)])
def test_the_interval_of_a_change_covers_it_also_when_the_classifier_drifts(
    accuracy_before: float, accuracy_after: float
) -> None:
    rng = np.random.default_rng(20261122)
    hits = 0
    naive = []
    for _ in range(400):
        before, first = blocks(rng, 0.35, accuracy_before, 200)
        after, second = blocks(rng, 0.18, accuracy_after, 200)
        low, _, high = bounds(change(first, second))
        hits += low <= after - before <= high
        naive.append(np.average(second.predictions) - np.average(first.predictions))
    # 400 runs: a standard error of 1.1 points.
    assert 0.92 <= hits / 400 <= 0.985
    if accuracy_before < 0.9:
        assert np.mean(naive) > -0.14


def test_units_that_stand_for_more_of_their_kind_have_a_wider_interval() -> None:
    rng = np.random.default_rng(4)
    hits = 0
    for _ in range(400):
        _, period = blocks(rng, 0.35, 0.9, 400)
        low, _, high = bounds(level(period, as_sample=True))
        hits += low <= 0.35 <= high
    assert 0.92 <= hits / 400 <= 0.985
    assert bounds(level(period, as_sample=True))[0] < bounds(level(period))[0]


def test_unequal_chances_to_be_drawn_are_weighed_out() -> None:
    rng = np.random.default_rng(5)
    truth = (rng.random(4000) < 0.3).astype(float)
    chances = np.where(truth == 1, 0.15, 0.05)
    errors = []
    for _ in range(200):
        chosen = np.flatnonzero(rng.random(4000) < chances)
        period = labelled(truth, chosen, np.full(4000, 0.5), inclusion=chances)
        errors.append(bounds(level(period))[1] - truth.mean())
    assert abs(np.mean(errors)) < 0.006


def test_thin_strata_are_joined_and_not_forgotten() -> None:
    truth = np.tile([0.0, 1.0], 50)
    strata = np.concatenate([np.zeros(96, int), [1, 1, 2, 3]])
    one_each = np.concatenate([np.arange(20), [96, 98]])
    assert level(labelled(truth, one_each, np.full(100, 0.5), strata=strata)).known
    none_there = np.arange(20)
    assert level(labelled(truth, none_there, np.full(100, 0.5), strata=strata)).n == 20


def test_too_few_labels_are_no_estimate_and_say_how_many_are_needed() -> None:
    few = labelled(np.ones(50), np.arange(9), np.ones(50))
    enough = labelled(np.ones(50), np.arange(10), np.ones(50))
    assert level(few).because == "9 labels, and 10 are needed"
    assert level(enough).known
    assert change(enough, few).because == "after: 9 labels, and 10 are needed"
    assert change(few, enough).because.startswith("before: ")
    weightless = labelled(np.ones(50), np.arange(10), np.ones(50), weights=np.zeros(50))
    assert level(weightless).because == "the units weigh nothing"


def test_a_change_between_fully_labelled_periods_is_exact() -> None:
    first, second = (labelled(np.full(12, v), np.arange(12), np.full(12, 0.5)) for v in (0.25, 0.75))
    assert bounds(change(first, second)) == (0.5, 0.5, 0.5)


@pytest.mark.parametrize(
    ("predictions", "labels", "more", "says"),
    [
        ([0.5, 2], [1, 0], {}, "between 0 and 1"),
        ([0.5, np.nan], [1, 0], {}, "between 0 and 1"),
        ([0.5, 1], [1, -1], {}, "between 0 and 1"),
        ([0.5], [1, 0], {}, "differ in length"),
        ([0.5, 1], [1, 0], {"weights": [1, -1]}, "weight"),
        ([0.5, 1], [1, 0], {"inclusion": [0.5, 0]}, "no chance"),
        ([0.5, 1], [1, 0], {"inclusion": [0.5, 2]}, "above 1"),
    ],
)
def test_impossible_input_is_refused_by_name(
    predictions: list[float], labels: list[float], more: dict[str, list[float]], says: str
) -> None:
    with pytest.raises(EstimateError, match=says):
        labelled_period(predictions, labels, **more)


def test_without_labels_there_is_a_range() -> None:
    told = range_without_labels([1, 1, 0, 0], wrong_share=0.2, weights=[1, 1, 1, 1], unknown_weight=1)
    assert bounds(told) == pytest.approx(((2 - 0.8) / 5, 0.5, (2 + 0.8 + 1) / 5))
    assert told.method == "range without labels, at most 20% wrong"


def test_the_range_holds_the_truth_at_the_worst() -> None:
    told = range_without_labels([1, 0, 0, 0, 0], wrong_share=0.2)
    assert bounds(told) == pytest.approx((0, 0.2, 0.4))
    assert bounds(range_without_labels([0.4], wrong_share=1)) == (0, 0.4, 1)


def test_a_range_of_nothing_is_unknown_and_an_impossible_one_refused() -> None:
    assert not range_without_labels([], wrong_share=0.2).known
    with pytest.raises(EstimateError):
        range_without_labels([1], wrong_share=1.2)
    with pytest.raises(EstimateError):
        range_without_labels([1], wrong_share=0.2, unknown_weight=-1)
