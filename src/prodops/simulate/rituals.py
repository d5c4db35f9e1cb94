"""The rituals of one organisation: who is invited and when they take place, while all of them are healthy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.simulate.catalogue import OF_TEAMS, ONE_TO_ONE, OUTPUTS, SHARED, Kind
from prodops.simulate.dice import Dice, digest
from prodops.simulate.grid import stretch
from prodops.simulate.names import DOMAIN, plain
from prodops.simulate.period import HOME_ZONE, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prodops.simulate.people import Roster, Team
    from prodops.simulate.settings import RitualSettings
    from prodops.simulate.stage import Stage

LAYOUTS = ("headings", "marks", "prose")
SLOTS_TRIED = 40
FIRST_START, LAST_START = 9 * 60, 17 * 60
STAND_UPS = (9 * 60, 9 * 60 + 30, 10 * 60)
LUNCH = stretch(12 * 60, 60)
HALF_HOUR = 30
DIFFERENCES = 0.25
"""How much rituals of one kind differ, as the standard deviation of a logarithm."""

ENDED_SHARE = 0.06
"""Share of team rituals that were ended, or begun, within the period."""

MOST_OUTPUTS = 2.0
RESPONSES = (("ACCEPTED", 0.87), ("NEEDS-ACTION", 0.93), ("TENTATIVE", 0.96), ("DECLINED", 1.0))
OPTIONAL_SHARE = 0.12
ONLINE_SHARE = 0.5
ROOMS = 6
AREA_NAMES = ("Core", "Growth", "Platform", "Market", "Insight", "Commerce", "Field", "Partner")
"""Names of product areas, used where there are several."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person on the list of a ritual.

    Attributes:
        person: Who.
        response: The answer to the series, in the calendar's words.
        optional: Whether attendance is optional.
    """

    person: int
    response: str
    optional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Ritual:
    """A recurring meeting.

    Attributes:
        index: Place in the list of rituals.
        key: Its own short name, also the folder of its minutes.
        title: Title in the calendar.
        kind: What kind of ritual it is.
        area: Product area; -1 for rituals of one team.
        team: Team; -1 for rituals of an area.
        uid: The calendar's identifier.
        weekdays: Days of the week, Monday 0.
        start: Local minute of the day at headquarters.
        zone: The time zone it is kept in.
        phase: Week in which the first occurrence lies.
        last_week: Week of the last occurrence; None when it goes on.
        organiser: Who invited.
        invited: Everybody on the list, the organiser first.
        room: Which room is booked; -1 when it is held online.
        layout: How its minutes are laid out.
        noted: Chance that a held occurrence has minutes.
        transcribed: Whether occurrences leave a transcript.
        decisions: Mean decisions of an occurrence while healthy.
        actions: Mean actions of an occurrence while healthy.
        decisions_left: Mean decisions once rot has run its course.
        actions_left: Mean actions then.
        returned: Share of a dead occurrence's hours that would come back.
        prep_minutes: What a PM prepares for an occurrence once it rots.
        rotten: Whether it rots.
        onset: Week in which rot sets in; -1 when it does not.
        well: Weeks after that in which it works as it once did all the same.
        idle_for_pms: Share of the time of PMs there that would come back, in a ritual that decides as ever
            but nothing that concerns them.
    """

    index: int
    key: str
    title: str
    kind: Kind
    area: int
    team: int
    uid: str
    weekdays: tuple[int, ...]
    start: int
    zone: str
    phase: int
    last_week: int | None
    organiser: int
    invited: tuple[Invitation, ...]
    room: int
    layout: str
    noted: float
    transcribed: bool
    decisions: float
    actions: float
    decisions_left: float = 0.0
    actions_left: float = 0.0
    returned: float = 0.0
    prep_minutes: float = 0.0
    rotten: bool = False
    onset: int = -1
    well: frozenset[int] = frozenset()
    idle_for_pms: float = 0.0

    def takes_place(self, week: int) -> bool:
        """Whether the calendar has an occurrence in that week."""
        if week < self.phase or (self.last_week is not None and week > self.last_week):
            return False
        return (week - self.phase) % self.kind.every == 0

    def health(self, week: int, fading_weeks: int) -> float:
        """1 while healthy, falling to 0 over `fading_weeks` from the onset of rot on."""
        if not self.rotten or week < self.onset or week in self.well:
            return 1.0
        return max(0.0, 1.0 - (week - self.onset + 1) / fading_weeks)


class Planner:
    """Puts rituals into the calendars of the people they need."""

    def __init__(
        self, seed: int, roster: Roster, *, settings: RitualSettings, weeks: int, titles: Mapping[str, str]
    ) -> None:
        self.seed = seed
        self.roster = roster
        self.settings = settings
        self.weeks = weeks
        self.titles = titles
        self.dice = Dice(seed, "rituals")
        self.planned: dict[int, list[int]] = {pm: [LUNCH] * WEEKDAYS for pm in roster.pms}
        self.rituals: list[Ritual] = []
        self.area_noted = [settings.noted_shared.draw(self.dice) for _ in range(roster.areas)]

    def add(
        self, kind: Kind, people: list[int], *, key: str, title: str, area: int = -1, team: Team | None = None
    ) -> None:
        """One more ritual for these people, the first of whom invites."""
        dice, settings = self.dice, self.settings
        weekdays, start = self._plan(kind, [person for person in people if person in self.planned])
        phase, last_week = self._life(kind, team)
        decisions, actions = OUTPUTS[kind.purpose]
        self.rituals.append(
            Ritual(
                index=len(self.rituals),
                key=key,
                title=title,
                kind=kind,
                area=area,
                team=team.index if team else -1,
                uid=f"{digest(self.seed, 'ritual', key)}@{DOMAIN}",
                weekdays=weekdays,
                start=start,
                zone=team.zone if team else HOME_ZONE,
                phase=phase,
                last_week=last_week,
                organiser=people[0],
                invited=tuple(self._invite(person, people[0]) for person in people),
                room=-1 if dice.chance(ONLINE_SHARE) else dice.whole(0, ROOMS - 1),
                layout=dice.pick(LAYOUTS),
                noted=self._noted(kind, area, team),
                transcribed=team is None and dice.chance(settings.transcribed),
                decisions=min(MOST_OUTPUTS, dice.around(decisions, DIFFERENCES)),
                actions=min(MOST_OUTPUTS, dice.around(actions, DIFFERENCES)),
            )
        )

    def _plan(self, kind: Kind, pms: list[int]) -> tuple[tuple[int, ...], int]:
        """Find a slot and take it in the calendars of the PMs."""
        weekdays, start = self._slot(kind, pms)
        for pm in pms:
            for day in weekdays:
                self.planned[pm][day] |= stretch(start, kind.minutes)
        return weekdays, start

    def _slot(self, kind: Kind, pms: list[int]) -> tuple[tuple[int, ...], int]:
        """Weekdays and start that collide least with what the PMs have already."""
        if kind.daily:
            start = min(STAND_UPS, key=lambda s: (self._collisions(pms, range(WEEKDAYS), s, kind), s))
            return tuple(range(WEEKDAYS)), start
        best: tuple[int, int, int] = (len(pms) * 100 + 1, 0, FIRST_START)
        for _ in range(SLOTS_TRIED):
            day = self.dice.whole(0, WEEKDAYS - 1)
            start = FIRST_START + HALF_HOUR * self.dice.whole(0, (LAST_START - FIRST_START) // HALF_HOUR)
            collisions = self._collisions(pms, (day,), start, kind)
            best = min(best, (collisions, day, start), key=lambda found: found[0])
            if collisions == 0:
                break
        return (best[1],), best[2]

    def _collisions(self, pms: list[int], days: tuple[int, ...] | range, start: int, kind: Kind) -> int:
        """Quarter hours of PMs that would be taken twice."""
        bits = stretch(start, kind.minutes)
        return sum((self.planned[pm][day] & bits).bit_count() for pm in pms for day in days)

    def _life(self, kind: Kind, team: Team | None) -> tuple[int, int | None]:
        """First week and, for the few that end, last week."""
        phase = self.dice.whole(0, kind.every - 1)
        if team is None or kind.daily or not self.dice.chance(ENDED_SHARE):
            return phase, None
        middle = self.dice.whole(self.weeks // 4, max(self.weeks // 4, 3 * self.weeks // 4))
        if self.dice.chance(0.5):
            return phase, middle
        return phase + middle // kind.every * kind.every, None

    def _noted(self, kind: Kind, area: int, team: Team | None) -> float:
        """How often there are minutes: high for shared rituals, by the team's habit for the others."""
        if kind.daily or kind is ONE_TO_ONE:
            return 0.0
        if team is None:
            return self.area_noted[area]
        habit = Dice(self.seed, f"habit of {team.key}")
        noted = self.settings.noted_teams.draw(habit)
        return 0.0 if habit.chance(self.settings.unnoted_teams) else noted

    def _invite(self, person: int, organiser: int) -> Invitation:
        """An invitation with its answer; who invites comes."""
        draw = self.dice.unit()
        response = next(word for word, up_to in RESPONSES if draw < up_to)
        optional = self.dice.chance(OPTIONAL_SHARE)
        if person == organiser:
            return Invitation(person, "ACCEPTED", optional=False)
        return Invitation(person, response, optional)


def plan_rituals(
    seed: int,
    roster: Roster,
    stage: Stage,
    *,
    settings: RitualSettings,
    weeks: int,
    titles: Mapping[str, str],
) -> list[Ritual]:
    """All recurring meetings of an organisation: shared rituals, those of teams, and one-to-ones.

    `titles` has the title of every kind of ritual by its key.
    """
    planner = Planner(seed, roster, settings=settings, weeks=weeks, titles=titles)
    stand_ups, *others = OF_TEAMS
    for team in roster.teams:
        _plan_team(planner, stand_ups, team)
    for area in range(roster.areas):
        for kind in SHARED:
            if stage.people >= kind.from_people:
                _plan_shared(planner, kind, area)
    for kind in others:
        for team in roster.teams[: max(0, stage.rituals - len(planner.rituals))]:
            _plan_team(planner, kind, team)
    _plan_pairs(planner)
    return planner.rituals


def _plan_shared(planner: Planner, kind: Kind, area: int) -> None:
    """A ritual of a product area; where there is one area only, of the whole organisation."""
    roster, dice = planner.roster, planner.dice
    pms = [pm for pm in roster.pms if roster.area_of[pm] == area]
    people = dice.picks(pms, round(kind.pm_share * len(pms)))
    leads = [team.engineers[0] for team in roster.teams if team.area == area]
    pools = {**roster.groups, "Lead": tuple(leads), "Head": (roster.heads[area],)}
    for group, count in kind.others.items():
        people.extend(dice.picks(pools[group], count))
    several = roster.areas > 1
    title = planner.titles[kind.key]
    name = f"{AREA_NAMES[area % len(AREA_NAMES)]} {area // len(AREA_NAMES) or ''}".strip()
    planner.add(
        kind,
        list(dict.fromkeys(people)),
        key=f"{plain(name)}-{kind.key}" if several else kind.key,
        title=f"{name}: {title}" if several else title,
        area=area,
    )


def _plan_team(planner: Planner, kind: Kind, team: Team) -> None:
    """A ritual of one team with its PMs and engineers."""
    roster = planner.roster
    pms = [pm for pm in roster.pms if any(own is team for own in roster.teams_of(pm))]
    people = [*pms, *team.engineers]
    for group, count in kind.others.items():
        people.extend(planner.dice.picks(roster.groups[group], count))
    planner.add(
        kind,
        list(dict.fromkeys(people)),
        key=f"{team.key}-{kind.key}",
        title=f"{team.name} {planner.titles[kind.key]}",
        team=team,
    )


def _plan_pairs(planner: Planner) -> None:
    """Every PM with the head of product and with the engineering lead of the first team."""
    roster = planner.roster
    for pm in roster.pms:
        team = roster.teams_of(pm)[0]
        for other in (roster.heads[roster.area_of[pm]], team.engineers[0]):
            names = [roster.people[person].name.partition(" ")[0] for person in (pm, other)]
            planner.add(
                ONE_TO_ONE,
                [pm, other],
                key=f"one-to-one-{pm}-{other}",
                title=planner.titles[ONE_TO_ONE.key].format(name=names[0], other=names[1]),
                team=team,
            )
