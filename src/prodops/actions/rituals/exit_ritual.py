"""Declare that a ritual ends, because of a finding, with the day on which the effect is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from prodops.actions.asks import BECAUSE, EXPIRES, RITUAL
from prodops.actions.deed import Ask, Deed, Offer
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rituals import set_stance
from prodops.actions.stances import (
    NO_REASON_TO_EXIT,
    SINK,
    Ritual,
    against,
    anew,
    change_id,
    ended_changes,
    half_a_year,
    objections,
    reasons,
    ritual_of,
)
from prodops.checks.finding import Finding
from prodops.impact.trials import ONE_DATE, seal_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose
from prodops.ledger.rituals import RitualStance
from prodops.measures.rituals import ritual_hours_each
from prodops.stats.telling import told

TARGET = "ritual_hours"
"""The measure that an exit should move."""

READ_AFTER_DAYS = 91
"""An effect is read after a quarter: eight weeks of it and one end of quarter are the least (science)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When an exit begins, when its effect is read, and when it is looked at again.

    Attributes:
        starts_on: The first day without the ritual; today when None.
        reads_out_on: The day its effect is read; a quarter later when None.
        expires_on: The day the stance must be looked at again; half a year ahead when None.
    """

    starts_on: date | None = None
    reads_out_on: date | None = None
    expires_on: date | None = None


DEED = Deed(
    title="End a ritual",
    done="{ritual} ends, because of {because}.",
    asks={
        "ritual": RITUAL,
        "because": BECAUSE,
        "starts_on": Ask(label="First day without it", hint="Today when empty.", flag="starts"),
        "reads_out_on": Ask(
            label="Its effect is read on", hint="Thirteen weeks later when empty.", flag="reads-out"
        ),
        "expires_on": EXPIRES,
    },
    offered=("ritual", "quick win", "finding"),
    undo={"ritual": "ritual"},
    shortcut="exit-ritual",
    page="operating-model",
    about="charter/{ritual}",
)

undo = set_stance.undo


def answering(finding: Finding) -> Offer | None:
    """How an exit answers a finding: where it is on a ritual and speaks for ending it.

    Args:
        finding: The finding.
    """
    if finding.sink != SINK or finding.code in NO_REASON_TO_EXIT:
        return None
    return Offer("End this ritual because of it", {"ritual": finding.subject, "because": finding.code}, 2)


def propose(
    ledger: Ledger, ritual: str, plan: Plan, *, because: Sequence[str], at: datetime, by: str
) -> tuple[Declared, ...]:
    """The exit and the change to declare; the change of an exit that lapsed ends.

    Args:
        ledger: Where the ritual and its findings are looked up.
        ritual: Its key or its name.
        plan: When it begins and when it is read.
        because: Codes of findings on the ritual, at least one: `RIT01`.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: The ritual is not known, has an exit already, or no finding is named.
    """
    found = ritual_of(ledger, ritual)
    draft, cited = anew(ledger, found.key, at=at, by=by), reasons(found.key, because)
    if draft.stance == "exit" and draft.expires_on > ledger.today.date():
        raise ActionRefusedError(
            f"{found.key} is on its way out until {draft.expires_on}. To take that back: "
            f"prodops stance {found.key} --undo"
        )
    stance = replace(draft, stance="exit", expires_on=plan.expires_on or half_a_year(ledger), because=cited)
    if not cited:
        raise ActionRefusedError(" ".join(objections(ledger, stance)))
    return (stance, _change(ledger, found, stance, plan), *ended_changes(ledger, found.key, at))


def _change(ledger: Ledger, ritual: Ritual, stance: RitualStance, plan: Plan) -> Intervention:
    starts_on = plan.starts_on or ledger.today.date()
    change = Intervention(
        id=change_id(ritual.key, stance.declared_at),
        cite=stance.cite,
        name=Prose(f"Exit {ritual.title}"),
        because=stance.because,
        target=TARGET,
        expected=Prose(_expected(ledger, ritual.key, stance.because)),
        starts_on=starts_on,
        reads_out_on=plan.reads_out_on or starts_on + timedelta(days=READ_AFTER_DAYS),
        acts_on=f"ritual {ritual.key}",
        design=ONE_DATE,
        registered_at=stance.declared_at,
        declared_at=stance.declared_at,
        declared_by=stance.declared_by,
    )
    return replace(change, seal=seal_of(change))


def _expected(ledger: Ledger, ritual: str, because: Sequence[str]) -> str:
    """The hours that the cited findings cost; they overlap, so that the largest one counts.

    Where they cost none that is known, no more can come back than PMs spend in it.
    """
    codes = [reason.partition(" ")[0] for reason in because]
    hours = [one.hours for one in against(ledger, ritual, codes) if one.hours is not None and one.hours.known]
    if hours:
        return f"gives back {told(hours[0])}"
    spent = ritual_hours_each.each(ledger).get(ritual)
    return f"gives back at most {told(spent)}" if spent else "no further occurrence; its hours are not known"


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the exit in the ledger as it would be with it.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    said = [no for one in records if isinstance(one, RitualStance) for no in objections(ledger, one)]
    for one in records:
        if isinstance(one, Intervention) and one.ended_on is None:
            said += _of_days(ledger, one)
    return said


def _of_days(ledger: Ledger, change: Intervention) -> list[str]:
    today, said = ledger.today.date(), []
    if change.starts_on < today:
        said.append(f"A change is declared before it begins: {change.starts_on} is past. Leave --starts out.")
    if change.reads_out_on <= change.starts_on:
        said.append(
            f"Its effect is read after it began, not on {change.reads_out_on}. "
            f"A quarter later: --reads-out {change.starts_on + timedelta(days=READ_AFTER_DAYS)}"
        )
    return said
