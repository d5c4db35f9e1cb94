"""How the smaller sinks show in files: how strong each is, and the pieces its hours were spent in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.period import WEEKDAYS

if TYPE_CHECKING:
    from prodops.simulate.blocks import Block
    from prodops.simulate.dice import Dice
    from prodops.simulate.world import World

HALF_STRENGTH = 0.5
"""Avoidable PM hours, per PM and week, at which a sink is half as strong as it can get."""


class Piece(NamedTuple):
    """One piece of a block: one chase, one double entry, one output mended.

    Attributes:
        block: The block it lies in.
        moment: When it began, in minutes since 1970.
        minutes: How long it took.
    """

    block: Block
    moment: int
    minutes: float


def strength(world: World, sink: int) -> float:
    """How strong a sink truly is, from 0 to 1: what its traces are drawn from.

    It follows the hours that the sink took from PMs, so that traces and hours tell the same story.
    """
    minutes = sum(block.minutes * block.avoidable for block in world.blocks if block.sink == sink)
    hours = minutes / 60 / (len(world.roster.pms) * world.period.weeks)
    return hours / (hours + HALF_STRENGTH)


def pieces_of(world: World, sink: int, dice: Dice) -> list[Piece]:
    """What the blocks of a sink consist of, in order of time; a block of half an hour holds a few."""
    typical = world.sides[sink].minutes
    blocks = sorted((b for b in world.blocks if b.sink == sink), key=lambda b: (b.start, b.pm))
    pieces: list[Piece] = []
    for block in blocks:
        count = max(1, dice.rounded(block.minutes / typical))
        minutes = block.minutes / count
        pieces += [Piece(block, block.start + int(n * minutes), minutes) for n in range(count)]
    return pieces


def working_day(day: int) -> int:
    """The day, or the Monday after it when it falls on a weekend."""
    weekday = (day + 6) % 7
    return day if weekday < WEEKDAYS else day + 7 - weekday
