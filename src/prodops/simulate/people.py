"""Who works here: product teams with their PM, and everybody around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.names import address, person_names, plain, team_names
from prodops.simulate.period import ZONES, Period

if TYPE_CHECKING:
    from prodops.simulate.stage import Stage

PMS_PER_AREA = 16
"""A company-wide ritual with more PMs than this is split: one for each product area."""

AWAY_FROM_HOME = 0.2
"""Share of teams that sit in the second zone."""

SHARES = (
    ("Designer", "Product Designer", 0.045),
    ("Data", "Data Analyst", 0.03),
    ("Marketing", "Product Marketing Manager", 0.06),
    ("Support", "Support Specialist", 0.12),
    ("Sales", "Account Executive", 0.15),
    ("Operations", "Operations Specialist", 0.08),
)
"""Kinds of people around the product teams: key, title, share of everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person of the roster.

    Attributes:
        index: Place in the roster; the other parts refer to people by it.
        name: Written name.
        email: Address.
        title: Job title.
        team: Name of the team or department.
        manager: Index of the manager; -1 for the one who has none.
        zone: Time zone.
        started_on: First day, as an ordinal.
    """

    index: int
    name: str
    email: str
    title: str
    team: str
    manager: int
    zone: str
    started_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A product team.

    Attributes:
        index: Place in the list of teams.
        name: What it works on, which is also its name.
        key: Short key, for folders and the tracker.
        area: The product area it belongs to.
        pm: Its product manager.
        engineers: Its engineers, the lead first.
        zone: Where it sits.
    """

    index: int
    name: str
    key: str
    area: int
    pm: int
    engineers: tuple[int, ...]
    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Everybody.

    Attributes:
        people: All people, in order of their index.
        pms: Product managers.
        teams: Product teams.
        areas: How many product areas there are.
        area_of: The product area of each PM.
        heads: The head of product of each area.
        groups: Other people by kind: Designer, Data, Marketing, Support, Sales, Operations.
    """

    people: tuple[Person, ...]
    pms: tuple[int, ...]
    teams: tuple[Team, ...]
    areas: int
    area_of: dict[int, int]
    heads: tuple[int, ...]
    groups: dict[str, tuple[int, ...]]

    def teams_of(self, pm: int) -> list[Team]:
        """The teams of a PM; in small organisations a PM has several, in large ones may share one."""
        own = [team for team in self.teams if team.pm == pm]
        return own or [self.teams[self.pms.index(pm) % len(self.teams)]]


class _Hiring:
    """Gives out indices with titles until everybody has one."""

    def __init__(self, dice: Dice, count: int, period: Period) -> None:
        self.dice = dice
        self.names = person_names(dice, count)
        self.people: list[Person] = []
        self.first_day = period.first_monday

    def hire(self, title: str, team: str, manager: int, zone: str) -> int:
        """One more person; everybody has been here since before the first simulated week."""
        index = len(self.people)
        name = self.names[index]
        self.people.append(
            Person(
                index=index,
                name=name,
                email=address(name),
                title=title,
                team=team,
                manager=manager,
                zone=zone,
                started_on=self.first_day - self.dice.whole(30, 2200),
            )
        )
        return index


def draw_roster(seed: int, stage: Stage, period: Period) -> Roster:
    """The roster of an organisation."""
    dice = Dice(seed, "people")
    hiring = _Hiring(dice, stage.people, period)
    chief = hiring.hire("Chief Product Officer", "Leadership", -1, ZONES[0])
    areas = max(1, round(stage.pms / PMS_PER_AREA))
    heads = tuple(hiring.hire("Director of Product", "Leadership", chief, ZONES[0]) for _ in range(areas))
    for _ in range(stage.product_ops):
        hiring.hire("Product Operations Manager", "Product Operations", chief, ZONES[0])
    names = team_names(dice, stage.teams)
    zones = [ZONES[1] if dice.chance(AWAY_FROM_HOME) else ZONES[0] for _ in names]
    pms, area_of = _hire_pms(hiring, stage, heads, names, zones)
    groups = _hire_others(hiring, stage, chief)
    teams = _form_teams(hiring, stage.people - len(hiring.people), area_of=area_of, names=names, zones=zones)
    return Roster(
        people=tuple(hiring.people),
        pms=tuple(pms),
        teams=tuple(teams),
        areas=areas,
        area_of=area_of,
        heads=heads,
        groups=groups,
    )


def _hire_pms(
    hiring: _Hiring, stage: Stage, heads: tuple[int, ...], names: list[str], zones: list[str]
) -> tuple[list[int], dict[int, int]]:
    """The product managers, each in an area."""
    titles = ("Product Manager", "Senior Product Manager", "Product Manager", "Group Product Manager")
    pms: list[int] = []
    area_of: dict[int, int] = {}
    for number in range(stage.pms):
        area = number * len(heads) // stage.pms
        team = number % len(names)
        pm = hiring.hire(hiring.dice.pick(titles), names[team], heads[area], zones[team])
        pms.append(pm)
        area_of[pm] = area
    return pms, area_of


def _hire_others(hiring: _Hiring, stage: Stage, chief: int) -> dict[str, tuple[int, ...]]:
    """Everybody who is in no product team."""
    groups: dict[str, tuple[int, ...]] = {}
    for kind, title, share in SHARES:
        department = "Design" if kind == "Designer" else kind
        groups[kind] = tuple(
            hiring.hire(title, department, chief, ZONES[0])
            for _ in range(max(1, round(share * stage.people)))
        )
    return groups


def _form_teams(
    hiring: _Hiring, rest: int, *, area_of: dict[int, int], names: list[str], zones: list[str]
) -> list[Team]:
    """The rest are engineers, spread over the teams; the first of each team leads it."""
    pms = list(area_of)
    teams: list[Team] = []
    for number, name in enumerate(names):
        size = (number + 1) * rest // len(names) - number * rest // len(names)
        pm = pms[number % len(pms)]
        lead = hiring.hire("Engineering Lead", name, pm, zones[number])
        others = [hiring.hire("Software Engineer", name, lead, zones[number]) for _ in range(size - 1)]
        teams.append(
            Team(
                index=number,
                name=name,
                key=plain(name),
                area=area_of[pm],
                pm=pm,
                engineers=(lead, *others),
                zone=zones[number],
            )
        )
    return teams
