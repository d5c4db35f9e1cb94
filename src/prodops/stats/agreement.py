"""How far two raters of the same things agree, beyond what chance would give."""

from __future__ import annotations

import math
from collections.abc import Sequence

from prodops.stats.estimate import Estimate

Pair = tuple[float, float]
"""What two raters gave the same thing; which of them comes first does not matter."""

UNIT = "agreement beyond chance (1 is full)"
METHOD = "Krippendorff's alpha, interval metric, jackknife over things"


def krippendorff(things: Sequence[Sequence[Pair]], *, because: str = "nothing was rated twice") -> Estimate:
    """Krippendorff's alpha of graded scores, with a jackknife interval that leaves out one thing at a time.

    The scores of one thing hang together, so a thing is left out with all of them.

    Args:
        things: Per thing that was rated by two, the pairs of scores (one per element).
        because: What to say when there is none.

    Source: Krippendorff (2011), Computing Krippendorff's alpha-reliability; Efron and Tibshirani (1993),
    chapter 11, with Student's t of things minus one.
    """
    from scipy.special import stdtrit  # lazy: heavy; agreement is asked for by one measure

    rated = [tuple(pairs) for pairs in things if pairs]
    n = len(rated)
    if n < 3:
        return Estimate.unknown(UNIT, because=because if n == 0 else "fewer than 3 were rated twice", n=n)
    whole = _alpha(rated)
    if whole is None:
        told = "all raters gave the same score everywhere, so chance cannot be told from agreement"
        return Estimate.unknown(UNIT, because=told, n=n)
    left = [_alpha([*rated[:i], *rated[i + 1 :]]) for i in range(n)]
    known = [one for one in left if one is not None]
    if len(known) < n:
        return Estimate.unknown(UNIT, because="one thing alone holds all differences of score", n=n)
    mean = math.fsum(known) / n
    spread = math.sqrt((n - 1) / n * math.fsum((one - mean) ** 2 for one in known))
    half = float(stdtrit(n - 1, 0.975)) * spread
    low, high = max(-1.0, whole - half), min(1.0, whole + half)
    return Estimate(whole, min(low, whole), max(high, whole), n, UNIT, method=METHOD)


def _alpha(things: Sequence[Sequence[Pair]]) -> float | None:
    """One minus observed over expected squared difference; None where nothing differs at all."""
    pairs = [pair for thing in things for pair in thing]
    scores = [score for pair in pairs for score in pair]
    count = len(scores)
    mean = math.fsum(scores) / count
    observed = math.fsum((one - other) ** 2 for one, other in pairs) / len(pairs)
    # Of two scores drawn without replacement, the mean squared difference is twice the sample variance.
    expected = 2 * math.fsum((score - mean) ** 2 for score in scores) / (count - 1)
    return None if expected == 0 else 1 - observed / expected
