"""Plans an organisation before its first week is lived: its people, its processes, and what is planted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prodops.simulate.absences import draw_absences
from prodops.simulate.aims import Aims, aim, avoidable_of
from prodops.simulate.dice import Dice
from prodops.simulate.dosing import dosed_data, dosed_feedback, most_data_hours, most_feedback_hours
from prodops.simulate.feedback import draw_feedback
from prodops.simulate.flow import draw_flow
from prodops.simulate.metrics import draw_metrics
from prodops.simulate.people import draw_roster
from prodops.simulate.period import Period
from prodops.simulate.purposes import A1, AI, BLACK_HOLE, DATA_DEBT, LAUNCH, ROT, SINKS, TOOLS
from prodops.simulate.rituals import plan_rituals
from prodops.simulate.rollouts import draw_rollouts
from prodops.simulate.rotting import candidates, let_rot
from prodops.simulate.setting import Setting
from prodops.simulate.settings import Range, fixed
from prodops.simulate.settling import settled
from prodops.simulate.sides import sides_of
from prodops.simulate.upheavals import handed_over, joined, reformed, renamed

if TYPE_CHECKING:
    from prodops.simulate.absences import Absences
    from prodops.simulate.feedback import Feedback
    from prodops.simulate.flow import Flow
    from prodops.simulate.metrics import Metrics
    from prodops.simulate.people import Roster
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.rollouts import Rollouts
    from prodops.simulate.rotting import Rot
    from prodops.simulate.scenario import Scenario
    from prodops.simulate.settings import RitualSettings
    from prodops.simulate.sides import Side
    from prodops.simulate.stage import Stage
    from prodops.simulate.texts.library import Library

MOST_ROT = 0.7
"""How much of what rituals could waste they may be asked to; the others stay as a healthy reference."""

PREPARED = Range(8.0, 34.0)
"""Bounds of what a PM prepares for an occurrence of a ritual that was planted to rot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that is settled before the first week is lived.

    Attributes:
        scenario: The scenario with its ranges drawn and its processes set to what is planted.
        aims: What is planted.
        period: The weeks.
        roster: The people, in the teams they are in at the end.
        absences: When PMs are away.
        rituals: Recurring meetings.
        feedback: Messages of customers.
        metrics: Metrics and their uses.
        flow: The queue core.
        sides: Sinks that take time in small pieces.
        rollouts: Interventions.
        silent: PMs of whom there is neither a calendar nor an interview.
    """

    scenario: Scenario
    aims: Aims
    period: Period
    roster: Roster
    absences: Absences
    rituals: tuple[Ritual, ...]
    feedback: Feedback
    metrics: Metrics
    flow: Flow
    sides: dict[int, Side]
    rollouts: Rollouts
    silent: frozenset[int]


def plan(seed: int, scenario: Scenario, stage: Stage, weeks: int, texts: Library) -> Plan:
    """Draw an organisation up to the point where its weeks begin."""
    setting = Setting(seed, scenario.family)
    scenario = settled(scenario, setting)
    period = Period(scenario.ends_on, weeks)
    former = draw_roster(seed, stage, period)
    changes = int(scenario.reorganised * weeks)
    roster = reformed(seed, former) if changes < weeks else former
    settings, titles = scenario.rituals, texts.rituals.titles
    rituals = plan_rituals(seed, former, stage, settings=settings, weeks=weeks, titles=titles)
    if roster is not former:
        after = plan_rituals(seed, roster, stage, settings=settings, weeks=weeks, titles=titles)
        rituals = joined(rituals, after, changes)
    avoidable = avoidable_of(scenario, setting)
    ready = candidates(seed, rituals, roster, settings=settings, returned=avoidable[ROT], weeks=weeks)
    possible = _possible(scenario, setting, stage, avoidable, ready)
    aims = aim(scenario, setting, avoidable=avoidable, possible=possible)
    rollouts = draw_rollouts(seed, scenario.interventions, roster, weeks)
    rituals = _changed(settings, rituals, ready, aims=aims, roster=roster)
    return _drawn(
        seed,
        _dosed(scenario, setting, stage, aims),
        stage,
        texts=texts,
        aims=aims,
        period=period,
        roster=roster,
        rituals=_rolled_out(seed, rituals, rollouts, roster, texts),
        rollouts=rollouts,
    )


def _drawn(
    seed: int,
    scenario: Scenario,
    stage: Stage,
    *,
    texts: Library,
    aims: Aims,
    period: Period,
    roster: Roster,
    rituals: list[Ritual],
    rollouts: Rollouts,
) -> Plan:
    """The plan, with the processes outside rituals drawn from the scenario as it was set."""
    absences = draw_absences(seed, roster, period)
    onset = min((ritual.onset for ritual in rituals if ritual.rotten), default=period.weeks // 8)
    needs = len(texts.requests.needs)
    return Plan(
        scenario=scenario,
        aims=aims,
        period=period,
        roster=roster,
        absences=absences,
        rituals=tuple(rituals),
        feedback=_feedback(seed, scenario, stage, roster, period=period, aims=aims, needs=needs),
        metrics=_metrics(
            seed, scenario, stage, roster, absences=absences, period=period, aims=aims, texts=texts
        ),
        flow=draw_flow(seed, stage, period=period, settings=scenario.flow, onset=onset),
        sides=sides_of(scenario.sides, aims.avoidable),
        rollouts=rollouts,
        silent=frozenset(Dice(seed, "silent").picks(roster.pms, scenario.calendars.silent_pms)),
    )


def _feedback(
    seed: int, scenario: Scenario, stage: Stage, roster: Roster, *, period: Period, aims: Aims, needs: int
) -> Feedback:
    """Messages of customers as the scenario was set."""
    settings, avoidable = scenario.feedback, aims.avoidable[BLACK_HOLE]
    return draw_feedback(
        seed, roster, stage, period=period, settings=settings, avoidable=avoidable, needs=needs
    )


def _metrics(
    seed: int,
    scenario: Scenario,
    stage: Stage,
    roster: Roster,
    *,
    absences: Absences,
    period: Period,
    aims: Aims,
    texts: Library,
) -> Metrics:
    """Metrics and their uses as the scenario was set."""
    return draw_metrics(
        seed,
        roster,
        stage,
        period=period,
        absences=absences,
        settings=scenario.data,
        avoidable=aims.avoidable[DATA_DEBT],
        texts=texts.work,
    )


def _possible(
    scenario: Scenario, setting: Setting, stage: Stage, avoidable: tuple[float, ...], ready: list[Rot]
) -> dict[str, float]:
    """The most hours, per PM and week, that some sinks can take in this organisation."""
    rot = MOST_ROT * sum(rot.met + PREPARED.high * rot.prepared for rot in ready)
    hole = most_feedback_hours(
        scenario.feedback, setting, avoidable=avoidable[BLACK_HOLE], monthly=stage.requests_a_month
    )
    debt = most_data_hours(scenario.data, setting, avoidable=avoidable[DATA_DEBT])
    return {SINKS[ROT]: rot / stage.pms, SINKS[BLACK_HOLE]: hole / stage.pms, SINKS[DATA_DEBT]: debt}


def _dosed(scenario: Scenario, setting: Setting, stage: Stage, aims: Aims) -> Scenario:
    """The scenario with its processes set to what is planted."""
    flow = replace(scenario.flow, binding=aims.binding)
    if not aims.hours:
        return replace(scenario, flow=flow)
    hours, avoidable = aims.hours, aims.avoidable
    return replace(
        scenario,
        flow=flow,
        feedback=dosed_feedback(
            scenario.feedback,
            setting,
            avoidable=avoidable[BLACK_HOLE],
            monthly=stage.requests_a_month,
            hours=hours[BLACK_HOLE] * stage.pms,
        ),
        data=dosed_data(scenario.data, setting, avoidable=avoidable[DATA_DEBT], hours=hours[DATA_DEBT]),
        sides=replace(
            scenario.sides, launch=fixed(hours[LAUNCH]), tools=fixed(hours[TOOLS]), ai=fixed(hours[AI])
        ),
    )


def _changed(
    settings: RitualSettings, rituals: list[Ritual], ready: list[Rot], *, aims: Aims, roster: Roster
) -> list[Ritual]:
    """The rituals, some of them rotten and some idle for the PMs who come."""
    if aims.hours:
        rituals = let_rot(rituals, ready, hours=aims.hours[ROT] * len(roster.pms), prep=PREPARED)
    idle = aims.avoidable[ROT]
    return [
        replace(ritual, idle_for_pms=idle) if ritual.kind.key in settings.for_engineering else ritual
        for ritual in rituals
    ]


def _rolled_out(
    seed: int, rituals: list[Ritual], rollouts: Rollouts, roster: Roster, texts: Library
) -> list[Ritual]:
    """The rituals as rollouts rename them, and those that others get in return."""
    for rollout in rollouts.all:
        if rollout.intervention.renamed:
            rituals = renamed(seed, rituals, rollout, texts.calendar.by_leaf[A1])
        if rollout.intervention.displaced:
            rituals = handed_over(seed, rituals, rollout, roster)
    return rituals
