"""How much a stage can serve: from days on which something was left waiting, and from days when all left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.random import Generator
    from numpy.typing import NDArray

GRID = 400
LOWEST, HIGHEST = 0.05, 20.0
"""Bounds of the capacity, as multiples of the mean departures a day."""


def scatter(counts: NDArray[float64]) -> float:
    """How many times as much counts vary as by chance alone: their variance over their mean, at least 1.

    Work that is served in batches varies more than pieces that come one by one, and says less.
    """
    if len(counts) < 3 or counts.mean() <= 0:
        return 1.0
    return max(1.0, float(counts.var(ddof=1) / counts.mean()))


def rate_draws(counts: NDArray[float64], rng: Generator, draws: int) -> NDArray[float64]:
    """Draws of the mean of some counts: Gamma posterior of a Poisson rate, widened by their scatter."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    wide = scatter(counts)
    return np.asarray(rng.gamma(counts.sum() / wide + 0.5, wide / max(len(counts), 1), draws))


def capacity_draws(
    left: NDArray[float64], kept_waiting: NDArray[bool_], rng: Generator, draws: int
) -> NDArray[float64]:
    """Draws of what a stage can serve in a day.

    On a day that leaves something of the morning waiting, as much left as could be served: a Poisson count.
    On a day that leaves nothing, at least as much could have been served: the count is censored. The
    posterior is taken on a grid, flat in the logarithm; its likelihood is weakened by the counts' scatter.

    Args:
        left: Departures a day, of the days on which something waited in the morning.
        kept_waiting: Whether something of the morning was still there in the evening.
        rng: The source of the draws.
        draws: How many.

    Source: Lawless (2003), Statistical Models and Methods for Lifetime Data, on censored counts.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it
    from scipy.special import gammainc  # lazy: scipy takes longer to load than the command line may

    usual = max(float(left.mean()) if len(left) else 0.0, 0.5 / max(len(left), 1))
    grid = usual * np.geomspace(LOWEST, HIGHEST, GRID)
    busy = left[kept_waiting]
    log_likelihood = busy.sum() * np.log(grid) - len(busy) * grid
    cleared, times = np.unique(left[~kept_waiting & (left > 0)], return_counts=True)
    for count, many in zip(cleared, times, strict=True):
        log_likelihood += many * np.log(np.maximum(gammainc(count, grid), 1e-300))
    log_likelihood /= scatter(busy)
    weights = np.exp(log_likelihood - log_likelihood.max())
    return np.asarray(rng.choice(grid, draws, p=weights / weights.sum()))
