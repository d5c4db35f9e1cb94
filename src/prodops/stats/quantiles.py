"""Quantiles of a sample with intervals from its order statistics, whatever the distribution."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from prodops.stats.estimate import Estimate, EstimateError


def quantile(
    values: ArrayLike, share: float, *, unit: str, least: float = -math.inf, level: float = 0.95
) -> Estimate:
    """A quantile with the exact binomial interval between two order statistics.

    The confidence is at least `level` for any distribution. Where the sample is too small to hold a
    bound among its own values, the bound is `least` below and infinite above.

    Args:
        values: The sample; shape (n,).
        share: Which quantile: .5 for the median.
        unit: The unit of the values in words.
        least: The least value possible: 0 for durations.
        level: The confidence level.

    Raises:
        EstimateError: A value is not a number, or the share is not between 0 and 1.

    Source: Conover, Practical Nonparametric Statistics, 3rd ed., section 3.2; the point is the type-7
    quantile of Hyndman and Fan (1996).
    """
    sample = np.sort(np.asarray(values, dtype=np.float64).ravel())
    if not 0 < share < 1:
        raise EstimateError(f"a quantile lies between 0 and 1, not {share}")
    if np.isnan(sample).any():
        raise EstimateError("a value of the sample is not a number")
    if len(sample) == 0:
        return Estimate.unknown(unit, because="nothing was observed")
    value = float(np.quantile(sample, share))
    # With the ends that anything may have, the order statistics 0 and n + 1 need no special case.
    ends = np.concatenate(([least], sample, [math.inf]))
    low, high = (float(ends[place]) for place in order_bounds(len(sample), share, level))
    method = "order statistics, exact binomial"
    return Estimate(value, min(low, value), max(high, value), len(sample), unit, method, level=level)


def median(values: ArrayLike, *, unit: str, least: float = -math.inf, level: float = 0.95) -> Estimate:
    """The median with the exact binomial interval; see `quantile`."""
    return quantile(values, 0.5, unit=unit, least=least, level=level)


def order_bounds(n: int, share: float, level: float) -> tuple[int, int]:
    """Which order statistics, counted from 1, bound the quantile; 0 or n + 1 when none does.

    The lower is the last whose chance to lie above the quantile is at most half the error; the upper
    likewise from above.
    """
    from scipy.special import bdtr  # lazy: scipy takes longer to load than the command line may

    tail = (1 - level) / 2
    # The number of values below the quantile is binomial; bdtr is its distribution function.
    chances = bdtr(np.arange(-1, n + 1), n, share)
    chances[0] = 0.0
    below = int(np.searchsorted(chances, tail, side="right")) - 1
    above = int(np.searchsorted(chances, 1 - tail, side="left"))
    return below, above
