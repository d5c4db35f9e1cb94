"""Intervals and tests by drawing again from what was observed; the seed is fixed, so the answer is too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.estimate import Estimate, EstimateError

SEED: Final = 20_261_122
"""The seed of every draw, unless the caller gives another."""

FEWEST_CLUSTERS: Final = 5
"""With fewer clusters the bootstrap knows too little about how clusters differ, and says so."""

Statistic = Callable[[NDArray[np.intp]], float]
"""A number computed from the rows with these positions; a position may occur more than once."""


def cluster_bootstrap(
    statistic: Statistic,
    clusters: ArrayLike,
    *,
    unit: str,
    draws: int = 2_000,
    level: float = 0.95,
    seed: int = SEED,
) -> Estimate:
    """A statistic with the percentile interval of a bootstrap that draws whole clusters.

    Rows of one cluster (a team, a person, a ritual) resemble each other, so clusters are drawn, not rows.
    With few clusters the interval is too short (about .89 for .95 with ten); n counts the clusters.

    Args:
        statistic: What is computed from the rows drawn.
        clusters: The cluster of each row; shape (n,).
        unit: The unit of the statistic in words.
        draws: How often to draw.
        level: The confidence level.
        seed: The seed.

    Raises:
        EstimateError: The statistic of the rows as observed is not a finite number.

    Source: Davison and Hinkley, Bootstrap Methods and their Application, sections 3.8 and 5.3.
    """
    members = np.unique(np.asarray(clusters).ravel(), return_inverse=True)[1]
    count = int(members.max(initial=-1)) + 1
    if count < FEWEST_CLUSTERS:
        return Estimate.unknown(unit, because=f"{count} clusters are too few to tell their spread", n=count)
    value = float(statistic(np.arange(len(members))))
    if not np.isfinite(value):
        raise EstimateError("the statistic of the rows as observed is no finite number")
    drawn = _drawn(statistic, members, draws, np.random.default_rng(seed))
    if len(drawn) < draws / 2:
        return Estimate.unknown(unit, because="most draws leave the statistic undefined", n=count)
    low, high = (float(bound) for bound in np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]))
    return Estimate(value, min(low, value), max(high, value), count, unit, "cluster bootstrap", level=level)


def _drawn(
    statistic: Statistic, members: NDArray[np.intp], draws: int, dice: np.random.Generator
) -> NDArray[np.float64]:
    """The statistic of each draw of clusters, without those that leave it undefined."""
    order = np.argsort(members, kind="stable")
    rows = np.split(order, np.flatnonzero(np.diff(members[order])) + 1)
    chosen = dice.integers(0, len(rows), (draws, len(rows)))
    drawn = np.array([statistic(np.concatenate([rows[cluster] for cluster in one])) for one in chosen])
    defined: NDArray[np.float64] = drawn[np.isfinite(drawn)]
    return defined


def permutation_p(
    statistic: Statistic,
    n: int,
    *,
    strata: ArrayLike | None = None,
    draws: int = 2_000,
    seed: int = SEED,
) -> float:
    """How often shuffled labels give a statistic at least as far from nought as the real ones, two-sided.

    The real order counts as one of the draws, so the answer is never nought and the test never claims
    more often than its level.

    Args:
        statistic: Computed from the order of the labels: `lambda order: labels[order][x].mean() - ...`.
        n: How many labels there are.
        strata: Labels change places inside a stratum only; shape (n,).
        draws: How often to shuffle.
        seed: The seed.

    Source: Phipson and Smyth (2010), Statistical Applications in Genetics and Molecular Biology 9:39.
    """
    dice = np.random.default_rng(seed)
    layers = np.zeros(n, dtype=np.intp) if strata is None else np.unique(strata, return_inverse=True)[1]
    home = np.argsort(layers, kind="stable")
    real = abs(statistic(np.arange(n)))
    as_far = 0
    for _ in range(draws):
        order = np.empty(n, dtype=np.intp)
        # Sorting by stratum, then by chance, shuffles inside every stratum at once.
        order[home] = np.lexsort((dice.random(n), layers))
        as_far += abs(statistic(order)) >= real - 1e-12 * real
    return (as_far + 1) / (draws + 1)
