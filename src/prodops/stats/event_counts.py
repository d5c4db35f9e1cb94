"""Who is at risk and who has an event at every duration: what survival estimates are made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.normal import two_sided_z


class DurationError(ValueError):
    """Durations or event codes that cannot be: negative, not a number, of unequal length."""


@dataclass(frozen=True, slots=True)
class Steps:
    """What happens at each distinct duration, the beginning of every estimate here.

    Attributes:
        times: The distinct durations at which someone has an event or leaves, ascending; shape (k,).
        at_risk: How many are still under observation just before; shape (k,).
        ended: How many have an event of each cause; shape (causes, k).
        n: How many were observed.
    """

    times: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    ended: NDArray[np.int64]
    n: int


def steps(durations: ArrayLike, codes: ArrayLike, *, causes: int | None = None) -> Steps:
    """Count the events and those at risk at every distinct duration.

    Who leaves without an event at a moment is at risk of the events of that moment.

    Args:
        durations: How long each was observed, until the event or the end; any unit, not negative; shape (n,).
        codes: 0 for no event yet (censored), 1 and up for the cause; booleans will do; shape (n,).
        causes: How many causes there are; the highest code when not given.

    Raises:
        DurationError: A duration is negative or not finite, a code is no cause, or the lengths differ.
    """
    spans = np.asarray(durations, dtype=np.float64).ravel()
    kinds = np.asarray(codes).ravel()
    _refuse_impossible(spans, kinds)
    kinds = kinds.astype(np.int64)
    highest = int(kinds.max(initial=1)) if causes is None else causes
    if kinds.max(initial=0) > highest:
        raise DurationError(f"an event has cause {kinds.max()}, and there are {highest} causes")
    times, place = np.unique(spans, return_inverse=True)
    counts = np.bincount(place * (highest + 1) + kinds, minlength=len(times) * (highest + 1))
    table = counts.reshape(len(times), highest + 1).T.astype(np.int64)
    leaving = table.sum(axis=0)
    return Steps(times, len(spans) - np.cumsum(leaving) + leaving, table[1:], len(spans))


def log_log(
    share: NDArray[np.float64], spread: NDArray[np.float64], at_risk: NDArray[np.int64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pointwise bounds of a falling share on the scale log(-log S), where they cannot leave 0 to 1.

    Before the first event the lower bound is the exact one of "none of those at risk"; where the share has
    fallen to nought, the upper bound is the exact one of "all of those at risk".

    Args:
        share: The share; shape (k,).
        spread: Its variance divided by its square (Greenwood's sum); shape (k,).
        at_risk: How many are at risk; shape (k,).
        level: The confidence level.

    Source: Kalbfleisch and Prentice, 2nd ed., equation 1.14.
    """
    low, high = share.copy(), share.copy()
    inside = (share > 0) & (share < 1)
    logged = np.log(share[inside])
    reach = two_sided_z(level) * np.sqrt(spread[inside]) / np.abs(logged)
    low[inside] = np.minimum(np.exp(logged * np.exp(reach)), share[inside])
    high[inside] = np.maximum(np.exp(logged * np.exp(-reach)), share[inside])
    none_yet = share == 1
    low[none_yet] = none_yet_low(at_risk[none_yet], level)
    last = share == 0
    if last.any():
        place = int(np.argmax(last))
        before = 1.0 if place == 0 else high[place - 1]
        high[last] = before * (1 - none_yet_low(at_risk[place], level))
    return low, high


def none_yet_low(at_risk: ArrayLike, level: float) -> NDArray[np.float64]:
    """The exact lower bound of a share of which all `at_risk` are an example (Clopper and Pearson)."""
    return np.asarray(((1 - level) / 2) ** (1 / np.asarray(at_risk, dtype=np.float64)))


def greenwood_terms(at_risk: NDArray[np.int64], ended: NDArray[np.int64]) -> NDArray[np.float64]:
    """Greenwood's summands; where all at risk have the event nobody is left, and the summand is nought."""
    left = at_risk - ended
    return np.where(left > 0, ended / (at_risk * np.maximum(left, 1).astype(np.float64)), 0.0)


def _refuse_impossible(spans: NDArray[np.float64], kinds: NDArray[np.generic]) -> None:
    if len(spans) != len(kinds):
        raise DurationError(f"{len(spans)} durations and {len(kinds)} events")
    wrong = ~np.isfinite(spans) | (spans < 0)
    if wrong.any():
        first = int(np.argmax(wrong))
        raise DurationError(f"{wrong.sum()} durations are negative or no number; the first is number {first}")
    if kinds.dtype.kind not in "bui" and len(kinds) and not np.array_equal(kinds, kinds.astype(np.int64)):
        raise DurationError("an event code is 0 for none, or a whole number for its cause")
    if kinds.dtype.kind != "b" and len(kinds) and kinds.astype(np.int64).min() < 0:
        raise DurationError("an event code is negative")
