"""Which metrics are checked by hand beyond what is usual here: trusted and distrusted ones told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.particles import posterior

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

PARTICLES = 500

UNKNOWNS = 4

TRUSTED_STRENGTH, DISTRUSTED_STRENGTH = 30.0, 8.0
"""Strength of the Betas around which the rates of trusted and of distrusted metrics lie."""


def excess_rechecks(
    rechecks: NDArray[float64], uses: NDArray[float64], rng: Generator, draws: int
) -> NDArray[float64]:
    """Draws of how many of each metric's re-checks a trusted metric would not have needed.

    A metric is trusted or distrusted; the share of its uses that are checked by hand is Beta-binomial
    around the level of its kind. Both levels and the share of distrusted metrics are learned from all
    metrics together under wide priors.

    Args:
        rechecks: Of each metric; shape (metrics,).
        uses: Of each metric, at least its re-checks.
        rng: The dice.
        draws: How many.

    Returns:
        Shape (draws, metrics); 0 where a metric is trusted in a draw.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    pairs, place = np.unique(np.column_stack((rechecks, uses)), axis=0, return_inverse=True)
    times = np.bincount(place.ravel(), minlength=len(pairs))

    def likelihood(at: NDArray[float64]) -> NDArray[float64]:
        return np.asarray(np.logaddexp(*_terms(pairs, *_levels(at))) @ times)

    at = posterior(likelihood, UNKNOWNS, rng, count=PARTICLES)
    at = at[rng.permutation(np.resize(np.arange(PARTICLES), draws))]
    trusted, distrusted, share = _levels(at)
    sound, sick = _terms(pairs, trusted, distrusted, share)
    chance = 1 / (1 + np.exp(np.clip(sound - sick, -50, 50)))[:, place.ravel()]
    doubted = rng.random(chance.shape) < chance
    rate = rng.beta(
        distrusted * DISTRUSTED_STRENGTH + rechecks, (1 - distrusted) * DISTRUSTED_STRENGTH + uses - rechecks
    )
    spared = np.where(rate > 0, np.maximum(0.0, 1 - trusted / np.maximum(rate, 1e-9)), 0.0)
    return np.asarray(doubted * spared * rechecks)


def _levels(at: NDArray[float64]) -> tuple[NDArray[float64], NDArray[float64], NDArray[float64]]:
    """Share re-checked of trusted and of distrusted metrics, and share distrusted; shape (particles, 1)."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    def share(place: int, centre: float, spread: float) -> NDArray[float64]:
        return np.asarray(1 / (1 + np.exp(-(np.log(centre / (1 - centre)) + spread * at[:, [place]]))))

    trusted = share(0, 0.05, 0.7)
    distrusted = trusted + (1 - trusted) * share(1, 0.3, 1.0)
    return trusted, distrusted, share(2, 0.15, 1.2)


def _terms(
    pairs: NDArray[float64], trusted: NDArray[float64], distrusted: NDArray[float64], share: NDArray[float64]
) -> tuple[NDArray[float64], NDArray[float64]]:
    """Logarithms of how likely each metric is as a trusted and as a distrusted one."""
    import numpy as np  # lazy: the command line's first screen must not pay for it
    from scipy.special import betaln  # lazy: scipy takes longer to load than the command line may

    hits, misses = pairs[:, 0], pairs[:, 1] - pairs[:, 0]
    terms = []
    for mean, strength, weight in (
        (trusted, TRUSTED_STRENGTH, 1 - share),
        (distrusted, DISTRUSTED_STRENGTH, share),
    ):
        first, second = mean * strength, (1 - mean) * strength
        terms.append(betaln(first + hits, second + misses) - betaln(first, second) + np.log(weight))
    return terms[0], terms[1]
