"""Which sink is the largest, how sure that is, and whether to name it at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.checks import units
from prodops.checks.finding import SINKS, Finding
from prodops.diagnosis import debt_hours, hole_hours, rot_hours
from prodops.diagnosis.audited import AuditedHours, audited_hours
from prodops.diagnosis.sink import DRAWS, HOURS, Part, Sink, Weighed
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import number, told

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SEED = 20_260
"""The seed of every draw; printed with the diagnosis, so that it can be repeated."""

NAME_FROM_PROBABILITY = 0.8
NAME_FROM_SHARE = 0.01
"""A sink is named only from this probability of being the largest, and only when the lower 5% bound of
its hours is at least this share of PM hours (science: the naming rule)."""

HEALTHY_BELOW = 3.0
"""Times the floor: when even the upper 5% bound of the largest sink is below it, nothing is worth naming."""

TITLES = {
    "ritual_rot": "ritual rot: meetings that produce nothing",
    "feedback_black_hole": "feedback black hole: signals that never reach a decision",
    "data_debt": "data debt: metrics that exist and are not trusted",
    "launch_friction": "launch friction: launches that slip and wait",
    "tool_overlap": "tool overlap: the same work kept in two tools",
    "ungoverned_ai": "ungoverned AI: outputs that reach decisions unreviewed",
}

_WEIGH: dict[str, Callable[[Ledger, Generator], Weighed]] = {
    rot_hours.SINK: rot_hours.weigh,
    hole_hours.SINK: hole_hours.weigh,
    debt_hours.SINK: debt_hours.weigh,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What takes most PM time that could be given back, or why that cannot be said.

    Attributes:
        named: The sink named, or None.
        verdict: named, healthy, too_close or not_enough_evidence.
        says: The verdict in one or two sentences.
        p_top: Probability that the first sink is the largest.
        margin: First minus second, in PM hours a week.
        sinks: All sinks, the largest first; those without hours last.
        findings: All findings, the costliest first.
        would_change: What would change the verdict, the most useful first.
        pms: PMs it is about.
        pm_hours: Their working hours a week, as assumed.
        parts: Where the first sinks' hours are, the largest first, with their draws.
        seed: The seed of the draws.
    """

    named: str | None
    verdict: str
    says: str
    p_top: float | None
    margin: Estimate
    sinks: tuple[Sink, ...]
    findings: tuple[Finding, ...]
    would_change: tuple[str, ...]
    pms: int
    pm_hours: float
    parts: dict[str, tuple[Part, ...]]
    seed: int = SEED


def diagnose(ledger: Ledger) -> Diagnosis:
    """Weigh all sinks by draws of reclaimable hours, and name one only when the naming rule allows it."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    rng = np.random.default_rng(SEED)
    findings = tuple(sorted((f for unit in units() for f in unit.check(ledger)), key=_cost, reverse=True))
    weighed = {name: _WEIGH[name](ledger, rng) if name in _WEIGH else _unread(name) for name in SINKS}
    return judge(weighed, findings, audited_hours(ledger))


def judge(weighed: Mapping[str, Weighed], findings: tuple[Finding, ...], audited: AuditedHours) -> Diagnosis:
    """The verdict over weighed sinks: the rule itself, free of any ledger.

    Args:
        weighed: Every sink by its name.
        findings: All findings, the costliest first.
        audited: PMs, their hours and the ceiling that the time audit sets.
    """
    totals = _conditioned({name: _total(one) for name, one in weighed.items() if one.parts}, audited)
    sinks = _ranked(weighed, totals, findings)
    known = [sink for sink in sinks if sink.hours.known]
    top = max(known, key=lambda sink: sink.p_top, default=None)
    floor = NAME_FROM_SHARE * audited.pm_hours
    verdict = _verdict(top, totals[top.name], floor) if top else "not_enough_evidence"
    return Diagnosis(
        named=top.name if top and verdict == "named" else None,
        verdict=verdict,
        says=_says(verdict, top, known, floor),
        p_top=top.p_top if top else None,
        margin=_margin(known, totals),
        sinks=sinks,
        findings=findings,
        would_change=_would_change(verdict, sinks, audited),
        pms=audited.pms,
        pm_hours=audited.pm_hours,
        parts={name: _by_size(one.parts) for name, one in weighed.items()},
    )


def _unread(name: str) -> Weighed:
    return Weighed(
        name=name, because="no measure of its hours exists yet; its findings stand beside the hours"
    )


def _cost(finding: Finding) -> tuple[float, float]:
    hours = finding.hours.value if finding.hours and finding.hours.value is not None else 0.0
    exposure = finding.exposure.value if finding.exposure and finding.exposure.value is not None else 0.0
    return hours, exposure


def _conditioned(totals: dict[str, NDArray[float64]], audited: AuditedHours) -> dict[str, NDArray[float64]]:
    """Draws whose sum exceeds what the audit says PMs spend on overhead are scaled back to it.

    An hour belongs to one sink, and no more can be given back than is spent (science, section 3).
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    if not totals or audited.ceiling is None:
        return totals
    both = np.sum(list(totals.values()), axis=0)
    scale = np.minimum(1.0, audited.ceiling / np.maximum(both, 1e-9))
    return {name: draws * scale for name, draws in totals.items()}


def _ranked(
    weighed: Mapping[str, Weighed], totals: dict[str, NDArray[float64]], findings: tuple[Finding, ...]
) -> tuple[Sink, ...]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    names = sorted(totals)
    first = np.argmax(np.stack([totals[name] for name in names]), axis=0) if names else np.zeros(0)
    sinks = [
        Sink(
            name=name,
            title=TITLES[name],
            hours=_hours(totals.get(name), one),
            p_top=float(np.mean(first == names.index(name))) if name in totals else 0.0,
            findings=(own := tuple(finding for finding in findings if finding.sink == name)),
            exposure=_exposure(own),
            because=one.because,
            assumed=one.assumed,
        )
        for name, one in weighed.items()
    ]
    return tuple(sorted(sinks, key=lambda sink: (-(sink.hours.value or -1.0), sink.name)))


def _hours(draws: NDArray[float64] | None, one: Weighed) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    if draws is None:
        return Estimate.unknown(HOURS, because=one.because, n=one.n)
    low, mid, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(mid, low, high, one.n, HOURS, method=f"posterior median of {DRAWS:,} draws")


def _exposure(findings: tuple[Finding, ...]) -> str:
    stakes = [told(f.exposure, with_n=False) for f in findings if f.exposure is not None and f.hours is None]
    return f"{len(stakes)} findings without hours; the first: {stakes[0]}" if stakes else ""


def _total(one: Weighed) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    return np.asarray(np.sum([part.draws for part in one.parts], axis=0))


def _margin(known: list[Sink], totals: dict[str, NDArray[float64]]) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    if len(known) < 2:
        return Estimate.unknown(HOURS, because="fewer than two sinks have hours")
    gap = totals[known[0].name] - totals[known[1].name]
    low, mid, high = (float(x) for x in np.quantile(gap, [0.025, 0.5, 0.975]))
    return Estimate(mid, low, high, DRAWS, HOURS, method="posterior difference of the first two")


def _by_size(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: -float(part.draws.mean())))


def _verdict(top: Sink, draws: NDArray[float64], floor: float) -> str:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    low, high = (float(x) for x in np.quantile(draws, [0.05, 0.95]))
    if top.p_top >= NAME_FROM_PROBABILITY and low >= floor:
        return "named"
    if high < HEALTHY_BELOW * floor:
        return "healthy"
    return "too_close" if low >= floor else "not_enough_evidence"


def _says(verdict: str, top: Sink | None, known: list[Sink], floor: float) -> str:
    if top is None or verdict == "not_enough_evidence":
        return (
            "No constraint is named: the evidence does not show any sink above "
            f"{number(floor)} PM hours a week with enough certainty."
        )
    if verdict == "healthy":
        return (
            "No constraint is named: no sink is likely to give back "
            f"{number(HEALTHY_BELOW * floor)} PM hours a week, which is 3% of PM time."
        )
    if verdict == "too_close":
        rivals = " and ".join(sink.title.partition(":")[0] for sink in known[:2])
        return f"No constraint is named: {rivals} are too close to call ({top.p_top:.0%} for the first)."
    return (
        f"The largest reclaimable time sink is {top.title}: {told(top.hours, with_n=False)}, "
        f"largest in {top.p_top:.0%} of draws. It is not called binding: that takes queue evidence."
    )


def _would_change(verdict: str, sinks: tuple[Sink, ...], audited: AuditedHours) -> tuple[str, ...]:
    assumed = [
        f"{sink.title.partition(':')[0]}: {one}" for sink in sinks if sink.hours.known for one in sink.assumed
    ]
    unread = [
        f"{sink.title.partition(':')[0]}: {sink.because}"
        for sink in sinks
        if not sink.hours.known and verdict != "named"
    ]
    return tuple(assumed + ([audited.missing] if audited.missing else []) + unread)
