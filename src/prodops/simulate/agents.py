"""Software that writes by a model: its runs, what it wrote, what a PM thought of it and had to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice
from prodops.simulate.purposes import AI, C7, NO_SINK
from prodops.simulate.side_traces import pieces_of, strength

if TYPE_CHECKING:
    from prodops.simulate.blocks import Block
    from prodops.simulate.world import World

SOUND_A_BLOCK = 2
"""Outputs looked through in a block that belongs to no sink: they were fine."""

UNREAD, UNREAD_MORE = 0.15, 0.6
"""Outputs nobody read, for each that was read: in order, and what full disorder adds."""

LOGGED = (0.9, 0.6)
"""Share of reviews that the table has: in order, and in full disorder."""

FAILS, FAILS_MORE = 0.03, 0.12
LOOPS, LOOPS_MORE = 0.02, 0.15
"""Chance that a run fails, and that it calls one tool over and over."""

DRIFTS_FROM = 0.2
"""From this strength on the model was changed within the period, and wrote worse after it."""

DRIFT_BETWEEN = (0.3, 0.7)
MODELS = ("example-large-1", "example-large-2")
WRITTEN_BEFORE_MINUTES = (20, 600)
REJECTED = 0.15


class Output(NamedTuple):
    """One thing an agent wrote.

    Attributes:
        number: Place in the list, in order of time.
        agent: Index of the agent's name.
        team: Index of the team it is about.
        written: When, in minutes since 1970.
        model: The model that answered.
        reviewed: When a PM looked at it; -1 when nobody did.
        reviewer: Who, as an index of the roster; -1 when nobody.
        rework: Minutes spent mending it.
        defects: Mistakes found in it.
        verdict: 0 taken, 1 corrected, 2 thrown away; -1 when nobody looked.
        logged: Whether the table of reviews has what the reviewer found.
        fails: Whether a step of the run failed.
        loops: Whether the run called one tool over and over.
    """

    number: int
    agent: int
    team: int
    written: int
    model: str
    reviewed: int
    reviewer: int
    rework: float
    defects: int
    verdict: int
    logged: bool
    fails: bool
    loops: bool


def drift_day(world: World) -> int | None:
    """The day, as an ordinal, from which on agents wrote worse; None where nothing changed."""
    if strength(world, AI) < DRIFTS_FROM:
        return None
    share = Dice(world.seed, "drift").between(*DRIFT_BETWEEN)
    return world.period.monday(int(share * world.period.weeks))


def outputs_of(world: World) -> list[Output]:
    """Everything agents wrote: mended, taken as it was, or never looked at."""
    desk = _Desk(world)
    outputs: list[Output] = []
    for piece in pieces_of(world, AI, desk.dice):
        outputs.append(desk.mended(piece.block, piece.moment, piece.minutes))
        outputs += desk.unread(piece.moment)
    for block in world.blocks:
        if block.leaf == C7 and block.sink == NO_SINK:
            for number in range(SOUND_A_BLOCK):
                moment = block.start + number * block.minutes // SOUND_A_BLOCK
                outputs.append(desk.sound(block, moment))
                outputs += desk.unread(moment)
    outputs.sort(key=lambda output: (output.written, output.reviewer, output.agent, output.reviewed))
    return [output._replace(number=number) for number, output in enumerate(outputs)]


class _Desk:
    """Draws outputs of one organisation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.disorder = strength(world, AI)
        self.dice = Dice(world.seed, "agents")
        day = drift_day(world)
        self.drifted = None if day is None else world.period.utc(day, 0)

    def mended(self, block: Block, moment: int, minutes: float) -> Output:
        """An output that had to be mended."""
        dice = self.dice
        worse = self.drifted is not None and moment >= self.drifted
        verdict = 2 if dice.chance(REJECTED) else 1
        return self._output(
            moment,
            reviewer=block.pm,
            rework=minutes,
            defects=1 + dice.poisson(1.5 if worse else 0.6),
            verdict=verdict,
        )

    def sound(self, block: Block, moment: int) -> Output:
        """An output that was taken as it was."""
        return self._output(moment, reviewer=block.pm, rework=0.0, defects=0, verdict=0)

    def unread(self, moment: int) -> list[Output]:
        """Outputs of the same hours that nobody looked at."""
        count = self.dice.poisson(UNREAD + UNREAD_MORE * self.disorder)
        return [self._output(moment, reviewer=-1, rework=0.0, defects=0, verdict=-1) for _ in range(count)]

    def _output(self, moment: int, *, reviewer: int, rework: float, defects: int, verdict: int) -> Output:
        """One output, written some time before somebody looked at it."""
        dice, disorder = self.dice, self.disorder
        written = moment - dice.whole(*WRITTEN_BEFORE_MINUTES)
        teams = self.world.roster.teams_of(reviewer) if reviewer >= 0 else self.world.roster.teams
        drifted = self.drifted is not None and written >= self.drifted
        calm, wild = LOGGED
        return Output(
            number=-1,
            agent=dice.whole(0, len(self.world.texts.ventures.agents.agents) - 1),
            team=dice.pick(teams).index,
            written=written,
            model=MODELS[drifted],
            reviewed=moment if reviewer >= 0 else -1,
            reviewer=reviewer,
            rework=rework,
            defects=defects,
            verdict=verdict,
            logged=dice.chance(calm + (wild - calm) * disorder),
            fails=dice.chance(FAILS + FAILS_MORE * disorder),
            loops=dice.chance(LOOPS + LOOPS_MORE * disorder * (2.0 if drifted else 1.0)),
        )
