"""Events per exposure with an exact interval."""

from __future__ import annotations

import math

from prodops.stats.estimate import Estimate, EstimateError


def poisson_rate(
    events: float,
    exposure: float,
    *,
    unit: str,
    n: int | None = None,
    level: float = 0.95,
    because: str = "nothing was observed",
) -> Estimate:
    """Events per unit of exposure with Garwood's exact interval of a Poisson rate.

    Args:
        events: How many events; a sum of probabilities may have a fraction.
        exposure: Over how much they were counted: occurrences, hours, person-weeks.
        unit: The unit of the rate in words: "outputs an occurrence".
        n: How many observations stand behind it; the exposure, rounded, when it is not given.
        level: The confidence level.
        because: What to say without exposure.

    Raises:
        EstimateError: Events or exposure are negative or not finite.

    Source: Garwood (1936), Biometrika 28:437; the ends are quantiles of Gamma distributions.
    """
    from scipy.special import gammaincinv  # lazy: scipy takes longer to load than the command line may

    if not (math.isfinite(events) and math.isfinite(exposure)) or events < 0 or exposure < 0:
        raise EstimateError(f"{events} events over {exposure} is no rate")
    count = round(exposure) if n is None else n
    if exposure == 0:
        return Estimate.unknown(unit, because=because, n=count)
    tail = (1 - level) / 2
    low = 0.0 if events == 0 else float(gammaincinv(events, tail)) / exposure
    high = float(gammaincinv(events + 1, 1 - tail)) / exposure
    return Estimate(events / exposure, low, high, count, unit, method="Garwood exact Poisson", level=level)
