"""A whole organisation as it truly was: people, weekly intent, blocks, and what the processes did."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prodops.simulate.clutter import Clutter
from prodops.simulate.diary import Diary
from prodops.simulate.dice import Dice
from prodops.simulate.filling import Check, Filler, Habits, Loads
from prodops.simulate.intent import Intent
from prodops.simulate.names import company_names
from prodops.simulate.occurrences import Rituals
from prodops.simulate.period import DAY_MINUTES
from prodops.simulate.planning import plan
from prodops.simulate.purposes import DATA_DEBT
from prodops.simulate.texts.library import Library, library

if TYPE_CHECKING:
    from collections.abc import Callable

    from prodops.simulate.absences import Absences
    from prodops.simulate.aims import Aims
    from prodops.simulate.blocks import Block, Event, Occurrence
    from prodops.simulate.feedback import Feedback
    from prodops.simulate.flow import Flow
    from prodops.simulate.metrics import Metrics
    from prodops.simulate.people import Roster
    from prodops.simulate.period import Period
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.rollouts import Rollouts
    from prodops.simulate.scenario import Scenario
    from prodops.simulate.sides import Side
    from prodops.simulate.stage import Stage

COLLEAGUES = 14
"""Other people a PM meets outside rituals."""

MEETING_SPREAD = 3.0
"""Standard deviation, in hours a week, of meeting time between PMs."""


OTHER_KINDS = ("Designer", "Data", "Marketing", "Support", "Sales")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything that is true of one simulated organisation.

    Attributes:
        seed: Its seed.
        scenario: What it was drawn from, its ranges settled.
        stage: Its magnitudes.
        period: Its weeks.
        texts: The templates it writes with.
        roster: Its people.
        absences: When PMs were away.
        rituals: Its recurring meetings.
        feedback: Messages of customers.
        metrics: Metrics, sources and uses.
        flow: The queue core.
        aims: What was planted.
        sides: By sink: launches, tools and AI as they take time in small pieces.
        rollouts: Interventions.
        silent: PMs of whom there is neither a calendar nor an interview.
        companies: Names of customers.
        occurrences: What became of each occurrence of a ritual.
        blocks: What PMs truly did.
        events: Calendar entries that are no rituals.
        hygiene: By PM: chance that own work stands in the calendar.
    """

    seed: int
    scenario: Scenario
    stage: Stage
    period: Period
    texts: Library
    roster: Roster
    absences: Absences
    rituals: tuple[Ritual, ...]
    feedback: Feedback
    metrics: Metrics
    flow: Flow
    aims: Aims
    sides: dict[int, Side]
    rollouts: Rollouts
    silent: frozenset[int]
    companies: tuple[str, ...]
    occurrences: tuple[Occurrence, ...] = ()
    blocks: tuple[Block, ...] = ()
    events: tuple[Event, ...] = ()
    hygiene: dict[int, float] = field(default_factory=dict)


def build(seed: int, scenario: Scenario, stage: Stage, weeks: int, *, tick: Callable[[str], None]) -> World:
    """Draw an organisation and live its weeks.

    Args:
        seed: The seed; the same one gives the same organisation.
        scenario: What is planted.
        stage: Magnitudes.
        weeks: How many weeks are lived.
        tick: Called after each step with a word for it: once for the plan and once for every week.
    """
    world = _planned(seed, scenario, stage, weeks)
    tick("plan")
    diary = Diary(world.roster, world.absences, world.period)
    lived = Rituals(
        seed,
        list(world.rituals),
        settings=world.scenario.rituals,
        texts=world.texts,
        diary=diary,
        rollouts=world.rollouts,
    )
    habits = _habits(seed, world.roster, stage, world.scenario)
    filler = Filler(
        seed,
        diary,
        habits=habits,
        texts=world.texts.calendar,
        rollouts=world.rollouts,
        companies=list(world.companies),
        metrics=[metric.name for metric in world.metrics.metrics],
    )
    _live(world, lived, filler, tick)
    return replace(
        world,
        occurrences=tuple(lived.lived),
        blocks=tuple(diary.blocks),
        events=tuple(diary.events),
        hygiene={pm: habit.hygiene for pm, habit in habits.items()},
    )


def _planned(seed: int, scenario: Scenario, stage: Stage, weeks: int) -> World:
    """The organisation before its first week."""
    texts = library(scenario.texts or scenario.family)
    drawn = plan(seed, scenario, stage, weeks, texts)
    return World(
        seed=seed,
        scenario=drawn.scenario,
        stage=stage,
        period=drawn.period,
        texts=texts,
        roster=drawn.roster,
        absences=drawn.absences,
        rituals=drawn.rituals,
        feedback=drawn.feedback,
        metrics=drawn.metrics,
        flow=drawn.flow,
        aims=drawn.aims,
        sides=drawn.sides,
        rollouts=drawn.rollouts,
        silent=drawn.silent,
        companies=tuple(company_names(Dice(seed, "companies"), drawn.feedback.companies)),
    )


def _live(world: World, lived: Rituals, filler: Filler, tick: Callable[[str], None]) -> None:
    """Week after week: rituals first, then what the sinks take, then what PMs mean to do."""
    diary = filler.diary
    intent = Intent(world.seed, world.roster, world.period, world.scenario.intent)
    clutter = Clutter(world.seed, diary, filler, world.scenario.calendars)
    clutter.add_habits()
    loads = draw_loads(world)
    for week in range(world.period.weeks):
        diary.open_week(week)
        lived.live_week(week)
        for metric in loads[week].disputed:
            filler.dispute(metric, world.aims.avoidable[DATA_DEBT])
        for pm in world.roster.pms:
            if diary.working[pm]:
                filler.fill_sinks(pm, loads[week], lived.preparing[pm])
                filler.fill_rest(pm, intent.shares(pm, week))
        clutter.add_week()
        intent.next_week()
        tick(f"week {week + 1}")


def draw_loads(world: World) -> list[Loads]:
    """What messages, re-checks, disputes and the smaller sinks ask of PMs, week by week."""
    dice = Dice(world.seed, "loads")
    metrics = world.metrics
    weeks = [Loads({}, {}, world.sides, []) for _ in range(world.period.weeks)]
    _load_messages(world, weeks, dice)
    for use in metrics.uses:
        if use.recheck_minutes:
            check = Check(metrics.metrics[use.metric].name, use.recheck_minutes, use.avoidable)
            weeks[use.week].rechecks.setdefault(use.pm, []).append(check)
    for load in weeks:
        for _ in range(dice.poisson(metrics.disputes_a_week)):
            load.disputed.append(metrics.metrics[dice.pick(metrics.disputed)].name)
    return weeks


def _load_messages(world: World, weeks: list[Loads], dice: Dice) -> None:
    """Repeated questions are looked up and answered; what waits undecided is read again and again."""
    roster, rates, settings = world.roster, world.feedback.rates, world.scenario.feedback
    first = world.period.utc(world.period.first_monday, 0)
    week_minutes = 7 * DAY_MINUTES
    reread = settings.reread_minutes.middle
    by_team = {team.index: [pm for pm in roster.pms if team in roster.teams_of(pm)] for team in roster.teams}
    for request in world.feedback.requests:
        came = min((request.created - first) // week_minutes, len(weeks) - 1)
        if request.repeats >= 0:
            minutes = max(3, round(dice.around(rates.answer_minutes, settings.answer_spread)))
            answer = (minutes, rates.avoidable_answers(request.channel))
            weeks[came].answers.setdefault(dice.pick(by_team[request.team]), []).append(answer)
        if request.need < 0:
            continue
        ended = request.closed if request.closed is not None else world.period.exported_at
        left = min((ended - first) // week_minutes, len(weeks) - 1, came + settings.reread_weeks)
        for _ in range(dice.poisson(settings.reread_a_week * (left - came))):
            again = (dice.rounded(reread), rates.avoidable_rereads(request.channel))
            pm = dice.pick(by_team[request.team])
            weeks[dice.whole(came + 1, left)].answers.setdefault(pm, []).append(again)


def _habits(seed: int, roster: Roster, stage: Stage, scenario: Scenario) -> dict[int, Habits]:
    """How each PM works."""
    dice = Dice(seed, "habits")
    settings = scenario.calendars
    others = [person for kind in OTHER_KINDS for person in roster.groups[kind]]
    habits: dict[int, Habits] = {}
    for pm in roster.pms:
        teams = roster.teams_of(pm)
        own = [person for team in teams for person in team.engineers if person not in roster.pms]
        colleagues = own[: COLLEAGUES // 2] + dice.picks(others, COLLEAGUES // 2)
        hours = settings.weekly_hours + settings.weekly_hours_spread * dice.normal()
        meetings = stage.meeting_hours + MEETING_SPREAD * dice.normal()
        habits[pm] = Habits(
            weekly_minutes=60 * max(30.0, hours),
            hygiene=settings.hygiene.draw(dice),
            meeting_minutes=60 * max(6.0, meetings),
            colleagues=tuple(colleagues),
            area=teams[0].name,
        )
    return habits
