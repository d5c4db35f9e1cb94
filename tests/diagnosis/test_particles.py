"""Particles: they find a posterior that is known in closed form, alone or under a narrow likelihood."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from prodops.diagnosis.particles import posterior, resampled
from prodops.diagnosis.witnesses import agreed


@pytest.mark.parametrize("noise", [1.0, 0.3, 0.05])
def test_a_normal_posterior_is_found(noise: float) -> None:
    def likely(at: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(-0.5 * ((at[:, 0] - 1.0) / noise) ** 2)

    at = posterior(likely, 2, np.random.default_rng(1), count=4_000)
    spread = noise / np.sqrt(1 + noise**2)
    assert float(at[:, 0].mean()) == pytest.approx(1 / (1 + noise**2), abs=4 * spread / 40)
    assert float(at[:, 0].std()) == pytest.approx(spread, rel=0.1)
    assert float(at[:, 1].std()) == pytest.approx(1.0, rel=0.1)


def test_places_are_drawn_in_proportion_to_weights() -> None:
    places = resampled(np.array([0.5, 0.25, 0.25, 0.0]), np.random.default_rng(1))
    assert [0, 0, 1, 2] == sorted(places.tolist())


def test_a_second_witness_moves_the_first_towards_it_and_narrows_it() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.lognormal(0, 0.5, 4_000), rng.lognormal(0.5, 0.1, 4_000)
    heard = first[agreed(first, second, rng)]
    assert float(np.median(first)) < float(np.median(heard)) < float(np.median(second)) * 1.05
    assert float(np.log(heard).std()) < 0.5 * float(np.log(first).std())


def test_a_witness_that_contradicts_the_first_leaves_it_as_it_was() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.lognormal(0, 0.2, 4_000), rng.lognormal(9, 0.1, 4_000)
    heard = first[agreed(first, second, rng)]
    assert float(np.median(heard)) == pytest.approx(float(np.median(first)), rel=0.05)
