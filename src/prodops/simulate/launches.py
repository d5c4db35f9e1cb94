"""Launches: what was committed first, how dates slipped, what was noticed late, and who was waited for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice
from prodops.simulate.period import day_of
from prodops.simulate.purposes import LAUNCH
from prodops.simulate.side_traces import Piece, pieces_of, strength, working_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from prodops.simulate.people import Team
    from prodops.simulate.texts.library import LaunchTexts
    from prodops.simulate.world import World

WEEKS_A_LAUNCH = 8
"""A team makes something known about this often."""

GATES_OF_TIER = (4, 3, 2)
TIERS = (0, 1, 1, 2, 2, 2)
NOTICE_DAYS = (21, 70)
SLIPS, SLIPS_MORE = 0.12, 0.65
"""Chance that a date is moved once more: in calm, and what full friction adds."""

SLIP_DAYS, SLIP_DAYS_MORE = 7.0, 21.0
GATE_DAYS, GATE_DAYS_MORE = 4.0, 24.0
LATE, LATE_MORE = 0.05, 0.5
"""Chance that a dependency is noticed late."""

DEPENDS = 0.25
WITHDRAWN = 0.03
MOST_SLIPS = 5
WRITTEN_DOWN = 0.75
"""Share of reminders that the plan's history has."""

PLANNED, AT_RISK, LAUNCHED, GIVEN_UP = range(4)


class Gate(NamedTuple):
    """Something to be passed before a launch.

    Attributes:
        name: What it is called.
        asked: The day it was asked for, as an ordinal.
        passed: The day it was passed.
    """

    name: str
    asked: int
    passed: int


class Move(NamedTuple):
    """One time a date was moved.

    Attributes:
        day: When, as an ordinal.
        before: The date before.
        after: The date since.
        words: Why.
    """

    day: int
    before: int
    after: int
    words: str


class Launch(NamedTuple):
    """One launch; its future is known in full.

    Attributes:
        number: Place in the list.
        key: The plan's own key.
        name: Its name.
        team: Index of the team.
        tier: 0 for the most ceremony, 2 for the least.
        opened: The day it entered the plan, as an ordinal.
        first: The day first committed.
        moves: Each time that was moved.
        gates: What must be passed.
        depends: Launches that must come before, known from the start.
        late: Launches that must come before, noticed late, each with the day it was noticed.
        withdrawn: Whether it was given up.
    """

    number: int
    key: str
    name: str
    team: int
    tier: int
    opened: int
    first: int
    moves: tuple[Move, ...]
    gates: tuple[Gate, ...]
    depends: tuple[int, ...]
    late: tuple[tuple[int, int], ...]
    withdrawn: bool

    @property
    def ends(self) -> int:
        """The day it takes place in the end."""
        return self.moves[-1].after if self.moves else self.first

    def date_on(self, day: int) -> int:
        """The date committed to on a day."""
        return next((move.after for move in reversed(self.moves) if move.day <= day), self.first)


class Chase(NamedTuple):
    """One time somebody ran after a gate.

    Attributes:
        launch: Number of the launch.
        gate: Name of the gate.
        piece: The time it took.
        written: Whether the plan's history has it.
    """

    launch: int
    gate: str
    piece: Piece
    written: bool


def launches_of(world: World) -> list[Launch]:
    """Every launch of an organisation, in the order in which they entered the plan."""
    dice = Dice(world.seed, "launches")
    texts, friction = world.texts.ventures.launches, strength(world, LAUNCH)
    teams, weeks = world.roster.teams, world.period.weeks
    count = max(2, round(len(teams) * weeks / WEEKS_A_LAUNCH))
    opened = sorted(
        working_day(world.period.first_monday + dice.whole(-4 * 7, 7 * weeks - 14)) for _ in range(count)
    )
    names = [name.format(area=team.name) for team in teams for name in texts.names]
    names = dice.picks(names, len(names))
    launches: list[Launch] = []
    for index, day in enumerate(opened):
        round_, place = divmod(index, len(names))
        name = names[place] + (f" ({round_ + 1})" if round_ else "")
        launches.append(_launch(launches, name, day, texts=texts, friction=friction, dice=dice))
    by_name = {name.format(area=team.name): team.index for team in teams for name in texts.names}
    return [launch._replace(team=by_name[launch.name.partition(" (")[0]]) for launch in launches]


def _launch(
    earlier: list[Launch], name: str, opened: int, *, texts: LaunchTexts, friction: float, dice: Dice
) -> Launch:
    """One launch."""
    tier = dice.pick(TIERS)
    first = working_day(opened + dice.whole(*NOTICE_DAYS))
    running = [launch for launch in earlier if launch.ends > opened]
    depends = (dice.pick(running).number,) if running and dice.chance(DEPENDS) else ()
    late: tuple[tuple[int, int], ...] = ()
    if running and dice.chance(LATE + LATE_MORE * friction):
        other = dice.pick(running).number
        late = ((other, working_day(opened + dice.whole(7, max(8, first - opened)))),)
    names = dice.picks(texts.gates, GATES_OF_TIER[tier])
    moves = _moves(first, names, [launch.name for launch in running], texts, friction=friction, dice=dice)
    ends = moves[-1].after if moves else first
    gates = tuple(_gate(gate, opened, ends, friction=friction, dice=dice) for gate in names)
    return Launch(
        number=len(earlier),
        key=f"L-{len(earlier) + 1:03d}",
        name=name,
        team=-1,
        tier=tier,
        opened=opened,
        first=first,
        moves=moves,
        gates=gates,
        depends=depends,
        late=late if late and late[0][0] not in depends else (),
        withdrawn=dice.chance(WITHDRAWN),
    )


def _moves(
    first: int, gates: list[str], others: list[str], texts: LaunchTexts, *, friction: float, dice: Dice
) -> tuple[Move, ...]:
    """Each time the date was moved, always shortly before it was due."""
    moves: list[Move] = []
    due = first
    while len(moves) < MOST_SLIPS and dice.chance(SLIPS + SLIPS_MORE * friction):
        days = max(3, round(dice.around(SLIP_DAYS + SLIP_DAYS_MORE * friction, 0.5)))
        after = working_day(due + days)
        words = dice.pick(texts.moved).format(
            gate=dice.pick(gates), other=dice.pick(others) if others else dice.pick(gates)
        )
        moves.append(Move(working_day(due - dice.whole(2, 12)), due, after, words))
        due = after
    return tuple(moves)


def _gate(name: str, opened: int, ends: int, *, friction: float, dice: Dice) -> Gate:
    """One gate: asked for early, passed after a wait, and in any case before the launch."""
    asked = working_day(opened + dice.whole(2, 9))
    wait = max(1, round(dice.around(GATE_DAYS + GATE_DAYS_MORE * friction, 0.6)))
    return Gate(name, asked, max(asked, min(working_day(asked + wait), ends - 1)))


def chases_of(world: World, launches: list[Launch]) -> list[Chase]:
    """What each hour of launch friction was spent on: one gate of one launch asked for again."""
    dice = Dice(world.seed, "chases")
    teams = {pm: {team.index for team in world.roster.teams_of(pm)} for pm in world.roster.pms}
    chases: list[Chase] = []
    for piece in pieces_of(world, LAUNCH, dice):
        day = day_of(piece.moment)
        under_way = [launch for launch in launches if launch.opened <= day <= launch.ends] or launches
        own = [launch for launch in under_way if launch.team in teams[piece.block.pm]]
        launch = dice.pick(own or under_way)
        waiting = [gate for gate in launch.gates if gate.asked <= day <= gate.passed]
        gate = dice.pick(waiting or launch.gates)
        chases.append(Chase(launch.number, gate.name, piece, dice.chance(WRITTEN_DOWN)))
    return chases


def shipped_in(launches: list[Launch]) -> Callable[[Team, int], Launch | None]:
    """Which launch of a team makes known what was released on a day: the first that is not over by then."""
    of_team: dict[int, list[Launch]] = defaultdict(list)
    for launch in sorted(launches, key=lambda launch: launch.ends):
        of_team[launch.team].append(launch)

    def found(team: Team, day: int) -> Launch | None:
        own = (launch for launch in of_team[team.index] if launch.ends >= day and launch.opened <= day)
        return next(own, None)

    return found


def titles_of(world: World) -> dict[str, str]:
    """Titles of the calendar entries that stand for launch friction: they name the launch."""
    launches = launches_of(world)
    patterns = world.texts.ventures.launches.meetings
    return {
        chase.piece.block.uid: patterns[chase.piece.block.start % len(patterns)].format(
            launch=launches[chase.launch].name
        )
        for chase in chases_of(world, launches)
        if chase.piece.block.uid
    }
