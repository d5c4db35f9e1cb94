"""Pieces of work as the tracker knows them, whichever tracker it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice

if TYPE_CHECKING:
    from prodops.simulate.flow import Need
    from prodops.simulate.people import Person, Team
    from prodops.simulate.world import World

SIGNAL, INSIGHT, DECISION, SPEC, LAUNCH, LEARNING, DONE, DECLINED = range(8)
"""Where work can stand: waiting for a stage, finished, or turned down; indices of a board's statuses."""

ENDED = (DONE, DECLINED)
PRIORITIES = ("Highest", "High", "Medium", "Medium", "Medium", "Low")
BUGS = 0.25
FROM_FEEDBACK = 0.35
LINKED = 0.12
REQUESTED = "customer-request"


class Move(NamedTuple):
    """One change of status.

    Attributes:
        moment: When, in minutes since 1970.
        before: Where it stood.
        after: Where it stands since.
        author: Who moved it.
    """

    moment: int
    before: int
    after: int
    author: Person


class Work(NamedTuple):
    """One piece of work.

    Attributes:
        number: Place in the order in which they were opened.
        serial: Its number among those of its team, from 1.
        team: The team it belongs to.
        need: The need it stands for.
        title: Its summary.
        kind: Bug, Story, Task or Epic.
        priority: Highest, High, Medium or Low.
        requested: Whether a customer asked for it.
        pm: Who opened it.
        engineer: Who builds it.
        blocked_by: Number of the work that blocks it; -1 for none.
        statuses: The words of the board for where it can stand.
    """

    number: int
    serial: int
    team: Team
    need: Need
    title: str
    kind: str
    priority: str
    requested: bool
    pm: Person
    engineer: Person
    blocked_by: int
    statuses: tuple[str, ...]

    @property
    def turned_down(self) -> bool:
        """Whether the decision stage has said no."""
        return self.need.declined and len(self.need.left) > DECISION

    @property
    def stands(self) -> int:
        """Where it stands on the day of the export."""
        return DECLINED if self.turned_down else len(self.need.left)

    @property
    def ended(self) -> int | None:
        """When it was finished or turned down; None while it is neither."""
        return self.need.left[-1] if self.stands in ENDED else None

    @property
    def assignee(self) -> Person | None:
        """Who has it; nobody before it is specified."""
        return self.engineer if len(self.need.left) > SPEC else None

    def moves(self) -> list[Move]:
        """Its way from status to status."""
        moves: list[Move] = []
        for step, moment in enumerate(self.need.left):
            last = step == len(self.need.left) - 1
            after = DECLINED if last and self.turned_down else step + 1
            moves.append(Move(moment, step, after, self.pm if step < LAUNCH else self.engineer))
        return moves


def works_of(world: World) -> list[Work]:
    """Every piece of work of an organisation, in the order in which they were opened."""
    dice = Dice(world.seed, "tracker")
    counts = [0] * len(world.roster.teams)
    places: list[tuple[Team, int]] = []
    for _ in world.flow.needs:
        team = dice.pick(world.roster.teams)
        counts[team.index] += 1
        places.append((team, counts[team.index]))
    return [
        _work(world, need, place, number, dice=dice)
        for number, (need, place) in enumerate(zip(world.flow.needs, places, strict=True))
    ]


def _work(world: World, need: Need, place: tuple[Team, int], number: int, *, dice: Dice) -> Work:
    """One piece of work."""
    team, serial = place
    people, works = world.roster.people, world.texts.work
    bug = dice.chance(BUGS)
    engineer = people[dice.pick(team.engineers)]
    title = dice.pick(works.bugs if bug else works.work).format(area=team.name)
    kind = "Bug" if bug else dice.pick(("Story", "Story", "Task", "Epic"))
    priority = dice.pick(PRIORITIES)
    requested = dice.chance(FROM_FEEDBACK)
    blocked = number > 0 and dice.chance(LINKED)
    return Work(
        number=number,
        serial=serial,
        team=team,
        need=need,
        title=title,
        kind=kind,
        priority=priority,
        requested=requested,
        pm=people[team.pm],
        engineer=engineer,
        blocked_by=dice.whole(0, number - 1) if blocked else -1,
        statuses=works.statuses,
    )


def project_of(team: Team) -> str:
    """The key of a team's project: letters of its name and its number."""
    letters = "".join(character for character in team.key.upper() if character.isalpha())
    return f"{letters[:4]}{team.index + 1}"


def key_of(work: Work) -> str:
    """The key of a piece of work where the tracker gives keys: `SEAR3-12`."""
    return f"{project_of(work.team)}-{work.serial}"
