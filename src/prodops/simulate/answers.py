"""What is right to say of an organisation: the required answers, and what interventions truly did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.occurrences import HELD
from prodops.simulate.period import iso_day
from prodops.simulate.scenario import TOP
from prodops.simulate.upheavals import DESK

if TYPE_CHECKING:
    from prodops.simulate.rollouts import Rollout
    from prodops.simulate.world import World

HORIZONS = {"1-4": range(4), "5-8": range(4, 8), "9-16": range(8, 16), "17+": range(16, 520)}
"""Weeks since a PM started, for which the mean effect is told."""


def required_of(world: World, top_sink: object) -> dict[str, object]:
    """The right answers, with the sink that truly leads in its place."""
    required = world.scenario.required
    named = [top_sink if name == TOP else name for name in required.named]
    stay = [ritual for ritual in world.rituals if ritual.kind.key in required.must_stay]
    return {
        "named": list(dict.fromkeys(named)),
        "not_named": list(required.not_named),
        "verdict": list(required.verdict),
        "quick_win_must_not_end": [ritual.key for ritual in stay],
        "quick_win_must_not_end_uids": [ritual.uid for ritual in stay],
        "binding_stage": world.flow.binding or None,
        "effect": required.effect,
        "because": required.because,
    }


def order_of(world: World, rollout: Rollout) -> dict[str, object]:
    """Who started when."""
    people = world.roster.people
    return {
        "name": rollout.intervention.name,
        "chosen": rollout.intervention.chosen,
        "groups": [[people[pm].email for pm in group] for group in rollout.groups],
        "starts": {
            people[pm].email: {"week": week, "day": iso_day(world.period.monday(week))}
            for pm, week in rollout.starts.items()
        },
    }


def effect_of(world: World, rollout: Rollout) -> dict[str, object]:
    """What it took away from PMs, what others did instead, and what was left, in hours a week."""
    weeks = world.period.weeks
    removed = [0.0] * weeks
    for (_, week), minutes in rollout.removed_minutes.items():
        removed[week] += minutes / 60
    displaced = _displaced(world) if rollout.intervention.displaced else [0.0] * weeks
    plan = rollout.intervention
    return {
        "name": plan.name,
        "target": plan.target,
        "level": plan.level,
        "ramp_weeks": plan.ramp_weeks,
        "half_life_weeks": plan.half_life_weeks,
        "renamed": plan.renamed,
        "own_hours_a_week": plan.own_hours,
        "level_by_week": [round(_mean_share(rollout, week), 4) for week in range(weeks)],
        "removed_hours_by_week": [round(hours, 3) for hours in removed],
        "displaced_hours_by_week": [round(hours, 3) for hours in displaced],
        "net_hours_by_week": [round(was - now, 3) for was, now in zip(removed, displaced, strict=True)],
        "share_of_time_by_horizon": _horizons(world, rollout),
    }


def _mean_share(rollout: Rollout, week: int) -> float:
    """Share of the target taken away, over all PMs, started or not."""
    return sum(rollout.share(pm, week) for pm in rollout.starts) / len(rollout.starts)


def _horizons(world: World, rollout: Rollout) -> dict[str, float | None]:
    """Change of the target's share of PM time, by weeks since the start; None where nobody is so far."""
    spent: dict[tuple[int, int], int] = {}
    for block in world.blocks:
        spent[block.pm, block.week] = spent.get((block.pm, block.week), 0) + block.minutes
    told: dict[str, float | None] = {}
    for name, since in HORIZONS.items():
        cells = [cell for cell in spent if cell[1] - rollout.starts[cell[0]] in since]
        total = sum(spent[cell] for cell in cells)
        gone = sum(rollout.removed_minutes.get(cell, 0.0) for cell in cells)
        told[name] = round(-gone / total, 5) if total else None
    return told


def _displaced(world: World) -> list[float]:
    """Hours of others at the desk that took work over."""
    hours = [0.0] * world.period.weeks
    desks = {ritual.index: ritual for ritual in world.rituals if ritual.kind is DESK}
    for occurrence in world.occurrences:
        if occurrence.ritual in desks and occurrence.fate in HELD:
            hours[occurrence.week] += len(occurrence.present) * DESK.minutes / 60
    return hours
