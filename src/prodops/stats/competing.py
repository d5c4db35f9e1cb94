"""How often and how soon each of several endings comes, when one rules out the others (Aalen-Johansen)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.estimate import Estimate
from prodops.stats.event_counts import DurationError, Steps, greenwood_terms, log_log, steps

SHARE: Final = "share"

_METHOD = "Aalen-Johansen, log-log interval"
_HAIR = 1e-12


@dataclass(frozen=True, slots=True)
class CumulativeIncidence:
    """The share that has reached each ending, by duration; row 0 is cause 1.

    Attributes:
        times: The distinct durations, ascending; shape (k,).
        share: The share ended by each cause until each duration; shape (causes, k).
        low: Lower bound of the pointwise interval; shape (causes, k).
        high: Upper bound; shape (causes, k).
        at_risk: How many are under observation just before each duration; shape (k,).
        open_share: The share without any ending after each duration; shape (k,).
        n: How many were observed.
        unit: The unit of the durations in words.
        level: The confidence level.
    """

    times: NDArray[np.float64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    open_share: NDArray[np.float64]
    n: int
    unit: str
    level: float

    def at(self, cause: int, duration: float) -> Estimate:
        """The share ended by a cause (1 and up) until a duration; unknown past the longest observation.

        Raises:
            DurationError: There is no such cause.
        """
        if not 1 <= cause <= len(self.share):
            raise DurationError(f"there is no cause {cause}")
        if self.n == 0:
            return Estimate.unknown(SHARE, because="nothing was observed")
        if duration > self.times[-1] and self.open_share[-1] > 0:
            told = f"nothing was observed for longer than {self.times[-1]:.4g} {self.unit}"
            return Estimate.unknown(SHARE, because=told, n=self.n)
        place = int(np.searchsorted(self.times, duration, side="right")) - 1
        if place < 0:
            high = 1 - ((1 - self.level) / 2) ** (1 / self.n)
            return Estimate(0.0, 0.0, high, self.n, SHARE, method=_METHOD, level=self.level)
        share, low, high = (float(curve[cause - 1, place]) for curve in (self.share, self.low, self.high))
        return Estimate(share, low, high, self.n, SHARE, method=_METHOD, level=self.level)


def aalen_johansen(
    durations: ArrayLike,
    codes: ArrayLike,
    *,
    causes: int | None = None,
    unit: str = "days",
    level: float = 0.95,
) -> CumulativeIncidence:
    """Cumulative incidence of each cause, the other causes competing with it.

    With one cause this is one minus Kaplan-Meier, and the variance is Greenwood's.

    Args:
        durations: How long each was observed, not negative; shape (n,).
        codes: 0 for no ending yet (censored), 1 and up for the cause; shape (n,).
        causes: How many causes there are, if some may not occur in the data.
        unit: The unit of the durations in words.
        level: The confidence level.

    Raises:
        DurationError: A duration is negative or not finite, a code is no cause, or the lengths differ.

    Source: Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141; variance by the delta
    method, Marubini and Valsecchi (1995), equation 10.12; interval on log(-log(1 - F)).
    """
    counted = steps(durations, codes, causes=causes)
    hazards = counted.ended / counted.at_risk
    open_share = np.cumprod(1 - counted.ended.sum(axis=0) / counted.at_risk)
    open_before = np.concatenate(([1.0], open_share[:-1]))[: len(counted.times)]
    share = np.minimum(np.cumsum(open_before * hazards, axis=1), 1.0)
    low, high = np.empty_like(share), np.empty_like(share)
    for cause, reached in enumerate(share):
        variance = _variance(reached, counted, cause, open_before)
        low[cause], high[cause] = _bounds(reached, variance, counted.at_risk, level)
    return CumulativeIncidence(
        counted.times, share, low, high, counted.at_risk, open_share, counted.n, unit, level
    )


def _bounds(
    reached: NDArray[np.float64], variance: NDArray[np.float64], at_risk: NDArray[np.int64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    left = np.where(reached > 1 - _HAIR, 0.0, 1 - reached)
    spread = np.divide(variance, left**2, out=np.zeros_like(left), where=left > 0)
    least, most = log_log(left, spread, at_risk, level)
    return np.minimum(1 - most, reached), np.maximum(1 - least, reached)


def _variance(
    reached: NDArray[np.float64], counted: Steps, cause: int, open_before: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The variance of one cause's incidence at every duration.

    The formula sums (F(t) - F(s))² over s up to t; multiplied out, running sums give all t in one pass.
    """
    at_risk = counted.at_risk.astype(np.float64)
    of_cause = counted.ended[cause]
    everyone = greenwood_terms(counted.at_risk, counted.ended.sum(axis=0))
    own = open_before**2 * of_cause * (at_risk - of_cause) / at_risk**3
    shared = open_before * of_cause / at_risk**2
    first = (
        reached**2 * np.cumsum(everyone)
        - 2 * reached * np.cumsum(reached * everyone)
        + np.cumsum(reached**2 * everyone)
    )
    third = reached * np.cumsum(shared) - np.cumsum(reached * shared)
    variance: NDArray[np.float64] = np.maximum(first + np.cumsum(own) - 2 * third, 0.0)
    return variance
