"""From a question to its answer: effect, gates, grade, capacity and the allowed sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from prodops.impact.assignment import Assignment, matched
from prodops.impact.capacity import Capacity, capacity
from prodops.impact.claim import claim, claims_effect
from prodops.impact.effect import Effect, Horizon, by_controls, by_date, by_order, by_snapshots, unit_means
from prodops.impact.gates import Found, Gate, gates
from prodops.impact.grade import FEWEST_CLUSTERS, Grade, grade, weeks_before
from prodops.impact.labelled import Rectifier, rectifier
from prodops.impact.panel import Panel
from prodops.impact.question import Question
from prodops.stats.panel_intervals import Bounds, widened

FEWEST_WEEKS_BEFORE_A_SERIES = 13


class NothingToCompareError(ValueError):
    """A panel that no effect can be asked of; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer.

    Attributes:
        effect: The effect, rectified where labels were brought.
        grade: How much it may be relied on.
        gates: Every gate.
        claim: The sentence that may be said.
        claims_effect: Whether it says that something changed.
        capacity: What it is worth in people; None where the outcome is no share of time.
        rectifier: What labels say of the measurement; None without labels.
        mean_before: The mean of treated units before.
        mean_after: The mean of treated units after the ramp.
        secondary: Effects on further outcomes with their p-values adjusted by Holm.
    """

    effect: Effect
    grade: Grade
    gates: tuple[Gate, ...]
    claim: str
    claims_effect: bool
    capacity: Capacity | None
    rectifier: Rectifier | None
    mean_before: float
    mean_after: float
    secondary: tuple[tuple[str, Bounds, float], ...] = ()


def assess(question: Question) -> Assessment:
    """Answer a question.

    Raises:
        NothingToCompareError: No unit is treated inside the panel, or none was seen before its treatment.
    """
    _compared_at_all(question.panel)
    assignment = matched(question.order, question.panel) if question.order else None
    corrected = rectifier(question.labels, question.panel) if question.labels else None
    effect = _rectified(estimated(question.panel, assignment, question), corrected, question)
    secondary = _secondary(question)
    worth = _worth(question, effect)
    found = Found(
        effect=effect, assignment=assignment, rectifier=corrected, capacity=worth,
        adjusted_p=tuple((name, p) for name, _, p in secondary),
    )  # fmt: skip
    judged = gates(question, found)
    graded = grade(question.panel, effect.basis, judged)
    means = _means(question)
    return Assessment(
        effect, graded, judged, claim(question, found, graded, means), claims_effect(found, graded), worth,
        corrected, *means, secondary,
    )  # fmt: skip


def estimated(panel: Panel, assignment: Assignment | None, question: Question) -> Effect:
    """The effect on the best basis that the panel carries."""
    setting = question.setting
    if assignment is not None and not assignment.faults:
        drawn = by_order(panel, assignment, setting)
        if drawn.overall:
            return drawn
    controls = by_controls(panel, setting) if len(set(panel.clusters)) > 1 else None
    if controls and controls.overall and len(set(panel.clusters)) >= FEWEST_CLUSTERS:
        return controls
    starts = panel.starts[panel.ever_treated]
    if len(set(starts.tolist())) == 1 and weeks_before(panel) >= FEWEST_WEEKS_BEFORE_A_SERIES:
        series = by_date(panel, setting)
        if series.overall:
            return series
    return controls if controls and controls.overall else by_snapshots(panel, setting)


def holm(values: Sequence[float]) -> list[float]:
    """P-values adjusted for being many, in their order.

    Source: Holm (1979), Scandinavian Journal of Statistics 6:65.
    """
    adjusted = [1.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda one: values[one])):
        highest = max(highest, min(1.0, values[place] * (len(values) - rank)))
        adjusted[place] = highest
    return adjusted


def _compared_at_all(panel: Panel) -> None:
    treated = panel.ever_treated
    since = np.arange(panel.weeks) - panel.starts[:, None]
    if not (panel.seen & (since >= 0)).any():
        raise NothingToCompareError(
            "No unit is treated in any week of the panel, so there is no effect to ask of."
        )
    if not (panel.seen & (since < 0))[treated].any():
        raise NothingToCompareError(
            "No treated unit was seen before its treatment, so there is nothing to compare."
        )


def _rectified(effect: Effect, corrected: Rectifier | None, question: Question) -> Effect:
    """The effect moved by what labels say of the measurement, and as much wider."""
    if corrected is None or corrected.shift is None or question.scale == "other":
        return effect
    unit = 100.0 / question.points
    shift, variance = corrected.shift * unit, corrected.variance * unit**2

    def moved(bounds: Bounds | None) -> Bounds | None:
        return widened(bounds, shift=shift, variance=variance) if bounds else None

    horizons = tuple(
        Horizon(one.first_week, one.last_week, moved(one.effect), one.cells) for one in effect.horizons
    )
    return replace(
        effect, overall=moved(effect.overall), horizons=horizons, all_weeks=effect.all_weeks + shift,
        without=tuple((name, value + shift) for name, value in effect.without),
        other_ways=tuple((name, value + shift) for name, value in effect.other_ways),
    )  # fmt: skip


def _other(panel: Panel, question: Question) -> Effect:
    """The effect on another outcome of the same units; its own weeks may be missing."""
    return estimated(panel, matched(question.order, panel) if question.order else None, question)


def _secondary(question: Question) -> tuple[tuple[str, Bounds, float], ...]:
    found = [
        (name, overall)
        for name, panel in question.secondary.items()
        if (overall := _other(panel, question).overall) is not None
    ]
    adjusted = holm([overall.p for _, overall in found])
    return tuple((name, overall, p) for (name, overall), p in zip(found, adjusted, strict=True))


def _worth(question: Question, effect: Effect) -> Capacity | None:
    """The capacity by the latest horizon; None where the outcome is no share of time or has no interval."""
    latest = effect.latest.effect if effect.latest else effect.overall
    if question.scale == "other" or latest is None:
        return None
    risen = None
    if question.strategic is not None:
        other = _other(question.strategic, question)
        risen = other.latest.effect if other.latest else other.overall
    return capacity(
        _in_points(latest, -question.points), _in_points(risen, question.points) if risen else None,
        people=len(question.panel.units), treated=int(question.panel.ever_treated.sum()),
        own_hours=question.own_hours, week_hours=question.week_hours,
    )  # fmt: skip


def _in_points(bounds: Bounds, factor: float) -> Bounds:
    low, high = sorted((bounds.low * factor, bounds.high * factor))
    return replace(bounds, value=bounds.value * factor, low=low, high=high)


def _means(question: Question) -> tuple[float, float]:
    panel = question.panel
    since = np.arange(panel.weeks) - panel.starts[:, None]
    after = since >= question.setting.ramp_weeks
    if not (panel.seen & after & panel.ever_treated[:, None]).any():
        after = since >= 0
    treated = panel.ever_treated
    before, then = (unit_means(panel, panel.seen & cells)[treated] for cells in (since < 0, after))
    return float(np.nanmean(before)), float(np.nanmean(then))
