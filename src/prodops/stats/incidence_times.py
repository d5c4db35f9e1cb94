"""By when a share has reached one of several endings: cumulative incidence read the other way round."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from prodops.stats.competing import CumulativeIncidence
from prodops.stats.estimate import Estimate


def time_reached(curve: CumulativeIncidence, cause: int, share: float) -> Estimate:
    """The duration by which a share of all has reached a cause, with the interval of the curve's band.

    The bounds are where the upper and the lower band reach the share (Brookmeyer and Crowley's way, taken
    from survival to cumulative incidence). Where the band never gets there, the bound is infinite; where the
    curve itself never does, the duration is not known.

    Args:
        curve: Cumulative incidence of each cause.
        cause: Which, 1 and up.
        share: The share, 0 to 1.

    Source: Brookmeyer and Crowley (1982), Biometrics 38:29.
    """
    value = _first(curve, curve.share[cause - 1], share)
    if math.isinf(value):
        reached = float(curve.share[cause - 1, -1]) if len(curve.times) else 0.0
        because = f"only {reached:.0%} have got that far, which is less than {share:.0%}"
        return Estimate.unknown(curve.unit, because=because, n=curve.n)
    low = min(_first(curve, curve.high[cause - 1], share), value)
    high = max(_first(curve, curve.low[cause - 1], share), value)
    method = "Aalen-Johansen, band inverted"
    return Estimate(value, low, high, curve.n, curve.unit, method=method, level=curve.level)


def _first(curve: CumulativeIncidence, band: NDArray[np.float64], share: float) -> float:
    there = band >= share - 1e-12
    return float(curve.times[np.argmax(there)]) if there.any() else math.inf
