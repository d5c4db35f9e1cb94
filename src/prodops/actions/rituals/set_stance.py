"""Declare that product operations owns, facilitates or exits a ritual, until a day; or take that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from prodops.actions.asks import BECAUSE, DECIDES, EXPIRES, OWNER, RITUAL
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.stances import (
    PURPOSES,
    STANCES,
    anew,
    ended_changes,
    half_a_year,
    objections,
    one_of,
    reasons,
    ritual_of,
    standing,
    with_owner,
)
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose
from prodops.ledger.rituals import RitualStance

RESTORED = ("stance", "purpose", "expires_on", "outcome", "because", "owner", "decision_right")
"""What a declaration said, as it stands again when the one after it is taken back."""


DEED = Deed(
    title="Declare a stance",
    done="{ritual}: {stance}, until {expires_on}.",
    asks={
        "ritual": RITUAL,
        "stance": Ask(
            label="What does product operations do with it?",
            hint="Own it, facilitate it, or end it.",
            choices=STANCES,
            example="facilitate",
        ),
        "because": replace(BECAUSE, example=None),
        "expires_on": EXPIRES,
        "purpose": Ask(
            label="What is it for?", hint="As declared before when empty.", choices=PURPOSES, rare=True
        ),
        "outcome": Ask(
            label="Which one outcome does it serve?",
            hint="PM time on strategy, unless another was declared.",
            rare=True,
        ),
        "owner": OWNER,
        "decision_right": DECIDES,
    },
    offered=("ritual",),
    undo={"ritual": "ritual"},
    shortcut="stance declare",
    page="operating-model",
    about="charter/{ritual}",
)


def propose(
    ledger: Ledger, ritual: str, stance: str, *, because: Sequence[str] = (), expires_on: date | None = None,
    purpose: str = "", outcome: str = "", owner: str = "", decision_right: str = "", at: datetime, by: str,
) -> tuple[Declared, ...]:  # fmt: skip
    """The stance to declare, in the place of the one that stands; an exit's change ends with the exit.

    Args:
        ledger: Where the ritual and what stands about it are looked up.
        ritual: Its key or its name.
        stance: own, facilitate or exit.
        because: Codes of findings on the ritual: `RIT01`.
        expires_on: The day it must be looked at again; half a year ahead when None.
        purpose: What the ritual is for; as declared before when empty.
        outcome: The one outcome it serves; as declared before, else PM time on strategy, when empty.
        owner: Who holds it; as declared before when empty.
        decision_right: Who decides there; as declared before when empty.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: The ritual, the stance or the purpose is not known.
    """
    found = ritual_of(ledger, ritual)
    draft = with_owner(anew(ledger, found.key, at=at, by=by), owner, decision_right)
    declared = replace(
        draft,
        stance=one_of(stance, STANCES, "stance"),
        purpose=one_of(purpose, PURPOSES, "purpose") if purpose else draft.purpose,
        expires_on=expires_on or half_a_year(ledger),
        outcome=Prose(outcome) if outcome else draft.outcome,
        because=reasons(found.key, because),
    )
    return (declared, *(ended_changes(ledger, found.key, at) if stance != "exit" else ()))


def undo(ledger: Ledger, ritual: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """What takes back the last declaration about a ritual: the former one anew, and the end of its change.

    Nothing is erased: the log keeps all three.

    Args:
        ledger: Where it is looked up.
        ritual: Its key or its name.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: Nothing stands about the ritual, or what would stand again is an exit that ended.
    """
    found = ritual_of(ledger, ritual)
    last = standing(ledger, found.key)
    if last is None:
        raise ActionRefusedError(f"Nothing was declared about {found.key}, so nothing can be taken back.")
    former = next(ledger.records(RitualStance, [last.supersedes or ""]), None)
    if former is not None and former.stance == "exit" != last.stance:
        raise ActionRefusedError(
            f"The exit of {found.key} ended when its stance changed. Declare it anew: "
            f"prodops exit-ritual {found.key} --because {former.because[0].partition(' ')[0]}"
        )
    draft = anew(ledger, found.key, at=at, by=by)
    restored = (
        replace(draft, stance="", purpose="", because=(), owner=Prose(""), decision_right=Prose(""))
        if former is None
        else replace(draft, **{name: getattr(former, name) for name in RESTORED})
    )
    return (restored, *(ended_changes(ledger, found.key, at) if restored.stance != "exit" else ()))


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the stances in the ledger as it would be with them.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    return [said for one in records if isinstance(one, RitualStance) for said in objections(ledger, one)]
