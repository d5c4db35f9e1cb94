"""The panel's mean by week beside what it would have been: two-way fixed effects of untreated weeks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

import numpy as np

from prodops.impact.panel import Panel
from prodops.stats.panel import Cells, Floats
from prodops.stats.small_groups import FEWEST


@dataclass(frozen=True, slots=True)
class CurveWeek:
    """One week of the PMs who ever start.

    Attributes:
        week: Its first day.
        seen: Their mean.
        seen_low: The lower bound of that mean over PMs (Student's t).
        seen_high: The upper bound.
        expected: Their mean had nothing changed; None where nobody untreated is left to tell.
        low: The lower bound of `expected`.
        high: The upper bound.
        people: How many of them were seen.
        started: How many of those had begun.
    """

    week: date
    seen: float
    seen_low: float
    seen_high: float
    expected: float | None
    low: float | None
    high: float | None
    people: int
    started: int


def curve_of(panel: Panel) -> tuple[CurveWeek, ...]:
    """The weeks of a panel in which five and more of those who ever start were seen.

    The interval is a jackknife over clusters with t(G-1), as that of the effect.
    """
    seen = panel.seen & panel.ever_treated[:, None]
    counts = seen.sum(axis=0)
    with np.errstate(invalid="ignore"):
        means = (panel.outcomes * seen).sum(axis=0) / counts
    reaches = _reaches(panel, seen, means)
    expected, error = _with_error(panel, seen)
    begun = np.arange(panel.weeks) >= panel.starts[:, None]
    found = []
    for place in range(panel.weeks):
        day = panel.scale.day(panel.first_week + place)
        if counts[place] < FEWEST or day is None:
            continue
        at = float(expected[place])
        known = math.isfinite(at)
        reach = float(error[place]) if known and math.isfinite(error[place]) else 0.0
        found.append(
            CurveWeek(
                day, float(means[place]), float(means[place] - reaches[place]),
                float(means[place] + reaches[place]), at if known else None, at - reach if known else None,
                at + reach if known else None, int(counts[place]), int((seen & begun)[:, place].sum()),
            )
        )  # fmt: skip
    return tuple(found)


def _reaches(panel: Panel, seen: Cells, means: Floats) -> Floats:
    """Half the width of the interval of each week's mean over PMs."""
    from scipy.special import stdtrit  # lazy: heavy

    counts = seen.sum(axis=0)
    apart = np.where(seen, panel.outcomes - means[None], 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        error = np.sqrt((apart**2).sum(axis=0) / (counts - 1) / counts)
    found: Floats = stdtrit(np.maximum(counts - 1, 1), 0.975) * error
    return found


def _with_error(panel: Panel, seen: Cells) -> tuple[Floats, Floats]:
    from scipy.special import stdtrit  # lazy: heavy

    everybody = np.ones(len(panel.units), np.bool_)
    expected = _expected(panel, seen, everybody)
    clusters = panel.cluster_places
    count = int(clusters.max()) + 1
    if count < 2:
        return expected, np.full(panel.weeks, np.nan)
    gaps = _mean(panel, seen, everybody) - expected
    left = np.stack([
        _mean(panel, seen, clusters != one) - _expected(panel, seen, clusters != one) for one in range(count)
    ])  # fmt: skip
    spread = np.nansum((left - gaps) ** 2, axis=0) * (count - 1) / count
    return expected, float(stdtrit(count - 1, 0.975)) * np.sqrt(spread)


def _mean(panel: Panel, seen: Cells, kept: Cells) -> Floats:
    cells = seen & kept[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean: Floats = (panel.outcomes * cells).sum(axis=0) / cells.sum(axis=0)
    return mean


def _expected(panel: Panel, seen: Cells, kept: Cells) -> Floats:
    """The mean that those seen would have had; where no untreated unit is left, the level before goes on."""
    untreated = panel.seen & kept[:, None] & (np.arange(panel.weeks) < panel.starts[:, None])
    by_unit, by_week = _two_way(panel.outcomes, untreated)
    told = untreated.any(axis=0)
    controls = bool((panel.starts >= panel.weeks).any()) or len(set(panel.starts.tolist())) > 1
    if not controls:
        by_week = np.where(told, by_week, float(by_week[told].mean()) if told.any() else np.nan)
        told = np.ones_like(told)
    cells = seen & kept[:, None] & np.isfinite(by_unit)[:, None]
    with np.errstate(invalid="ignore", divide="ignore"):
        level = np.where(cells, np.nan_to_num(by_unit)[:, None], 0.0).sum(axis=0) / cells.sum(axis=0)
    expected: Floats = np.where(told & (cells.sum(axis=0) > 0), level + by_week, np.nan)
    return expected


def _two_way(outcomes: Floats, cells: Cells) -> tuple[Floats, Floats]:
    """Unit and week effects of least squares on some cells; NaN for units that have none."""
    weights = cells.astype(np.float64)
    units = len(weights)
    normal = np.block([
        [np.diag(weights.sum(axis=1)), weights],
        [weights.T, np.diag(weights.sum(axis=0))],
    ])  # fmt: skip
    clean = np.where(cells, outcomes, 0.0)
    sums = np.concatenate([clean.sum(axis=1), clean.sum(axis=0)])
    solved = np.linalg.lstsq(normal, sums, rcond=None)[0]
    return np.where(cells.any(axis=1), solved[:units], np.nan), solved[units:]
