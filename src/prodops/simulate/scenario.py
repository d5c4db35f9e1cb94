"""A scenario: what an organisation is drawn from, what is planted in it, and which answer it requires."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from prodops.simulate.setting import DEVELOPMENT
from prodops.simulate.settings import (
    CalendarSettings,
    DataSettings,
    FeedbackSettings,
    FlowSettings,
    IntentSettings,
    Intervention,
    InterviewSettings,
    Range,
    RitualSettings,
    SideSettings,
)

TOP = "top"
"""Stands in a required answer for the sink that truly leads in the organisation at hand."""

BETA_AVOIDABLE = (6.8, 2.9)
"""Shape of the Beta distribution of avoidable fractions: mean .70, standard deviation .14."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """How large the sinks are to be; the processes are then set so that they come out at about that.

    Attributes:
        top: The sink that leads; empty lets the seed draw it.
        second: The sink that follows; empty lets the seed draw it.
        hours: Reclaimable hours of the leading sink, per PM and week; drawn evenly in its logarithm.
        gap: The leading sink over the following one; drawn evenly in its logarithm.
        rest: Every other sink, as a share of the following one.
        sound: Whether no ritual may rot.
        stageless: Chance that no stage of the flow binds, so that the sink is large and nothing more.
    """

    top: str = ""
    second: str = ""
    hours: Range = Range(1.0, 3.6)
    gap: Range = Range(1.05, 4.0)
    rest: Range = Range(0.05, 0.75)
    sound: bool = False
    stageless: float = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """The answers that are right; every other one is wrong.

    Attributes:
        named: Sinks a diagnosis may name: `TOP` for the one that truly leads, None for naming none.
        because: Why, in a sentence.
        not_named: Sinks whose naming is the very mistake the scenario sets a trap for.
        verdict: Verdicts that are right where none is named; empty when any is.
        must_stay: Keys of rituals that a quick win must not end for everybody.
        effect: What may be claimed of the intervention; empty where there is none.
    """

    named: tuple[str | None, ...]
    because: str
    not_named: tuple[str, ...] = ()
    verdict: tuple[str, ...] = ()
    must_stay: tuple[str, ...] = ()
    effect: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Everything an organisation is drawn from, apart from its size and its seed.

    Attributes:
        name: The word it is asked for by.
        says: What is planted, in one sentence.
        required: The right answers.
        plant: How large the sinks are to be; None leaves that to the other settings.
        avoidable: Shape of the Beta distribution each sink's avoidable fraction is drawn from.
        ends_on: The day of the export; fixed, so that the same seed gives the same bytes on any day.
        family: development or test: which half of every range, and which texts.
        texts: The family of text templates; empty for that of `family`.
        rituals: Rituals.
        feedback: Customers' messages.
        data: Metrics.
        sides: Sinks that take time in small pieces.
        flow: The queue core.
        calendars: Calendars.
        interviews: Interviews.
        intent: What PMs mean to do.
        interventions: What was rolled out.
        reorganised: Share of the period after which teams get new names and people; beyond 1 for never.
    """

    name: str
    says: str
    required: Required = field(
        default_factory=lambda: Required(named=(TOP, None), because="no other sink leads")
    )
    plant: Plant | None = None
    avoidable: tuple[float, float] = BETA_AVOIDABLE
    ends_on: date = date(2026, 10, 30)
    family: str = DEVELOPMENT
    texts: str = ""
    rituals: RitualSettings = field(default_factory=RitualSettings)
    feedback: FeedbackSettings = field(default_factory=FeedbackSettings)
    data: DataSettings = field(default_factory=DataSettings)
    sides: SideSettings = field(default_factory=SideSettings)
    flow: FlowSettings = field(default_factory=FlowSettings)
    calendars: CalendarSettings = field(default_factory=CalendarSettings)
    interviews: InterviewSettings = field(default_factory=InterviewSettings)
    intent: IntentSettings = field(default_factory=IntentSettings)
    interventions: tuple[Intervention, ...] = ()
    reorganised: float = 2.0
