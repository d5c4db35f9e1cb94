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
    from prodops.simulate.settings import FeedbackSettings
    from prodops.simulate.stage import Stage

WEEKS_A_MONTH = 52 / 12
HOUR = 60
WEEKEND_KEPT = 0.3
"""Share of weekend messages that are sent at all."""

REASK_AFTER_DAYS = 14
"""Nobody asks again sooner."""

TRIES = 5
"""How many earlier messages are looked at for one that is old enough and still undecided."""

MIX_STEPS = 52
"""Steps in which the mix of channels is worked out anew where it moves."""

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
        avoidable: Share of the excess over the best channel that comes back when the flow is mended.
    """

    undecided: tuple[float, ...]
    reasked: tuple[float, ...]
    answer_minutes: float
    decision_days: float
    avoidable: float

    def avoidable_answers(self, channel: int) -> float:
        """Share of answering that comes back: of the excess over the best channel, the avoidable part."""
        return self.avoidable * (1.0 - min(self.reasked) / self.reasked[channel])

    def avoidable_rereads(self, channel: int) -> float:
        """Share of reading again that comes back: of what the best channel would have decided."""
        return self.avoidable * (1.0 - min(self.undecided) / self.undecided[channel])


@dataclass(frozen=True, slots=True)
class Feedback:
    """All messages of an organisation.

    Attributes:
        requests: In order of time.
        rates: What was drawn for the channels.
        companies: How many customers write.
        monthly: Messages expected a month.
    """

    requests: tuple[Request, ...]
    rates: Rates
    companies: int
    monthly: float


def rates_of(settings: FeedbackSettings, avoidable: float) -> Rates:
    """What the settings of an organisation mean for each channel."""
    best, worst = settings.undecided_best.middle, settings.undecided.middle
    again_best, again_worst = settings.reasked_best.middle, settings.reasked.middle
    return Rates(
        undecided=tuple(best + c.weakness * max(0.0, worst - best) for c in CHANNELS),
        reasked=tuple(again_best + c.weakness * max(0.0, again_worst - again_best) for c in CHANNELS),
        answer_minutes=settings.answer_minutes.middle,
        decision_days=settings.decision_days.middle,
        avoidable=avoidable,
    )


class _Intake:
    """Receives messages in order of time."""

    def __init__(
        self,
        seed: int,
        roster: Roster,
        *,
        monthly: float,
        settings: FeedbackSettings,
        rates: Rates,
        needs: int,
    ) -> None:
        self.dice = Dice(seed, "feedback")
        self.settings = settings
        self.rates = rates
        self.teams = len(roster.teams)
        self.companies = max(12, round(monthly / 3))
        self.popular = falling(needs * self.teams, slope=0.6)
        self.order = self.dice.picks(range(needs * self.teams), needs * self.teams)
        self.mixes = [_mix(settings.worsening_mix * step / MIX_STEPS) for step in range(MIX_STEPS + 1)]
        self.by_segment = [cumulate(channel.segments) for channel in CHANNELS]
        self.linked = settings.linked.middle
        self.waiting: list[list[Request]] = [[] for _ in CHANNELS]
        self.passed = 0.0

    def receive(self, index: int, created: int, passed: float) -> Request:
        """One message with its whole fate; `passed` is the share of the period that lies behind it."""
        dice = self.dice
        request = Request(index, created)
        self.passed = passed
        request.channel = dice.weighted(self.mixes[int(passed * MIX_STEPS)])
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
                request.linked = self.dice.chance(self.linked)
                return

    def _decide(self, request: Request, channel: Channel) -> None:
        """Decision, merge and the rule of the help desk race each other; the first one ends it."""
        dice = self.dice
        never = math.inf
        decided = merged = ruled = never
        undecided = self.rates.undecided[request.channel]
        if not dice.chance(undecided * (1.0 - self.settings.improving * self.passed)):
            days = dice.around(self.rates.decision_days * HASTE[request.segment], 0.8)
            decided = request.created + max(HOUR, days * DAY_MINUTES)
        if request.linked:
            merged = request.created + max(HOUR, dice.waiting(3.0 * DAY_MINUTES))
        silent = self.settings.rule_everywhere and decided == never
        if silent or (channel.auto_closes and not self.settings.rule_everywhere):
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


def _mix(moved: float) -> tuple[float, ...]:
    """Cumulative shares of the channels once so much of the mix has moved to the weaker ones."""
    return cumulate([channel.share * (1.0 + moved * (3.0 * channel.weakness - 1.0)) for channel in CHANNELS])


def draw_feedback(
    seed: int,
    roster: Roster,
    stage: Stage,
    *,
    period: Period,
    settings: FeedbackSettings,
    avoidable: float,
    needs: int,
) -> Feedback:
    """All messages of the period, in order of time; `needs` is how many latent needs there are to ask for."""
    monthly = stage.requests_a_month * settings.volume.middle
    rates = rates_of(settings, avoidable)
    intake = _Intake(seed, roster, monthly=monthly, settings=settings, rates=rates, needs=needs)
    dice = Dice(seed, "arrivals")
    first = period.utc(period.first_monday, 0)
    last = period.exported_at
    count = dice.poisson(monthly * period.weeks / WEEKS_A_MONTH)
    moments: list[int] = []
    while len(moments) < count:
        moment = first + int(dice.unit() * (last - first))
        if (day_of(moment) - period.first_monday) % 7 < 5 or dice.chance(WEEKEND_KEPT):
            moments.append(moment)
    moments.sort()
    span = last - first
    return Feedback(
        requests=tuple(
            intake.receive(i, moment, (moment - first) / span) for i, moment in enumerate(moments)
        ),
        rates=rates,
        companies=intake.companies,
        monthly=monthly,
    )
