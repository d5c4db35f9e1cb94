"""Calendar entries with no work behind them: placeholders, collisions, private entries, absences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.blocks import Event, Guest
from prodops.simulate.dice import Dice, digest
from prodops.simulate.grid import CELL_MINUTES, DAY_STARTS
from prodops.simulate.names import DOMAIN
from prodops.simulate.period import WEEKDAYS

if TYPE_CHECKING:
    from prodops.simulate.diary import Diary
    from prodops.simulate.filling import Filler
    from prodops.simulate.settings import CalendarSettings

HABITUAL = 0.6
"""Share of PMs with a weekly hold without end."""

TENTATIVE = 0.2
FREE = 0.15
"""Shares of placeholders that are tentative, or that leave the time free."""


class Clutter:
    """Adds entries that a careless reader would count as time."""

    def __init__(self, seed: int, diary: Diary, filler: Filler, settings: CalendarSettings) -> None:
        self.seed = seed
        self.diary = diary
        self.filler = filler
        self.settings = settings
        self.dice = Dice(seed, "clutter")

    def add_habits(self) -> None:
        """Weekly holds without end, and the absences, of every PM."""
        dice, diary, texts = self.dice, self.diary, self.filler.texts
        for pm in diary.roster.pms:
            for number, span in enumerate(diary.absences.spans[pm]):
                days = span.last - span.first + 1
                uid = f"{digest(self.seed, 'absence', pm, number)}@{DOMAIN}"
                diary.events.append(Event(uid, (pm,), dice.pick(texts.absences), span.first, -1, days))
            if dice.chance(HABITUAL):
                uid = f"{digest(self.seed, 'habit', pm)}@{DOMAIN}"
                day = diary.period.first_monday + dice.whole(0, WEEKDAYS - 1)
                start = DAY_STARTS + CELL_MINUTES * 4 * dice.whole(0, 8)
                title = dice.pick(texts.placeholders)
                diary.events.append(Event(uid, (pm,), title, day, start, 60, weekly=True))

    def add_week(self) -> None:
        """The clutter of the week under way."""
        for pm in self.diary.roster.pms:
            days = self.diary.working[pm]
            if not days:
                continue
            part = len(days) / WEEKDAYS
            for _ in range(self.dice.poisson(self.settings.placeholders * part)):
                self._placeholder(pm)
            for _ in range(self.dice.poisson(self.settings.private * part)):
                self._private(pm)
            for _ in range(self.dice.poisson(self.settings.double_booked * part)):
                self._invitation(pm, "ACCEPTED")
            for _ in range(self.dice.poisson(self.settings.declined * part)):
                self._invitation(pm, "DECLINED")

    def _moment(self, pm: int) -> tuple[int, int]:
        """A local day and minute within the PM's working week."""
        day = self.diary.monday + self.dice.pick(self.diary.working[pm])
        return day, DAY_STARTS + 60 + CELL_MINUTES * 2 * self.dice.whole(0, 16)

    def _placeholder(self, pm: int) -> None:
        """A hold that stands for no work of its own."""
        dice = self.dice
        day, start = self._moment(pm)
        self.diary.events.append(
            Event(
                uid=self.filler.uid(),
                owners=(pm,),
                title=dice.pick(self.filler.texts.placeholders),
                day=day,
                start=start,
                minutes=dice.pick((30, 60, 120)),
                status="TENTATIVE" if dice.chance(TENTATIVE) else "CONFIRMED",
                transparent=dice.chance(FREE),
            )
        )

    def _private(self, pm: int) -> None:
        """A private appointment."""
        day, start = self._moment(pm)
        title = self.dice.pick(self.filler.texts.private)
        self.diary.events.append(Event(self.filler.uid(), (pm,), title, day, start, 60, private=True))

    def _invitation(self, pm: int, response: str) -> None:
        """An invitation the PM does not follow: declined, or accepted although something else is on."""
        dice, diary = self.dice, self.diary
        day, start = self._moment(pm)
        if response == "ACCEPTED":
            weekday = day - diary.monday
            busy = [c for c in range(4, 36) if diary.taken[pm][weekday] >> c & 1]
            start = DAY_STARTS + CELL_MINUTES * dice.pick(busy) if busy else start
        host, *others = dice.picks(self.filler.habits[pm].colleagues, dice.whole(2, 5))
        guests = (
            Guest(host, "ACCEPTED"),
            *(Guest(person, "ACCEPTED") for person in others),
            Guest(pm, response, optional=True),
        )
        title = self.filler.title(dice.pick(self.filler.texts.by_leaf), pm)
        diary.events.append(Event(self.filler.uid(), (pm,), title, day, start, 60, guests))
