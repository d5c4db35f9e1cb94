"""The effect of a change on a panel: its mean, its size by how long ago it began, and what would undo it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from prodops.impact.assignment import Assignment, redrawn
from prodops.impact.panel import Panel
from prodops.stats.panel import NEVER, Cells, Floats, Places, Windows, imputed, week_levels
from prodops.stats.panel_intervals import (
    RANDOMISATION,
    Bounds,
    conformal,
    inverted,
    jackknife,
    paired,
)

RAMP_WEEKS = 4
HORIZONS = ((4, 8), (8, 16), (16, NEVER))
"""Weeks since the start, from 0: the fifth to the eighth week, the ninth to the sixteenth, and later."""
REDRAWS = 399
SEED = 20_261_123

Basis = Literal["order", "controls", "one date", "two snapshots"]
"""What an interval rests on: the drawn order, comparison with others, one date in time, or two means."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The effect so many weeks after the start.

    Attributes:
        first_week: The first week after the start, counted from 1.
        last_week: The last; None for all later ones.
        effect: The effect; None where nothing can be compared or no interval is defined.
        cells: Weeks of treated units behind it.
    """

    first_week: int
    last_week: int | None
    effect: Bounds | None
    cells: int

    @property
    def name(self) -> str:
        """The horizon in a phrase: "weeks 5-8", "week 17 on"."""
        return f"weeks {self.first_week}-{self.last_week}" if self.last_week else f"week {self.first_week} on"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a panel says of a change.

    Attributes:
        basis: What the interval rests on.
        overall: The mean over treated weeks after the ramp; None where there is no interval.
        horizons: By how long ago the change began.
        all_weeks: The mean over all treated weeks, ramp included; NaN where nothing can be compared.
        placebo: The effect of a date half-way into the weeks before, 90% interval; None where not defined.
        without: The mean effect with each cluster left out.
        other_ways: The mean effect computed otherwise, for sensitivity.
        compared_cells: Treated weeks after the ramp that could be compared.
        treated_cells: Treated weeks after the ramp that there are.
    """

    basis: Basis
    overall: Bounds | None
    horizons: tuple[Horizon, ...] = ()
    all_weeks: float = float("nan")
    placebo: Bounds | None = None
    without: tuple[tuple[str, float], ...] = ()
    other_ways: tuple[tuple[str, float], ...] = ()
    compared_cells: int = 0
    treated_cells: int = 0

    @property
    def latest(self) -> Horizon | None:
        """The latest horizon that has an interval: what may be planned with."""
        return next((one for one in reversed(self.horizons) if one.effect), None)


@dataclass(frozen=True, slots=True)
class Setting:
    """How an effect is computed.

    Attributes:
        ramp_weeks: Weeks after the start in which the effect builds up; not counted.
        redraws: How many orders are drawn again where not all are taken.
        seed: The seed of these.
    """

    ramp_weeks: int = RAMP_WEEKS
    redraws: int = REDRAWS
    seed: int = SEED

    @property
    def windows(self) -> tuple[tuple[int, int], ...]:
        """All weeks after the ramp, then each horizon, then all treated weeks."""
        ramp = self.ramp_weeks
        horizons = [(max(low, ramp), high) for low, high in HORIZONS if high > ramp]
        if ramp < HORIZONS[0][0]:
            horizons[0] = (ramp, HORIZONS[0][1])
        return ((ramp, NEVER), *horizons, (0, NEVER))


def by_order(panel: Panel, assignment: Assignment, setting: Setting) -> Effect:
    """The effect with the interval of a randomisation test over the orders that could have been drawn.

    Under no effect the test is exact. The interval supposes one size for all units, reached in a straight
    line over the ramp; for one horizon the other horizons are taken at their estimates.
    """
    kept = replace(panel, seen=panel.seen & (assignment.of_unit >= 0)[:, None])
    starts = np.concatenate(
        [kept.starts[None], redrawn(assignment, draws=setting.redraws, seed=setting.seed)]
    )
    windows = setting.windows
    profiles = _profiles(kept, setting)
    found = imputed(np.stack([kept.outcomes, *profiles]), kept.seen, starts, windows)
    values = found.effects
    overall = _tested(values[:, 0, 0], values[:, 0, 1])
    sizes = np.nan_to_num(values[0, 1:-1, 0])
    horizons = []
    for place in range(1, len(windows) - 1):
        others = values[:, place, 2:] @ np.where(np.arange(1, len(windows) - 1) == place, 0.0, sizes)
        bounds = _tested(values[:, place, 0] - others, values[:, place, 1 + place])
        horizons.append(_horizon(windows[place], bounds, int(found.cells[0, place])))
    return _with_checks(kept, setting, Effect("order", overall, tuple(horizons), float(values[0, -1, 0])))


def by_controls(panel: Panel, setting: Setting) -> Effect:
    """The effect with the interval of a jackknife over clusters."""
    values = imputed(panel.outcomes[None], panel.seen, panel.starts[None], setting.windows)
    left_out = _left_out(panel, panel.starts, setting.windows)
    bounds = [
        jackknife(float(values.effects[0, place, 0]), left_out[:, place])
        for place in range(len(setting.windows) - 1)
    ]
    horizons = tuple(
        _horizon(setting.windows[place], bounds[place], int(values.cells[0, place]))
        for place in range(1, len(bounds))
    )
    return _with_checks(
        panel, setting, Effect("controls", bounds[0], horizons, float(values.effects[0, -1, 0]))
    )


def by_date(panel: Panel, setting: Setting) -> Effect:
    """The change after one date, against every shift in time; units that never start are taken off."""
    start = int(panel.starts[panel.ever_treated].min())
    series = _series(panel)
    overall = _change(panel, series, start, setting.windows[0])
    horizons = tuple(
        _horizon(window, _change(panel, series, start, window), int(_cells_in(panel, window)))
        for window in setting.windows[1:-1]
    )
    everything = _change(panel, series, start, (0, NEVER))
    without = tuple(
        (name, bounds.value)
        for name, bounds in _changes_without(panel, start, setting.windows[0])
        if bounds is not None
    )
    cells = int(_cells_in(panel, setting.windows[0]))
    return Effect(
        "one date", overall, horizons, everything.value if everything else float("nan"), None, without,
        compared_cells=cells, treated_cells=cells,
    )  # fmt: skip


def by_snapshots(panel: Panel, setting: Setting) -> Effect:
    """The mean difference of each treated unit's weeks after and before, with Student's interval."""
    since = np.arange(panel.weeks) - panel.starts[:, None]
    before, after = panel.seen & (since < 0), panel.seen & (since >= setting.ramp_weeks)
    if not (after & panel.ever_treated[:, None]).any():
        after = panel.seen & (since >= 0)
    both = panel.ever_treated & before.any(axis=1) & after.any(axis=1)
    changes = unit_means(panel, after)[both] - unit_means(panel, before)[both]
    return Effect(
        "two snapshots", paired(changes), compared_cells=_compared(panel, setting),
        treated_cells=_cells_in(panel, setting.windows[0]),
    )  # fmt: skip


def unit_means(panel: Panel, cells: Cells) -> Floats:
    """The mean of each unit over some of its cells, NaN where it has none; shape (units,)."""
    with np.errstate(invalid="ignore"):
        means: Floats = (panel.outcomes * cells).sum(axis=1) / cells.sum(axis=1)
    return means


def _tested(values: Floats, slopes: Floats) -> Bounds | None:
    """The bounds of the first value against the others; None where it cannot be computed."""
    if not np.isfinite(values[0]) or not slopes[0] > 0:
        return None
    return inverted(
        float(values[0] / slopes[0]), values[1:] / slopes[0], slopes[1:] / slopes[0], method=RANDOMISATION
    )


def _horizon(window: tuple[int, int], bounds: Bounds | None, cells: int) -> Horizon:
    return Horizon(window[0] + 1, None if window[1] == NEVER else window[1], bounds, cells)


def _profiles(panel: Panel, setting: Setting) -> list[Floats]:
    """A unit effect by cell: of all weeks with its ramp, then of each horizon (the first has the ramp)."""
    since = np.arange(panel.weeks) - panel.starts[:, None]
    climbing = np.clip((since + 1) / (setting.ramp_weeks + 1), 0.0, 1.0)
    profiles = [climbing]
    for place, (low, high) in enumerate(setting.windows[1:-1]):
        profiles.append(np.where((since >= (low if place else 0)) & (since < high), climbing, 0.0))
    return profiles


def _left_out(panel: Panel, starts: Places, windows: Windows) -> Floats:
    """The effect in each window with each cluster left out, shape (clusters, windows)."""
    clusters = panel.cluster_places
    inside = clusters[None, :] != np.arange(clusters.max() + 1)[:, None]
    seen = panel.seen[None] & inside[:, :, None]
    repeated = np.broadcast_to(starts, inside.shape)
    return imputed(panel.outcomes[None], seen, repeated, windows).effects[:, :, 0]


def _with_checks(panel: Panel, setting: Setting, effect: Effect) -> Effect:
    """The effect with its placebo, the clusters left out and other ways to compute it."""
    names = sorted(set(panel.clusters))
    left_out = _left_out(panel, panel.starts, setting.windows[:1])[:, 0]
    return replace(
        effect,
        placebo=placebo(panel),
        without=tuple((name, float(value)) for name, value in zip(names, left_out, strict=True)),
        other_ways=tuple(_other_ways(panel, setting)),
        compared_cells=_compared(panel, setting),
        treated_cells=int(_cells_in(panel, setting.windows[0])),
    )


def placebo(panel: Panel) -> Bounds | None:
    """The effect of dates on which nothing happened: half-way into each treated unit's weeks before."""
    since = np.arange(panel.weeks) - panel.starts[:, None]
    before = panel.seen & (since < 0)
    firsts = np.where(before.any(axis=1), before.argmax(axis=1), panel.starts)
    treated = panel.ever_treated & (firsts < panel.starts)
    middles = np.where(treated, (firsts + panel.starts + 1) // 2, NEVER)
    early = replace(panel, seen=before)
    value = imputed(early.outcomes[None], early.seen, middles[None], ((0, NEVER),)).effects[0, 0, 0]
    return jackknife(float(value), _left_out(early, middles, ((0, NEVER),))[:, 0], level=0.90)


def _other_ways(panel: Panel, setting: Setting) -> list[tuple[str, float]]:
    window = setting.windows[:1]
    ways: list[tuple[str, Cells, Windows]] = [
        ("ramp counted", panel.seen, ((0, NEVER),)),
        ("from the ninth week on", panel.seen, ((8, NEVER),)),
    ]
    ends = panel.quarter_ends()
    if ends is not None and ends.any():
        ways.append(("without the weeks that end a quarter", panel.seen & ~ends, window))
    return [
        (name, float(imputed(panel.outcomes[None], seen, panel.starts[None], windows).effects[0, 0, 0]))
        for name, seen, windows in ways
    ]


def _compared(panel: Panel, setting: Setting) -> int:
    found = imputed(panel.outcomes[None], panel.seen, panel.starts[None], setting.windows[:1])
    return int(found.cells[0, 0])


def _cells_in(panel: Panel, window: tuple[int, int]) -> int:
    since = np.arange(panel.weeks) - panel.starts[:, None]
    return int((panel.seen & (since >= window[0]) & (since < window[1])).sum())


def _series(panel: Panel) -> Floats:
    """The level of each week over treated units, less that over the others where there are any."""
    treated = panel.ever_treated
    levels = week_levels(panel.outcomes[treated], panel.seen[treated])
    if (~treated).any():
        levels = levels - week_levels(panel.outcomes[~treated], panel.seen[~treated])
    return levels


def _change(panel: Panel, series: Floats, start: int, window: tuple[int, int]) -> Bounds | None:
    since = np.arange(panel.weeks) - start
    used = np.isfinite(series) & ((since < 0) | ((since >= window[0]) & (since < window[1])))
    nuisance = [np.ones(panel.weeks)]
    ends = panel.quarter_ends()
    if ends is not None and (ends & used & (since < 0)).any():
        nuisance.append(ends.astype(np.float64))
    return conformal(series[used], (since[used] >= 0).astype(np.float64), np.stack(nuisance, axis=1)[used])


def _changes_without(panel: Panel, start: int, window: tuple[int, int]) -> list[tuple[str, Bounds | None]]:
    clusters = np.array(panel.clusters)
    found = []
    for name in sorted(set(panel.clusters)):
        kept = replace(panel, seen=panel.seen & (clusters != name)[:, None])
        if (kept.seen & kept.ever_treated[:, None]).any():
            found.append((name, _change(kept, _series(kept), start, window)))
    return found
