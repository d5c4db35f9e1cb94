"""What treated units would have shown: two-way fixed effects from untreated cells, for many designs at once.

A panel is units by weeks. Unit and week effects are fitted on cells before treatment alone, carried over to
the treated cells, and the effect is the mean of what is left there. Already treated units never serve as
controls, so effects that grow, fade or differ between units bias nothing. Sums are over cells that exist, so
missing weeks need no filling, and the answer is linear in the outcome: thousands of re-draws are cheap.

Source: Borusyak, Jaravel and Spiess (2024), Revisiting Event-Study Designs, Review of Economic Studies 91.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Cells = NDArray[np.bool_]
Places = NDArray[np.intp]

Windows = Sequence[tuple[int, int]]
"""Which cells an effect is the mean of: for each window the first week since the start that it holds, from 0,
and the first that it no longer holds. Weeks since the start are never fitted on, in a window or not."""

NEVER = 1_000_000
"""The week in which a unit starts that is never treated."""

_CELLS_AT_ONCE = 200_000
"""So that what is worked on stays in the cache of a processor."""


@dataclass(frozen=True, slots=True)
class Imputed:
    """Effects of several designs, windows and outcomes.

    Attributes:
        effects: Mean effect, shape (designs, windows, outcomes); NaN where no cell of the window can be
            compared.
        cells: How many cells each mean is of, shape (designs, windows).
    """

    effects: Floats
    cells: Places


def imputed(outcomes: Floats, seen: Cells, starts: Places, windows: Windows) -> Imputed:
    """The effect of each design in each window on each outcome.

    A treated cell counts when its unit and its week are both tied to untreated cells by a chain of cells;
    others have no comparison and are left out.

    Args:
        outcomes: Outcomes, shape (outcomes, units, weeks); anything where a cell is not seen.
        seen: Which cells exist, shape (units, weeks), or (designs, units, weeks) where designs differ in it.
        starts: The week each unit is treated from, as a position, or `NEVER`; shape (designs, units).
        windows: The windows.
    """
    designs, units = starts.shape
    weeks = outcomes.shape[2]
    width = max(1, _CELLS_AT_ONCE // max(1, units * weeks * len(windows)))
    parts = []
    for first in range(0, designs, width):
        chunk = slice(first, first + width)
        parts.append(_imputed(outcomes, seen if seen.ndim == 2 else seen[chunk], starts[chunk], windows))
    return Imputed(
        np.concatenate([part.effects for part in parts]), np.concatenate([part.cells for part in parts])
    )


def week_levels(outcomes: Floats, seen: Cells) -> Floats:
    """The level of each week, as if every unit had been seen in it; shape (weeks,).

    NaN in weeks that nobody was seen in, or that nothing links to the rest.

    Args:
        outcomes: Outcomes, shape (units, weeks).
        seen: Which cells exist, shape (units, weeks).
    """
    if not seen.any():
        return np.full(outcomes.shape[1], np.nan)
    linked = _linked(seen[None])
    clean = np.where(seen, outcomes, 0.0)
    by_unit, by_week = _fitted(clean[None], seen[None].astype(np.float64), linked)
    known, counts = np.unique(linked[0][0][seen.any(axis=1)], return_counts=True)
    largest = known[counts.argmax()]
    inside = linked[0][0] == largest
    levels = by_week[0, :, 0] + by_unit[0, inside, 0].mean()
    return np.where(linked[1][0] == largest, levels, np.nan)


def _imputed(outcomes: Floats, seen: Cells, starts: Places, windows: Windows) -> Imputed:
    since = np.arange(outcomes.shape[2]) - starts[:, :, None]
    untreated = seen & (since < 0)
    groups, weeks_groups = _linked(untreated)
    comparable = seen & (groups[:, :, None] == weeks_groups[:, None, :])
    wanted = np.stack([comparable & (since >= low) & (since < high) for low, high in windows], axis=1)
    clean = np.where(seen if seen.ndim == 2 else seen.any(axis=0), outcomes, 0.0)
    unit_effects, week_effects = _fitted(clean, untreated.astype(np.float64), (groups, weeks_groups))
    weights = wanted.astype(np.float64)
    cells = weights.sum(axis=(2, 3))
    total = np.einsum("kwnt,qnt->kwq", weights, clean, optimize=True)
    total -= np.einsum("kwn,knq->kwq", weights.sum(axis=3), unit_effects, optimize=True)
    total -= np.einsum("kwt,ktq->kwq", weights.sum(axis=2), week_effects, optimize=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        effects = np.where(cells[:, :, None] > 0, total / cells[:, :, None], np.nan)
    return Imputed(effects, cells.astype(np.intp))


def _fitted(outcomes: Floats, untreated: Floats, linked: tuple[Places, Places]) -> tuple[Floats, Floats]:
    """Unit and week effects by least squares on the untreated cells, (designs, units or weeks, outcomes).

    The longer kind of effect is eliminated, so that one system of the size of the shorter is solved for each
    design. In each group of linked cells a constant is free between the two kinds; adding the groups' ones to
    the matrix fixes it, and no comparable cell depends on how.
    """
    units, weeks = outcomes.shape[1:]
    if units <= weeks:
        return _solved(outcomes, untreated, linked[0])
    alone = np.where(linked[1] < 0, -1 - np.arange(weeks), linked[1])
    by_week, by_unit = _solved(outcomes.transpose(0, 2, 1), untreated.transpose(0, 2, 1), alone)
    return by_unit, by_week


def _solved(outcomes: Floats, untreated: Floats, groups: Places) -> tuple[Floats, Floats]:
    """Row effects and column effects, with the columns eliminated; `groups` are those of the rows."""
    across = untreated.transpose(0, 2, 1)
    by_row, by_column = untreated.sum(axis=2), np.maximum(untreated.sum(axis=1), 1.0)
    share = untreated / by_column[:, None, :]
    row_sums = np.einsum("knt,qnt->knq", untreated, outcomes, optimize=True)
    column_sums = np.einsum("knt,qnt->ktq", untreated, outcomes, optimize=True)
    left = (groups[:, :, None] == groups[:, None, :]) - share @ across
    places = np.arange(by_row.shape[1])
    left[:, places, places] += by_row
    row_effects = np.linalg.solve(left, row_sums - share @ column_sums)
    return row_effects, (column_sums - across @ row_effects) / by_column[:, :, None]


def _linked(untreated: Cells) -> tuple[Places, Places]:
    """The group that each unit and each week belongs to, where untreated cells link units and weeks.

    A unit without an untreated cell is a group of its own; a week without one belongs to -1.

    Returns:
        Groups of units, shape (designs, units), and of weeks, shape (designs, weeks).
    """
    designs, units, _ = untreated.shape
    none = units + 1
    groups = np.broadcast_to(np.arange(units), (designs, units)).copy()
    while True:
        weeks = np.where(untreated, groups[:, :, None], none).min(axis=1)
        joined = np.minimum(groups, np.where(untreated, weeks[:, None, :], none).min(axis=2))
        if np.array_equal(joined, groups):
            return groups, np.where(weeks == none, -1, weeks)
        groups = joined
