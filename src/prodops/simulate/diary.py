"""One week of all PMs while it is being lived: what is taken, what was done, what the calendars hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.blocks import Block, Event
from prodops.simulate.grid import Week, place, stretch
from prodops.simulate.period import WEEKDAYS
from prodops.simulate.purposes import LEAVES, NO_SINK

if TYPE_CHECKING:
    from prodops.simulate.absences import Absences
    from prodops.simulate.dice import Dice
    from prodops.simulate.people import Roster
    from prodops.simulate.period import Period

LATE = 20 * 60
"""Where work goes that found no room in the day."""


class Diary:
    """The blocks and calendar entries of all PMs; the week under way is kept as a grid.

    Attributes:
        blocks: What was truly done, in the order it was entered.
        events: Entries of calendars that are no rituals.
        working: Weekdays each PM works in the week under way.
        plain_minutes: Minutes of each leaf that no sink took, by PM, in the week under way.
        sink_minutes: Minutes that sinks took, by PM, in the week under way.
        met_minutes: Minutes spent in meetings, by PM, in the week under way.
    """

    def __init__(self, roster: Roster, absences: Absences, period: Period) -> None:
        self.roster = roster
        self.absences = absences
        self.period = period
        self.blocks: list[Block] = []
        self.events: list[Event] = []
        self.week = 0
        self.monday = 0
        self.taken: dict[int, Week] = {}
        self.working: dict[int, list[int]] = {}
        self.plain_minutes: dict[int, list[float]] = {}
        self.sink_minutes: dict[int, float] = {}
        self.met_minutes: dict[int, float] = {}

    def open_week(self, week: int) -> None:
        """Begin the next week with empty grids."""
        self.week = week
        self.monday = self.period.monday(week)
        for pm in self.roster.pms:
            self.taken[pm] = [0] * WEEKDAYS
            self.working[pm] = self.absences.working_days(pm, self.monday)
            self.plain_minutes[pm] = [0.0] * len(LEAVES)
            self.sink_minutes[pm] = 0.0
            self.met_minutes[pm] = 0.0

    def is_free(self, pm: int, day: int, start: int, minutes: int) -> bool:
        """Whether a PM works on that weekday and has that stretch free."""
        return day in self.working[pm] and not self.taken[pm][day] & stretch(start, minutes)

    def find(self, pm: int, minutes: int, dice: Dice) -> tuple[int, int, bool]:
        """Take a free stretch of the PM's week: weekday, minute of the day, and whether there was room.

        Work that finds no room is done in the evening of some working day.
        """
        found = place(self.taken[pm], self.working[pm], minutes, dice)
        if found:
            return found[0], found[1], True
        return dice.pick(self.working[pm]), LATE, False

    def take(self, pm: int, day: int, start: int, minutes: int) -> None:
        """Take a stretch that was found to be free."""
        self.taken[pm][day] |= stretch(start, minutes)

    def enter(
        self,
        pm: int,
        day: int,
        start: int,
        minutes: int,
        *,
        leaf: int,
        output: bool,
        sink: int = NO_SINK,
        avoidable: float = 0.0,
        medium: str = "dark",
        uid: str = "",
    ) -> None:
        """Enter a block of the week under way."""
        utc = self.period.utc(self.monday + day, start)
        self.blocks.append(
            Block(pm, self.week, utc, minutes, leaf, output, sink, round(avoidable, 4), medium, uid)
        )
        if sink == NO_SINK:
            self.plain_minutes[pm][leaf] += minutes
        else:
            self.sink_minutes[pm] += minutes
        if medium in {"ritual", "meeting"}:
            self.met_minutes[pm] += minutes
