"""What of an effect may be told: the parts that five people and more carry, as estimates."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from prodops.impact.effect import Effect
from prodops.impact.panel import Panel
from prodops.stats.estimate import Estimate
from prodops.stats.panel_intervals import Bounds


def carried(effect: Effect, panel: Panel, fewest: int) -> Effect:
    """The effect without parts that rest on fewer units, such as five PMs, who can be compared.

    Args:
        effect: The effect.
        panel: What it was read from.
        fewest: Units below which nothing is told.
    """
    overall = effect.overall if _people(effect, panel, 0, None) >= fewest else None
    kept = tuple(
        one for one in effect.horizons if _people(effect, panel, one.first_week - 1, one.last_week) >= fewest
    )
    return replace(effect, overall=overall, horizons=kept)


def _people(effect: Effect, panel: Panel, first: int, until: int | None) -> int:
    """How many PMs were seen so many weeks after their start, in weeks that can be compared."""
    since = np.arange(panel.weeks) - panel.starts[:, None]
    cells = panel.seen & (since >= first) & (since < (until or panel.weeks))
    if effect.basis in ("order", "controls") and effect.horizons:
        cells &= (panel.seen & (since < 0)).any(axis=0)
    return int(cells.any(axis=1).sum())


def told_effect(bounds: Bounds | None, scale: float, n: int, unit: str) -> Estimate:
    """Bounds as an estimate; unknown where nothing bounds them.

    Args:
        bounds: The effect; None where there is none.
        scale: What it is multiplied by to be told.
        n: How many units stand behind it.
        unit: Its unit.
    """
    if bounds is None:
        return Estimate.unknown(unit, because="fewer than five PMs can be compared", n=n)
    value, low, high = (one * scale for one in (bounds.value, bounds.low, bounds.high))
    if not math.isfinite(low) or not math.isfinite(high):
        return Estimate.unknown(unit, because="so few ways to draw the order bound nothing", n=n)
    return Estimate(value, low, high, n, unit, method=bounds.method, level=bounds.level)
