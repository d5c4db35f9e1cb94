"""The parameters of each process; a range is drawn once for an organisation, or around that for its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prodops.simulate.dice import Dice


@dataclass(frozen=True, slots=True)
class Range:
    """A number known between bounds; each organisation draws its own.

    Attributes:
        low: The smallest.
        high: The largest.
        each: How widely the parts of one organisation (people, teams, rituals) lie around its own value, as
            a share of the whole range; 0 when all of them share it.
    """

    low: float
    high: float
    each: float = 0.0

    @property
    def middle(self) -> float:
        """The value halfway; of a range that was settled with `each` 0 it is the value."""
        return (self.low + self.high) / 2

    def draw(self, dice: Dice) -> float:
        """One value, evenly spread."""
        return dice.between(self.low, self.high)

    def around(self, value: float) -> Range:
        """What is left of the range for the parts of an organisation that drew `value`."""
        aside = self.each * (self.high - self.low) / 2
        return Range(max(self.low, value - aside), min(self.high, value + aside))


def fixed(value: float) -> Range:
    """A range of one value."""
    return Range(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualSettings:
    """How rituals live and rot.

    Attributes:
        for_engineering: Keys of kinds that decide as ever, but nothing that concerns the PMs who come.
        onset: When rot sets in, as a share of the simulated period.
        fading_weeks: How long it takes from the first sign to its full extent.
        well: Share of weeks in which a rotten ritual works as it once did, in spells.
        decisions_left: Decisions an occurrence still takes once rotten.
        actions_left: Actions an occurrence still gives once rotten.
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
        noted_teams: The same for rituals of teams that keep minutes.
        unnoted_teams: Share of teams that keep no minutes at all.
        noted_rotten: What is left of that share once a ritual is rotten; 1 when notes do not depend on it.
        scribe_hears: Chance that a decision or action reaches the minutes.
        transcribed: Share of company-wide rituals with transcripts.
    """

    for_engineering: tuple[str, ...] = ()
    onset: Range = Range(0.0, 0.12)
    fading_weeks: int = 3
    well: float = 0.0
    decisions_left: Range = Range(0.02, 0.10, each=0.5)
    actions_left: Range = Range(0.04, 0.16, each=0.5)
    prep_minutes: Range = Range(10, 30)
    carry_over: float = 0.18
    carry_over_rotten: float = 0.65
    skipped: float = 0.06
    skipped_rotten: float = 0.22
    not_held: float = 0.02
    not_held_rotten: float = 0.10
    cancelled: float = 0.04
    moved: float = 0.04
    noted_shared: Range = Range(0.40, 0.90, each=0.3)
    noted_teams: Range = Range(0.20, 0.70, each=0.5)
    unnoted_teams: float = 0.15
    noted_rotten: float = 1.0
    scribe_hears: Range = Range(0.86, 0.97)
    transcribed: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackSettings:
    """What becomes of customers' messages.

    Attributes:
        volume: Messages a month against what is usual for the size.
        undecided: Share of requests in weak channels that nobody will ever decide on.
        undecided_best: The same in the best channel.
        reasked: Share of messages that ask again because nothing came of the first.
        reasked_best: The same in the best channel; the organisation's own healthy reference.
        answer_minutes: What it costs a PM to look up and answer a repeated question, median.
        answer_spread: Standard deviation of the logarithm of those minutes.
        reread_a_week: Chance, in a week, that a PM reads a message again that waits undecided.
        reread_minutes: What that costs.
        reread_weeks: For how many weeks a waiting message is read again at all.
        auto_close_days: Age at which the help desk's rule closes a silent ticket.
        rule_everywhere: Whether the rule works in every channel, and there on what nobody will decide on,
            instead of on all that is older than so many days at the help desk.
        decision_days: Median days to a decision, where there will be one.
        linked: Chance that a repeated message is marked as a duplicate.
        worsening_mix: How much of the mix moves to weaker channels over the period.
        improving: Share of undecided messages that every channel gets rid of over the period.
    """

    volume: Range = Range(0.8, 1.25)
    undecided: Range = Range(0.18, 0.26)
    undecided_best: Range = Range(0.10, 0.18)
    reasked: Range = Range(0.03, 0.05)
    reasked_best: Range = Range(0.02, 0.04)
    answer_minutes: Range = Range(14, 32)
    answer_spread: float = 0.3
    reread_a_week: float = 0.08
    reread_minutes: Range = Range(3, 6)
    reread_weeks: int = 13
    auto_close_days: int = 60
    rule_everywhere: bool = False
    decision_days: Range = Range(14, 24)
    linked: Range = Range(0.45, 0.85)
    worsening_mix: float = 0.0
    improving: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSettings:
    """How metrics are kept and trusted.

    Attributes:
        distrusted: Share of uses that are of metrics PMs no longer believe.
        rechecked: Chance that a use of such a metric is re-checked by hand.
        rechecked_trusted: The same for a metric in good standing.
        recheck_minutes: Median minutes of a re-check.
        recheck_spread: Standard deviation of the logarithm of those minutes.
        uses_a_week: Uses of metrics, per PM and week.
        disputes_a_week: Meetings called because two numbers contradict each other, per PM and week.
        conflicting: Share of metrics defined twice with different expressions.
        ownerless: Share of definitions without an owner.
        targetless: Share without a target, where the registry has a place for one.
        stale: Share of sources that break their promise of freshness.
        unused: Share of metrics nobody read in the period.
        logged: Share of uses that the log of the dashboards holds.
    """

    distrusted: Range = Range(0.04, 0.08)
    rechecked: Range = Range(0.08, 0.16)
    rechecked_trusted: Range = Range(0.02, 0.06)
    recheck_minutes: Range = Range(16, 40)
    recheck_spread: float = 0.5
    uses_a_week: Range = Range(5, 10)
    disputes_a_week: Range = Range(0.002, 0.01)
    conflicting: Range = Range(0.01, 0.03)
    ownerless: Range = Range(0.06, 0.14)
    targetless: Range = Range(0.25, 0.40)
    stale: Range = Range(0.03, 0.07)
    unused: Range = Range(0.2, 0.3)
    logged: Range = Range(0.5, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class SideSettings:
    """Sinks that take time in many small pieces: chasing launches, keeping things twice, mending AI output.

    Attributes:
        launch: Hours spent chasing launches beyond what they need, per PM and week.
        tools: Hours spent keeping the same thing in two tools, per PM and week.
        ai: Hours spent redoing what an assistant wrote, per PM and week.
        launch_minutes: What one piece of chasing takes.
        tools_minutes: What one double entry takes.
        ai_minutes: What mending one output takes.
    """

    launch: Range = Range(0.03, 0.08)
    tools: Range = Range(0.03, 0.08)
    ai: Range = Range(0.02, 0.05)
    launch_minutes: Range = Range(10, 25)
    tools_minutes: Range = Range(3, 9)
    ai_minutes: Range = Range(8, 25)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowSettings:
    """The queue core: what each stage can serve against what arrives.

    Attributes:
        slack: Capacity of an ordinary stage over its arrivals.
        binding: The stage whose capacity is short; empty when none is, or when the plant draws it.
        shortage: Its capacity over its arrivals, from the onset on.
        declined: Share of needs that the decision stage turns down.
    """

    slack: Range = Range(1.25, 1.6, each=1.0)
    binding: str = ""
    shortage: Range = Range(0.78, 0.90)
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
        silent_pms: PMs of whom there is neither a calendar nor an interview.
    """

    hygiene: Range = Range(0.08, 0.50, each=0.6)
    double_booked: float = 0.5
    declined: float = 0.4
    placeholders: float = 1.2
    private: float = 0.5
    weekly_hours: float = 42.0
    weekly_hours_spread: float = 2.5
    silent_pms: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewSettings:
    """What PMs say against what is true.

    Attributes:
        asked: Share of PMs who are interviewed.
        blur: Standard deviation of the logarithm of a stated share of time.
        candid: Chance that somebody names a ritual that is truly rotten, or a number that is truly doubted.
        loud: Chance that a complaint is not the interviewed PM's own largest loss.
        loud_sink: The sink that everybody complains about then; empty for what is said everywhere.
    """

    asked: Range = Range(0.6, 0.95)
    blur: Range = Range(0.10, 0.30)
    candid: Range = Range(0.55, 0.90)
    loud: Range = Range(0.2, 0.6)
    loud_sink: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentSettings:
    """What PMs mean to do with their weeks.

    Attributes:
        overhead: Administration that belongs to no sink, against the usual.
        more: Leaves of the taxonomy that take more, or less, than usual, with the factor.
        quarter_end: How much the log share of reporting rises in the last two weeks of a quarter.
        season: Share of the period at which a season of reporting starts; beyond 1 for none.
        season_share: Share of the period that it lasts.
        season_rise: How much the log share of reporting rises in it.
    """

    overhead: Range = Range(0.6, 1.0)
    more: tuple[tuple[str, float], ...] = ()
    quarter_end: float = 0.45
    season: float = 2.0
    season_share: float = 0.0
    season_rise: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervention:
    """Something product operations rolls out, group after group of PMs.

    Attributes:
        name: What it is called.
        target: The sink it takes from, or overhead for everything administrative.
        level: Share of the target's time it takes away at its best; 0 when it does nothing.
        start: Share of the period after which the first group starts.
        groups: How many groups the PMs are split into.
        every_weeks: Weeks between two groups.
        ramp_weeks: Weeks until it has its full effect.
        half_life_weeks: Weeks in which half of the effect is lost again; 0 when it lasts.
        displaced: Share of what is taken away that others have to do instead.
        renamed: Chance that administrative meetings of those who started get a strategic title.
        chosen: Who starts when: at random, or those who looked worst.
        bump: How much more administrative work, as a factor, PMs have by chance in the weeks before.
        bump_weeks: How many weeks that lasts.
        own_hours: Hours a week that product operations itself spends on it.
    """

    name: str
    target: str = "overhead"
    level: float = 0.0
    start: float = 0.45
    groups: int = 4
    every_weeks: int = 2
    ramp_weeks: int = 3
    half_life_weeks: float = 0.0
    displaced: float = 0.0
    renamed: float = 0.0
    chosen: str = "at random"
    bump: float = 1.0
    bump_weeks: int = 8
    own_hours: float = 2.0
