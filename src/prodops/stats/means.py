"""Means with Student's interval."""

from __future__ import annotations

import math
from collections.abc import Sequence

from prodops.stats.estimate import Estimate


def mean_of(values: Sequence[float], *, unit: str, because: str = "nothing was observed") -> Estimate:
    """The mean with Student's t interval; one value alone has no interval, so it is not known.

    Args:
        values: The observations.
        unit: Their unit.
        because: What to say when there is no observation.
    """
    from scipy.special import stdtrit  # lazy: heavy; its stats module would cost three times as much

    n = len(values)
    if n == 0:
        return Estimate.unknown(unit, because=because)
    if n == 1:
        return Estimate.unknown(unit, because="one observation alone has no interval", n=1)
    mean = math.fsum(values) / n
    variance = math.fsum((value - mean) ** 2 for value in values) / (n - 1)
    half = float(stdtrit(n - 1, 0.975)) * math.sqrt(variance / n)
    return Estimate(mean, mean - half, mean + half, n, unit, method="Student's t")
