"""Shares of a count, with Wilson's score interval."""

from __future__ import annotations

import math

from prodops.stats.estimate import Estimate

Z_95 = 1.959963984540054
SHARE = "share"


def wilson(successes: float, n: float, *, because: str = "nothing was counted") -> Estimate:
    """The share of successes with Wilson's score interval (Wilson 1927), which holds for small n too.

    Args:
        successes: Successes; an expected count may be fractional.
        n: Trials; 0 gives an unknown estimate.
        because: What to say when there are no trials.
    """
    if n <= 0:
        return Estimate.unknown(SHARE, because=because)
    share = min(1.0, max(0.0, successes / n))
    z2 = Z_95 * Z_95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return Estimate(share, min(low, share), max(high, share), round(n), SHARE, method="Wilson score")
