"""Shares of a whole with their intervals, and the difference of two shares."""

from __future__ import annotations

import math

from prodops.stats.estimate import Estimate, EstimateError
from prodops.stats.normal import two_sided_z

SHARE = "share"


def wilson(
    successes: float,
    n: int,
    *,
    unit: str = SHARE,
    level: float = 0.95,
    because: str = "nothing was observed",
) -> Estimate:
    """A share with Wilson's score interval.

    Args:
        successes: How many of the `n` have the property; a sum of probabilities may have a fraction.
        n: How many were looked at; with none the share is unknown.
        unit: The unit in words.
        level: The confidence level.
        because: What to say when none was looked at.

    Raises:
        EstimateError: The counts are negative, or there are more successes than observations.

    Source: Wilson (1927), JASA 22:209; recommended by Brown, Cai and DasGupta (2001).
    """
    _refuse_impossible(successes, n)
    if n == 0:
        return Estimate.unknown(unit, because=because)
    low, high = _wilson_bounds(successes, n, level)
    return Estimate(successes / n, low, high, n, unit, method="Wilson score", level=level)


def jeffreys(successes: int, n: int, *, unit: str = SHARE, level: float = 0.95) -> Estimate:
    """A share with the interval of Jeffreys' prior, whose ends are 0 and 1 when no or all have the property.

    Args:
        successes: How many of the `n` have the property.
        n: How many were looked at; with none the share is unknown.
        unit: The unit in words.
        level: The confidence level.

    Raises:
        EstimateError: The counts are impossible.

    Source: Brown, Cai and DasGupta (2001), Statistical Science 16:101, equation 8.
    """
    from scipy.special import betaincinv  # lazy: scipy takes longer to load than the command line may

    _refuse_impossible(successes, n)
    if n == 0:
        return Estimate.unknown(unit, because="nothing was observed")
    tail = (1 - level) / 2
    ours, others = successes + 0.5, n - successes + 0.5
    low = 0.0 if successes == 0 else float(betaincinv(ours, others, tail))
    high = 1.0 if successes == n else float(betaincinv(ours, others, 1 - tail))
    share = successes / n
    return Estimate(
        share, min(low, share), max(high, share), n, unit, method="Jeffreys interval", level=level
    )


def difference(
    first: tuple[int, int],
    second: tuple[int, int],
    *,
    unit: str = SHARE,
    level: float = 0.95,
) -> Estimate:
    """The first share minus the second, of independent groups, with Newcombe's hybrid score interval.

    Args:
        first: Successes and observations of the first group.
        second: Successes and observations of the second group.
        unit: The unit in words.
        level: The confidence level.

    Raises:
        EstimateError: The counts of a group are impossible.

    Source: Newcombe (1998), Statistics in Medicine 17:873, method 10.
    """
    _refuse_impossible(*first)
    _refuse_impossible(*second)
    n = first[1] + second[1]
    if 0 in (first[1], second[1]):
        return Estimate.unknown(unit, because="one of the groups is empty", n=n)
    one, other = first[0] / first[1], second[0] / second[1]
    one_low, one_high = _wilson_bounds(*first, level)
    other_low, other_high = _wilson_bounds(*second, level)
    low = one - other - math.hypot(one - one_low, other_high - other)
    high = one - other + math.hypot(one_high - one, other - other_low)
    return Estimate(one - other, low, high, n, unit, method="Newcombe hybrid score", level=level)


def _wilson_bounds(successes: float, n: int, level: float) -> tuple[float, float]:
    z = two_sided_z(level)
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    # At the ends rounding may leave the share outside by a hair.
    low = 0.0 if successes == 0 else min(middle - reach, share)
    high = 1.0 if successes == n else max(middle + reach, share)
    return low, high


def _refuse_impossible(successes: float, n: int) -> None:
    if not 0 <= successes <= n:
        raise EstimateError(f"{successes} of {n} is no share")
