"""The grid of a working day: quarter hours as bits, so that a free stretch is found in a few shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.period import WEEKDAYS

if TYPE_CHECKING:
    from prodops.simulate.dice import Dice

CELL_MINUTES = 15
DAY_STARTS = 8 * 60
"""Minute of the local day at which the grid begins."""

CELLS = 48
"""Quarter hours of a day on the grid: from 8:00 to 20:00."""

DAY_MASK = (1 << CELLS) - 1

Week = list[int]
"""Taken quarter hours of each working day."""


def stretch(start: int, minutes: int) -> int:
    """The bits of a stretch that starts at a minute of the day; what lies outside the grid is left out."""
    first = (start - DAY_STARTS) // CELL_MINUTES
    cells = -(-minutes // CELL_MINUTES)
    bits = ((1 << cells) - 1) << first if first >= 0 else ((1 << max(0, cells + first)) - 1)
    return bits & DAY_MASK


def starts_free(taken: int, cells: int) -> int:
    """The quarter hours, as bits, at which a stretch of so many free quarter hours begins."""
    free = ~taken & DAY_MASK
    found = free
    for shift in range(1, cells):
        found &= free >> shift
    return found


def place(week: Week, days: list[int], minutes: int, dice: Dice) -> tuple[int, int] | None:
    """Take a free stretch on one of the days.

    Days are tried in an order that is drawn; within a day the first free stretch after a drawn hour is taken.

    Returns:
        The day and the minute of the day, or None when no day has room.
    """
    cells = -(-minutes // CELL_MINUTES)
    for day in dice.picks(days, WEEKDAYS):
        found = starts_free(week[day], cells)
        if not found:
            continue
        later = found >> (shift := dice.whole(2, CELLS - 16)) << shift
        lowest = (later or found) & -(later or found)
        first = lowest.bit_length() - 1
        week[day] |= ((1 << cells) - 1) << first
        return day, DAY_STARTS + first * CELL_MINUTES
    return None
