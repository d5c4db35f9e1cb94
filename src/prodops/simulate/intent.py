"""What PMs mean to do with their weeks: shares of the taxonomy that drift from week to week."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.purposes import C1, LEAVES, USUAL_SHARES

if TYPE_CHECKING:
    from prodops.simulate.people import Roster
    from prodops.simulate.period import Period
    from prodops.simulate.settings import IntentSettings

PERSON_SPREAD = 0.22
"""How PMs differ, as the standard deviation of a log share."""

PERSON_MEMORY, PERSON_NOISE = 0.5, 0.20
AREA_MEMORY, AREA_NOISE = 0.7, 0.08
"""Autoregression of first order from week to week, and the spread it settles at."""


class Intent:
    """Weekly shares of every PM: logistic-normal, with a memory of one week."""

    def __init__(self, seed: int, roster: Roster, period: Period, settings: IntentSettings) -> None:
        self.dice = Dice(seed, "intent")
        self.period = period
        self.area_of = roster.area_of
        self.quarter_end = settings.quarter_end
        self.rise = settings.season_rise
        last = int((settings.season + settings.season_share) * period.weeks)
        self.season = range(int(settings.season * period.weeks), last)
        more = dict.fromkeys((leaf for leaf in LEAVES if leaf.startswith("C")), settings.overhead.middle)
        more |= dict(settings.more)
        usual = [share * more.get(LEAVES[leaf], 1.0) for leaf, share in enumerate(USUAL_SHARES)]
        leaves = range(len(LEAVES))
        self.usual = {
            pm: [math.log(usual[leaf]) + PERSON_SPREAD * self.dice.normal() for leaf in leaves]
            for pm in roster.pms
        }
        self.of_pm = {pm: [PERSON_NOISE * self.dice.normal() for _ in leaves] for pm in roster.pms}
        self.of_area = [[AREA_NOISE * self.dice.normal() for _ in leaves] for _ in range(roster.areas)]

    def next_week(self) -> None:
        """Let a week pass."""
        for state in self.of_pm.values():
            self._drift(state, PERSON_MEMORY, PERSON_NOISE)
        for state in self.of_area:
            self._drift(state, AREA_MEMORY, AREA_NOISE)

    def shares(self, pm: int, week: int) -> list[float]:
        """The shares a PM means to give to the leaves in this week; they add up to 1."""
        drift, area = self.of_pm[pm], self.of_area[self.area_of[pm]]
        logs = [usual + drift[leaf] + area[leaf] for leaf, usual in enumerate(self.usual[pm])]
        if self.period.quarter_closes(week):
            logs[C1] += self.quarter_end
        if week in self.season:
            logs[C1] += self.rise
        weights = [math.exp(value) for value in logs]
        total = math.fsum(weights)
        return [weight / total for weight in weights]

    def _drift(self, state: list[float], memory: float, noise: float) -> None:
        """One step of an autoregression that keeps its spread."""
        shock = noise * math.sqrt(1.0 - memory * memory)
        for leaf, value in enumerate(state):
            state[leaf] = memory * value + shock * self.dice.normal()
