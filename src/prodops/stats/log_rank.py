"""Whether groups wait differently long, compared inside strata so that a mixture cannot pretend it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.event_counts import DurationError, steps


@dataclass(frozen=True, slots=True)
class LogRank:
    """The outcome of a log-rank test.

    Attributes:
        groups: The groups as they were named, sorted.
        observed: Events of each group.
        expected: Events that each would have, did all groups wait alike.
        statistic: The chi-square statistic; None when the data cannot tell.
        degrees: Its degrees of freedom.
        p: The probability of a statistic this large when nothing differs; None when there is none.
        n: How many were observed.
        because: Why there is no statistic; empty when there is one.
    """

    groups: tuple[str, ...]
    observed: tuple[float, ...]
    expected: tuple[float, ...]
    statistic: float | None
    degrees: int
    p: float | None
    n: int
    because: str = ""


def log_rank(
    durations: ArrayLike, happened: ArrayLike, groups: ArrayLike, *, strata: ArrayLike | None = None
) -> LogRank:
    """The log-rank test of equal waiting times, stratified when strata are given.

    Args:
        durations: How long each was observed, not negative; shape (n,).
        happened: Whether the event ended it; shape (n,).
        groups: The group of each; shape (n,).
        strata: The stratum of each; groups are compared inside strata only; shape (n,).

    Raises:
        DurationError: A duration is negative or not finite, or the lengths differ.

    Source: Mantel (1966), Cancer Chemotherapy Reports 50:163; Kalbfleisch and Prentice, 2nd ed., 1.4.
    """
    spans = np.asarray(durations, dtype=np.float64).ravel()
    ended = np.asarray(happened, dtype=bool).ravel()
    names, members = np.unique(np.asarray(groups).astype(str).ravel(), return_inverse=True)
    layers = np.zeros(len(spans)) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
    if not len(spans) == len(ended) == len(members) == len(layers):
        raise DurationError("durations, events, groups and strata differ in length")
    observed, expected = np.zeros(len(names)), np.zeros(len(names))
    covariance = np.zeros((len(names), len(names)))
    order = np.argsort(layers, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(layers[order])) + 1):
        _add_stratum(spans[rows], ended[rows], members[rows], observed, (expected, covariance))
    return _tested(names, observed, expected, covariance, len(spans))


def _add_stratum(
    spans: NDArray[np.float64],
    ended: NDArray[np.bool_],
    members: NDArray[np.intp],
    observed: NDArray[np.float64],
    sums: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    """Add a stratum's events, expected events and hypergeometric covariance to the sums."""
    expected, covariance = sums
    # Codes 1 to G mark who has an event, G + 1 to 2 G who leaves without; so one count serves both.
    size = len(expected)
    counted = steps(spans, members + 1 + np.where(ended, 0, size), causes=2 * size)
    events = counted.ended[:size]
    leaving = events + counted.ended[size:]
    at_risk = leaving[:, ::-1].cumsum(axis=1)[:, ::-1]
    share = at_risk / counted.at_risk
    total = events.sum(axis=0)
    observed += events.sum(axis=1)
    expected += share @ total
    weight = total * (counted.at_risk - total) / np.maximum(counted.at_risk - 1, 1)
    covariance += np.diag(share @ weight) - (share * weight) @ share.T


def _tested(
    names: NDArray[np.str_],
    observed: NDArray[np.float64],
    expected: NDArray[np.float64],
    covariance: NDArray[np.float64],
    n: int,
) -> LogRank:
    from scipy.special import chdtrc  # lazy: scipy takes longer to load than the command line may

    told = (tuple(map(str, names)), tuple(map(float, observed)), tuple(map(float, expected)))
    # Groups that no event could distinguish add nothing; the rank says how many comparisons are left.
    degrees = int(np.linalg.matrix_rank(covariance, hermitian=True)) if len(names) > 1 else 0
    if degrees == 0:
        because = (
            "there is one group" if len(names) < 2 else "no event happened while two groups were at risk"
        )
        return LogRank(*told, statistic=None, degrees=0, p=None, n=n, because=because)
    surplus = observed - expected
    statistic = float(surplus @ np.linalg.pinv(covariance, hermitian=True) @ surplus)
    return LogRank(*told, statistic=statistic, degrees=degrees, p=float(chdtrc(degrees, statistic)), n=n)
