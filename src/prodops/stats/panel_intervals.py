"""Intervals for a panel's effect: by re-drawing who starts when, leaving clusters out, shifting time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from prodops.stats.panel import Floats

RANDOMISATION = "two-way imputation, randomisation inference over the committed order's re-draws"
JACKKNIFE = "two-way imputation, leave-one-cluster-out jackknife, t(G-1)"
CONFORMAL = "moving-block conformal permutation"
SNAPSHOTS = "difference of two means of each unit, Student's t"


@dataclass(frozen=True, slots=True)
class Bounds:
    """An effect with its interval and the p-value of no effect.

    Attributes:
        value: The effect.
        low: The lower bound; minus infinity where nothing bounds it.
        high: The upper bound.
        p: Two-sided p-value of no effect.
        n: Independent things behind it: re-draws, clusters or shifts.
        method: The name of the formula.
        level: The confidence level.
    """

    value: float
    low: float
    high: float
    p: float
    n: int
    method: str
    level: float = 0.95

    @property
    def excludes_nought(self) -> bool:
        """Whether the interval leaves no effect out."""
        return self.low > 0 or self.high < 0


def inverted(value: float, redrawn: Floats, slopes: Floats, *, method: str, level: float = 0.95) -> Bounds:
    """The effects that a permutation test does not reject, in closed form.

    Under an effect of `d` the statistic of re-draw k is `redrawn[k] - d * slopes[k]`, and that of what
    happened is `value - d`. The `d` for which a re-draw lies at least as far from nought as what happened are
    an interval around the value, so the bounds are order statistics of the ends of these intervals.

    Args:
        value: The statistic of what happened, with slope one.
        redrawn: The statistic of every other re-draw, shape (re-draws,).
        slopes: How much each moves with a unit effect of what happened; shape (re-draws,).
        method: What the bounds are called.
        level: The confidence level.
    """
    defined = np.isfinite(redrawn) & np.isfinite(slopes)
    a, b = redrawn[defined], slopes[defined]
    whole = np.abs(b) >= 1 - 1e-9
    safe = np.where(whole, 0.0, b)
    ends = np.stack([(value - a) / (1 - safe), (value + a) / (1 + safe)])
    lows = np.sort(np.where(whole, -np.inf, ends.min(axis=0)))
    highs = np.sort(np.where(whole, np.inf, ends.max(axis=0)))[::-1]
    needed = math.floor((1 - level) * (len(a) + 1) + 1e-9)
    low = float(lows[needed - 1]) if needed else -math.inf
    high = float(highs[needed - 1]) if needed else math.inf
    far = int(np.sum(np.abs(a) >= abs(value) * (1 - 1e-12)))
    p = (far + 1) / (len(a) + 1)
    return Bounds(value, min(low, value), max(high, value), p, len(a) + 1, method, level)


def jackknife(
    value: float, left_out: Floats, *, level: float = 0.95, extra_variance: float = 0.0
) -> Bounds | None:
    """The interval of a value from its values with each cluster left out; None where one is not defined.

    Args:
        value: The value of all clusters.
        left_out: The value without each cluster, shape (clusters,).
        level: The confidence level.
        extra_variance: Variance of a correction that was estimated apart (labels), added.

    Source: MacKinnon, Nielsen and Webb (2023), Journal of Econometrics 232:272 (CV3), with t(G-1).
    """
    from scipy.special import stdtr, stdtrit  # lazy: heavy

    clusters = len(left_out)
    if clusters < 2 or not np.isfinite(left_out).all() or not math.isfinite(value):
        return None
    spread = float(np.sum((left_out - value) ** 2)) * (clusters - 1) / clusters + extra_variance
    error = math.sqrt(spread)
    reach = float(stdtrit(clusters - 1, (1 + level) / 2)) * error
    p = 2 * float(stdtr(clusters - 1, -abs(value) / error)) if error else float(value == 0)
    return Bounds(value, value - reach, value + reach, p, clusters, JACKKNIFE, level)


def conformal(series: Floats, treated: Floats, nuisance: Floats, *, level: float = 0.95) -> Bounds | None:
    """The change of a level in one series after one date, against every shift of its residuals in time.

    Residuals are those of a regression on the nuisance alone, with the supposed effect taken off, so that
    they are exchangeable in blocks where the supposition is right, whatever their autocorrelation.

    Args:
        series: The series without the weeks in which the change built up; shape (weeks,).
        treated: One after the date, nought before; shape (weeks,).
        nuisance: Columns that explain the series whatever was done: ones, ends of quarters; shape
            (weeks, columns).
        level: The confidence level.

    Returns:
        None where the date cannot be told from the nuisance.

    Source: Chernozhukov, Wüthrich and Zhu (2021), Journal of the American Statistical Association 116:1849.
    """
    weeks = len(series)
    if weeks < 3 or not 0 < treated.sum() < weeks:
        return None
    pair = np.stack([series, treated], axis=1)
    left = pair - nuisance @ np.linalg.lstsq(nuisance, pair, rcond=None)[0]
    shifts = np.stack([treated @ np.roll(left, shift, axis=0) for shift in range(weeks)])
    if abs(shifts[0, 1]) < 1e-9 * weeks:
        return None
    values, slopes = shifts[:, 0] / shifts[0, 1], shifts[:, 1] / shifts[0, 1]
    return inverted(float(values[0]), values[1:], slopes[1:], method=CONFORMAL, level=level)


def widened(bounds: Bounds, *, shift: float, variance: float) -> Bounds:
    """Bounds moved by a correction that was estimated apart, its variance added to each side.

    The p-value is that of the widened interval, read as normal.

    Args:
        bounds: The bounds before.
        shift: The correction, added.
        variance: Its variance.
    """
    normal = NormalDist()
    z = normal.inv_cdf((1 + bounds.level) / 2)
    below = math.hypot(bounds.value - bounds.low, z * math.sqrt(variance))
    above = math.hypot(bounds.high - bounds.value, z * math.sqrt(variance))
    value = bounds.value + shift
    towards = below if value > 0 else above
    p = 2 * normal.cdf(-abs(value) * z / towards) if towards else float(value == 0)
    return Bounds(value, value - below, value + above, max(p, 0.0), bounds.n, bounds.method, bounds.level)


def paired(changes: Floats, *, level: float = 0.95) -> Bounds | None:
    """The mean of one change a unit with Student's interval; None for fewer than two units.

    Args:
        changes: One change a unit; shape (units,).
        level: The confidence level.
    """
    from scipy.special import stdtr, stdtrit  # lazy: heavy

    units = len(changes)
    if units < 2:
        return None
    value, error = float(changes.mean()), float(changes.std(ddof=1)) / math.sqrt(units)
    reach = float(stdtrit(units - 1, (1 + level) / 2)) * error
    p = 2 * float(stdtr(units - 1, -abs(value) / error)) if error else float(value == 0)
    return Bounds(value, value - reach, value + reach, p, units, SNAPSHOTS, level)
