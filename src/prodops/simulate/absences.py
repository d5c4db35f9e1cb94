"""When PMs are away: vacation in spans, single days, and the days on which everybody rests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.period import WEEKDAYS, Period, is_closed

if TYPE_CHECKING:
    from prodops.simulate.people import Roster

SPAN_DAYS = (12, 5, 5, 2)
"""Lengths, in days from Monday on, of the vacations of a year."""

SINGLE_DAYS_A_YEAR = 5.0
WEEKS_A_YEAR = 52.0


@dataclass(frozen=True, slots=True)
class Span:
    """Days away, the last one included.

    Attributes:
        first: The first day, as an ordinal.
        last: The last day.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Absences:
    """Who is away when.

    Attributes:
        spans: Spans of each PM, in order.
    """

    spans: dict[int, tuple[Span, ...]]

    def working_days(self, pm: int, monday: int) -> list[int]:
        """The weekdays, Monday 0 to Friday 4, on which a PM works in the week of that Monday."""
        away = [span for span in self.spans[pm] if span.first <= monday + WEEKDAYS and span.last >= monday]
        return [
            day
            for day in range(WEEKDAYS)
            if not is_closed(monday + day)
            and not any(span.first <= monday + day <= span.last for span in away)
        ]


def draw_absences(seed: int, roster: Roster, period: Period) -> Absences:
    """Vacations and single days of every PM."""
    dice = Dice(seed, "absences")
    spans: dict[int, tuple[Span, ...]] = {}
    for pm in roster.pms:
        drawn: list[Span] = []
        for days in SPAN_DAYS:
            for _ in range(dice.rounded(period.weeks / WEEKS_A_YEAR)):
                first = period.monday(dice.whole(0, period.weeks - 1))
                drawn.append(Span(first, first + days - 1))
        for _ in range(dice.poisson(SINGLE_DAYS_A_YEAR * period.weeks / WEEKS_A_YEAR)):
            day = period.monday(dice.whole(0, period.weeks - 1)) + dice.whole(0, WEEKDAYS - 1)
            drawn.append(Span(day, day))
        spans[pm] = tuple(sorted(drawn, key=lambda span: (span.first, span.last)))
    return Absences(spans)
