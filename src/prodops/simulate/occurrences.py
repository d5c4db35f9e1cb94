"""Lives the rituals week by week: who came, what was decided, what was carried over, what was written."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

from prodops.simulate.blocks import Item, Occurrence
from prodops.simulate.catalogue import ONE_TO_ONE
from prodops.simulate.dice import Dice
from prodops.simulate.period import WEEKDAYS, is_closed
from prodops.simulate.purposes import C1, NO_SINK, ROT

if TYPE_CHECKING:
    from prodops.simulate.diary import Diary
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.rollouts import Rollouts
    from prodops.simulate.settings import RitualSettings
    from prodops.simulate.texts.library import Library

COMES = {"ACCEPTED": 1.0, "NEEDS-ACTION": 0.55, "TENTATIVE": 0.65, "DECLINED": 0.0}
"""How likely somebody comes, by the answer to the series, before skipping."""

DECLINES_WHEN_AWAY = 0.15
"""How often a PM who is away takes the trouble to decline a single occurrence."""

TAKEN_OUT_SHARE = 0.5
"""Share of cancellations that take the occurrence out instead of marking it cancelled."""

HELD = frozenset({"held", "moved"})
MEETS_FROM = 2
NOT_HELD_NOTED = 0.4
"""How often minutes say that nobody came, next to how often they exist otherwise."""

REMEMBERED = 40
"""Matters a ritual does not take up anew so soon; what is carried over comes back all the same."""

FEWEST_ITEMS, MOST_ITEMS = 3, 5
MOST_CARRIED = 3
LATER_MINUTES = (-120, 90, 120)
FIRST_START, LAST_START = 9 * 60, 17 * 60
PREPARED = 0.85
"""Share of attended occurrences of a rotting ritual that a PM prepares for."""

WORKS_ALONE = 0.85
"""Chance that a healthy one-to-one or stand-up gave something, though nothing is written down."""


class Rituals:
    """The rituals as they are lived; remembers what each has left open.

    Attributes:
        lived: All occurrences so far.
        preparing: For each PM of the week under way: ritual, minutes and avoidable share of a preparation.
    """

    def __init__(
        self,
        seed: int,
        rituals: list[Ritual],
        *,
        settings: RitualSettings,
        texts: Library,
        diary: Diary,
        rollouts: Rollouts,
    ) -> None:
        self.rituals = rituals
        self.rollouts = rollouts
        self.settings = settings
        self.texts = texts
        self.diary = diary
        self.dice = Dice(seed, "occurrences")
        self.open_items: dict[int, list[tuple[str, str]]] = {}
        self.recent: dict[int, deque[str]] = {}
        self.lived: list[Occurrence] = []
        self.preparing: dict[int, list[tuple[Ritual, int, float]]] = {}

    def live_week(self, week: int) -> None:
        """All occurrences of the week that the diary has open."""
        self.preparing = {pm: [] for pm in self.diary.roster.pms}
        for ritual in self.rituals:
            if ritual.takes_place(week):
                for day in ritual.weekdays:
                    self._live(ritual, week, day)

    def _live(self, ritual: Ritual, week: int, weekday: int) -> None:
        """One occurrence."""
        health = ritual.health(week, self.settings.fading_weeks)
        fate, day, start = self._fate(ritual, weekday, health)
        declined = self._declined(ritual, weekday)
        present: tuple[int, ...] = ()
        items: tuple[Item, ...] = ()
        if fate in HELD:
            present = self._present(ritual, day, start, health=health, declined=declined)
            if len(present) < MEETS_FROM:
                fate, present = "not_held", ()
            elif not unwritten(ritual):
                items = self._agenda(ritual, health)
        noted = ritual.noted * mixed(1.0, self.settings.noted_rotten, health)
        writes = noted if fate in HELD else noted * NOT_HELD_NOTED * (fate == "not_held")
        occurrence = Occurrence(
            ritual=ritual.index,
            week=week,
            planned=self.diary.monday + weekday,
            day=self.diary.monday + day,
            start=start,
            fate=fate,
            present=present,
            declined=declined,
            items=items,
            noted=self.dice.chance(writes),
        )
        self.lived.append(occurrence)
        self._spend(ritual, occurrence, day, health)

    def _fate(self, ritual: Ritual, weekday: int, health: float) -> tuple[str, int, int]:
        """What becomes of an occurrence, and the weekday and minute it lies on in the end."""
        monday, settings, dice = self.diary.monday, self.settings, self.dice
        if is_closed(monday + weekday):
            return "dropped", weekday, ritual.start
        not_held = mixed(settings.not_held, settings.not_held_rotten, health)
        draw = dice.unit()
        if ritual.kind.daily or draw >= settings.cancelled + settings.moved + not_held:
            return "held", weekday, ritual.start
        if draw < settings.cancelled:
            fate = "dropped" if dice.chance(TAKEN_OUT_SHARE) else "cancelled"
            return fate, weekday, ritual.start
        if draw < settings.cancelled + not_held:
            return "not_held", weekday, ritual.start
        if dice.chance(0.5):
            start = min(max(FIRST_START, ritual.start + dice.pick(LATER_MINUTES)), LAST_START)
            return "moved", weekday, start
        other = weekday + 1 if weekday + 1 < WEEKDAYS else weekday - 1
        return "moved", weekday if is_closed(monday + other) else other, ritual.start

    def _declined(self, ritual: Ritual, weekday: int) -> tuple[int, ...]:
        """PMs who are away and say so for this occurrence."""
        working = self.diary.working
        return tuple(
            guest.person
            for guest in ritual.invited
            if guest.person in working
            and weekday not in working[guest.person]
            and guest.response != "DECLINED"
            and not ritual.kind.daily
            and self.dice.chance(DECLINES_WHEN_AWAY)
        )

    def _present(
        self, ritual: Ritual, day: int, start: int, *, health: float, declined: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Who is there; PMs who work and have the time free take it in their week."""
        idle = ritual.idle_for_pms > 0.0
        skipped = mixed(self.settings.skipped, self.settings.skipped_rotten, health)
        skipped_pms = self.settings.skipped_rotten if idle else skipped
        present: list[int] = []
        for guest in ritual.invited:
            person = guest.person
            is_pm = person in self.diary.working
            away = skipped_pms if is_pm else skipped
            if not self.dice.chance(COMES[guest.response] * (1.0 - away)):
                continue
            if is_pm:
                if person in declined or not self.diary.is_free(person, day, start, ritual.kind.minutes):
                    continue
                if self.rollouts.all and self._spared(ritual, person):
                    continue
                self.diary.take(person, day, start, ritual.kind.minutes)
            present.append(person)
        return tuple(present)

    def _spared(self, ritual: Ritual, pm: int) -> bool:
        """Whether an intervention spares a PM this occurrence."""
        leaf, sink = (C1, ROT) if ritual.rotten else (ritual.kind.leaf, NO_SINK)
        minutes = ritual.kind.minutes
        kept = self.rollouts.kept(pm, self.diary.week, minutes, leaf=leaf, sink=sink)
        return kept < minutes and not self.dice.chance(kept / minutes)

    def _agenda(self, ritual: Ritual, health: float) -> tuple[Item, ...]:
        """The items of an occurrence: what was left open comes first, outputs fall where they fall."""
        dice = self.dice
        again = mixed(self.settings.carry_over, self.settings.carry_over_rotten, health)
        old = [entry for entry in self.open_items.get(ritual.index, []) if dice.chance(again)][:MOST_CARRIED]
        count = max(dice.whole(FEWEST_ITEMS, MOST_ITEMS), len(old))
        matters = [*old]
        while len(matters) < count:
            matters.append(self._new_matter(ritual))
        decided = [0] * count
        acted = [0] * count
        for _ in range(dice.poisson(mixed(ritual.decisions, ritual.decisions_left, health))):
            decided[dice.whole(0, count - 1)] += 1
        for _ in range(dice.poisson(mixed(ritual.actions, ritual.actions_left, health))):
            acted[dice.whole(0, count - 1)] += 1
        hears = self.settings.scribe_hears.middle
        items = tuple(
            Item(
                matter=matter,
                area=area,
                carried=number < len(old),
                decisions=decided[number],
                actions=acted[number],
                written_decisions=sum(dice.chance(hears) for _ in range(decided[number])),
                written_actions=sum(dice.chance(hears) for _ in range(acted[number])),
            )
            for number, (matter, area) in enumerate(matters)
        )
        self.open_items[ritual.index] = [(item.matter, item.area) for item in items if not item.decisions]
        return items

    def _new_matter(self, ritual: Ritual) -> tuple[str, str]:
        """Something to talk about that was not on the last agendas, and the area it is about."""
        teams, texts, dice = self.diary.roster.teams, self.texts.minutes, self.dice
        recent = self.recent.setdefault(ritual.index, deque(maxlen=REMEMBERED))
        while True:
            team = teams[ritual.team] if ritual.team >= 0 else dice.pick(teams)
            matter = dice.pick(texts.matters).format(area=team.name) + dice.pick(texts.details)
            if matter not in recent:
                recent.append(matter)
                return matter, team.name

    def _spend(self, ritual: Ritual, occurrence: Occurrence, day: int, health: float) -> None:
        """Enter what an occurrence cost the PMs who came, and what it costs those who prepare for it."""
        if unwritten(ritual):
            output, avoidable = self.dice.chance(WORKS_ALONE), 0.0
        elif ritual.idle_for_pms:
            output, avoidable = False, ritual.idle_for_pms
        else:
            output = occurrence.outputs > 0
            avoidable = excess(ritual, health) if not output else 0.0
        for pm in occurrence.present:
            if pm in self.diary.working:
                self.diary.enter(
                    pm,
                    day,
                    occurrence.start,
                    ritual.kind.minutes,
                    leaf=C1 if avoidable else ritual.kind.leaf,
                    output=output,
                    sink=ROT if avoidable else NO_SINK,
                    avoidable=avoidable,
                    medium="ritual",
                    uid=ritual.uid,
                )
        if avoidable and occurrence.fate != "dropped" and not ritual.idle_for_pms:
            self._prepare(ritual, avoidable)

    def _prepare(self, ritual: Ritual, avoidable: float) -> None:
        """PMs who mean to come prepare, whether or not it is held in the end."""
        for guest in ritual.invited:
            pm = guest.person
            if self.diary.working.get(pm) and COMES[guest.response] and self.dice.chance(PREPARED):
                minutes = max(5, round(self.dice.around(ritual.prep_minutes, 0.4)))
                self.preparing[pm].append((ritual, minutes, avoidable))


def unwritten(ritual: Ritual) -> bool:
    """Whether nobody would ever keep minutes of it: stand-ups and meetings of two."""
    return ritual.kind.daily or ritual.kind is ONE_TO_ONE


def mixed(healthy: float, rotten: float, health: float) -> float:
    """A value between its healthy and its rotten level."""
    return health * healthy + (1.0 - health) * rotten


def no_output(ritual: Ritual, health: float) -> float:
    """Chance that an occurrence gives neither a decision nor an action (Poisson)."""
    mean = mixed(ritual.decisions, ritual.decisions_left, health) + mixed(
        ritual.actions, ritual.actions_left, health
    )
    return math.exp(-mean)


def excess(ritual: Ritual, health: float) -> float:
    """Share of an empty occurrence that would come back if the ritual worked as it once did, or ended.

    Empty occurrences happen to healthy rituals too; only the excess over the ritual's own healthy rate
    counts, and only the share of it that comes back.
    """
    if not ritual.rotten or health >= 1.0:
        return 0.0
    now, then = no_output(ritual, health), no_output(ritual, 1.0)
    return ritual.returned * max(0.0, now - then) / now
