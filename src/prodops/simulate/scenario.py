"""A scenario: the frozen set of parameters from which an organisation is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.dice import Dice


@dataclass(frozen=True, slots=True)
class Range:
    """A number known between bounds; each organisation draws its own.

    Attributes:
        low: The smallest.
        high: The largest.
    """

    low: float
    high: float

    def draw(self, dice: Dice) -> float:
        """One value, evenly spread."""
        return dice.between(self.low, self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualSettings:
    """How rituals live and rot.

    Attributes:
        rotten: Keys of the rituals that rot; an empty tuple means that none does.
        onset: When rot sets in, as a share of the simulated period.
        fading_weeks: How long it takes from the first sign to its full extent.
        decisions_left: Decisions an occurrence still takes once rotten.
        actions_left: Actions an occurrence still gives once rotten.
        returned: Share of a dead occurrence's hours that comes back when it is ended or mended.
        prep_minutes: What a PM prepares for each occurrence of a rotten ritual.
        carry_over: Chance that an undecided item returns to the next agenda while healthy.
        carry_over_rotten: The same once rotten.
        skipped: Chance that somebody who accepted is not there.
        skipped_rotten: The same once rotten.
        not_held: Chance that an occurrence stands in the calendar and nobody comes.
        not_held_rotten: The same once rotten.
        cancelled: Chance that an occurrence is called off in the calendar.
        moved: Chance that it is moved.
        noted_shared: Share of held occurrences of company-wide rituals whose minutes exist.
        scribe_hears: Chance that a decision or action reaches the minutes.
        transcribed: Share of company-wide rituals with transcripts.
    """

    rotten: tuple[str, ...] = ()
    onset: Range = Range(0.05, 0.2)
    fading_weeks: int = 4
    decisions_left: Range = Range(0.02, 0.06)
    actions_left: Range = Range(0.05, 0.12)
    returned: Range = Range(0.8, 0.95)
    prep_minutes: Range = Range(18, 26)
    carry_over: float = 0.18
    carry_over_rotten: float = 0.65
    skipped: float = 0.06
    skipped_rotten: float = 0.22
    not_held: float = 0.02
    not_held_rotten: float = 0.10
    cancelled: float = 0.04
    moved: float = 0.04
    noted_shared: Range = Range(0.6, 0.85)
    scribe_hears: float = 0.93
    transcribed: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSettings:
    """What becomes of customers' messages.

    Attributes:
        undecided: Share of requests in weak channels that nobody will ever decide on.
        undecided_best: The same in the best channel.
        reasked: Share of messages that ask again because nothing came of the first.
        reasked_best: The same in the best channel; the organisation's own healthy reference.
        answer_minutes: What it costs a PM to look up and answer a repeated question.
        reread_a_week: Chance, in a week, that a PM reads a message again that waits undecided.
        reread_minutes: What that costs.
        auto_close_days: Age at which the help desk's rule closes a silent ticket.
        decision_days: Median days to a decision, where there will be one.
        linked: Chance that a repeated message is marked as a duplicate.
    """

    undecided: Range = Range(0.18, 0.26)
    undecided_best: Range = Range(0.10, 0.16)
    reasked: Range = Range(0.03, 0.05)
    reasked_best: float = 0.03
    answer_minutes: Range = Range(18, 24)
    reread_a_week: float = 0.08
    reread_minutes: int = 4
    auto_close_days: int = 60
    decision_days: Range = Range(14, 24)
    linked: float = 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSettings:
    """How metrics are kept and trusted.

    Attributes:
        distrusted: Share of metrics that PMs no longer believe.
        rechecked: Chance that a use of such a metric is re-checked by hand.
        rechecked_trusted: The same for a metric in good standing.
        recheck_minutes: Median minutes of a re-check.
        uses_a_week: Uses of metrics, per PM and week.
        disputes_a_week: Meetings called because two numbers contradict each other, per PM and week.
        conflicting: Share of metrics defined twice with different expressions.
        ownerless: Share of definitions without an owner.
        targetless: Share without a target, where the registry has a place for one.
        stale: Share of sources that break their promise of freshness.
        unused: Share of metrics nobody read in the period.
        logged: Share of uses that the log of the dashboards holds.
    """

    distrusted: Range = Range(0.05, 0.08)
    rechecked: Range = Range(0.10, 0.16)
    rechecked_trusted: float = 0.04
    recheck_minutes: float = 25.0
    uses_a_week: float = 7.0
    disputes_a_week: Range = Range(0.005, 0.01)
    conflicting: Range = Range(0.01, 0.02)
    ownerless: Range = Range(0.06, 0.12)
    targetless: Range = Range(0.25, 0.40)
    stale: Range = Range(0.03, 0.06)
    unused: Range = Range(0.2, 0.3)
    logged: float = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSettings:
    """Sinks that are drawn as hours only, in PM hours per PM and week; files hold little trace of them.

    Attributes:
        launch: Chasing launches.
        tools: Keeping the same thing in two tools.
        ai: Redoing what an assistant wrote.
    """

    launch: Range = Range(0.03, 0.08)
    tools: Range = Range(0.03, 0.08)
    ai: Range = Range(0.02, 0.05)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSettings:
    """The queue core: what each stage can serve against what arrives.

    Attributes:
        slack: Capacity of an ordinary stage over its arrivals.
        binding: The stage whose capacity is short; empty when none is.
        shortage: Its capacity over its arrivals, from the onset on.
        declined: Share of needs that the decision stage turns down.
    """

    slack: Range = Range(1.25, 1.6)
    binding: str = ""
    shortage: Range = Range(0.80, 0.90)
    declined: float = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSettings:
    """How PMs keep their calendars.

    Attributes:
        hygiene: Chance that work of one's own stands in the calendar under a telling title.
        double_booked: Accepted invitations that collide, per PM and week.
        declined: Declined invitations, per PM and week.
        placeholders: Solo holds with no work of their own behind them, per PM and week.
        private: Private appointments, per PM and week.
        weekly_hours: Mean working hours of a PM.
        weekly_hours_spread: Their standard deviation between PMs.
    """

    hygiene: Range = Range(0.10, 0.45)
    double_booked: float = 0.5
    declined: float = 0.4
    placeholders: float = 1.2
    private: float = 0.5
    weekly_hours: float = 42.0
    weekly_hours_spread: float = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Everything an organisation is drawn from, apart from its size and its seed.

    Attributes:
        name: The word it is asked for by.
        says: What is planted, in one sentence.
        ends_on: The day of the export; fixed, so that the same seed gives the same bytes on any day.
        texts: The family of text templates.
        rituals: Rituals.
        feedback: Customers' messages.
        data: Metrics.
        sides: Smaller sinks.
        flow: The queue core.
        calendars: Calendars.
    """

    name: str
    says: str
    ends_on: date = date(2026, 10, 30)
    texts: str = "development"
    rituals: RitualSettings = field(default_factory=RitualSettings)
    feedback: FeedbackSettings = field(default_factory=FeedbackSettings)
    data: DataSettings = field(default_factory=DataSettings)
    sides: SideSettings = field(default_factory=SideSettings)
    flow: FlowSettings = field(default_factory=FlowSettings)
    calendars: CalendarSettings = field(default_factory=CalendarSettings)
