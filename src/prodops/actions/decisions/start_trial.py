"""Register a change before it begins: what, because of what, on whom, to what effect, and when it is read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from prodops.actions.asks import TRIAL_PLAN
from prodops.actions.deed import Deed, Offer
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rollouts import Rollout, given_order, rolled_out
from prodops.actions.trial_objections import READ_AFTER_DAYS, against
from prodops.actions.trials import acted_on, findings, people_of, trial_of
from prodops.checks.finding import Finding
from prodops.impact.design import Design, Detectable, detectable
from prodops.impact.pm_weeks import SCALE, TooFewPMsError, pm_weeks
from prodops.impact.ritual_weeks import OUTCOME
from prodops.impact.trials import (
    DESIGNS,
    ONE_DATE,
    PAUSE,
    STAGGERED,
    SWITCHBACK,
    key_of,
    seal_of,
)
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, Prose, RecordId, person_id
from prodops.measures import units as measures
from prodops.stats.small_groups import FEWEST
from prodops.views.ritual_names import ritual_key

UNITS = ("team", "pm", "ritual")

AT_ONCE = ("channel ", "metric ")
"""What one PM cannot have changed and another not: customers and definitions are the same for all."""

_NUMBERS = re.compile(r"[+-]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPlan:
    """What is registered.

    Attributes:
        name: What is done.
        acts_on: What is changed, kind and name: `ritual:Roadmap review`.
        outcomes: The primary outcome: exactly one measure.
        expects: The effect expected with its interval, in the outcome's unit: `-6 (-10 to -2)`.
        design: staggered, switchback, pause or one date; by what it touches when empty.
        units: What starts one by one: team, pm or ritual; by the number of teams when empty.
        only: Teams that take part, all when empty; or the rituals, where these are the units.
        starts_on: The first day; the next Monday when None.
        reads_out_on: The day of reading; a quarter later when None.
        waves: How many waves a staggered rollout has; as its design shows most when None.
        every_weeks: Weeks between two waves; as its design shows most when None.
        seed: The seed of the order; the caller draws one.
        guardrails: What must not get worse.
        own_hours: Hours a week that product operations spends on it.
        beside: Keys of changes that run on the same units, said on purpose.
        already_begun: Whether it began before it was registered.
        order: A rollout order as JSON that was drawn before; empty lets the tool draw it.
    """

    name: str
    acts_on: str = ""
    outcomes: tuple[str, ...] = ()
    expects: str = ""
    design: str = ""
    units: str = ""
    only: tuple[str, ...] = ()
    starts_on: date | None = None
    reads_out_on: date | None = None
    waves: int | None = None
    every_weeks: int | None = None
    seed: int = 0
    guardrails: tuple[str, ...] = ()
    own_hours: float | None = None
    beside: tuple[str, ...] = ()
    already_begun: bool = False
    order: str = ""


DEED = Deed(
    title="Register a change before it begins",
    done="Registered: {name}. Its effect is read on {reads_out_on}.",
    asks=TRIAL_PLAN,
    offered=("quick win", "finding", "ritual"),
    undo={"trial": "id"},
    shortcut="try start",
    page="proof",
    about="proof/{key}",
)


TOUCHES = {
    "ritual_rot": ("ritual", "Try a pause of it, and measure"),
    "feedback_black_hole": ("channel", "Try a change to this channel, and measure"),
    "data_debt": ("metric", "Try a change to this metric, and measure"),
}
"""What a change because of a finding touches, by the finding's family; a way of working otherwise."""

MOVES = {
    "FBK01": "decided_in_90_days", "FBK02": "untouched_share", "FBK03": "asked_again_share",
    "DAT01": "conflicting_share", "DAT02": "no_owner_share", "DAT03": "no_target_share",
    "DAT04": "stale_share",
}  # fmt: skip
"""The measure that a change because of a finding is meant to move, where it is not PM time on overhead."""


NO_CHANGE = ("GOV03",)
"""Codes of findings that a look at the source answers, and no other way of working."""


def answering(finding: Finding) -> Offer | None:
    """How a registered change answers a finding: it touches what the finding is about.

    Args:
        finding: The finding.
    """
    if finding.code in NO_CHANGE:
        return None
    kind, text = TOUCHES.get(finding.sink, ("flow", "Try another way of working, and measure"))
    fields = {
        "because": f"{finding.code} {finding.subject}", "acts_on": f"{kind}:{finding.subject}",
        "outcomes": MOVES.get(finding.code, "overhead_share"),
    }  # fmt: skip
    return Offer(text, {"name": f"Pause {finding.subject}", **fields} if kind == "ritual" else fields, 1)


def propose(
    ledger: Ledger, plan: TrialPlan, *, because: Sequence[str], at: datetime, by: str
) -> tuple[Declared, ...]:
    """The change to register, with its order drawn and its seal.

    Args:
        ledger: Where findings, PMs and calendars are looked up.
        plan: What is registered.
        because: Codes of findings, at least one: `RIT01`.
        at: When it is registered.
        by: Who registers it.

    Raises:
        ActionRefusedError: Something of the plan is not known or contradicts itself.
    """
    key = ritual_key(plan.name)
    if not plan.name.strip() or key == "untitled":
        raise ActionRefusedError('A change needs a name. Say what is done: prodops try start "Pause reviews"')
    acts_on = acted_on(ledger, plan.acts_on) if plan.acts_on else ""
    reasons = findings(ledger, because, acts_on.partition(" ")[2])
    value, low, high = _expected(plan.expects)
    units = _word(plan.units, UNITS, "unit") or _units(ledger, plan, acts_on)
    outcome, who = _outcome(plan, several=_several(plan, units)), person_id(by)
    rollout, shows = _rollout(ledger, plan, units, acts_on, at)
    reads_out_on = plan.reads_out_on or rollout.starts_on + timedelta(days=READ_AFTER_DAYS)
    change = Intervention(
        id=RecordId(f"intervention:trial:{key}:{at:%Y%m%dT%H%M%S%f}"), cite=Citation("declared", f"by {who}"),
        name=Prose(plan.name.strip()), because=reasons,
        target=outcome, expected=Prose(plan.expects.strip()), starts_on=rollout.starts_on,
        reads_out_on=reads_out_on, acts_on=acts_on, design=rollout.design, units=units,
        members=tuple(f"{name}={person}" for name, person in rollout.members),
        expects=(value, low, high), guardrails=tuple(one.strip() for one in plan.guardrails if one.strip()),
        order=rollout.order, grade=_grade(shows, rollout, plan, several=_several(plan, units)),
        detectable_share=shows.points.value / 100 if shows and shows.points.value is not None else None,
        own_hours=plan.own_hours, beside=tuple(key_of(trial_of(ledger, one)) for one in plan.beside),
        begun_before=plan.already_begun, registered_at=at, declared_at=at, declared_by=who,
    )  # fmt: skip
    return (replace(change, seal=seal_of(change)),)


def undo(ledger: Ledger, trial: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """What takes a registration back; the log keeps both.

    Args:
        ledger: Where the change is looked up.
        trial: Its key.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: It is not known, was taken back, belongs to an exit, or its effect was read.
    """
    change = own_trial(ledger, trial)
    if change.withdrawn:
        raise ActionRefusedError(f"{key_of(change)} was taken back already. See: prodops try list")
    today = ledger.today.date()
    if today >= change.reads_out_on:
        raise ActionRefusedError(
            f"{key_of(change)} was to be read on {change.reads_out_on}: what was registered and read stays. "
            f"Its proof: prodops proof {key_of(change)}"
        )
    ended = replace(change, ended_on=today, withdrawn=True, declared_at=at, declared_by=person_id(by))
    return (replace(ended, ended_because=Prose("taken back")),)


def own_trial(ledger: Ledger, trial: str) -> Intervention:
    """The change that is meant, if it was registered as a trial and not with an exit.

    Raises:
        ActionRefusedError: It is not known, or belongs to the exit of a ritual.
    """
    change = trial_of(ledger, trial)
    if change.id.startswith("intervention:exit_ritual:"):
        ritual = key_of(change).removeprefix("exit-")
        raise ActionRefusedError(
            f"{key_of(change)} was declared with the exit of a ritual and ends with it. Take the exit back: "
            f"prodops stance {ritual} --undo"
        )
    return change


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against a registration in the ledger as it would be with it.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    said: list[str] = []
    for one in records:
        if isinstance(one, Intervention) and not one.withdrawn:
            said += against(ledger, one)
    return said


def _several(plan: TrialPlan, units: str) -> bool:
    """Whether it is rolled out ritual by ritual."""
    return units == "ritual" and len(plan.only) > 1


def _outcome(plan: TrialPlan, *, several: bool) -> str:
    told = [one.strip().replace("-", "_") for one in plan.outcomes if one.strip()]
    known = sorted(unit.__name__.rpartition(".")[2] for unit in measures())
    if len(told) != 1:
        raise ActionRefusedError(
            f"A change has exactly one primary outcome; {len(told)} were given. Others can be guardrails: "
            "--outcome overhead_share --guardrail core_share"
        )
    if told[0] not in known:
        raise ActionRefusedError(f"{told[0]!r} is no measure. There are: {', '.join(known)}.")
    if several and told[0] != OUTCOME:
        raise ActionRefusedError(
            f"A rollout over rituals is read on the hours that PMs sit in them, not on {told[0]}: --outcome "
            f"{OUTCOME} --guardrail {told[0]}"
        )
    return told[0]


def _word(word: str, words: Sequence[str], noun: str) -> str:
    if word and word not in words:
        raise ActionRefusedError(f"{word!r} is no {noun}. It is one of {', '.join(words)}.")
    return word


def _units(ledger: Ledger, plan: TrialPlan, acts_on: str) -> str:
    """Rituals are paused for those who sit in them; else teams where there are six, else PMs."""
    if plan.units == "ritual":
        return "ritual"
    if acts_on.startswith("ritual ") and plan.design in ("", PAUSE):
        return "ritual"
    return "team" if len({name for name, _ in people_of(ledger, "team", "", plan.only)}) >= 6 else "pm"


def _expected(text: str) -> tuple[str, str, str]:
    found = _NUMBERS.findall(re.sub(r"(?<=\d)\s*(?:\.\.|–|—)\s*", " ", text))
    if len(found) != 3:
        raise ActionRefusedError(
            f"The effect expected is a number with its interval, not {text!r}. Write it before it begins: "
            '--expect "-6 (-10 to -2)"'
        )
    value, low, high = found
    if not float(low) <= float(value) <= float(high):
        raise ActionRefusedError(
            f'{value} lies outside {low} to {high}. Write the lower bound first: --expect "-6 (-10 to -2)"'
        )
    return value, low, high


def _rollout(
    ledger: Ledger, plan: TrialPlan, units: str, acts_on: str, at: datetime
) -> tuple[Rollout, Detectable | None]:
    """Who starts when, and what that can show."""
    people = people_of(ledger, units, acts_on, plan.only)
    today = ledger.today.date()
    starts_on = plan.starts_on or today + timedelta(days=7 - today.weekday())
    several = _several(plan, units)
    design = _word(plan.design.replace("-", " "), DESIGNS, "design") or _design(
        units, acts_on, people, several=several
    )
    if several:
        return _over_rituals(plan, design, people, starts_on, at)
    if plan.order:
        rollout = given_order(plan.order, people, units, begun=plan.already_begun)
        shows = _shows(ledger, plan, STAGGERED, people, rollout.starts_on)
        return rollout, shows
    if plan.already_begun and design in (STAGGERED, SWITCHBACK):
        raise ActionRefusedError(
            "Who started when is known already, so no order is drawn now. Give what was: --order FILE, or "
            "--design one-date"
        )
    shows = _shows(ledger, plan, design, people, starts_on)
    weeks = _weeks_between(plan, shows)
    return rolled_out(people, units, design, starts_on, weeks, seed=plan.seed, at=at), shows


def _over_rituals(
    plan: TrialPlan, design: str, people: Sequence[tuple[str, str]], starts_on: date, at: datetime
) -> tuple[Rollout, None]:
    """Rituals that begin in a drawn order; what that can show is not computed from shares of PM time."""
    if design != STAGGERED or plan.order or plan.already_begun:
        raise ActionRefusedError(
            "Several rituals begin one by one, in an order that the tool draws before: --design staggered. "
            "One ritual is paused: --on ritual:NAME --design pause"
        )
    weeks = _weeks_between(plan, None)
    return rolled_out(people, "ritual", design, starts_on, weeks, seed=plan.seed, at=at), None


def _design(units: str, acts_on: str, people: Sequence[tuple[str, str]], *, several: bool) -> str:
    """What fits what is touched: a ritual is paused, a channel or metric changes for everybody on one day.

    A way of working begins team by team, or PM by PM, where there are enough of them to draw lots.
    """
    if units == "ritual" and not several:
        return PAUSE
    if acts_on.startswith(AT_ONCE):
        return ONE_DATE
    return STAGGERED if several or len({name for name, _ in people}) >= 6 else ONE_DATE


def _weeks_between(plan: TrialPlan, shows: Detectable | None) -> tuple[int | None, ...]:
    """Weeks after the first start in which each wave starts; None for the one that waits."""
    if plan.waves is not None or plan.every_weeks is not None:
        waves, every = plan.waves or 3, plan.every_weeks or 4
        return (*(number * every for number in range(waves - 1)), None)
    if shows is None or len(shows.starts) < 2:
        return (0, None)
    first = shows.starts[0] or 0
    return tuple(None if start is None else start - first for start in shows.starts)


def _shows(
    ledger: Ledger, plan: TrialPlan, design: str, people: Sequence[tuple[str, str]], starts_on: date
) -> Detectable | None:
    """What the design can show at this size; None without calendars of five PMs."""
    try:
        weeks = pm_weeks(ledger)
    except TooFewPMsError:
        return None
    before = min(52, SCALE.place(starts_on) - weeks.first_week)
    read = plan.reads_out_on or starts_on + timedelta(days=READ_AFTER_DAYS)
    after = min(52, (read - starts_on).days // 7)
    if before < 2 or after < 2:
        return None
    names = len({name for name, _ in people})
    # A pause on one date is compared with whoever does not sit in the ritual; at worst with time alone.
    asked: Design = "one date"
    if design in (STAGGERED, SWITCHBACK):
        asked = "staggered" if design == STAGGERED else "switchback"
    return detectable(
        len({person for _, person in people}), design=asked, weeks_before=before, weeks_after=after,
        teams=names if names < len(people) and names > 1 else None,
    )  # fmt: skip


def _grade(shows: Detectable | None, rollout: Rollout, plan: TrialPlan, *, several: bool) -> str:
    """The best grade a readout can reach: that of the design, lower where it had begun or nobody drew."""
    people = len({person for _, person in rollout.members})
    if several and people >= FEWEST:
        return "A"
    if shows is None or people < FEWEST:
        return "D"
    best = str(shows.grade)
    if best == "A" and (plan.already_begun or not rollout.drawn):
        return "B"
    return best
