"""How much a stage can serve: from days on which something was left waiting, and from days when all left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
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


@dataclass(frozen=True, slots=True)
class Served:
    """What a stage can serve, and whether it is that which holds work up.

    Attributes:
        a_day: Draws of the pieces that it can serve in a day.
        queues: Probability that pieces wait for their turn, and not each for its own time to pass.
    """

    a_day: NDArray[float64]
    queues: float


def served(left: NDArray[float64], morning: NDArray[float64], rng: Generator, draws: int) -> Served:
    """What a stage can serve in a day.

    On a day that leaves something of the morning waiting, as much left as could be served: a Poisson count.
    On a day that leaves nothing, at least as much could have been served: the count is censored. The
    posterior is taken on a grid, flat in the logarithm; its likelihood is weakened by the counts' scatter.
    Against it stands a stage in which each piece leaves with the same chance a day, however many there are:
    a time of its own, such as a month of measuring, which more hands would not shorten.

    Args:
        left: Departures a day, of the days on which something waited in the morning.
        morning: How many waited.
        rng: The source of the draws.
        draws: How many.

    Source: Lawless (2003), Statistical Models and Methods for Lifetime Data, on censored counts.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it
    from scipy.special import gammainc, gammaln  # lazy: scipy takes longer to load than the command line may

    usual = max(float(left.mean()) if len(left) else 0.0, 0.5 / max(len(left), 1))
    grid = usual * np.geomspace(LOWEST, HIGHEST, GRID)
    cleared = left >= morning
    busy = left[~cleared]
    fits = busy.sum() * np.log(grid) - len(busy) * grid - gammaln(busy + 1).sum()
    for count, many in zip(*np.unique(left[cleared & (left > 0)], return_counts=True), strict=True):
        fits += many * np.log(np.maximum(gammainc(count, grid), 1e-300))
    wide = scatter(busy)
    weights = np.exp((fits - fits.max()) / wide)
    against = (_fit_of_own_times(np.minimum(left, morning), morning) - fits.max()) / wide
    return Served(
        a_day=np.asarray(rng.choice(grid, draws, p=weights / weights.sum())),
        queues=float(1 / (1 + np.exp(np.clip(against, -50, 50)))),
    )


def _fit_of_own_times(left: NDArray[float64], morning: NDArray[float64]) -> float:
    """Log-likelihood of binomial departures with one chance for all pieces and days."""
    import numpy as np  # lazy: the command line's first screen must not pay for it
    from scipy.special import gammaln  # lazy: scipy takes longer to load than the command line may

    chance = float(np.clip(left.sum() / max(morning.sum(), 1.0), 1e-9, 1 - 1e-9))
    stayed = morning - left
    ways = gammaln(morning + 1) - gammaln(left + 1) - gammaln(stayed + 1)
    return float((ways + left * np.log(chance) + stayed * np.log1p(-chance)).sum())
