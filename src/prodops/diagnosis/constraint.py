"""Which sink is the largest, how sure that is, and whether to name it at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prodops.checks import units
from prodops.checks.finding import SINKS, Finding
from prodops.diagnosis import debt_hours, friction_hours, hole_hours, overlap_hours, rework_hours, rot_hours
from prodops.diagnosis.audited import AuditedHours, audited_hours
from prodops.diagnosis.naming import NAME_FROM_PROBABILITY, NAME_FROM_SHARE, says, verdict_of
from prodops.diagnosis.outside import outside_reach
from prodops.diagnosis.queue import QueueEvidence, binding_stage, called_binding
from prodops.diagnosis.sink import DRAWS, HOURS, Part, Sink, Weighed
from prodops.diagnosis.top_down import conditioned, leaves
from prodops.diagnosis.unmeasured import unmeasured
from prodops.diagnosis.value_of_asking import Ask, asks
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

__all__ = ("NAME_FROM_PROBABILITY", "NAME_FROM_SHARE", "SEED", "TITLES", "Diagnosis", "diagnose", "judge")

SEED = 20_260
"""The seed of every draw; printed with the diagnosis, so that it can be repeated."""

TITLES = {
    "ritual_rot": "ritual rot: meetings that produce nothing",
    "feedback_black_hole": "feedback black hole: signals that never reach a decision",
    "data_debt": "data debt: metrics that exist and are not trusted",
    "launch_friction": "launch friction: launches that slip and wait",
    "tool_overlap": "tool overlap: the same work kept in two tools",
    "ungoverned_ai": "ungoverned AI: outputs that reach decisions unreviewed",
}

_WEIGH: dict[str, Callable[[Ledger, Generator], Weighed]] = {
    unit.SINK: unit.weigh
    for unit in (rot_hours, hole_hours, debt_hours, friction_hours, overlap_hours, rework_hours)
}

_NO_QUEUES = QueueEvidence(binding=None, p_binds=0.0, complete=False, says="No queue is known.", stages=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What takes most PM time that could be given back, or why that cannot be said.

    Attributes:
        named: The sink named, or None.
        verdict: named, healthy, too_close, outside_reach or not_enough_evidence.
        says: The verdict in one or two sentences.
        p_top: Probability that the first sink is the largest, those without records included.
        margin: First minus second, in PM hours a week.
        sinks: All sinks, the largest first; those without hours last.
        findings: All findings, the costliest first.
        asks: What could be found out, the most useful for an hour of asking first.
        would_change: What would change the verdict, in words, the most useful first.
        queue: What the queues of tracked work say.
        binding: Whether the named sink feeds the stage that binds.
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
    asks: tuple[Ask, ...]
    would_change: tuple[str, ...]
    queue: QueueEvidence
    binding: bool
    pms: int
    pm_hours: float
    parts: dict[str, tuple[Part, ...]]
    seed: int = SEED

    @property
    def leads(self) -> bool:
        """Whether the first sink may be called the largest: the likeliest by far, and not too close."""
        first = self.sinks[0].p_top if self.sinks else 0.0
        return first >= NAME_FROM_PROBABILITY and self.verdict != "too_close"


def diagnose(ledger: Ledger) -> Diagnosis:
    """Weigh all sinks by draws of reclaimable hours, and name one only when the naming rule allows it."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    rng = np.random.default_rng(SEED)
    findings = tuple(sorted((f for unit in units() for f in unit.check(ledger)), key=_cost, reverse=True))
    audited, queue = audited_hours(ledger), binding_stage(ledger)
    weighed = {name: _WEIGH[name](ledger, rng) for name in SINKS}
    known = leaves(ledger, audited.pm_hours)
    weighed = conditioned(weighed, known, pm_hours=audited.pm_hours, rng=rng)
    outside = outside_reach(ledger, audited.pm_hours, queue)
    return judge(weighed, findings, audited, queue=queue, outside=outside)


def judge(
    weighed: Mapping[str, Weighed],
    findings: tuple[Finding, ...],
    audited: AuditedHours,
    *,
    queue: QueueEvidence = _NO_QUEUES,
    outside: str = "",
) -> Diagnosis:
    """The verdict over weighed sinks: the rule itself, free of any ledger.

    `outside` says in words what is large and in none of the sinks; empty when nothing is.
    """
    totals = _below(audited, {name: one.total() for name, one in weighed.items() if one.parts})
    sinks = _ranked(weighed, totals, findings)
    known = [sink for sink in sinks if sink.hours.known]
    first = max(known, key=lambda sink: sink.p_top, default=None)
    top = _among_all(first, totals, audited.pm_hours) if first else None
    floor = NAME_FROM_SHARE * audited.pm_hours
    verdict = verdict_of(top, totals, floor=floor, outside=outside)
    named = top.name if top and verdict == "named" else None
    binding = named is not None and called_binding(named, queue)
    found = asks(weighed, totals, TITLES)
    return Diagnosis(
        named=named,
        verdict=verdict,
        says=says(verdict, top, known, floor=floor, outside=outside, binds=queue.says if binding else ""),
        p_top=top.p_top if top else None,
        margin=_margin(known, totals),
        sinks=sinks,
        findings=findings,
        asks=tuple(found),
        would_change=_would_change(verdict, found, sinks, audited),
        queue=queue,
        binding=binding,
        pms=audited.pms,
        pm_hours=audited.pm_hours,
        parts={name: _by_size(one.parts) for name, one in weighed.items()},
    )


def _cost(finding: Finding) -> tuple[float, float]:
    hours = finding.hours.value if finding.hours and finding.hours.value is not None else 0.0
    exposure = finding.exposure.value if finding.exposure and finding.exposure.value is not None else 0.0
    return hours, exposure


def _below(audited: AuditedHours, totals: dict[str, NDArray[float64]]) -> dict[str, NDArray[float64]]:
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


def _among_all(first: Sink, totals: dict[str, NDArray[float64]], pm_hours: float) -> Sink:
    """The first sink with its probability of being the largest, those without records included."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    rivals = [draws for name, draws in totals.items() if name != first.name]
    silent = unmeasured(len(SINKS) - len(totals), pm_hours)
    largest = np.max(np.stack([np.zeros(DRAWS), *rivals, *silent]), axis=0)
    return replace(first, p_top=min(first.p_top, float(np.mean(totals[first.name] >= largest))))


def _hours(draws: NDArray[float64] | None, one: Weighed) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    if draws is None:
        return Estimate.unknown(HOURS, because=one.because, n=one.n)
    low, mid, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(mid, low, high, one.n, HOURS, method=f"posterior median of {DRAWS:,} draws")


def _exposure(findings: tuple[Finding, ...]) -> str:
    stakes = [told(f.exposure, with_n=False) for f in findings if f.exposure is not None and f.hours is None]
    return f"{len(stakes)} findings without hours; the first: {stakes[0]}" if stakes else ""


def _margin(known: list[Sink], totals: dict[str, NDArray[float64]]) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    if len(known) < 2:
        return Estimate.unknown(HOURS, because="fewer than two sinks have hours")
    gap = totals[known[0].name] - totals[known[1].name]
    low, mid, high = (float(x) for x in np.quantile(gap, [0.025, 0.5, 0.975]))
    return Estimate(mid, low, high, DRAWS, HOURS, method="posterior difference of the first two")


def _by_size(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: -float(part.draws.mean())))


def _would_change(
    verdict: str, found: list[Ask], sinks: tuple[Sink, ...], audited: AuditedHours
) -> tuple[str, ...]:
    unread = [
        f"{sink.title.partition(':')[0]}: {sink.because}"
        for sink in sinks
        if not sink.hours.known and verdict != "named"
    ]
    said = [one.says for one in found]
    return tuple(said + ([audited.missing] if audited.missing else []) + unread)
