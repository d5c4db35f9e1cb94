"""One quick win: the change that gives back most PM hours for a day of effort and can be undone in a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.sink import HOURS, Part
from prodops.stats.estimate import Estimate

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

WEEKS = 13
FEWEST_PEOPLE = 5
"""A figure over fewer people would be one about persons; 0 stands for nobody knows how many."""

MAX_EFFORT_DAYS = 10.0
DECAY = 0.5
"""Half of a calendar purge's effect was gone within three quarters in the best public example; over one
quarter the mean loss is a sixth of that, and `_KEPT` is what remains."""

_KEPT = 1 - DECAY / 6
_MIN_HOURS_EACH = 0.5

_RECIPES = {
    "ritual_rot": ("Pause {what} for six weeks", 0.7, 2.0, "the PM hours spent in them, week by week"),
    "feedback_black_hole": (
        "Give {what} an owner, a weekly half hour and three answers (yes, no, later)", 0.6, 5.0,
        "minutes per message, timed on sixty before and sixty after",
    ),
    "data_debt": (
        "Give {what} an owner, one definition and a freshness promise", 0.6, 8.0, "re-checks by hand per use",
    ),
}  # fmt: skip
"""Per sink: what to do, the chance that it holds, effort in days, and what would prove it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickWin:
    """One change, chosen by rule.

    Attributes:
        name: What to do.
        sink: The sink it relieves.
        subjects: Rituals, channels or metrics it changes.
        because: Codes and subjects of the findings it rests on; never empty.
        hours: PM hours a week it gives back on average over 13 weeks, chance of success and decay included.
        effort_days: Working days it takes.
        touches: PMs it gives time back to; None where nobody can say.
        provable: Whether its own measure can show it at this size.
        proof: How it would be proved, step by step.
        caveats: Rules of choice that it does not meet, in words.
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


def quick_win(diagnosis: Diagnosis) -> QuickWin | None:
    """The candidate with the most expected hours per day of effort, or None when no finding supports one.

    Candidates come from the named sink, or from the two largest when none is named. A candidate that
    breaks a rule (touches half the PMs, half an hour a PM week, provable) is kept with the rule as a
    caveat and is chosen only when no other is left.
    """
    sinks = [diagnosis.named] if diagnosis.named else [s.name for s in diagnosis.sinks if s.hours.known][:2]
    found = [one for sink in sinks for one in [_candidate(diagnosis, str(sink))] if one is not None]
    return min(
        found, key=lambda one: (len(one.caveats), -(one.hours.value or 0.0) / one.effort_days), default=None
    )


def _candidate(diagnosis: Diagnosis, sink: str) -> QuickWin | None:
    found = [finding for finding in diagnosis.findings if finding.sink == sink]
    parts = _worth(diagnosis.parts.get(sink, ()), {finding.subject for finding in found})
    subjects = {part.subject for part in parts}
    told = [finding for finding in found if finding.subject in subjects] or found
    because = [f"{finding.code} {finding.subject}" for finding in told]
    if not because or not parts:
        return None
    recipe, success, effort_days, measured_by = _RECIPES[sink]
    draws: NDArray[float64] = sum((part.draws for part in parts[1:]), start=parts[0].draws) * success * _KEPT
    hours = _estimate(draws, len(parts))
    touches = max((part.touches for part in parts), default=0) or None
    provable = bool((draws > 0.25 * (hours.value or 0)).mean() > 0.8) and (hours.value or 0) > 0
    return QuickWin(
        name=recipe.format(what=_listed([part.title for part in parts])),
        sink=sink,
        subjects=tuple(part.subject for part in parts),
        because=tuple(because[:8]),
        hours=hours,
        effort_days=effort_days,
        touches=touches,
        provable=provable,
        proof=_proof(measured_by),
        caveats=_caveats(hours, touches, diagnosis.pms, effort_days, provable=provable),
    )


def _worth(parts: tuple[Part, ...], found: set[str]) -> tuple[Part, ...]:
    """The parts that a finding names, at most three, the largest first; without one, the largest."""
    told = [part for part in parts if part.touches == 0 or part.touches >= FEWEST_PEOPLE]
    named = [part for part in told if part.subject in found]
    return tuple((named or told)[:3])


def _estimate(draws: NDArray[float64], n: int) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    low, mid, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(
        mid, low, high, n, HOURS, method="posterior median x chance of success x what lasts 13 weeks"
    )


def _caveats(
    hours: Estimate, touches: int | None, pms: int, effort_days: float, *, provable: bool
) -> tuple[str, ...]:
    said = []
    if effort_days > MAX_EFFORT_DAYS:
        said.append(f"takes {effort_days:.0f} days, more than {MAX_EFFORT_DAYS:.0f}")
    if touches is not None and pms and touches < pms / 2:
        said.append(f"touches {touches} of {pms} PMs, fewer than half")
    if pms and (hours.value or 0.0) < _MIN_HOURS_EACH * pms:
        said.append("gives back less than half an hour a PM and week")
    if not provable:
        said.append("worth doing, not provable at this size")
    return tuple(said)


def _proof(measured_by: str) -> tuple[str, ...]:
    return (
        f"Measure {measured_by}; eight weeks before and eight after.",
        "Change half of the teams or rituals first; let the tool draw the order before it starts.",
        "Watch that decisions do not take longer and that hours do not move to others.",
        "Undo it within a day if they do. Read the result at the date set when it starts.",
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
