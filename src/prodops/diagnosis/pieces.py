"""Minutes of a piece of work that nobody timed: their mean lies above what is usual, for the tail is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.sink import DRAWS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

LEAST_SPREAD, MOST_SPREAD = 0.2, 1.0
"""Between what single pieces of one kind spread, on the scale of logarithms: nearly alike, or with a heavy
tail in which one of six takes 2.7 times the usual."""


def above_usual(rng: Generator) -> NDArray[float64]:
    """Draws of mean over median of single pieces: exp(spread^2 / 2) of a lognormal, 1.02 to 1.65."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    return np.asarray(np.exp(rng.uniform(LEAST_SPREAD, MOST_SPREAD, DRAWS) ** 2 / 2))
