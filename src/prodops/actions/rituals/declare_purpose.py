"""Declare what a ritual is for: it is judged by that, and no more by what its name suggests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prodops.actions.asks import DECIDES, OWNER, RITUAL
from prodops.actions.deed import Ask, Deed, Offer
from prodops.actions.rituals import set_stance
from prodops.actions.stances import PURPOSES, anew, half_a_year, objections, one_of, ritual_of, with_owner
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared
from prodops.ledger.rituals import RitualStance

DEED = Deed(
    title="Declare what a ritual is for",
    done="{ritual} is meant to {purpose}, and judged by that.",
    asks={
        "ritual": RITUAL,
        "purpose": Ask(
            label="What is it for?",
            hint="It is judged by that and by nothing else.",
            choices=PURPOSES,
            example="align",
        ),
        "owner": OWNER,
        "decision_right": DECIDES,
    },
    offered=("ritual", "finding"),
    undo={"ritual": "ritual"},
    shortcut="purpose",
    page="operating-model",
    about="charter/{ritual}",
)

undo = set_stance.undo

MAY_BE_MEANT_OTHERWISE = ("RIT01", "RIT03", "RIT05")
"""Findings that are none on a ritual which is not meant to decide."""


def answering(finding: Finding) -> Offer | None:
    """How a purpose answers a finding: where the ritual may not be meant for what it is judged by.

    Args:
        finding: The finding.
    """
    if finding.code not in MAY_BE_MEANT_OTHERWISE:
        return None
    return Offer("Say what it is for, if not to decide", {"ritual": finding.subject}, 4)


def propose(
    ledger: Ledger,
    ritual: str,
    purpose: str,
    *,
    owner: str = "",
    decision_right: str = "",
    at: datetime,
    by: str,
) -> tuple[RitualStance, ...]:
    """The purpose to declare; a stance that stands is kept with its reasons and its day, a lapsed one is not.

    Args:
        ledger: Where the ritual and what stands about it are looked up.
        ritual: Its key or its name.
        purpose: decide, align, learn or relate.
        owner: Who holds the ritual; as declared before when empty.
        decision_right: Who decides there; as declared before when empty.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: The ritual or the purpose is not known.
    """
    found = ritual_of(ledger, ritual)
    draft = replace(anew(ledger, found.key, at=at, by=by), purpose=one_of(purpose, PURPOSES, "purpose"))
    if draft.expires_on <= ledger.today.date():
        draft = replace(draft, stance="", because=(), expires_on=half_a_year(ledger))
    return (with_owner(draft, owner, decision_right),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the purpose in the ledger as it would be with it.

    A ritual that is on its way out because it decides nothing cannot at the same time be meant to relate:
    its exit is taken back first.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    stances = [one for one in records if isinstance(one, RitualStance)]
    said = [no for one in stances for no in objections(ledger, one)]
    undo = [
        f"First take it back: prodops stance {one.ritual} --undo" for one in stances if said and one.stance
    ]
    return said + undo
