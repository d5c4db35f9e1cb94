"""Draws of a posterior by particles: from the prior to the data in steps, each followed by moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

    LogLikelihood = Callable[[NDArray[float64]], NDArray[float64]]

KEPT_SHARE = 0.5
"""Each step lets in so much of the data that the particles still count as half of their number."""

MOVES = 3
"""Metropolis moves after each step."""

LAST_STEP = 60
"""Steps after which all of the data is let in at once."""


def posterior(
    log_likelihood: LogLikelihood, dimensions: int, rng: Generator, *, count: int
) -> NDArray[float64]:
    """Draws of unknowns whose prior is standard normal in every dimension.

    Args:
        log_likelihood: From unknowns of shape (n, dimensions) to logarithms of shape (n,), all finite.
        dimensions: How many unknowns there are.
        rng: The dice.
        count: Particles.

    Returns:
        Shape (count, dimensions).

    Source: Del Moral, Doucet and Jasra, Sequential Monte Carlo samplers (2006), with tempering steps by
    effective sample size and random-walk moves of 2.38 / sqrt(dimensions) standard deviations.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    at = rng.standard_normal((count, dimensions))
    likely = log_likelihood(at)
    let_in, step = 0.0, 0
    while let_in < 1.0:
        step += 1
        more = 1.0 - let_in if step >= LAST_STEP else _step(likely, 1.0 - let_in)
        weights = _weights(likely * more)
        let_in = min(1.0, let_in + more)
        chosen = _systematic(weights, rng)
        at, likely = at[chosen], likely[chosen]
        spread = np.maximum(at.std(axis=0), 1e-3) * 2.38 / np.sqrt(dimensions)
        for move in range(MOVES):
            scale = spread * (1.0, 0.5, 0.2)[move % 3]
            tried = at + rng.standard_normal(at.shape) * scale
            found = log_likelihood(tried)
            gain = let_in * (found - likely) + ((at**2).sum(axis=1) - (tried**2).sum(axis=1)) / 2
            better = np.log(rng.random(count)) < gain
            at[better], likely[better] = tried[better], found[better]
    return at


def resampled(weights: NDArray[float64], rng: Generator) -> NDArray[float64]:
    """Places drawn in proportion to weights, as many as there are weights, in random order."""
    return rng.permutation(_systematic(weights, rng))


def _step(likely: NDArray[float64], left: float) -> float:
    """The largest step after which the particles still count as `KEPT_SHARE` of their number."""
    low, high = 0.0, left
    if _effective(likely * left) >= KEPT_SHARE:
        return left
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if _effective(likely * middle) >= KEPT_SHARE else (low, middle)
    return max(low, 1e-6)


def _effective(logged: NDArray[float64]) -> float:
    weights = _weights(logged)
    return float(1.0 / (weights**2).sum() / len(weights))


def _weights(logged: NDArray[float64]) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    weights = np.exp(logged - logged.max())
    return np.asarray(weights / weights.sum())


def _systematic(weights: NDArray[float64], rng: Generator) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    count = len(weights)
    points = (rng.random() + np.arange(count)) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), points), count - 1)
