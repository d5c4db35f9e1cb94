"""The queue core: needs pass through six stages; the stage with too little capacity truly binds."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice, poisson_quantile
from prodops.simulate.period import DAY_MINUTES, WEEKDAYS, is_closed
from prodops.simulate.purposes import STAGES

if TYPE_CHECKING:
    from prodops.simulate.period import Period
    from prodops.simulate.settings import FlowSettings
    from prodops.simulate.stage import Stage

DECISION = STAGES.index("decision")
MORE = 1.10
"""Capacity of one stage in the re-run that prices it."""

OPENS, CLOSES = 9 * 60, 17 * 60


class Need(NamedTuple):
    """One piece of work on its way.

    Attributes:
        created: Minute it entered the first stage.
        left: Minute it left each stage so far.
        declined: Whether the decision stage turned it down.
    """

    created: int
    left: tuple[int, ...]
    declined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTruth:
    """What is true of one stage.

    Attributes:
        name: Its name.
        arrivals: Needs that reached it, a week.
        capacity: Needs it could serve, a week, after the onset.
        utilisation: Arrivals over capacity in the second half of the period.
        waiting_at_end: Needs in its queue on the last day.
        mean_days: Mean days from reaching it to leaving it, of those that left.
        relief_needs_a_week: Its shadow price: more needs finished a week, were its capacity a tenth larger.
    """

    name: str
    arrivals: float
    capacity: float
    utilisation: float
    waiting_at_end: int
    mean_days: float
    relief_needs_a_week: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The whole queue.

    Attributes:
        needs: Every need, in order of arrival.
        stages: The truth about each stage.
        binding: The stage that binds; empty when none does.
    """

    needs: tuple[Need, ...]
    stages: tuple[StageTruth, ...]
    binding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plant:
    """Arrivals and capacities a week, before and after the onset; chance is shared between re-runs."""

    seed: int
    arrivals: float
    before: tuple[float, ...]
    after: tuple[float, ...]
    onset_day: int
    declined: float
    days: tuple[int, ...]
    last_minute: int


def draw_flow(seed: int, stage: Stage, *, period: Period, settings: FlowSettings, onset: int) -> Flow:
    """Run the queue, then again with each stage a tenth larger, on the same random numbers."""
    dice = Dice(seed, "flow")
    slack = [settings.slack.draw(dice) for _ in STAGES]
    shortage = settings.shortage.draw(dice)
    expected = [
        stage.issues_a_week * (1.0 if n <= DECISION else 1.0 - settings.declined) for n in range(len(STAGES))
    ]
    before = tuple(load * room for load, room in zip(expected, slack, strict=True))
    after = tuple(
        load * (shortage if name == settings.binding else room)
        for name, load, room in zip(STAGES, expected, slack, strict=True)
    )
    first, last = period.first_monday, period.last_day
    plant = _Plant(
        seed=seed,
        arrivals=stage.issues_a_week,
        before=before,
        after=after,
        onset_day=period.monday(onset),
        declined=settings.declined,
        days=tuple(
            day for day in range(first, last + 1) if (day - first) % 7 < WEEKDAYS and not is_closed(day)
        ),
        last_minute=period.exported_at,
    )
    needs = _run(plant, period)
    return Flow(
        needs=tuple(needs),
        stages=tuple(_truths(plant, period, needs)),
        binding=settings.binding,
    )


def _run(plant: _Plant, period: Period) -> list[Need]:
    """Let every working day serve each queue, first come first served; the last stage is served first."""
    arriving = Dice(plant.seed, "flow arrivals")
    serving = [Dice(plant.seed, f"flow {name}") for name in STAGES]
    clock = Dice(plant.seed, "flow clock")
    created: list[int] = []
    left: list[list[int]] = []
    declined: list[bool] = []
    queues: list[deque[int]] = [deque() for _ in STAGES]
    for day in plant.days:
        capacity = plant.after if day >= plant.onset_day else plant.before
        for number in reversed(range(len(STAGES))):
            served = poisson_quantile(serving[number].unit(), capacity[number] / WEEKDAYS)
            for _ in range(min(served, len(queues[number]))):
                need = queues[number].popleft()
                left[need].append(min(period.utc(day, clock.whole(OPENS, CLOSES)), plant.last_minute))
                if number + 1 < len(STAGES) and not (number == DECISION and declined[need]):
                    queues[number + 1].append(need)
        for _ in range(poisson_quantile(arriving.unit(), plant.arrivals / WEEKDAYS)):
            queues[0].append(len(created))
            created.append(period.utc(day, arriving.whole(OPENS, OPENS + 60)))
            declined.append(arriving.chance(plant.declined))
            left.append([])
    return [Need(at, tuple(times), no) for at, times, no in zip(created, left, declined, strict=True)]


def _truths(plant: _Plant, period: Period, needs: list[Need]) -> list[StageTruth]:
    """What each stage did, and what more capacity would have brought."""
    weeks = len(plant.days) / WEEKDAYS
    half = plant.days[len(plant.days) // 2]
    half_minute = period.utc(half, 0)
    late_weeks = sum(1 for day in plant.days if day >= half) / WEEKDAYS
    finished = _finished(needs)
    truths: list[StageTruth] = []
    for number, name in enumerate(STAGES):
        reached = [n for n in needs if len(n.left) >= number and not (number > DECISION and n.declined)]
        entered = [n.created if number == 0 else n.left[number - 1] for n in reached]
        stays = [
            (n.left[number] - at) / DAY_MINUTES
            for n, at in zip(reached, entered, strict=True)
            if len(n.left) > number
        ]
        more = list(plant.after)
        more[number] *= MORE
        richer = replace(plant, after=tuple(more))
        late = sum(1 for at in entered if at >= half_minute)
        truths.append(
            StageTruth(
                name=name,
                arrivals=round(len(reached) / weeks, 3),
                capacity=round(plant.after[number], 3),
                utilisation=round(late / late_weeks / plant.after[number], 3),
                waiting_at_end=len(reached) - len(stays),
                mean_days=round(sum(stays) / len(stays), 2) if stays else 0.0,
                relief_needs_a_week=round((_finished(_run(richer, period)) - finished) / weeks, 3),
            )
        )
    return truths


def _finished(needs: list[Need]) -> int:
    """Needs that passed all stages."""
    return sum(len(need.left) == len(STAGES) for need in needs)
