"""Customers' messages and what becomes of them: competing risks by channel and kind of customer."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice, cumulate, falling
from prodops.simulate.period import DAY_MINUTES, day_of

if TYPE_CHECKING:
    from prodops.simulate.people import Roster
    from prodops.simulate.period import Period
    from prodops.simulate.scenario import FeedbackSettings
    from prodops.simulate.stage import Stage
    from prodops.simulate.texts.library import RequestTexts

WEEKS_A_MONTH = 52 / 12
HOUR = 60
WEEKEND_KEPT = 0.3
"""Share of weekend messages that are sent at all."""

REASK_AFTER_DAYS = 14
"""Nobody asks again sooner."""

TRIES = 5
"""How many earlier messages are looked at for one that is old enough and still undecided."""

SEGMENTS = ("enterprise", "mid-market", "self-serve")
HASTE = (0.7, 1.0, 1.3)
"""By segment: how long decisions take, against the median."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way messages come in.

    Attributes:
        name: The word the exports use.
        share: Share of all messages.
        weakness: 0 for the best channel, 1 for the one where most vanishes.
        questions: Share of messages that are plain questions and need no decision.
        answer_hours: Median hours to a first answer.
        unanswered: Share never answered.
        segments: Mix of customers, in the order of `SEGMENTS`.
        auto_closes: Whether a rule closes what is silent.
    """

    name: str
    share: float
    weakness: float
    questions: float
    answer_hours: float
    unanswered: float
    segments: tuple[float, float, float]
    auto_closes: bool = False


CHANNELS = (
    Channel("support", 0.55, 0.35, 0.55, 5.0, 0.03, (0.15, 0.35, 0.50), auto_closes=True),
    Channel("form", 0.20, 0.0, 0.0, 20.0, 0.08, (0.15, 0.40, 0.45)),
    Channel("email", 0.15, 1.0, 0.0, 44.0, 0.25, (0.30, 0.45, 0.25)),
    Channel("sales", 0.10, 0.8, 0.0, 70.0, 0.30, (0.70, 0.28, 0.02)),
)
SUPPORT = 0


class Request:
    """One message; its fate is known in full, also beyond the day of the export.

    Attributes:
        index: Place in the list of all messages, in order of time.
        channel: Index of `CHANNELS`.
        segment: Index of `SEGMENTS`.
        need: Index of the latent need; -1 for a plain question.
        team: The team it concerns.
        company: Index of the customer.
        created: Minute it came in.
        answered: Minute of the first answer; None when it never comes.
        decided: Minute of a decision; None when it never comes.
        decision: yes, no, later; empty without a decision.
        closed: Minute it was closed; None when it never is.
        closed_how: solved, auto_closed or merged; empty while open.
        repeats: Index of the message it asks again about; -1 when it is new.
        linked: Whether the repetition is marked.
        handled: Whether a decision, a merge or the rule came first: decided, merged, auto_closed, never.
    """

    __slots__ = (
        *("answered", "channel", "closed", "closed_how", "company", "created", "decided", "decision"),
        *("handled", "index", "linked", "need", "repeats", "segment", "team"),
    )

    def __init__(self, index: int, created: int) -> None:
        self.index = index
        self.created = created
        self.channel = 0
        self.segment = 0
        self.need = -1
        self.team = 0
        self.company = 0
        self.answered: int | None = None
        self.decided: int | None = None
        self.decision = ""
        self.closed: int | None = None
        self.closed_how = ""
        self.repeats = -1
        self.linked = False
        self.handled = "never"


@dataclass(frozen=True, slots=True)
class Rates:
    """What one organisation drew for its channels.

    Attributes:
        undecided: By channel: share never decided.
        reasked: By channel: share that asks again.
        answer_minutes: What a repeated question costs a PM.
        decision_days: Median days to a decision.
    """

    undecided: tuple[float, ...]
    reasked: tuple[float, ...]
    answer_minutes: float
    decision_days: float

    def avoidable_answers(self, channel: int) -> float:
        """Share of repeated questions that the best channel would not have had."""
        return 1.0 - min(self.reasked) / self.reasked[channel]

    def avoidable_rereads(self, channel: int) -> float:
        """Share of waiting messages that the best channel would have decided."""
        return 1.0 - min(self.undecided) / self.undecided[channel]


@dataclass(frozen=True, slots=True)
class Feedback:
    """All messages of an organisation.

    Attributes:
        requests: In order of time.
        rates: What was drawn for the channels.
        companies: How many customers write.
    """

    requests: tuple[Request, ...]
    rates: Rates
    companies: int


class _Intake:
    """Receives messages in order of time."""

    def __init__(
        self, seed: int, roster: Roster, stage: Stage, *, settings: FeedbackSettings, texts: RequestTexts
    ) -> None:
        self.dice = Dice(seed, "feedback")
        self.settings = settings
        self.needs = len(texts.needs)
        self.teams = len(roster.teams)
        self.companies = max(12, round(stage.requests_a_month / 3))
        self.popular = falling(self.needs * self.teams, slope=0.6)
        self.order = self.dice.picks(range(self.needs * self.teams), self.needs * self.teams)
        self.by_channel = cumulate([channel.share for channel in CHANNELS])
        self.by_segment = [cumulate(channel.segments) for channel in CHANNELS]
        self.waiting: list[list[Request]] = [[] for _ in CHANNELS]
        best, worst = settings.undecided_best.draw(self.dice), settings.undecided.draw(self.dice)
        again_best, again_worst = settings.reasked_best, settings.reasked.draw(self.dice)
        self.rates = Rates(
            undecided=tuple(best + c.weakness * max(0.0, worst - best) for c in CHANNELS),
            reasked=tuple(again_best + c.weakness * max(0.0, again_worst - again_best) for c in CHANNELS),
            answer_minutes=settings.answer_minutes.draw(self.dice),
            decision_days=settings.decision_days.draw(self.dice),
        )

    def receive(self, index: int, created: int) -> Request:
        """One message with its whole fate."""
        dice = self.dice
        request = Request(index, created)
        request.channel = dice.weighted(self.by_channel)
        channel = CHANNELS[request.channel]
        request.segment = dice.weighted(self.by_segment[request.channel])
        request.company = dice.whole(0, self.companies - 1)
        self._answer(request, channel)
        if dice.chance(channel.questions):
            request.team = dice.whole(0, self.teams - 1)
            self._solve(request)
            return request
        request.need, request.team = divmod(self.order[dice.weighted(self.popular)], self.teams)
        self._repeat(request)
        self._decide(request, channel)
        if request.handled != "merged":
            self.waiting[request.channel].append(request)
        return request

    def _answer(self, request: Request, channel: Channel) -> None:
        """The first answer, if one ever comes."""
        if not self.dice.chance(channel.unanswered):
            hours = self.dice.around(channel.answer_hours * HASTE[request.segment], 1.0)
            request.answered = request.created + max(1, round(hours * HOUR))

    def _solve(self, request: Request) -> None:
        """A plain question is solved some time after its answer."""
        after = request.answered or request.created + DAY_MINUTES
        request.answered = after
        request.closed = after + max(1, round(self.dice.waiting(1.5 * DAY_MINUTES)))
        request.closed_how = "solved"
        request.handled = "solved"

    def _repeat(self, request: Request) -> None:
        """Some messages ask again about one that is still waiting in the same channel."""
        waiting = self.waiting[request.channel]
        if not waiting or not self.dice.chance(self.rates.reasked[request.channel]):
            return
        before = request.created - REASK_AFTER_DAYS * DAY_MINUTES
        for _ in range(TRIES):
            first = self.dice.pick(waiting)
            if first.created < before and (first.decided is None or first.decided > request.created):
                request.repeats = first.index
                request.need, request.team = first.need, first.team
                request.company, request.segment = first.company, first.segment
                request.linked = self.dice.chance(self.settings.linked)
                return

    def _decide(self, request: Request, channel: Channel) -> None:
        """Decision, merge and the rule of the help desk race each other; the first one ends it."""
        dice = self.dice
        never = math.inf
        decided = merged = ruled = never
        if not dice.chance(self.rates.undecided[request.channel]):
            days = dice.around(self.rates.decision_days * HASTE[request.segment], 0.8)
            decided = request.created + max(HOUR, days * DAY_MINUTES)
        if request.linked:
            merged = request.created + max(HOUR, dice.waiting(3.0 * DAY_MINUTES))
        if channel.auto_closes:
            last = request.answered or request.created
            ruled = last + self.settings.auto_close_days * DAY_MINUTES + dice.whole(10, 26 * HOUR)
        first = min(decided, merged, ruled)
        if first == never:
            return
        moment = round(first)
        if first == decided:
            request.handled = "decided"
            request.decided = moment
            request.decision = ("yes", "no", "no", "later")[dice.whole(0, 3)]
            request.closed = moment + max(1, round(dice.waiting(2.0 * DAY_MINUTES)))
            request.closed_how = "solved"
            if request.answered is None or request.answered > moment:
                request.answered = moment
        elif first == merged:
            request.handled, request.closed, request.closed_how = "merged", moment, "merged"
        else:
            request.handled, request.closed, request.closed_how = "auto_closed", moment, "auto_closed"


def draw_feedback(
    seed: int,
    roster: Roster,
    stage: Stage,
    *,
    period: Period,
    settings: FeedbackSettings,
    texts: RequestTexts,
) -> Feedback:
    """All messages of the period, in order of time."""
    intake = _Intake(seed, roster, stage, settings=settings, texts=texts)
    dice = Dice(seed, "arrivals")
    first = period.utc(period.first_monday, 0)
    last = period.exported_at
    count = dice.poisson(stage.requests_a_month * period.weeks / WEEKS_A_MONTH)
    moments: list[int] = []
    while len(moments) < count:
        moment = first + int(dice.unit() * (last - first))
        if (day_of(moment) - period.first_monday) % 7 < 5 or dice.chance(WEEKEND_KEPT):
            moments.append(moment)
    moments.sort()
    return Feedback(
        requests=tuple(intake.receive(index, moment) for index, moment in enumerate(moments)),
        rates=intake.rates,
        companies=intake.companies,
    )
