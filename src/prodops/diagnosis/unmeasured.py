"""Sinks of which nothing is loaded: they may still be the largest, so that one measured alone has no name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.sink import DRAWS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

SEED = 20_261
"""The seed of these draws; they depend on nothing that is loaded."""

USUAL_SHARE, USUAL_SIGMA = 0.006, 1.2
"""Lognormal prior of what a sink gives back, as a share of PM time: .6% (a quarter of an hour a week), in one
of six organisations 2% and more. A sink that nobody keeps records of may be large for that very reason."""


def unmeasured(sinks: int, pm_hours: float) -> NDArray[float64]:
    """Draws of the hours of so many sinks without records, from the prior alone; shape (sinks, draws)."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    rng = np.random.default_rng(SEED)
    return np.asarray(rng.lognormal(np.log(USUAL_SHARE), USUAL_SIGMA, (sinks, DRAWS)) * pm_hours)
