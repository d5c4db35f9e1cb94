"""Tools and their seats, and the roadmap that is kept once more in a sheet beside the tracker."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice
from prodops.simulate.purposes import TOOLS
from prodops.simulate.side_traces import pieces_of, strength
from prodops.simulate.tracker import DECLINED, works_of

if TYPE_CHECKING:
    from prodops.simulate.tracker import Work
    from prodops.simulate.world import World

FEWEST = 8
"""Tools of an organisation without overlap; the others of the list come with it."""

USED = (0.85, 0.97)
"""Share of seats in use where nothing overlaps."""

UNUSED_MORE = 0.5
"""How much of that full overlap takes away."""

PRICE = (60, 600)
SEAT_SHARES = (1.0, 0.5, 1.0, 0.3, 0.4, 0.4, 0.2, 0.2, 0.6, 0.5, 0.2, 0.4)
"""Share of everybody for whom a seat of each tool of the list is paid."""

RECENT_DAYS = 30
OWN_IDEAS_A_TEAM = 2
SHEET_STAGES = (0, 1, 2, 2, 3, 4, 4)
"""The stage of the sheet for each place where work can stand in the tracker."""

CANCELLED_STAGE = 0
"""A sheet has no word for what was turned down: it goes back among the ideas."""


class Tool(NamedTuple):
    """One tool.

    Attributes:
        name: Its name.
        purpose: What it is for.
        owner: Who answers for it, as an index of the roster; -1 for nobody.
        seats_paid: Seats paid for.
        seats_used: Seats used in the last month.
        price_eur: What a seat costs a year.
        renews_in_days: Days from the export to the renewal.
    """

    name: str
    purpose: str
    owner: int
    seats_paid: int
    seats_used: int
    price_eur: int
    renews_in_days: int


class Line(NamedTuple):
    """One line of the sheet: an item typed in, or typed in again.

    Attributes:
        moment: When, in minutes since 1970.
        title: The item.
        stage: How far it is, as an index of the stages of the sheet.
        by: Who typed it, as an index of the roster.
        team: Index of the team.
        copied: Whether it stands in the tracker already.
    """

    moment: int
    title: str
    stage: int
    by: int
    team: int
    copied: bool


def tools_of(world: World) -> list[Tool]:
    """The tools of an organisation; where they overlap there are more of them, and fewer seats in use."""
    dice = Dice(world.seed, "tools")
    overlap = strength(world, TOOLS)
    known = world.texts.ventures.tools.tools
    count = FEWEST + dice.rounded(overlap * (len(known) - FEWEST))
    owners = (*world.roster.pms, *world.roster.groups["Operations"])
    tools: list[Tool] = []
    for place, (name, purpose) in enumerate(known[:count]):
        paid = max(5, round(SEAT_SHARES[place % len(SEAT_SHARES)] * world.stage.people))
        used = dice.between(*USED) - UNUSED_MORE * overlap * dice.unit()
        tools.append(
            Tool(
                name=name,
                purpose=purpose,
                owner=-1 if dice.chance(0.1 + 0.3 * overlap) else dice.pick(owners),
                seats_paid=paid,
                seats_used=round(paid * max(0.1, used)),
                price_eur=dice.whole(*PRICE),
                renews_in_days=dice.whole(10, 360),
            )
        )
    return tools


def lines_of(world: World) -> list[Line]:
    """The sheet, in order of time: what stands in the tracker once more, and a few ideas of its own.

    Each double entry takes what the truth says it takes: blocks of tool overlap are cut into them.
    """
    dice = Dice(world.seed, "sheet")
    by_team: dict[int, list[_Item]] = defaultdict(list)
    for work in works_of(world):
        by_team[work.team.index].append(_item(work))
    shown: dict[int, int] = {}
    lines: list[Line] = []
    for piece in pieces_of(world, TOOLS, dice):
        pm = piece.block.pm
        team = dice.pick(world.roster.teams_of(pm)).index
        opened = [item for item in by_team[team] if item.moments[0] <= piece.moment]
        if opened:
            item = _next(opened, shown, piece.moment, dice)
            stage = item.stage_at(piece.moment)
            shown[item.number] = stage
            lines.append(Line(piece.moment, item.title, stage, pm, team, copied=True))
    return sorted([*lines, *_ideas(world, dice)], key=lambda line: (line.moment, line.title))


class _Item(NamedTuple):
    """A piece of tracked work as somebody sees it who keeps the sheet.

    Attributes:
        number: Its number in the tracker.
        title: Its summary.
        moments: When it was opened, and when it reached each stage after that.
        stages: The stage of the sheet from each of these moments on.
    """

    number: int
    title: str
    moments: tuple[int, ...]
    stages: tuple[int, ...]

    def stage_at(self, moment: int) -> int:
        """How far it was."""
        return self.stages[max(0, bisect_right(self.moments, moment) - 1)]


def _item(work: Work) -> _Item:
    """A piece of work with its stages in the words of the sheet: five for the tracker's seven."""
    moves = work.moves()
    reached = [0, *(move.after for move in moves)]
    return _Item(
        work.number,
        work.title,
        (work.need.created, *(move.moment for move in moves)),
        tuple(CANCELLED_STAGE if at == DECLINED else SHEET_STAGES[at] for at in reached),
    )


def _next(items: list[_Item], shown: dict[int, int], moment: int, dice: Dice) -> _Item:
    """What is typed in next: something whose stage the sheet does not show yet, else anything."""
    behind = [item for item in items if shown.get(item.number) != item.stage_at(moment)]
    return dice.pick(behind or items)


def _ideas(world: World, dice: Dice) -> list[Line]:
    """What stands in the sheet alone."""
    first, last = world.period.utc(world.period.first_monday, 9 * 60), world.period.exported_at
    subjects = [subject for subject, _ in world.texts.requests.needs]
    ideas: list[Line] = []
    for team in world.roster.teams:
        for subject in dice.picks(subjects, OWN_IDEAS_A_TEAM):
            moment = dice.whole(first, last)
            ideas.append(Line(moment, f"{subject}: {team.name}", 0, team.pm, team.index, copied=False))
    return ideas
