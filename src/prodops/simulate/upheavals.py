"""Changes rituals half way: teams are formed anew, meetings are renamed, others take over what PMs did."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from prodops.simulate.catalogue import ALIGN, ONE_TO_ONE, Kind
from prodops.simulate.dice import Dice, digest
from prodops.simulate.names import DOMAIN, plain, team_names
from prodops.simulate.people import Person, Roster, Team
from prodops.simulate.period import HOME_ZONE
from prodops.simulate.purposes import C1, C5
from prodops.simulate.rituals import AREA_NAMES, Invitation, Ritual

if TYPE_CHECKING:
    from prodops.simulate.rollouts import Rollout

_FIELD = re.compile(r"\{(\w+)\}")
STRATEGY = "Strategy"
MOVED = 0.35
"""Share of engineers who are in another team afterwards."""

DESK = Kind(key="handover-desk", title="Handover desk", purpose=ALIGN, leaf=C5, minutes=90, pm_share=0.0)
DESK_DAYS = (0, 1, 2, 3, 4)
DESK_STARTS = 13 * 60
OVERHEAD_HOURS = 12.0
"""Hours of administration in a PM's usual week, over all weeks of a year."""

SHOW_UP = 0.86
"""Share of a desk's hours that somebody sits at it."""


def reformed(seed: int, roster: Roster) -> Roster:
    """The roster after a reorganisation: as many teams with other names, PMs and engineers moved on."""
    dice = Dice(seed, "reorganisation")
    names = [f"{name} Group" for name in team_names(dice, len(roster.teams))]
    pms = [roster.teams[(team.index + 1) % len(roster.teams)].pm for team in roster.teams]
    pool = [person for team in roster.teams for person in team.engineers[1:] if dice.chance(MOVED)]
    moving = set(pool)
    pool = dice.picks(pool, len(pool))
    teams: list[Team] = []
    for team, name, pm in zip(roster.teams, names, pms, strict=True):
        engineers = tuple(pool.pop() if person in moving else person for person in team.engineers)
        area = roster.area_of[pm]
        teams.append(replace(team, name=name, key=plain(name), pm=pm, area=area, engineers=engineers))
    return replace(roster, teams=tuple(teams), people=_renamed(roster, teams))


def _renamed(roster: Roster, teams: list[Team]) -> tuple[Person, ...]:
    """Everybody, with the team they are in at the end."""
    team_of = {person: team.name for team in teams for person in (team.pm, *team.engineers)}
    former = {team.name: new.name for team, new in zip(roster.teams, teams, strict=True)}
    return tuple(
        replace(person, team=team_of.get(person.index, former.get(person.team, person.team)))
        for person in roster.people
    )


def joined(before: list[Ritual], after: list[Ritual], week: int) -> list[Ritual]:
    """The rituals of both times: shared ones go on, those of teams end and others begin."""
    keys = {ritual.key for ritual in before}
    kept = [
        ritual if ritual.team < 0 or ritual.kind is ONE_TO_ONE else _ended(ritual, week)
        for ritual in before
        if ritual.team < 0 or ritual.kind is ONE_TO_ONE or ritual.phase < week
    ]
    new = [_begun(ritual, week) for ritual in after if ritual.team >= 0 and ritual.key not in keys]
    return [replace(ritual, index=number) for number, ritual in enumerate([*kept, *new])]


def _ended(ritual: Ritual, week: int) -> Ritual:
    last = week - 1 if ritual.last_week is None else min(ritual.last_week, week - 1)
    return replace(ritual, last_week=last)


def _begun(ritual: Ritual, week: int) -> Ritual:
    every = ritual.kind.every
    late = max(0, week - ritual.phase)
    return replace(ritual, phase=ritual.phase - (-late // every) * every, last_week=None)


def renamed(seed: int, rituals: list[Ritual], rollout: Rollout, titles: tuple[str, ...]) -> list[Ritual]:
    """Rituals of reporting end when the rollout begins, and go on under a title that says strategy."""
    dice = Dice(seed, "renaming")
    week = min(rollout.starts.values())
    found = list(rituals)
    about = [title for title in titles if not set(_FIELD.findall(title)) - {"area"}] or [STRATEGY]
    for ritual in rituals:
        if ritual.kind.leaf != C1 or ritual.kind.daily or ritual.phase >= week:
            continue
        found[ritual.index] = _ended(ritual, week)
        key = f"{ritual.key}-anew"
        anew = replace(
            ritual,
            index=len(found),
            key=key,
            title=dice.pick(about).format(area=AREA_NAMES[max(0, ritual.area) % len(AREA_NAMES)]),
            uid=f"{digest(seed, 'ritual', key)}@{DOMAIN}",
        )
        found.append(_begun(anew, week))
    return found


def handed_over(seed: int, rituals: list[Ritual], rollout: Rollout, roster: Roster) -> list[Ritual]:
    """A daily desk of marketing and operations, as large as what is displaced to them."""
    plan = rollout.intervention
    hours = plan.displaced * plan.level * OVERHEAD_HOURS * len(roster.pms) / SHOW_UP
    seats = round(hours / (len(DESK_DAYS) * DESK.minutes / 60))
    others = [*roster.groups["Marketing"], *roster.groups["Operations"]]
    staff = Dice(seed, "handover").picks(others, max(2, seats))
    return [
        *rituals,
        Ritual(
            index=len(rituals),
            key=DESK.key,
            title=DESK.title,
            kind=DESK,
            area=0,
            team=-1,
            uid=f"{digest(seed, 'ritual', DESK.key)}@{DOMAIN}",
            weekdays=DESK_DAYS,
            start=DESK_STARTS,
            zone=HOME_ZONE,
            phase=min(rollout.starts.values()),
            last_week=None,
            organiser=staff[0],
            invited=tuple(Invitation(person, "ACCEPTED", optional=False) for person in staff),
            room=-1,
            layout=rituals[0].layout,
            noted=0.0,
            transcribed=False,
            decisions=0.4,
            actions=1.4,
        ),
    ]
