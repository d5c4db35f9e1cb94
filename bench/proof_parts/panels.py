"""Invented panels of a weekly share, as the recipe of the design has them; the truth is kept beside each.

A unit is a product manager. Everything is in points of a share (35 means 35%). Noise: a manager's own level
and autocorrelated weeks, a team's, the organisation's, the end of a quarter, missing and short weeks, and a
classifier of blocks whose errors are corrected by labels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodops.stats.panel import NEVER

Floats = NDArray[np.float64]

WEEKS = 52
WAVES = (16, 21, 26, 31, NEVER)
RAMP_WEEKS = 4
FIRST_AUDIT = 11
TEAM_SIZE = 4
SENSITIVITY, SPECIFICITY = 0.85, 0.93
BLOCKS_A_WEEK = 42
FIRST_LABELS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What happens in a panel.

    Attributes:
        units: How many product managers.
        effect_points: Effect after the ramp.
        by_team: Whether whole teams are treated, not single managers.
        worst_first: Whether those with the worst last weeks are treated first, as no dice would.
        drift_a_week: Points by which treated managers drift each week whatever is done.
        sensitivity_lost: By how much the classifier gets blinder at a manager once treated.
        half_life_weeks: After the ramp the effect fades to 30% with this half-life; 0 for never.
        rho: Autocorrelation of a manager's weeks.
        fresh_labels: How many blocks are labelled in each period to rectify the classifier; 0 for none.
            With them the outcome is the bare share of the predictions, since they correct exactly that.
        one_date: The week in which everybody starts; 0 for waves.
        all_treated: Whether nobody is held back for ever.
        audit_gap_weeks: Only two fortnights are seen, so far apart; 0 for every week.
    """

    units: int
    effect_points: float = 0.0
    by_team: bool = False
    worst_first: bool = False
    drift_a_week: float = 0.0
    sensitivity_lost: float = 0.0
    half_life_weeks: float = 0.0
    rho: float = 0.5
    fresh_labels: int = 0
    one_date: int = 0
    all_treated: bool = False
    audit_gap_weeks: int = 0


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled blocks: unit and week of each, what the classifier said and what is true, 0 or 1."""

    units: NDArray[np.intp]
    weeks: NDArray[np.intp]
    predicted: Floats
    labels: Floats


@dataclass(frozen=True, slots=True)
class Drawn:
    """A panel: outcomes, which cells exist, starts, teams, the true effect of each cell, and labels."""

    outcomes: Floats
    seen: NDArray[np.bool_]
    starts: NDArray[np.intp]
    teams: NDArray[np.intp]
    effects: Floats
    labels: Labels | None

    def truth(self, first_week: int = RAMP_WEEKS) -> float:
        """The mean effect on treated weeks from this week since the start on, in points."""
        since = np.arange(WEEKS) - self.starts[:, None]
        return float(self.effects[self.seen & (since >= first_week)].mean())


def drawn(world: World, seed: int) -> Drawn:
    """One panel."""
    dice = np.random.default_rng([seed, world.units])
    teams = np.arange(world.units) // TEAM_SIZE
    plain = _untreated(world, teams, dice)
    starts = _starts(world, plain, teams, dice)
    effects = _effects(world, starts, dice)
    since = np.arange(WEEKS) - starts[:, None]
    ever = starts[:, None] < NEVER
    drifted = plain + world.drift_a_week * np.arange(WEEKS) * ever
    true_share = np.clip((drifted + effects) / 100, 0.01, 0.99)
    seen, blocks = _frame(world.units, dice)
    sensitivity = SENSITIVITY - world.sensitivity_lost * (since >= 0).astype(np.float64)
    told = true_share * sensitivity + (1 - true_share) * (1 - SPECIFICITY)
    share = dice.binomial(blocks, told) / blocks
    labels = _labels(world, true_share, sensitivity, seen, dice) if world.fresh_labels else None
    if world.audit_gap_weeks:
        seen &= np.isin(
            np.arange(WEEKS) - FIRST_AUDIT, (0, 1, world.audit_gap_weeks, world.audit_gap_weeks + 1)
        )
    corrected = _corrected(share, dice)
    return Drawn(100 * share if labels else corrected, seen, starts, teams, effects, labels)


def _untreated(world: World, teams: NDArray[np.intp], dice: np.random.Generator) -> Floats:
    units = world.units
    own = dice.normal(35, 7, units)[:, None]
    quarter_end = (np.arange(WEEKS) % 13 == 12) * 6.0 * dice.normal(1, 0.5, units)[:, None]
    team = _series(int(teams.max()) + 1, 0.7, 2.0, dice)[teams]
    plain: Floats = own + quarter_end + team + _series(units, world.rho, 5.0, dice)
    return plain + _series(1, 0.5, 1.5, dice)


def _series(count: int, rho: float, spread: float, dice: np.random.Generator) -> Floats:
    """Autocorrelated series of order one with this standard deviation, shape (count, weeks)."""
    shocks = dice.normal(0, spread, (count, WEEKS))
    series = shocks.copy()
    for week in range(1, WEEKS):
        series[:, week] = rho * series[:, week - 1] + np.sqrt(1 - rho**2) * shocks[:, week]
    return series


def _starts(
    world: World, plain: Floats, teams: NDArray[np.intp], dice: np.random.Generator
) -> NDArray[np.intp]:
    count = int(teams.max()) + 1 if world.by_team else world.units
    if world.one_date:
        return np.full(world.units, world.one_date, np.intp)
    never = 0 if world.all_treated else max(3 if count > 5 else 1, count // len(WAVES))
    waves = np.array([WAVES[place % (len(WAVES) - 1)] for place in range(count - never)] + [NEVER] * never)
    if world.worst_first:
        worst = np.argsort(-plain[:, WAVES[0] - 6 : WAVES[0]].mean(axis=1))
        starts = np.empty(count, np.intp)
        starts[worst] = np.sort(waves)
        return starts
    order = dice.permutation(waves)
    return order[teams] if world.by_team else order


def _effects(world: World, starts: NDArray[np.intp], dice: np.random.Generator) -> Floats:
    since = np.arange(WEEKS) - starts[:, None]
    size = world.effect_points * (1 + 0.3 * dice.normal(size=(len(starts), 1)))
    ramp = np.clip((since + 1) / (RAMP_WEEKS + 1), 0, 1)
    fade = 1.0
    if world.half_life_weeks:
        fade = 0.3 + 0.7 * 0.5 ** (np.maximum(since - RAMP_WEEKS, 0) / world.half_life_weeks)
    return np.where(since >= 0, size * ramp * fade, 0.0)


def _frame(units: int, dice: np.random.Generator) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Which weeks exist (about five of each manager are away), and the blocks of each."""
    seen = dice.random((units, WEEKS)) >= 5 / WEEKS
    short = dice.random((units, WEEKS)) < 4 / WEEKS
    blocks = np.maximum(3, dice.poisson(np.where(short, 0.4, 1.0) * BLOCKS_A_WEEK))
    return seen, blocks


def _corrected(share: Floats, dice: np.random.Generator) -> Floats:
    """Shares in points, corrected by what a first sample of labels says of the classifier."""
    sensitivity = dice.binomial(FIRST_LABELS // 3, SENSITIVITY) / (FIRST_LABELS // 3)
    specificity = dice.binomial(2 * FIRST_LABELS // 3, SPECIFICITY) / (2 * FIRST_LABELS // 3)
    corrected: Floats = 100 * (share - (1 - specificity)) / (sensitivity + specificity - 1)
    return corrected


def _labels(
    world: World, true_share: Floats, sensitivity: Floats, seen: NDArray[np.bool_], dice: np.random.Generator
) -> Labels:
    """Blocks drawn alike from the weeks before the first wave and from those after it."""
    units, weeks = np.nonzero(seen)
    early = np.flatnonzero(weeks < WAVES[0])
    late = np.flatnonzero(weeks >= WAVES[0])
    picked = np.concatenate([dice.choice(part, world.fresh_labels) for part in (early, late)])
    at = (units[picked], weeks[picked])
    labels = (dice.random(len(picked)) < true_share[at]).astype(np.float64)
    blind = np.broadcast_to(sensitivity, true_share.shape)[at]
    chance = np.where(labels > 0, blind, 1 - SPECIFICITY)
    return Labels(*at, (dice.random(len(picked)) < chance).astype(np.float64), labels)
