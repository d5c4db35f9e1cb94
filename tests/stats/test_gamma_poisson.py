"""Outputs an occurrence, learned from others of a kind, with what was not noted left out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from prodops.stats.estimate import EstimateError
from prodops.stats.gamma_poisson import Detection, GammaPrior, posterior_rate_below


@given(
    st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.1, 0.5, 2.0]), st.sampled_from([0.5, 2.0, 8.0])
)
def test_with_a_known_prior_it_is_the_conjugate_gamma(
    outputs: int, noted: int, mean: float, shape: float
) -> None:
    told = posterior_rate_below([outputs], [noted], threshold=0.25, prior=GammaPrior(mean, shape))
    exact = gamma(shape + outputs, scale=1 / (shape / mean + noted))
    (rate,) = told.rates
    assert rate.value == pytest.approx(exact.mean(), rel=5e-3)
    assert rate.low == pytest.approx(exact.ppf(0.025), abs=0.01 + 0.01 * exact.mean())
    assert rate.high == pytest.approx(exact.ppf(0.975), abs=0.01 + 0.01 * exact.mean())
    assert told.below[0] == pytest.approx(exact.cdf(0.25), abs=2e-3)
    assert rate.n == noted


def test_what_was_not_noted_says_nothing() -> None:
    told = posterior_rate_below([0, 3], [0, 10], threshold=0.25)
    assert told.rates[0].because == "no occurrence of it was noted"
    assert np.isnan(told.below[0])
    assert told.below[1] < 0.5


def test_missing_minutes_condemn_nothing_that_is_alive() -> None:
    rng = np.random.default_rng(7)
    noted = rng.binomial(26, 0.25, 60)
    outputs = rng.poisson(0.8 * rng.gamma(4, 0.25, 60) * noted)
    left_out = posterior_rate_below(outputs, noted, threshold=0.25, detection=Detection(0.8, 0.0))
    counted_as_empty = posterior_rate_below(outputs, np.full(60, 26), threshold=0.25)
    assert np.sum(left_out.below >= 0.95) == 0
    assert np.sum(counted_as_empty.below >= 0.95) > 0


def test_undetected_outputs_are_allowed_for() -> None:
    prior = GammaPrior(1.0, 1.0)
    keen = posterior_rate_below([4], [10], threshold=0.5, prior=prior)
    blunt = posterior_rate_below([4], [10], threshold=0.5, prior=prior, detection=Detection(0.5, 0.0))
    jumpy = posterior_rate_below([4], [10], threshold=0.5, prior=prior, detection=Detection(1.0, 0.3))
    assert jumpy.below[0] > keen.below[0] > blunt.below[0]


def test_a_kind_lends_its_knowledge_to_one_with_few_occurrences() -> None:
    alone = posterior_rate_below([0], [2], threshold=0.25)
    among_the_busy = posterior_rate_below([0, *[40] * 20], [2, *[20] * 20], threshold=0.25)
    among_the_idle = posterior_rate_below([0, *[1] * 20], [2, *[40] * 20], threshold=0.25)
    assert among_the_busy.below[0] < alone.below[0] < among_the_idle.below[0]
    assert among_the_busy.prior.mean == pytest.approx(2, rel=0.15)


def test_a_dead_ritual_is_seen_and_a_living_one_spared() -> None:
    rng = np.random.default_rng(8)
    dead = alive = 0
    for _ in range(30):
        rates = np.concatenate((rng.gamma(2, 0.75, 10), [0.05, 0.5]))
        told = posterior_rate_below(
            rng.poisson(40 * (0.8 * rates + 0.1)), [40] * 12, threshold=0.25, detection=Detection(0.8, 0.1)
        )
        dead += told.below[-2] >= 0.95
        alive += told.below[-1] >= 0.95
    assert dead / 30 > 0.25
    assert alive == 0


def test_its_probabilities_are_kept_promises() -> None:
    rng = np.random.default_rng(9)
    promised: list[float] = []
    kept: list[bool] = []
    covered = 0
    for _ in range(25):
        truth = rng.gamma(1.5, 0.4, 30)
        noted = rng.integers(3, 30, 30)
        told = posterior_rate_below(rng.poisson(truth * noted), noted, threshold=0.25)
        promised.extend(told.below)
        kept.extend(truth < 0.25)
        covered += sum((r.low or 0) <= t <= (r.high or 0) for r, t in zip(told.rates, truth, strict=True))
    assert np.mean(promised) == pytest.approx(np.mean(kept), abs=0.03)
    assert 0.93 <= covered / 750 <= 0.975
    sure = np.array(promised) > 0.9
    assert np.mean(np.array(kept)[sure]) == pytest.approx(np.mean(np.array(promised)[sure]), abs=0.05)


def test_nothing_to_learn_from_is_no_error() -> None:
    assert posterior_rate_below([], [], threshold=0.25).rates == ()


@pytest.mark.parametrize(
    ("outputs", "noted", "says"),
    [
        ([1], [1, 2], "1 counts of outputs and 2"),
        ([-1], [1], "negative"),
        ([np.nan], [1], "not finite"),
        ([1], [0], "where nothing was noted"),
    ],
)
def test_impossible_counts_are_refused(outputs: list[float], noted: list[float], says: str) -> None:
    with pytest.raises(EstimateError, match=says):
        posterior_rate_below(outputs, noted, threshold=0.25)


@pytest.mark.parametrize(("found", "false"), [(0, 0), (1.1, 0), (0.8, -0.1), (0.8, np.inf)])
def test_an_impossible_detection_is_refused(found: float, false: float) -> None:
    with pytest.raises(EstimateError):
        Detection(found, false)
