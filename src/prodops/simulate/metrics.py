"""Metrics, the sources under them, and how often PMs believe what they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice, falling
from prodops.simulate.period import WEEKDAYS

if TYPE_CHECKING:
    from prodops.simulate.absences import Absences
    from prodops.simulate.people import Roster
    from prodops.simulate.period import Period
    from prodops.simulate.settings import DataSettings
    from prodops.simulate.stage import Stage
    from prodops.simulate.texts.library import WorkTexts

HUB_SHARE = 0.7
"""Share of metrics that live in the hub of definitions; the others live with the transformation tool."""

METRICS_A_SOURCE = 8
WARN_HOURS = (12, 24, 48)
"""Promises of freshness."""

MEDIAN = "median"
"""The measure whose expressions differ from those of counts."""

POPULARITY = 0.8
"""Slope of the Zipf law by which some metrics are read more than others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric.

    Attributes:
        index: Place in the list.
        name: Its name.
        team: The team it belongs to.
        in_hub: Whether the hub defines it, otherwise the transformation tool.
        source: The source it is computed from.
        owner: Index of its owner; -1 when there is none.
        target: Its target; empty when there is none.
        conflicting: Whether a second definition with another expression exists.
        distrusted: Whether PMs believe it no longer.
        unused: Whether nobody read it.
        subject: What it counts.
        variant: Which of the possible expressions it has.
    """

    index: int
    name: str
    team: int
    in_hub: bool
    source: int
    owner: int
    target: str
    conflicting: bool
    distrusted: bool
    unused: bool
    subject: str
    variant: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source table.

    Attributes:
        index: Place in the list.
        name: Its name.
        warn_hours: The promise of freshness.
        stale: Whether the promise is broken often.
        owner: Index of its owner; -1 when there is none.
    """

    index: int
    name: str
    warn_hours: int
    stale: bool
    owner: int


class Use(NamedTuple):
    """One use of a metric by a PM.

    Attributes:
        pm: Who.
        week: Which week.
        weekday: Which day of it.
        metric: Which metric.
        recheck_minutes: Minutes of checking it by hand; 0 when it was believed.
        avoidable: Share of that which a trusted metric would save.
        logged: Whether the log of the dashboards has it.
    """

    pm: int
    week: int
    weekday: int
    metric: int
    recheck_minutes: int
    avoidable: float
    logged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Everything about numbers.

    Attributes:
        metrics: All metrics.
        sources: All sources.
        uses: All uses, week by week.
        disputed: Metrics that meetings are called about.
        disputes_a_week: Such meetings, in the whole organisation.
    """

    metrics: tuple[Metric, ...]
    sources: tuple[Source, ...]
    uses: tuple[Use, ...]
    disputed: tuple[int, ...]
    disputes_a_week: float


def draw_metrics(
    seed: int,
    roster: Roster,
    stage: Stage,
    *,
    period: Period,
    absences: Absences,
    settings: DataSettings,
    avoidable: float,
    texts: WorkTexts,
) -> Metrics:
    """Metrics and sources of an organisation, and every use PMs made of them.

    Of a check by hand comes back what trusted metrics would not have asked for, times `avoidable`.
    """
    dice = Dice(seed, "metrics")
    names = _names(dice, stage.metrics, texts)
    sources = _sources(dice, roster, max(3, len(names) // METRICS_A_SOURCE), settings)
    unused = set(dice.picks(range(len(names)), round(settings.unused.draw(dice) * len(names))))
    read = [number for number in dice.picks(range(len(names)), len(names)) if number not in unused]
    distrusted = _distrusted(dice, read, settings.distrusted.draw(dice))
    metrics = _define(
        dice, names, sources, roster=roster, settings=settings, unused=unused, distrusted=distrusted
    )
    uses = _Uses(seed, metrics, settings, avoidable, read).of(roster, absences, period)
    conflicting = [metric.index for metric in metrics if metric.conflicting]
    return Metrics(
        metrics=tuple(metrics),
        sources=tuple(sources),
        uses=tuple(uses),
        disputed=tuple(conflicting or sorted(distrusted) or [0]),
        disputes_a_week=settings.disputes_a_week.draw(dice) * len(roster.pms),
    )


def _names(dice: Dice, count: int, texts: WorkTexts) -> dict[str, tuple[str, str]]:
    """So many different names, each with what it measures and of what."""
    every = [
        (f"{measure}_{subject}{window}", (measure, subject))
        for measure in texts.measures
        for subject in texts.subjects
        for window in texts.windows
    ]
    drawn = dice.picks(every, count)
    named = dict(drawn)
    version = 2
    while len(named) < count:
        named |= {f"{name}_v{version}": what for name, what in drawn[: count - len(named)]}
        version += 1
    return named


def _sources(dice: Dice, roster: Roster, count: int, settings: DataSettings) -> list[Source]:
    """The sources, some of them stale."""
    stale = set(dice.picks(range(count), max(1, round(settings.stale.draw(dice) * count))))
    analysts = roster.groups["Data"]
    return [
        Source(
            index=number,
            name=f"{roster.teams[number % len(roster.teams)].key.replace('-', '_')}_events_{number + 1}",
            warn_hours=dice.pick(WARN_HOURS),
            stale=number in stale,
            owner=-1 if dice.chance(settings.ownerless.middle) else dice.pick(analysts),
        )
        for number in range(count)
    ]


def _distrusted(dice: Dice, read: list[int], share: float) -> set[int]:
    """Metrics that together make up this share of all uses, so that organisations differ less by luck."""
    weights = {number: 1.0 / (rank**POPULARITY) for rank, number in enumerate(read, start=1)}
    goal = share * sum(weights.values())
    chosen: set[int] = set()
    covered = 0.0
    for number in dice.picks(read, len(read)):
        if covered + weights[number] <= goal:
            chosen.add(number)
            covered += weights[number]
    return chosen


def _define(
    dice: Dice,
    names: dict[str, tuple[str, str]],
    sources: list[Source],
    *,
    roster: Roster,
    settings: DataSettings,
    unused: set[int],
    distrusted: set[int],
) -> list[Metric]:
    """The definitions; conflicts fall on distrusted metrics first."""
    ownerless, targetless = settings.ownerless.draw(dice), settings.targetless.draw(dice)
    order = sorted(distrusted) + [number for number in range(len(names)) if number not in distrusted]
    conflicting = set(order[: round(settings.conflicting.draw(dice) * len(names))])
    stale = [source.index for source in sources if source.stale]
    fresh = [source.index for source in sources if not source.stale] or stale
    people = (*roster.pms, *roster.groups["Data"])
    metrics: list[Metric] = []
    for number, (name, (measure, subject)) in enumerate(names.items()):
        doubted = number in distrusted
        broken = doubted and dice.chance(0.4)
        metrics.append(
            Metric(
                index=number,
                name=name,
                team=dice.whole(0, len(roster.teams) - 1),
                in_hub=dice.chance(HUB_SHARE),
                source=dice.pick(stale if broken or dice.chance(0.03) else fresh),
                owner=-1 if dice.chance(ownerless * (1.5 if doubted else 0.85)) else dice.pick(people),
                target="" if dice.chance(targetless) else f"{dice.whole(2, 95)}",
                conflicting=number in conflicting,
                distrusted=doubted,
                unused=number in unused,
                subject=subject,
                variant=dice.whole(0, 1) if measure != MEDIAN else 2,
            )
        )
    return metrics


class _Uses:
    """Draws the uses of metrics, with the checking by hand that went before some of them."""

    def __init__(
        self, seed: int, metrics: list[Metric], settings: DataSettings, avoidable: float, read: list[int]
    ) -> None:
        self.dice = Dice(seed, "uses")
        self.metrics = metrics
        self.read = read
        self.popular = falling(len(read), slope=POPULARITY)
        self.doubted = settings.rechecked.middle
        self.trusted = min(settings.rechecked_trusted.middle, self.doubted)
        self.minutes = settings.recheck_minutes.middle
        self.spread = settings.recheck_spread
        self.a_week = settings.uses_a_week.middle
        self.logged = settings.logged.middle
        self.avoidable = avoidable * (1.0 - self.trusted / self.doubted)

    def of(self, roster: Roster, absences: Absences, period: Period) -> list[Use]:
        """All uses of all PMs, week by week."""
        uses: list[Use] = []
        for week in range(period.weeks):
            for pm in roster.pms:
                days = absences.working_days(pm, period.monday(week))
                count = self.dice.poisson(self.a_week * len(days) / WEEKDAYS)
                uses.extend(self._use(pm, week, days) for _ in range(count))
        return uses

    def _use(self, pm: int, week: int, days: list[int]) -> Use:
        """One use."""
        dice = self.dice
        metric = self.read[dice.weighted(self.popular)]
        doubted = self.metrics[metric].distrusted
        minutes = 0
        if dice.chance(self.doubted if doubted else self.trusted):
            minutes = max(5, round(dice.around(self.minutes, self.spread)))
        return Use(
            pm=pm,
            week=week,
            weekday=dice.pick(days),
            metric=metric,
            recheck_minutes=minutes,
            avoidable=self.avoidable if doubted and minutes else 0.0,
            logged=dice.chance(self.logged),
        )
