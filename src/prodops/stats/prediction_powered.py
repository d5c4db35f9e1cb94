"""A mean from many predictions and a few labels: the labels correct the predictions, and set the interval.

Classify-and-count is as wrong as its classifier, in one direction. Here a random sample of units is
labelled, and what the predictions got wrong there is taken off the total (the difference estimator of survey
sampling, named prediction-powered inference since 2023).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.estimate import Estimate, EstimateError

METHOD: Final = "prediction-powered difference estimator"
FEWEST_LABELS: Final = 10
"""With fewer labels there is no interval worth the name."""


@dataclass(frozen=True, slots=True)
class LabelledPeriod:
    """The units of one period (blocks of time), all predicted and some labelled.

    Attributes:
        predictions: The prediction of each unit, 0 to 1; shape (n,).
        labels: The label of each unit, 0 to 1, NaN where nobody was asked or answered; shape (n,).
        strata: The stratum of each, inside which units were drawn at random; shape (n,).
        weights: What each unit counts for: its hours; shape (n,).
        inclusion: The probability with which each was drawn for labelling, over 0 where a label is;
            shape (n,). Alike inside a stratum when not given.
        clusters: Who was asked about each: where somebody has units and no label, how people differ counts
            too; shape (n,). One for all when not given.
    """

    predictions: NDArray[np.float64]
    labels: NDArray[np.float64]
    strata: NDArray[np.intp]
    weights: NDArray[np.float64]
    inclusion: NDArray[np.float64]
    clusters: NDArray[np.intp]


def labelled_period(
    predictions: ArrayLike,
    labels: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    inclusion: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> LabelledPeriod:
    """Check and gather the units of one period; see `LabelledPeriod` for the shapes.

    Raises:
        EstimateError: Lengths differ, a prediction or label is outside 0 to 1, a weight is negative or not
            finite, or a labelled unit had no chance to be drawn.
    """
    predicted = np.asarray(predictions, dtype=np.float64).ravel()
    told = np.asarray(labels, dtype=np.float64).ravel()
    n = len(predicted)
    layers = np.zeros(n, np.intp) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
    hours = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64).ravel()
    chances = np.ones(n) if inclusion is None else np.asarray(inclusion, dtype=np.float64).ravel()
    askers = (
        np.zeros(n, np.intp) if clusters is None else np.unique(np.asarray(clusters), return_inverse=True)[1]
    )
    if not n == len(told) == len(layers) == len(hours) == len(chances) == len(askers):
        raise EstimateError("predictions, labels, strata, weights, inclusion and clusters differ in length")
    asked = ~np.isnan(told)
    if not np.all((predicted >= 0) & (predicted <= 1)) or not np.all((told[asked] >= 0) & (told[asked] <= 1)):
        raise EstimateError("a prediction or a label is not between 0 and 1")
    if not np.all(np.isfinite(hours)) or hours.min(initial=0) < 0:
        raise EstimateError("a weight is negative or not finite")
    if not np.all((chances[asked] > 0) & (chances[asked] <= 1)):
        raise EstimateError("a labelled unit had no chance to be drawn, or one above 1")
    return LabelledPeriod(predicted, told, layers, hours, chances, askers)


def level(
    period: LabelledPeriod, *, unit: str = "share", confidence: float = 0.95, as_sample: bool = False
) -> Estimate:
    """The weighted mean of the true values over all units of a period, labelled or not.

    The interval carries the variance of the labels; n counts the labels, not the predictions. Who was
    asked and did not answer is taken to be like the others of the stratum.

    Args:
        period: The units.
        unit: The unit in words.
        confidence: The confidence level.
        as_sample: Whether the units stand for many more like them, so that their own spread counts too;
            otherwise the estimate is about these units alone.

    Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling, section 6.3; Angelopoulos and
    others (2023), Science 382:669.
    """
    part = _measured(period, as_sample=as_sample)
    if part is None:
        return Estimate.unknown(unit, because=_too_few(period), n=_label_count(period))
    reach = _t(confidence, part.freedom) * math.sqrt(part.variance)
    low, high = max(0.0, part.mean - reach), min(1.0, part.mean + reach)
    mean = min(max(part.mean, 0.0), 1.0)
    return Estimate(mean, min(low, mean), max(high, mean), part.n, unit, METHOD, level=confidence)


def change(
    before: LabelledPeriod,
    after: LabelledPeriod,
    *,
    unit: str = "share",
    confidence: float = 0.95,
    as_sample: bool = False,
) -> Estimate:
    """The level after minus the level before, each corrected by its own labels.

    Labels are needed in both periods: a classifier that got worse in between (meetings renamed) would
    otherwise show as a change. The label samples are independent, so their variances add.

    Args:
        before: The units of the first period.
        after: The units of the second period.
        unit: The unit in words.
        confidence: The confidence level.
        as_sample: As `level` has it.
    """
    first, second = (_measured(period, as_sample=as_sample) for period in (before, after))
    n = _label_count(before) + _label_count(after)
    if first is None or second is None:
        short, name = (before, "before") if first is None else (after, "after")
        return Estimate.unknown(unit, because=f"{name}: {_too_few(short)}", n=n)
    return _moved(first, second, n=n, unit=unit, confidence=confidence)


def ratio(
    part: LabelledPeriod, whole: LabelledPeriod, *, unit: str = "share", confidence: float = 0.95
) -> Estimate:
    """The weight of a part divided by that of a whole, both corrected by the same labels.

    Args:
        part: The units of a period, valued by the part: 1 where the time was overhead.
        whole: The same units, valued by the whole that holds the part: 1 where the purpose is known.
        unit: The unit in words.
        confidence: The confidence level.

    Source: the ratio estimator by its linearised residuals (Särndal and others, section 5.6).
    """
    found = _ratio(part, whole)
    if found is None:
        return Estimate.unknown(unit, because=_too_few(part), n=_label_count(part))
    reach = _t(confidence, found.freedom) * math.sqrt(found.variance)
    low, high = max(0.0, found.mean - reach), min(1.0, found.mean + reach)
    mean = min(max(found.mean, 0.0), 1.0)
    return Estimate(mean, min(low, mean), max(high, mean), found.n, unit, METHOD, level=confidence)


def ratio_change(
    before: tuple[LabelledPeriod, LabelledPeriod],
    after: tuple[LabelledPeriod, LabelledPeriod],
    *,
    unit: str = "share",
    confidence: float = 0.95,
) -> Estimate:
    """The ratio after minus the ratio before, each corrected by its own labels; see `ratio` and `change`.

    Args:
        before: Part and whole of the first period.
        after: Part and whole of the second period.
        unit: The unit in words.
        confidence: The confidence level.
    """
    first, second = _ratio(*before), _ratio(*after)
    n = _label_count(before[0]) + _label_count(after[0])
    if first is None or second is None:
        short, name = (before, "before") if first is None else (after, "after")
        return Estimate.unknown(unit, because=f"{name}: {_too_few(short[0])}", n=n)
    return _moved(first, second, n=n, unit=unit, confidence=confidence)


def range_without_labels(
    predictions: ArrayLike,
    *,
    wrong_share: float,
    weights: ArrayLike | None = None,
    unknown_weight: float = 0.0,
    unit: str = "share",
) -> Estimate:
    """What the share can be when nobody labelled anything: a range, not a confidence interval.

    The value is classify-and-count over the units that could be classified. The range holds whatever is
    true if at most `wrong_share` of the weight is classified wrongly, with all of the unknown weight
    inside or none of it.

    Args:
        predictions: The prediction of each unit, 0 to 1; shape (n,).
        wrong_share: The share of the weight that may be wrong: one minus the accuracy measured elsewhere.
        weights: What each unit counts for; shape (n,).
        unknown_weight: The weight of units that could not be classified.
        unit: The unit in words.

    Raises:
        EstimateError: A prediction is outside 0 to 1, a weight is negative, or the share is no share.
    """
    if not 0 <= wrong_share <= 1 or not 0 <= unknown_weight < math.inf:
        raise EstimateError(f"{wrong_share} wrong, {unknown_weight} unknown")
    blank = np.full(np.asarray(predictions).size, math.nan)
    period = labelled_period(predictions, blank, weights=weights)
    known = float(period.weights.sum())
    if known == 0:
        return Estimate.unknown(unit, because="nothing could be classified")
    inside = float(period.weights @ period.predictions)
    value = inside / known
    least = max(0.0, inside - wrong_share * known) / (known + unknown_weight)
    most = (min(known, inside + wrong_share * known) + unknown_weight) / (known + unknown_weight)
    method = f"range without labels, at most {wrong_share:.0%} wrong"
    return Estimate(value, min(least, value), max(most, value), len(blank), unit, method)


@dataclass(frozen=True, slots=True)
class _Part:
    mean: float
    variance: float
    freedom: float
    n: int


def _measured(period: LabelledPeriod, *, as_sample: bool) -> _Part | None:
    """The corrected mean with its variance; None with too few labels."""
    n = _label_count(period)
    total = float(period.weights.sum())
    if n < FEWEST_LABELS or total == 0:
        return None
    asked = ~np.isnan(period.labels)
    layers = _merged(period.strata, asked)
    errors = np.where(asked, period.weights * (np.where(asked, period.labels, 0) - period.predictions), 0.0)
    correction = variance = spread = ends = 0.0
    for layer in range(int(layers.max()) + 1):
        inside = layers == layer
        size, drawn = int(inside.sum()), int((inside & asked).sum())
        shares = 1 / period.inclusion[inside & asked]
        shares /= shares.sum()
        misses = errors[inside & asked]
        mean = float(shares @ misses)
        left = 1 - drawn / size
        correction += size * mean
        part = size**2 * left * drawn / (drawn - 1) * float(np.sum((shares * (misses - mean)) ** 2))
        variance += part
        ends += part**2 / (drawn - 1)
        spread += size**2 * left / drawn
    silent, degrees = _of_the_silent(period, errors, asked)
    variance += silent
    ends += silent**2 / degrees
    # Satterthwaite's freedom: few labels in a stratum that varies much say little of how much it varies.
    most = n - 1 - int(layers.max())
    freedom = min(variance**2 / ends, most) if ends > 0 else most
    # At least the variance of two errors, one each way: when no label contradicts its prediction, the
    # classifier is still not known to be perfect (the interval becomes that of "nought of n").
    typical = float(np.mean(period.weights[asked] ** 2))
    variance = max(variance, 2 * typical / n * spread)
    mean = (float(period.weights @ period.predictions) + correction) / total
    if as_sample:
        # A value between 0 and 1 varies at most as a yes or no with the same mean does.
        held = min(max(mean, 0.0), 1.0)
        variance += held * (1 - held) * float(period.weights @ period.weights)
    return _Part(mean, variance / total**2, freedom, n)


def _ratio(part: LabelledPeriod, whole: LabelledPeriod) -> _Part | None:
    """The ratio with the variance of its residuals; None with too few labels or an empty whole."""
    above, below = _measured(part, as_sample=False), _measured(whole, as_sample=False)
    if above is None or below is None or below.mean <= 0:
        return None
    share = min(max(above.mean / below.mean, 0.0), 1.0)
    # Lifted by the ratio itself, so that residuals lie between 0 and 1 as all predictions do.
    residuals = LabelledPeriod(
        np.clip(part.predictions - share * whole.predictions + share, 0.0, 1.0),
        part.labels - share * whole.labels + share,
        part.strata,
        part.weights,
        part.inclusion,
        part.clusters,
    )
    spread = _measured(residuals, as_sample=False)
    if spread is None:
        return None
    return _Part(share, spread.variance / below.mean**2, spread.freedom, spread.n)


def _moved(first: _Part, second: _Part, *, n: int, unit: str, confidence: float) -> Estimate:
    """The second minus the first; their label samples are independent, so the variances add."""
    variance = first.variance + second.variance
    # Welch and Satterthwaite: the freedom of a sum of two estimated variances.
    parts_of_freedom = first.variance**2 / first.freedom + second.variance**2 / second.freedom
    freedom = variance**2 / parts_of_freedom if parts_of_freedom > 0 else math.inf
    reach = _t(confidence, freedom) * math.sqrt(variance)
    moved = second.mean - first.mean
    return Estimate(moved, moved - reach, moved + reach, n, unit, METHOD, level=confidence)


def _of_the_silent(
    period: LabelledPeriod, errors: NDArray[np.float64], asked: NDArray[np.bool_]
) -> tuple[float, float]:
    """Variance, and its freedom, of taking those who gave no label for the mean of those who gave some."""
    count = int(period.clusters.max(initial=0)) + 1
    hours = np.bincount(period.clusters, weights=period.weights, minlength=count)
    told = np.bincount(period.clusters, weights=period.weights * asked, minlength=count)
    answered = told > 0
    people = int(answered.sum())
    if people < 2 or people == count:
        return 0.0, 1.0
    missed = np.bincount(period.clusters, weights=np.where(asked, errors, 0.0), minlength=count)
    between = float(np.var(missed[answered] / told[answered], ddof=1))
    quiet = hours[~answered]
    return between * float(np.sum(quiet**2) + quiet.sum() ** 2 / people), people - 1.0


def _merged(strata: NDArray[np.intp], asked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Strata with fewer than two labels joined into one, or with the smallest other when that is too few."""
    labels = np.bincount(strata, weights=asked).astype(int)
    thin = labels < 2
    if thin.any():
        joined = np.where(thin, len(labels), np.arange(len(labels)))
        if labels[thin].sum() < 2:
            candidates = np.where(thin, np.iinfo(np.int64).max, labels)
            joined[thin] = int(np.argmin(candidates))
        strata = joined[strata]
    merged: NDArray[np.intp] = np.unique(strata, return_inverse=True)[1]
    return merged


def _label_count(period: LabelledPeriod) -> int:
    return int(np.sum(~np.isnan(period.labels)))


def _too_few(period: LabelledPeriod) -> str:
    count = _label_count(period)
    return (
        "the units weigh nothing"
        if count >= FEWEST_LABELS
        else f"{count} labels, and {FEWEST_LABELS} are needed"
    )


def _t(confidence: float, freedom: float) -> float:
    from scipy.special import stdtrit  # lazy: scipy takes longer to load than the command line may

    return float(stdtrit(min(freedom, 1e9), (1 + confidence) / 2))
