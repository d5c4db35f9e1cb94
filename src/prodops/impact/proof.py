"""What a registered change did: its panel from the ledger, every gate, the grade and the allowed sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from prodops.impact.assessment import Assessment, NothingToCompareError, assess
from prodops.impact.assignment import matched
from prodops.impact.capacity import Capacity, capacity
from prodops.impact.claim import claim, claims_effect
from prodops.impact.curve import CurveWeek, curve_of
from prodops.impact.effect import Effect
from prodops.impact.gates import Found, Gate
from prodops.impact.grade import Grade, grade
from prodops.impact.guardrails import Guardrail, guardrails, named
from prodops.impact.labels_of_pms import labels_of
from prodops.impact.order import Order, read_order
from prodops.impact.others import Others, others_of
from prodops.impact.panel import Panel
from prodops.impact.pm_weeks import (
    COLUMNS,
    SCALE,
    SHARES,
    Blind,
    PmWeeks,
    TooFewPMsError,
    blind_panel,
    pm_weeks,
)
from prodops.impact.question import Question
from prodops.impact.registered_gates import Registered, registered_gates
from prodops.impact.ritual_weeks import begun_with_five, ritual_weeks
from prodops.impact.switchback import assess_turns
from prodops.impact.telling import carried, told_effect
from prodops.impact.trials import (
    ONE_DATE,
    OUTCOMES,
    PAUSE,
    STAGGERED,
    SWITCHBACK,
    members_of,
    outcome_of,
    over_rituals,
    state_of,
    waves_of,
)  # fmt: skip
from prodops.ledger.decisions import Intervention, OtherEvent
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.panel_intervals import Bounds
from prodops.stats.small_groups import FEWEST
from prodops.views.blocks import WEEK_HOURS

SIGNS: Mapping[str, float] = {"overhead_share": -1.0, "strategic_share": 1.0}
"""Outcomes that are capacity when they move this way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What can be said of a change.

    Attributes:
        state: planned, running, reading out, read out, stopped or taken back.
        refused: Why there is no figure; empty when there is one.
        claim: The sentence that may be said; empty when there is no figure.
        claims_effect: Whether it says that something changed.
        grade: How much it may be relied on.
        gates: Every gate.
        effect: The effect on the primary outcome; horizons of fewer than five PMs are left out, and effects
            without each team, which differ by what one person does.
        landed: Effects on the other shares of the same weeks, by outcome: where the hours went.
        capacity: What it is worth in people; None where the outcome is no share of time.
        others: What others do since.
        curve: The mean by week beside the counterfactual.
        pms: PMs in the panel.
        treated: Those who began.
        rituals: Rituals in the panel, where they are what begins one by one; then nobody counts PMs.
        guardrails: What must not get worse, before and since.
        weeks: Weeks in the panel.
        means: Means of those who began, before and after.
        scale: What a value is multiplied by to be told: 100 for points of a share.
    """

    state: str
    refused: str = ""
    claim: str = ""
    claims_effect: bool = False
    grade: Grade | None = None
    gates: tuple[Gate, ...] = ()
    effect: Effect | None = None
    landed: Mapping[str, Bounds] | None = None
    capacity: Capacity | None = None
    others: Others | None = None
    curve: tuple[CurveWeek, ...] = ()
    pms: int = 0
    rituals: int = 0
    guardrails: tuple[Guardrail, ...] = ()
    treated: int = 0
    weeks: int = 0
    means: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class _Case:
    """A change with its weeks: what every panel of it is made from.

    Attributes:
        ledger: The ledger.
        change: The change.
        weeks: All PMs.
        starts: The first day of each person.
        groups: The unit of each person.
        until: Weeks from this day on are left out.
    """

    ledger: Ledger
    change: Intervention
    weeks: PmWeeks
    starts: Mapping[str, date | None]
    groups: Mapping[str, str]
    until: date

    def blind(self, column: str) -> Blind:
        """The panel of one column."""
        return blind_panel(
            self.weeks, column, self.starts, self.groups, until=self.until, salt=self.change.id
        )


def prove(ledger: Ledger, change: Intervention) -> Proof:
    """What can be said of a change, or why nothing can yet.

    Before its readout there is no figure: whoever looks every week finds something in one of them.
    """
    try:
        weeks = ritual_weeks(ledger, change) if over_rituals(change) else pm_weeks(ledger)
    except TooFewPMsError as error:
        return Proof(state=state_of(change, ledger.today.date(), None), refused=str(error))
    state = state_of(change, ledger.today.date(), weeks.until)
    refused = _not_yet(change, state, weeks)
    if refused:
        return Proof(state=state, refused=refused)
    try:
        case = _case(ledger, change, weeks)
        return _proved(case, state)
    except (TooFewPMsError, NothingToCompareError) as error:
        return Proof(state=state, refused=str(error))


def _not_yet(change: Intervention, state: str, weeks: PmWeeks) -> str:
    if state == "taken back":
        return "It was taken back before it was read, so there is nothing to prove."
    if state == "planned":
        return f"It begins on {change.starts_on} and is read on {change.reads_out_on}."
    if state == "running":
        return (
            f"It is read on {change.reads_out_on}, once, as it was registered. "
            "Looking earlier would find a chance and call it an effect."
        )
    if state == "reading out":
        return (
            f"Its day of reading, {change.reads_out_on}, has come, but calendars here end on {weeks.until}. "
            "Load newer ones: prodops add FOLDER"
        )
    if over_rituals(change) and not begun_with_five(change, _begun(change, weeks)):
        return "Fewer than five PMs sit in the rituals that have begun, so there is no figure."
    if change.target not in OUTCOMES:
        return (
            f"Its outcome, {outcome_of(change)}, is not one of PM time by week. Prove it on its own items: "
            "prodops effect PANEL.csv"
        )
    return ""


def _case(ledger: Ledger, change: Intervention, weeks: PmWeeks) -> _Case:
    day_of = {name: wave.starts_on for wave in waves_of(change) for name in wave.names}
    members = members_of(change) or tuple((person, person) for person in weeks.people)
    if over_rituals(change):
        members = tuple((ritual, ritual) for ritual in weeks.people)
    by_pm = change.units != "team"
    teams = dict(zip(weeks.people, weeks.teams, strict=True))
    starts: dict[str, date | None] = {
        person: day_of.get(name, change.starts_on) for name, person in members
    }  # fmt: skip
    groups = {person: (teams.get(person) or person) if by_pm else name for name, person in members}
    outside = [person for person in weeks.people if person not in starts]
    if change.design in (PAUSE, ONE_DATE) and len(outside) >= FEWEST:
        # Whoever is not in it is compared with; so few that they would be told by difference are left out.
        starts |= dict.fromkeys(outside)
        groups |= {person: teams.get(person) or person for person in outside}
    ends = min(change.reads_out_on, change.ended_on or date.max)
    return _Case(ledger, change, weeks, starts, groups, ends)


def _begun(change: Intervention, weeks: PmWeeks) -> tuple[str, ...]:
    """The units that had begun before the readout and before the records end."""
    until = min(change.reads_out_on, weeks.until)
    waves = [wave for wave in waves_of(change) if wave.starts_on and wave.starts_on < until]
    return tuple(name for wave in waves for name in wave.names)


def _proved(case: _Case, state: str) -> Proof:
    column = COLUMNS[case.change.target]
    question, answer = _asked(case, column)
    panel = question.panel
    effect = carried(answer.effect, panel, case.weeks.fewest)
    others = _others(case)
    landed = _landed(case, question)
    worth = _worth(case, question, effect, landed, others)
    found = Found(
        effect=effect, assignment=matched(question.order, panel) if question.order else None,
        rectifier=answer.rectifier, capacity=worth,
    )  # fmt: skip
    gates = registered_gates(
        Registered(
            change=case.change, question=question, found=found, others=others,
            first_title_effect=_first_title_effect(case, column, question), judged=answer.gates,
        )
    )  # fmt: skip
    graded = grade(panel, effect.basis, gates)
    means = (answer.mean_before, answer.mean_after)
    turns = case.change.design == SWITCHBACK
    return Proof(
        state=state, claim=claim(question, found, graded, means), claims_effect=claims_effect(found, graded),
        grade=graded, gates=gates, effect=replace(effect, without=()), landed=landed, capacity=worth,
        others=others, curve=() if turns else curve_of(panel),
        guardrails=guardrails(case.ledger, case.change, _rails(case, question, landed)),
        pms=0 if over_rituals(case.change) else len(panel.units),
        rituals=len(panel.units) if over_rituals(case.change) else 0,
        treated=int(panel.ever_treated.sum()), weeks=panel.weeks, means=means, scale=question.points,
    )  # fmt: skip


def _asked(case: _Case, column: str) -> tuple[Question, Assessment]:
    """The question and its answer; asked as one date where almost nobody was left to compare with."""
    question = _question(case, case.blind(column), column)
    answer = _answered(case, question)
    if case.change.design == SWITCHBACK:
        return question, answer
    starts = question.panel.starts[question.panel.ever_treated]
    compared = next(gate for gate in answer.gates if gate.name == "comparable")
    if compared.status != "failed" or len(set(starts.tolist())) == 1:
        return question, answer
    again = replace(question, panel=as_one_date(question.panel), order=None)
    if question.strategic is not None:
        again = replace(again, strategic=as_one_date(question.strategic))
    return again, assess(again)


def _answered(case: _Case, question: Question) -> Assessment:
    return assess_turns(question) if case.change.design == SWITCHBACK else assess(question)


def as_one_date(panel: Panel) -> Panel:
    """The panel as if all had started on one date: weeks between the first and the last start are out."""
    begun = panel.starts[panel.ever_treated]
    first, last = int(begun.min()), int(begun.max())
    seen = panel.seen.copy()
    seen[:, first:last] = False
    return replace(panel, seen=seen, starts=np.where(panel.ever_treated, last, panel.starts))


def _question(case: _Case, blind: Blind, column: str) -> Question:
    change = case.change
    share = change.target in SHARES
    return Question(
        panel=blind.panel, outcome=outcome_of(change),
        unit="ritual" if over_rituals(change) else "PM", scale="share" if share else "other",
        order=_order(change, blind),
        labels=labels_of(case.ledger, case.weeks, blind, column) if share else None,
        strategic=case.blind("a").panel if change.target == "overhead_share" else None,
        own_hours=change.own_hours, events=_events(case.ledger),
    )  # fmt: skip


def _order(change: Intervention, blind: Blind) -> Order | None:
    """The order with labels in the place of names; its hash and seed were verified on the names."""
    if change.design not in (STAGGERED, SWITCHBACK) or not change.order:
        return None
    order = read_order(change.order)
    told = blind.of_group if change.units == "team" else blind.of_person
    waves = tuple(tuple(told.get(name, name) for name in wave) for wave in order.waves)
    return replace(order, waves=waves, strata={}, level="cluster" if change.units == "team" else "unit")


def _events(ledger: Ledger) -> list[tuple[int, str]] | None:
    """The change log; None where nobody keeps one."""
    told = list(ledger.records(OtherEvent))
    return [(SCALE.place(one.happened_on), one.says) for one in told if not one.withdrawn] if told else None


def _others(case: _Case) -> Others:
    days = [day for day in case.starts.values() if day is not None]
    until = min(case.until, case.weeks.until)
    return others_of(case.ledger, min(days), max(days), until)


def _landed(case: _Case, question: Question) -> dict[str, Bounds]:
    """Effects on the other shares, each asked as the primary outcome was."""
    found = {}
    for name, column in (("overhead_share", "c"), ("strategic_share", "a"), ("core_share", "b")):
        if name == case.change.target or case.change.target not in SHARES:
            continue
        other = _other(case, question, column)
        headline = _headline(carried(_answered(case, other).effect, other.panel, case.weeks.fewest))
        if headline is not None:
            found[name] = headline
    return found


def _rails(case: _Case, question: Question, landed: Mapping[str, Bounds]) -> dict[str, Estimate]:
    """Effects on guardrails that are PM time by week, each asked as the primary outcome was."""
    found: dict[str, Estimate] = {}
    for name in map(named, case.change.guardrails):
        if name not in COLUMNS or name == case.change.target or over_rituals(case.change):
            continue
        headline = landed.get(name)
        if headline is None:
            other = _other(case, question, COLUMNS[name])
            headline = _headline(carried(_answered(case, other).effect, other.panel, case.weeks.fewest))
        unit, scale = ("points", 100.0) if name in SHARES else ("hours of a PM a week", 1.0)
        found[name] = told_effect(headline, scale, len(question.panel.units), unit)
    return found


def _other(case: _Case, question: Question, column: str) -> Question:
    """The question about another outcome of the same people and weeks."""
    blind = case.blind(column)
    labels = labels_of(case.ledger, case.weeks, blind, column) if column in ("a", "b", "c") else None
    one_date = question.order is None and not np.array_equal(blind.panel.starts, question.panel.starts)
    panel = as_one_date(blind.panel) if one_date else blind.panel
    return replace(question, panel=panel, labels=labels, strategic=None)


def _headline(effect: Effect) -> Bounds | None:
    """The latest horizon that has an interval, else the mean."""
    return effect.latest.effect if effect.latest else effect.overall


def _first_title_effect(case: _Case, column: str, question: Question) -> float | None:
    """The effect with series that go on under another title read by their first one."""
    if column not in ("a", "c"):
        return None
    other = replace(_other(case, question, f"{column}_first"), events=None)
    overall = _answered(case, other).effect.overall
    return overall.value if overall else None


def _worth(
    case: _Case, question: Question, effect: Effect, landed: Mapping[str, Bounds], others: Others
) -> Capacity | None:
    """The lesser of fall and rise by the latest horizon, less the hours of product ops and of others."""
    target = case.change.target
    latest = _headline(effect)
    if target not in SIGNS or latest is None:
        return None
    other = landed.get("strategic_share" if target == "overhead_share" else "overhead_share")
    fall, rise = (latest, other) if target == "overhead_share" else (other, latest)
    if fall is None:
        return None
    taken_over = others.hours.value or 0.0
    return capacity(
        _points(fall, -1.0), _points(rise, 1.0) if rise else None, people=len(question.panel.units),
        treated=int(question.panel.ever_treated.sum()),
        own_hours=(case.change.own_hours or 0.0) + max(0.0, taken_over), week_hours=WEEK_HOURS,
    )  # fmt: skip


def _points(bounds: Bounds, sign: float) -> Bounds:
    low, high = sorted((bounds.low * sign * 100, bounds.high * sign * 100))
    return replace(bounds, value=bounds.value * sign * 100, low=low, high=high)
