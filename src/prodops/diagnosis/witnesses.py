"""Two witnesses of the same hours: draws of one, kept as far as the other agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.particles import resampled

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

DOUBT = 0.15
"""Spread, on the scale of logarithms, that no witness is trusted beyond."""

LEAST = 1e-3


def agreed(
    first: NDArray[float64], second: NDArray[float64], rng: Generator, *, doubt: float = DOUBT
) -> NDArray[float64]:
    """Places of the draws of `first` after hearing `second`, whose draws are summarised as lognormal."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    heard = np.log(np.maximum(second, LEAST))
    spread = np.hypot(heard.std(), doubt)
    away = (np.log(np.maximum(first, LEAST)) - heard.mean()) / spread
    # A bounded weight: two witnesses that contradict each other leave the first as it was.
    return resampled(_shares(np.exp(-0.5 * away**2) + 1e-4), rng)


def _shares(weights: NDArray[float64]) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    return np.asarray(weights / weights.sum())
