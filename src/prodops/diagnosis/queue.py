"""Queue evidence: which stage from signal to learning binds, or that none does, or that it cannot be said.

A sink of hours may be called the binding constraint only when a stage that it feeds binds; without that it is
the largest reclaimable time sink (science, section 3).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.diagnosis.queue_capacity import rate_draws, scatter, served
from prodops.diagnosis.queue_days import RECENT_DAYS, StageDays, stage_days
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import number
from prodops.views.stage_words import STAGES, UNKNOWN

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SEED = 20_261
DRAWS = 4_000

BINDS_FROM = 0.8
"""A stage is said to bind from this probability."""

SATURATED = 0.85
"""Arrivals over capacity from which a stage has little room left; simulated queues with room for a quarter
more than comes are then taken for full in 2% of organisations."""

NO_SMALLER_RISE = 0.5
"""A queue has grown when it rose by more than one piece and this many standard deviations of a stable one."""

FILLING = 1.5
"""Mean stays that a stage which starts empty takes to fill up."""

FEWEST_STAGES = 3
FEWEST_WEEKS = 8.0
FEWEST_ARRIVALS = 20
MOST_UNKNOWN = 0.2
"""Evidence of fewer stages, weeks or pieces, or with a larger share of unread statuses, is incomplete."""

LITTLE_TOLERANCE = 0.2
"""How far L may be from lambda times W before histories are held for incomplete."""

FEEDS: Mapping[str, tuple[str, ...]] = {
    "ritual_rot": ("decision",),
    "feedback_black_hole": ("signal", "insight"),
    "data_debt": ("insight", "learning"),
    "launch_friction": ("launch",),
    "tool_overlap": ("spec",),
    "ungoverned_ai": (),
}
"""The stages whose work each sink holds up: rituals decide, messages become insight, numbers serve insight
and learning, launches launch, double entry is done while work is written down."""

ITEMS_WEEK = "items a week"


@dataclass(frozen=True, slots=True, kw_only=True)
class StageFlow:
    """One stage as a queue: what comes and goes over the last half year, how it grew over the last year.

    Attributes:
        name: One of `STAGES`.
        arrivals: Pieces that come, a week.
        departures: Pieces that leave, a week.
        service: Pieces it could serve, a week.
        utilisation: Arrivals over service.
        waiting: Pieces there at the end.
        growth: By how many pieces a week the queue grows.
        stay: Mean days of a stay inside the window.
        little_ratio: L over lambda times W; 1 where histories are whole.
        p_binds: Probability that this stage binds.
    """

    name: str
    arrivals: Estimate
    departures: Estimate
    service: Estimate
    utilisation: Estimate
    waiting: Estimate
    growth: Estimate
    stay: Estimate
    little_ratio: float
    p_binds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEvidence:
    """What the queues say.

    Attributes:
        binding: The stage that binds; None when none does or it cannot be said.
        p_binds: Probability that the likeliest stage binds.
        complete: Whether the records suffice to say anything, `none` included.
        says: The verdict in a sentence.
        stages: The stages that the tracker shows, in their order.
        seed: The seed of the draws.
    """

    binding: str | None
    p_binds: float
    complete: bool
    says: str
    stages: tuple[StageFlow, ...]
    seed: int = SEED


def called_binding(sink: str, evidence: QueueEvidence) -> bool:
    """Whether a named sink may be called the binding constraint, and not only the largest time sink."""
    return evidence.binding is not None and evidence.binding in FEEDS.get(sink, ())


def binding_stage(ledger: Ledger) -> QueueEvidence:
    """Which stage binds by the histories of tracked work.

    A stage binds in a draw when its arrivals are at least .85 of its capacity, work waits there for its turn
    or its queue rose by more than a stable queue of its length moves, and no other such stage is fuller. It
    is named from a probability of .8.
    """
    return judge_queues(stage_days(ledger))


def judge_queues(found: Mapping[str, StageDays]) -> QueueEvidence:
    """The verdict over stages counted day by day: the rule itself, free of any ledger."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    seen = [stage for stage in STAGES if stage in found and found[stage].arrivals.sum() > 0]
    lacking = _lacking(found, seen)
    if not seen:
        return QueueEvidence(binding=None, p_binds=0.0, complete=False, says=lacking, stages=())
    rng = np.random.default_rng(SEED)
    drawn = {stage: _Drawn.of(found[stage], rng) for stage in seen}
    # Among stages that hold work up the fullest binds; in some draws there is none.
    fullness = np.stack([np.where(drawn[stage].held_up, drawn[stage].utilisation, 0.0) for stage in seen])
    fullest = np.where(fullness.max(axis=0) > 0, np.argmax(fullness, axis=0), -1)
    flows = tuple(
        _flow(stage, found[stage], drawn[stage], binds=fullest == place) for place, stage in enumerate(seen)
    )
    top = max(flows, key=lambda flow: flow.p_binds)
    torn = next((flow for flow in flows if abs(flow.little_ratio - 1) > LITTLE_TOLERANCE), None)
    if not lacking and torn is not None:
        lacking = (
            f"histories are incomplete: in {torn.name} {number(torn.little_ratio)} times as many pieces are "
            "counted as their stays account for (Little's law)"
        )
    binds = not lacking and top.p_binds >= BINDS_FROM
    return QueueEvidence(
        binding=top.name if binds else None,
        p_binds=top.p_binds,
        complete=not lacking,
        says=_says(top, lacking, binds=binds),
        stages=flows,
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Draws of a stage's rates a week, its utilisation, whether work waits its turn, and its queue's rise."""

    arrivals: NDArray[float64]
    departures: NDArray[float64]
    service: NDArray[float64]
    utilisation: NDArray[float64]
    queues: NDArray[bool_]
    rise: NDArray[float64]

    @property
    def held_up(self) -> NDArray[bool_]:
        """The draws in which the stage has no room, and work waits there for its turn or piles up."""
        return (self.utilisation >= SATURATED) & (self.queues | (self.rise > 0))

    @classmethod
    def of(cls, one: StageDays, rng: Generator) -> _Drawn:
        """Draw from one stage's days. Rates are of the days on which the tracker moved at all."""
        recent = slice(-RECENT_DAYS, None)
        worked = one.worked[recent]
        worked_week = 7.0 * worked.sum() / len(worked)
        came, left, evening = one.arrivals[recent], one.departures[recent], one.waiting[recent]
        morning = evening - came + left
        held = worked & (morning > 0)
        arrivals = rate_draws(came[worked], rng, DRAWS)
        service = served(left[held], morning[held], rng, DRAWS)
        return cls(
            arrivals=arrivals * worked_week,
            departures=rate_draws(left[worked], rng, DRAWS) * worked_week,
            service=service.a_day * worked_week,
            utilisation=arrivals / service.a_day,
            queues=rng.random(DRAWS) < service.queues,
            rise=_rise(one, rng),
        )


def _rise(one: StageDays, rng: Generator) -> NDArray[float64]:
    """Draws of the queue's rise from the first to the last quarter, less what a stable queue may do.

    A stable queue of mean length L moves by about the root of L, whether one serves or many. A stage that
    starts empty fills up for as long as a stay takes, which is no growth: that time is passed over.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    started_empty = one.waiting[0] <= one.arrivals[0] - one.departures[0]
    fills_days = FILLING * one.stay_days / max(one.visits, 1) if started_empty else 0.0
    waiting = one.waiting[int(min(fills_days, one.days / 3)) :]
    quarter = max(1, len(waiting) // 4)
    spread = (2 * (max(waiting.mean(), 0.0) + 1) * scatter(one.arrivals[one.worked])) ** 0.5
    rise = waiting[-quarter:].mean() - waiting[:quarter].mean() - 1.0 - NO_SMALLER_RISE * spread
    return np.asarray(rise + spread * rng.standard_normal(DRAWS))


def _flow(stage: str, one: StageDays, drawn: _Drawn, *, binds: NDArray[bool_]) -> StageFlow:
    waiting, n = float(one.waiting[-1]), int(one.arrivals.sum())
    visits = max(one.visits, 1)
    stay, slip = one.stay_days / visits, 1.96 * one.stay_spread / visits**0.5
    weeks = one.days / 7
    came, went = float(one.arrivals.sum()), float(one.departures.sum())
    error = 1.96 * (came + went) ** 0.5 / weeks
    growth = (came - went) / weeks
    return StageFlow(
        name=stage,
        arrivals=_quantiles(drawn.arrivals, n, ITEMS_WEEK),
        departures=_quantiles(drawn.departures, int(went), ITEMS_WEEK),
        service=_quantiles(drawn.service, int(went), ITEMS_WEEK),
        utilisation=_quantiles(drawn.utilisation, n, "arrivals over service"),
        waiting=Estimate(waiting, waiting, waiting, n, "items", "count"),
        growth=Estimate(
            growth, growth - error, growth + error, n, ITEMS_WEEK, method="difference of two Poisson counts"
        ),
        stay=Estimate(stay, stay - slip, stay + slip, one.visits, "days", method="mean inside the window"),
        little_ratio=one.little_ratio,
        p_binds=float(binds.mean()),
    )


def _quantiles(draws: NDArray[float64], n: int, unit: str) -> Estimate:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    low, mid, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(mid, low, high, n, unit, method=f"posterior median of {DRAWS:,} draws")


def _lacking(found: Mapping[str, StageDays], seen: list[str]) -> str:
    """Why the records do not suffice; empty when they do."""
    if not seen:
        return "no tracker with dated changes of status has been loaded"
    if len(seen) < FEWEST_STAGES:
        return f"the tracker's statuses show {len(seen)} of the six stages ({', '.join(seen)})"
    days = found[seen[0]].days
    if days < 7 * FEWEST_WEEKS:
        return f"{days} days of the tracker are fewer than {FEWEST_WEEKS:.0f} weeks"
    most = max(found[stage].arrivals.sum() for stage in seen)
    if most < FEWEST_ARRIVALS:
        return f"{most:.0f} pieces of work are fewer than {FEWEST_ARRIVALS}"
    unknown = found[UNKNOWN].arrivals.sum() if UNKNOWN in found else 0.0
    share = float(unknown / sum(one.arrivals.sum() for one in found.values()))
    if share > MOST_UNKNOWN:
        return f"{share:.0%} of the tracker's moves lead to statuses whose words name no stage"
    return ""


def _says(top: StageFlow, lacking: str, *, binds: bool) -> str:
    if lacking:
        return f"Queue evidence is incomplete: {lacking}."
    if not binds:
        return f"No stage binds: the fullest is {top.name}, which binds with probability {top.p_binds:.0%}."
    return (
        f"The stage that binds is {top.name} ({top.p_binds:.0%}): {number(top.arrivals.value or 0.0)} items "
        f"a week come, {number(top.service.value or 0.0)} can be served, {top.waiting.value:.0f} wait."
    )
