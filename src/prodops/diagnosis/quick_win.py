"""One quick win: the change that gives back most PM hours for a day of effort and can be undone in a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.checks.finding import Finding
from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.proof import Proof, proof_of
from prodops.diagnosis.recipes import RECIPES, Recipe, title_of
from prodops.diagnosis.sink import HOURS, Part
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

WEEKS = 13
MOST_SUBJECTS = 3

MAX_EFFORT_DAYS = 10.0
SUCCESS_STRENGTH = 8.0
"""Strength of the Beta around the chance that a change holds: about one such change in a handful is known."""

EFFORT_SIGMA = 0.3
"""Spread of the logarithm of the days a change takes: half as much again is no surprise."""

KEPT = (11.0, 1.0)
"""Beta of what is left of an effect on average over a quarter: about .92, between .72 and 1. Half of a
calendar purge's effect was gone within three quarters in the best public example; over one quarter that is
a sixth of it."""

SEED = 20_263

_MIN_HOURS_EACH = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWin:
    """One change, chosen by rule.

    Attributes:
        name: What to do.
        sink: The sink it relieves.
        subjects: Rituals, channels, metrics, products or agents it changes.
        because: Codes and subjects of the findings it rests on, all on those subjects; never empty.
        hours: PM hours a week it gives back on average over 13 weeks, chance of success and decay included.
        effort_days: Working days it takes.
        touches: PMs it gives time back to; None where nobody can say.
        provable: Whether its own measure can show it at this size.
        proof: How it would be proved, step by step.
        caveats: Rules of choice that it does not meet, in words.
        hours_a_day: Expected hours over 13 weeks for each day of effort: what candidates are chosen by.
    """

    name: str
    sink: str
    subjects: tuple[str, ...]
    because: tuple[str, ...]
    hours: Estimate
    effort_days: float
    touches: int | None
    provable: bool
    proof: tuple[str, ...]
    caveats: tuple[str, ...]
    hours_a_day: float


def quick_win(diagnosis: Diagnosis) -> QuickWin | None:
    """The candidate with the most expected hours per day of effort, or None when no finding supports one.

    Candidates come from the named sink, or from the two that are the likeliest to be the largest. One that
    breaks a rule (touches half the PMs, half an hour a PM and week, at most ten days, provable) is kept
    with the rule as a caveat, and is chosen only when no other is left.
    """
    ordered = sorted((s for s in diagnosis.sinks if s.hours.known), key=lambda sink: -sink.p_top)
    sinks = [diagnosis.named] if diagnosis.named else [sink.name for sink in ordered[:2]]
    found = [one for sink in sinks for one in [_candidate(diagnosis, str(sink))] if one is not None]
    return min(found, key=lambda one: (len(one.caveats), -one.hours_a_day), default=None)


def _candidate(diagnosis: Diagnosis, sink: str) -> QuickWin | None:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    findings = [finding for finding in diagnosis.findings if finding.sink == sink]
    recipe = RECIPES[sink]
    parts = _worth(diagnosis.parts.get(sink, ()), {finding.subject for finding in findings}, recipe)
    because = _rests_on(findings, parts)
    if not because:
        return None
    rng = np.random.default_rng(SEED)
    gained = np.sum([part.draws for part in parts], axis=0) * _holds(recipe, len(parts[0].draws), rng)
    effort = recipe.effort_days * rng.lognormal(-(EFFORT_SIGMA**2) / 2, EFFORT_SIGMA, len(gained))
    hours = _estimate(gained, len(parts))
    each = [part.touches for part in parts]
    touches = (min(sum(each), diagnosis.pms) if recipe.apart else max(each)) or None
    proof = proof_of(recipe, gained, diagnosis.pms)
    return QuickWin(
        name=title_of(recipe, parts),
        sink=sink,
        subjects=tuple(part.subject for part in parts),
        because=because,
        hours=hours,
        effort_days=recipe.effort_days,
        touches=touches,
        provable=proof.provable,
        proof=proof.steps,
        caveats=_caveats(hours, touches, diagnosis.pms, recipe.effort_days, proof=proof),
        hours_a_day=float((gained * WEEKS / effort).mean()),
    )


def _worth(parts: tuple[Part, ...], found: set[str], recipe: Recipe) -> tuple[Part, ...]:
    """The largest parts that a finding names, at most three; none about a handful of people.

    Where the parts belong to different people (each team's own board), they are changed all together.
    """
    named = [part for part in parts if part.subject in found]
    if recipe.apart:
        return tuple(named) if sum(part.touches for part in named) >= FEWEST else ()
    return tuple(p for p in named if p.touches == 0 or p.touches >= FEWEST)[:MOST_SUBJECTS]


def _rests_on(findings: Sequence[Finding], parts: tuple[Part, ...]) -> tuple[str, ...]:
    subjects = [part.subject for part in parts]
    own = [finding for finding in findings if finding.subject in subjects]
    return tuple(f"{finding.code} {finding.subject}" for finding in own)[:8]


def _holds(recipe: Recipe, draws: int, rng: Generator) -> NDArray[float64]:
    """Draws of the share of the hours that the change gives back: chance of success x what lasts."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    success = rng.beta(recipe.success * SUCCESS_STRENGTH, (1 - recipe.success) * SUCCESS_STRENGTH, draws)
    return np.asarray(success * rng.beta(*KEPT, draws))


def _estimate(draws: NDArray[float64], n: int) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    low, mid, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(
        mid, low, high, n, HOURS, method="posterior median x chance of success x what lasts 13 weeks"
    )


def _caveats(
    hours: Estimate, touches: int | None, pms: int, effort_days: float, *, proof: Proof
) -> tuple[str, ...]:
    said = []
    if effort_days > MAX_EFFORT_DAYS:
        said.append(f"takes {effort_days:.0f} days, more than {MAX_EFFORT_DAYS:.0f}")
    if touches is not None and pms and touches < pms / 2:
        said.append(f"touches {touches} of {pms} PMs, fewer than half")
    if pms and (hours.value or 0.0) < _MIN_HOURS_EACH * pms:
        said.append("gives back less than half an hour a PM and week")
    if not proof.provable:
        said.append(f"worth doing, not provable at this size: {proof.because}")
    return tuple(said)
