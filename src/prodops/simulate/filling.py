"""Fills a PM's week around the rituals: what the sinks take, then what the PM means to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.blocks import Event, Guest
from prodops.simulate.dice import Dice, digest
from prodops.simulate.names import DOMAIN, plain
from prodops.simulate.period import WEEKDAYS
from prodops.simulate.purposes import (
    A1,
    A2,
    A3,
    AI,
    B3,
    BLACK_HOLE,
    C1,
    C2,
    C3,
    C4,
    C5,
    C7,
    DATA_DEBT,
    LAUNCH,
    LEAVES,
    MEETING_SHARES,
    NO_SINK,
    ROT,
    TOOLS,
)
from prodops.simulate.rollouts import ADMINISTRATIVE

if TYPE_CHECKING:
    from prodops.simulate.diary import Diary
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.rollouts import Rollouts
    from prodops.simulate.sides import Side
    from prodops.simulate.texts.library import CalendarTexts

LENGTHS = (30, 30, 45, 60, 60, 90)
SHORT = 15
WORKS = 0.75
"""Chance that a block outside rituals gave something."""

VAGUE_MEETINGS, VAGUE_HOLDS = 0.30, 0.06
COLLEAGUE_PM = 0.10
MOST_COMPANY = 4
ANSWERS, OPTIONAL = 0.8, 0.1
MOST_MEETING_SHARE = 1.5
LONGEST_SIDE = 30
"""Minutes of one piece of a smaller sink."""

LONGEST_ANSWERING = 60
ANSWERED_ALONE = 0.4


@dataclass(frozen=True, slots=True)
class Habits:
    """How one PM works.

    Attributes:
        weekly_minutes: Working minutes of a full week.
        hygiene: Chance that own work stands in the calendar.
        meeting_minutes: Minutes of meetings of a full week, rituals included.
        colleagues: People met with outside rituals.
        area: The word for what the PM works on.
    """

    weekly_minutes: float
    hygiene: float
    meeting_minutes: float
    colleagues: tuple[int, ...]
    area: str


class Check(NamedTuple):
    """One check by hand.

    Attributes:
        metric: What was checked.
        minutes: How long it took.
        avoidable: Share of that which comes back when the metric is trusted.
    """

    metric: str
    minutes: int
    avoidable: float


@dataclass(frozen=True, slots=True)
class Loads:
    """What the processes outside the calendar ask of PMs in one week.

    Attributes:
        answers: By PM: minutes and avoidable share of each repeated question.
        rechecks: By PM: each check by hand.
        sides: By sink: what takes time in small pieces.
        disputed: Metrics that a meeting is called about this week.
    """

    answers: dict[int, list[tuple[int, float]]]
    rechecks: dict[int, list[Check]]
    sides: dict[int, Side]
    disputed: list[str]


STRATEGIC = (A1, A2, A3)
SIDE_LEAVES = {LAUNCH: C5, TOOLS: C2, AI: C7}


class Filler:
    """Fills the weeks of all PMs."""

    def __init__(
        self,
        seed: int,
        diary: Diary,
        *,
        habits: dict[int, Habits],
        texts: CalendarTexts,
        rollouts: Rollouts,
        companies: list[str],
        metrics: list[str],
    ) -> None:
        self.seed = seed
        self.diary = diary
        self.habits = habits
        self.texts = texts
        self.rollouts = rollouts
        self.companies = companies
        self.metrics = metrics
        self.dice = Dice(seed, "filling")

    def title(self, patterns: tuple[str, ...], pm: int, *, metric: str = "", ritual: str = "") -> str:
        """One of the patterns with its fields filled in."""
        dice = self.dice
        colleague = dice.pick(self.habits[pm].colleagues)
        return dice.pick(patterns).format(
            area=self.habits[pm].area,
            company=dice.pick(self.companies),
            name=self.diary.roster.people[colleague].name.partition(" ")[0],
            metric=(metric or dice.pick(self.metrics)).replace("_", " "),
            ritual=ritual,
        )

    def uid(self) -> str:
        """A new identifier for a calendar entry."""
        return f"{digest(self.seed, 'event', len(self.diary.events))}@{DOMAIN}"

    def fill_sinks(self, pm: int, loads: Loads, preparing: list[tuple[Ritual, int, float]]) -> None:
        """What the sinks take, before anything the PM means to do."""
        texts = self.texts
        for ritual, minutes, avoidable in preparing:
            if left := self._left(pm, minutes, C1, ROT):
                title = self.title(texts.preparations, pm, ritual=ritual.title)
                self.solo(pm, left, C1, title=title, sink=ROT, avoidable=avoidable)
        self._answer(pm, loads.answers.get(pm, []))
        for check in loads.rechecks.get(pm, ()):
            sink = DATA_DEBT if check.avoidable else NO_SINK
            if left := self._left(pm, check.minutes, C3, sink):
                title = self.title(texts.rechecks, pm, metric=check.metric)
                self.solo(pm, left, C3, title=title, sink=sink, avoidable=check.avoidable)
        for number, leaf in SIDE_LEAVES.items():
            side = loads.sides[number]
            minutes_meant = side.hours * 60 * len(self.diary.working[pm]) / WEEKDAYS
            kept = self.rollouts.kept(pm, self.diary.week, minutes_meant, leaf=leaf, sink=number)
            for _ in range(self.dice.poisson(kept / LONGEST_SIDE)):
                title = self.title(texts.by_leaf[leaf], pm)
                self.solo(pm, LONGEST_SIDE, leaf, title=title, sink=number, avoidable=side.avoidable)

    def _left(self, pm: int, minutes: int, leaf: int, sink: int) -> int:
        """Minutes of a piece of work that is left where an intervention takes a share of such pieces away."""
        kept = self.rollouts.kept(pm, self.diary.week, minutes, leaf=leaf, sink=sink)
        return minutes if kept >= minutes or self.dice.chance(kept / minutes) else 0

    def _answer(self, pm: int, answers: list[tuple[int, float]]) -> None:
        """Answer repeated questions, some of them in one go."""
        batch, saved = 0, 0.0
        for number, (full, avoidable) in enumerate(answers, start=1):
            minutes = self._left(pm, full, C4, BLACK_HOLE if avoidable else NO_SINK)
            batch += minutes
            saved += minutes * avoidable
            enough = batch >= SHORT and self.dice.chance(ANSWERED_ALONE)
            if batch and (batch >= LONGEST_ANSWERING or number == len(answers) or enough):
                title = self.title(self.texts.answers, pm)
                sink = BLACK_HOLE if saved else NO_SINK
                self.solo(pm, batch, C4, title=title, sink=sink, avoidable=saved / batch)
                batch, saved = 0, 0.0

    def dispute(self, metric: str, avoidable: float) -> None:
        """A meeting of two or three PMs because two numbers contradict each other."""
        diary, dice = self.diary, self.dice
        able = [pm for pm in diary.roster.pms if diary.working[pm]]
        caller, *others = dice.picks(able, dice.whole(2, 3)) or (None,)
        if caller is None:
            return
        minutes = dice.pick((45, 60, 90))
        day, start, roomy = diary.find(caller, minutes, dice)
        came = [pm for pm in others if roomy and diary.is_free(pm, day, start, minutes)]
        uid = self.uid()
        for pm in came:
            diary.take(pm, day, start, minutes)
        for pm in (caller, *came):
            diary.enter(
                pm,
                day,
                start,
                minutes,
                leaf=C3,
                output=dice.chance(WORKS),
                sink=DATA_DEBT,
                avoidable=avoidable,
                medium="meeting",
                uid=uid,
            )
        analyst = Guest(dice.pick(diary.roster.groups["Data"]), "ACCEPTED")
        guests = (Guest(caller, "ACCEPTED"), *(Guest(pm, "ACCEPTED") for pm in came), analyst)
        title = self.title(self.texts.disputes, caller, metric=metric)
        self.diary.events.append(
            Event(uid, (caller, *came), title, diary.monday + day, start, minutes, guests)
        )

    def fill_rest(self, pm: int, shares: list[float]) -> None:
        """Spend the rest of the week as the PM means to, so that the shares come out as meant."""
        diary, habits = self.diary, self.habits[pm]
        part = len(diary.working[pm]) / WEEKDAYS
        free = habits.weekly_minutes * part - diary.sink_minutes[pm]
        wanted = [max(0.0, share * free - diary.plain_minutes[pm][leaf]) for leaf, share in enumerate(shares)]
        left = max(0.0, free - sum(diary.plain_minutes[pm]))
        wanted = self._rolled_out(pm, wanted, left)
        in_meetings = sum(minutes * share for minutes, share in zip(wanted, MEETING_SHARES, strict=True))
        room = max(0.0, habits.meeting_minutes * part - diary.met_minutes[pm])
        boost = min(MOST_MEETING_SHARE, room / in_meetings) if in_meetings else 0.0
        for leaf in self.dice.picks(range(len(LEAVES)), len(LEAVES)):
            self._spend(pm, leaf, wanted[leaf], MEETING_SHARES[leaf] * boost)

    def _rolled_out(self, pm: int, wanted: list[float], left: float) -> list[float]:
        """What is meant for each leaf, fitted into what is left; what a rollout frees goes to strategy."""
        week, rollouts = self.diary.week, self.rollouts
        if rollouts.all:
            bump = rollouts.bump(pm, week)
            wanted = [m * (bump if leaf in ADMINISTRATIVE else 1.0) for leaf, m in enumerate(wanted)]
        scale = left / sum(wanted) if sum(wanted) else 0.0
        fitted = [minutes * scale for minutes in wanted]
        if rollouts.all:
            for leaf in ADMINISTRATIVE:
                kept = rollouts.kept(pm, week, fitted[leaf], leaf=leaf)
                for strategic in STRATEGIC:
                    fitted[strategic] += (fitted[leaf] - kept) / len(STRATEGIC)
                fitted[leaf] = kept
        return fitted

    def _spend(self, pm: int, leaf: int, minutes: float, meeting: float) -> None:
        """Cut the minutes of one leaf into blocks."""
        dice = self.dice
        while minutes > 0.0:
            length = min(dice.pick(LENGTHS), SHORT * -(-int(minutes) // SHORT) or SHORT)
            if minutes < length and not dice.chance(minutes / length):
                return
            minutes -= length
            if dice.chance(meeting):
                self._meet(pm, length, leaf)
            else:
                self.solo(pm, length, leaf, title="")

    def solo(
        self, pm: int, minutes: int, leaf: int, *, title: str, sink: int = NO_SINK, avoidable: float = 0.0
    ) -> None:
        """A block of one's own; some of them stand in the calendar."""
        diary, dice = self.diary, self.dice
        day, start, roomy = diary.find(pm, minutes, dice)
        shown = roomy and dice.chance(self.habits[pm].hygiene)
        uid = self.uid() if shown else ""
        diary.enter(
            pm,
            day,
            start,
            minutes,
            leaf=leaf,
            output=dice.chance(WORKS),
            sink=sink,
            avoidable=avoidable,
            medium="hold" if shown else "dark",
            uid=uid,
        )
        if shown:
            patterns = self.texts.vague if dice.chance(VAGUE_HOLDS) else self._titles(pm, leaf)
            subject = title or self.title(patterns, pm)
            diary.events.append(Event(uid, (pm,), subject, diary.monday + day, start, max(SHORT, minutes)))

    def _titles(self, pm: int, leaf: int) -> tuple[str, ...]:
        """Titles for a leaf; where a rollout has renamed administration, those of strategy."""
        if self.rollouts.all and leaf in ADMINISTRATIVE:
            renamed = self.dice.chance(self.rollouts.renamed(pm, self.diary.week))
            return self.texts.by_leaf[self.dice.pick(STRATEGIC) if renamed else leaf]
        return self.texts.by_leaf[leaf]

    def _meet(self, pm: int, minutes: int, leaf: int) -> None:
        """A meeting outside rituals, with colleagues or with somebody from outside."""
        diary, dice = self.diary, self.dice
        day, start, roomy = diary.find(pm, minutes, dice)
        guests = [Guest(pm, "ACCEPTED")]
        owners = [pm]
        if leaf in (A2, B3):
            company = plain(dice.pick(self.companies))
            guests.append(Guest(-1, "ACCEPTED", outside=f"contact@{company}.example"))
        company_size = dice.whole(1, MOST_COMPANY) - len(guests) + 1
        guests.extend(
            Guest(person, "ACCEPTED" if dice.chance(ANSWERS) else "NEEDS-ACTION", dice.chance(OPTIONAL))
            for person in dice.picks(self.habits[pm].colleagues, company_size)
        )
        if roomy and dice.chance(COLLEAGUE_PM):
            other = dice.pick(diary.roster.pms)
            if other != pm and diary.is_free(other, day, start, minutes):
                diary.take(other, day, start, minutes)
                owners.append(other)
                guests.append(Guest(other, "ACCEPTED"))
        uid = self.uid()
        output = dice.chance(WORKS)
        for owner in owners:
            diary.enter(owner, day, start, minutes, leaf=leaf, output=output, medium="meeting", uid=uid)
        vague = dice.chance(VAGUE_MEETINGS * (1.0 - self.habits[pm].hygiene))
        title = self.title(self.texts.vague if vague else self._titles(pm, leaf), pm)
        diary.events.append(
            Event(uid, tuple(owners), title, diary.monday + day, start, minutes, tuple(guests))
        )
