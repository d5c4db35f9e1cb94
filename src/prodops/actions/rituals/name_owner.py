"""Say who owns a ritual and who decides there; its stance, purpose and day stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prodops.actions.asks import DECIDES, OWNER, RITUAL
from prodops.actions.deed import Deed, Offer
from prodops.actions.refusal import ActionRefusedError
from prodops.actions.rituals import set_stance
from prodops.actions.stances import anew, objections, ritual_of, with_owner
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared
from prodops.ledger.rituals import RitualStance

DEED = Deed(
    title="Name who holds a ritual",
    done="Kept: who holds {ritual} and who decides there.",
    asks={
        "ritual": RITUAL,
        "owner": replace(OWNER, example="Ana Ruiz", rare=False),
        "decision_right": replace(DECIDES, rare=False),
    },
    offered=("ritual", "finding"),
    undo={"ritual": "ritual"},
    shortcut="stance declare",
    page="operating-model",
    about="charter/{ritual}",
)

undo = set_stance.undo

NOBODY_HOLDS_IT = ("RIT02", "RIT03", "RIT04")
"""Findings on a ritual that somebody who holds it would mend."""


def answering(finding: Finding) -> Offer | None:
    """How a name answers a finding: where somebody who holds the ritual would mend it.

    Args:
        finding: The finding.
    """
    if finding.code not in NOBODY_HOLDS_IT:
        return None
    return Offer("Say who holds it and decides there", {"ritual": finding.subject}, 3)


def propose(
    ledger: Ledger, ritual: str, *, owner: str = "", decision_right: str = "", at: datetime, by: str
) -> tuple[RitualStance, ...]:
    """What stands about a ritual, with its owner or with who decides there.

    Args:
        ledger: Where the ritual and what stands about it are looked up.
        ritual: Its key or its name.
        owner: Who holds it; as declared before when empty.
        decision_right: Who decides there; as declared before when empty.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: The ritual is not known, or neither is said.
    """
    if not owner and not decision_right:
        raise ActionRefusedError('Say who: --owner "NAME" or --decides "CPO, after hearing the leads".')
    draft = anew(ledger, ritual_of(ledger, ritual).key, at=at, by=by)
    return (with_owner(draft, owner, decision_right),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against it: that the ritual is gone, or that somebody declared something meanwhile.

    The stance itself is not judged again, since nobody declares it now.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    bare = [replace(one, stance="") for one in records if isinstance(one, RitualStance)]
    return [said for one in bare for said in objections(ledger, one)]
