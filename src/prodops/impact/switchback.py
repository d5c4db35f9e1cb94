"""A change that is on for a fortnight and off for one, half of the teams by turns: the effect while it is on.

Weeks on and off of the same people are compared, less what all weeks of the two have in common. The interval
is that of drawing anew which half is on first. It supposes that what is changed comes and goes with the
fortnight: what lingers is counted as off.
"""

from __future__ import annotations

import numpy as np

from prodops.impact.assessment import Assessment
from prodops.impact.assignment import Assignment, matched, redrawn
from prodops.impact.effect import Effect
from prodops.impact.gates import Found, Gate, change_log, one_outcome, randomised, registered
from prodops.impact.grade import Grade
from prodops.impact.panel import Panel
from prodops.impact.question import Question
from prodops.stats.panel import Cells, Floats, Places
from prodops.stats.panel_intervals import RANDOMISATION, Bounds, inverted

FORTNIGHT = 2
FEWEST_FORTNIGHTS = 6
SWEEPS = 60
"""Alternating projections; panels of weeks settle long before."""


def assess_turns(question: Question) -> Assessment:
    """The answer of a switchback: effect and gates; grade and claim are left to the caller.

    Args:
        question: What was asked; starts are those of the first fortnight on of each half.
    """
    panel = question.panel
    assignment = matched(question.order, panel) if question.order else None
    on = turned_on(panel.starts[None], panel)[0]
    value = _bounds(panel, assignment, question) if assignment and not assignment.faults else None
    cells = int((on & panel.seen).sum())
    effect = Effect("order" if value else "two snapshots", value, compared_cells=cells, treated_cells=cells)
    found = Found(effect=effect, assignment=assignment, rectifier=None, capacity=None)
    gates = (
        randomised(question, found), registered(question, found),
        Gate("labels", "not applicable", "Labels are not used in a switchback."), _fortnights(panel),
        change_log(question, found),
        Gate("capacity", "not applicable", "", decides=False), one_outcome(found),
    )  # fmt: skip
    off = panel.seen & ~on & (np.arange(panel.weeks) >= panel.starts.min())
    means = (_mean(panel, off), _mean(panel, on & panel.seen))
    return Assessment(effect, Grade("D", ""), gates, "", claims_effect=False, capacity=None,
                      rectifier=None, mean_before=means[0], mean_after=means[1])  # fmt: skip


def turned_on(starts: Places, panel: Panel) -> Cells:
    """Which cells are on, shape (designs, units, weeks): fortnights by turns from each unit's first one.

    Args:
        starts: The first week on of each unit, shape (designs, units).
        panel: The panel.
    """
    since = np.arange(panel.weeks) - starts[:, :, None]
    return np.asarray((since >= 0) & ((since // FORTNIGHT) % 2 == 0))


def _bounds(panel: Panel, assignment: Assignment, question: Question) -> Bounds | None:
    setting = question.setting
    others = redrawn(assignment, draws=setting.redraws, seed=setting.seed)
    designs = turned_on(np.concatenate([panel.starts[None], others]), panel).astype(np.float64)
    left = _demeaned(designs, panel.seen)
    weight = (left * designs).sum(axis=(1, 2))
    if not weight[0] > 0:
        return None
    with np.errstate(invalid="ignore", divide="ignore"):
        values = (left * panel.outcomes).sum(axis=(1, 2)) / weight
        slopes = (left * designs[0]).sum(axis=(1, 2)) / weight
    return inverted(float(values[0]), values[1:], slopes[1:], method=RANDOMISATION)


def _demeaned(designs: Floats, seen: Cells) -> Floats:
    """Designs less their unit and week means over seen cells, by alternating projections."""
    weights = seen.astype(np.float64)
    by_unit, by_week = np.maximum(weights.sum(axis=1), 1), np.maximum(weights.sum(axis=0), 1)
    left: Floats = designs * weights
    for _ in range(SWEEPS):
        left = (left - (left.sum(axis=2) / by_unit)[:, :, None]) * weights
        left = (left - (left.sum(axis=1) / by_week)[:, None, :]) * weights
    return left


def _fortnights(panel: Panel) -> Gate:
    turns = (panel.weeks - int(panel.starts.min())) // FORTNIGHT
    told = f"{turns} fortnights on and off"
    if turns < FEWEST_FORTNIGHTS:
        return Gate("windows", "failed", f"{told}; {FEWEST_FORTNIGHTS} are needed.")
    return Gate("windows", "passed", f"{told}.")


def _mean(panel: Panel, cells: Cells) -> float:
    return float(panel.outcomes[cells].mean()) if cells.any() else 0.0
