"""How many outputs a thing yields an occurrence, learning from others of its kind (Gamma-Poisson)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.estimate import Estimate, EstimateError

METHOD: Final = "Gamma-Poisson, prior learned from its kind"

_CELLS = 700
_PRIOR_MEANS = np.geomspace(0.02, 20, 24)
_PRIOR_SHAPES = np.geomspace(0.2, 20, 10)


@dataclass(frozen=True, slots=True)
class Detection:
    """How well outputs are detected in what was written down.

    Attributes:
        found_share: The share of true outputs that is found, over 0 up to 1.
        false_count: False findings an occurrence, 0 or more.
    """

    found_share: float = 1.0
    false_count: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what cannot be."""
        if not 0 < self.found_share <= 1 or not 0 <= self.false_count < np.inf:
            raise EstimateError(f"{self} is no detection")


@dataclass(frozen=True, slots=True)
class GammaPrior:
    """How the true rates of a kind are spread: a Gamma distribution.

    Attributes:
        mean: The mean rate, outputs an occurrence.
        shape: The shape; large when all of a kind are alike.
    """

    mean: float
    shape: float


@dataclass(frozen=True, slots=True)
class RatePosterior:
    """The true rates of several things of one kind.

    Attributes:
        rates: The rate of each with its credible interval; unknown where no occurrence was noted.
        below: The probability that the rate of each is below the threshold; NaN where nothing was noted;
            shape (n,).
        threshold: The threshold, outputs an occurrence.
        prior: What was learned about the kind, the mean of its posterior.
    """

    rates: tuple[Estimate, ...]
    below: NDArray[np.float64]
    threshold: float
    prior: GammaPrior


def posterior_rate_below(
    outputs: ArrayLike,
    noted: ArrayLike,
    *,
    threshold: float,
    detection: Detection | None = None,
    prior: GammaPrior | None = None,
    unit: str = "outputs an occurrence",
    level: float = 0.95,
) -> RatePosterior:
    """The posterior of each thing's true rate, and the probability that it is below a threshold.

    What is found in y noted occurrences is Poisson with mean y (s r + f): true rate r, share found s, false
    findings f. Occurrences without minutes are not in y: they say nothing, and are never counted as
    empty. The rates of one kind share a Gamma prior; its mean and shape are not fixed at their best values
    but averaged over, so that two things of a kind do not pass for knowledge of it.

    Args:
        outputs: Outputs found in the noted occurrences of each; shape (n,).
        noted: How many occurrences of each were noted; shape (n,).
        threshold: Outputs an occurrence below which a thing counts as without output.
        detection: How well outputs are found; perfectly when not given.
        prior: A prior known beforehand; learned when not given.
        unit: The unit of the rate in words.
        level: The credibility of the intervals.

    Raises:
        EstimateError: A count is negative or not finite, or the lengths differ.

    Source: Gelman and others, Bayesian Data Analysis, 3rd ed., sections 2.6 and 5.1.
    """
    found, seen = _counts(outputs, noted)
    skill = detection or Detection()
    edges = _edges(found, seen, skill, threshold)
    posterior, learned = _posterior(found, seen, edges, skill, prior)
    each = _told(posterior, edges, seen, unit=unit, level=level)
    below = posterior[:, edges[1:] <= threshold * (1 + 1e-9)].sum(axis=1)
    return RatePosterior(each, np.where(seen > 0, below, np.nan), threshold, learned)


def _posterior(
    found: NDArray[np.float64],
    seen: NDArray[np.float64],
    edges: NDArray[np.float64],
    skill: Detection,
    prior: GammaPrior | None,
) -> tuple[NDArray[np.float64], GammaPrior]:
    """The probability of each cell of the rate for each thing, shape (n, cells), and what was learned."""
    # Things with the same counts have the same posterior, and many have.
    pairs, place = np.unique(np.column_stack((found, seen)), axis=0, return_inverse=True)
    place = place.ravel()
    likelihood = _likelihood(pairs, (edges[:-1] + edges[1:]) / 2, skill)
    known = [(prior.mean, prior.shape)] if prior else None
    priors = np.array(known or [(mean, shape) for mean in _PRIOR_MEANS for shape in _PRIOR_SHAPES])
    cells = _prior_cells(edges, priors)
    marginal = np.maximum(likelihood @ cells.T, 1e-300)
    weights = _weights(marginal, np.bincount(place, minlength=len(pairs)))
    posterior = likelihood * ((weights / marginal) @ cells)
    posterior /= posterior.sum(axis=1, keepdims=True)
    mean, shape = (float(value) for value in weights @ priors)
    return posterior[place], GammaPrior(mean, shape)


def _counts(outputs: ArrayLike, noted: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    found = np.asarray(outputs, dtype=np.float64).ravel()
    seen = np.asarray(noted, dtype=np.float64).ravel()
    if len(found) != len(seen):
        raise EstimateError(f"{len(found)} counts of outputs and {len(seen)} of occurrences")
    for counts in (found, seen):
        if not np.all(np.isfinite(counts)) or counts.min(initial=0) < 0:
            raise EstimateError("a count is negative or not finite")
    if np.any((seen == 0) & (found > 0)):
        raise EstimateError("outputs were found where nothing was noted")
    return found, seen


def _edges(
    found: NDArray[np.float64], seen: NDArray[np.float64], skill: Detection, threshold: float
) -> NDArray[np.float64]:
    """Edges of cells of the rate, finer near nought; the threshold is one of them."""
    noted = seen > 0
    highest = np.max((found[noted] + 6 * np.sqrt(found[noted] + 1) + 6) / seen[noted], initial=1.0)
    top = max(highest / skill.found_share, 4 * threshold)
    edges = top * np.linspace(0, 1, _CELLS + 1) ** 2
    return np.unique(np.append(edges, threshold))


def _likelihood(
    pairs: NDArray[np.float64], centres: NDArray[np.float64], skill: Detection
) -> NDArray[np.float64]:
    """The likelihood of each pair of counts in each cell, up to a factor; shape (pairs, cells)."""
    expected = pairs[:, 1:] * (skill.found_share * centres + skill.false_count)
    with np.errstate(divide="ignore", invalid="ignore"):
        logged = np.where(pairs[:, :1] > 0, pairs[:, :1] * np.log(expected), 0.0) - expected
    likelihood: NDArray[np.float64] = np.exp(logged - logged.max(axis=1, keepdims=True))
    return likelihood


def _prior_cells(edges: NDArray[np.float64], priors: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probability of each cell under each prior (mean, shape); shape (priors, cells)."""
    from scipy.special import (
        gammainc,
        gammaincc,
    )  # lazy: scipy takes longer to load than the command line may

    means, shapes = priors[:, :1], priors[:, 1:]
    scaled = shapes / means * edges
    below, above = gammainc(shapes, scaled), gammaincc(shapes, scaled)
    # Far out the share below is 1 to all digits; there the differences are taken from the other end.
    cells: NDArray[np.float64] = np.where(below[:, 1:] < 0.5, np.diff(below, axis=1), -np.diff(above, axis=1))
    return cells


def _weights(marginal: NDArray[np.float64], times: NDArray[np.intp]) -> NDArray[np.float64]:
    """The posterior weight of each prior, all alike beforehand on the scale of logarithms."""
    logged = times @ np.log(marginal)
    weights: NDArray[np.float64] = np.exp(logged - logged.max())
    weights /= weights.sum()
    return weights


def _told(
    posterior: NDArray[np.float64],
    edges: NDArray[np.float64],
    seen: NDArray[np.float64],
    *,
    unit: str,
    level: float,
) -> tuple[Estimate, ...]:
    tail = (1 - level) / 2
    centres = (edges[:-1] + edges[1:]) / 2
    summed = np.cumsum(posterior, axis=1)
    means = posterior @ centres
    told = []
    for place, occurrences in enumerate(seen):
        if occurrences == 0:
            told.append(Estimate.unknown(unit, because="no occurrence of it was noted"))
            continue
        low = float(edges[np.searchsorted(summed[place], tail)])
        high = float(edges[min(int(np.searchsorted(summed[place], 1 - tail)) + 1, len(edges) - 1)])
        mean = float(means[place])
        told.append(
            Estimate(mean, min(low, mean), max(high, mean), int(occurrences), unit, METHOD, level=level)
        )
    return tuple(told)
