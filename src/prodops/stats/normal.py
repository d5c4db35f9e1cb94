"""The normal quantile, from the standard library, so that an interval needs no heavy import."""

from __future__ import annotations

from statistics import NormalDist


def two_sided_z(level: float) -> float:
    """How many standard errors an interval of this confidence reaches to either side.

    Raises:
        ValueError: The level is not between 0 and 1.
    """
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
    return NormalDist().inv_cdf((1 + level) / 2)
