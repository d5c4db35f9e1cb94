"""Close the campaign that is open; or open it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prodops.actions.campaigns import campaigns
from prodops.actions.deed import Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, person_id
from prodops.ledger.rituals import Campaign

DEED = Deed(
    title="Close the campaign",
    done="Closed: {name}.",
    asks={},
    offered=("campaign",),
    shortcut="stance campaign close",
    page="operating-model",
)


def propose(ledger: Ledger, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The open campaign with its last day.

    Args:
        ledger: Where it is looked up.
        at: When it is closed.
        by: Who closes it.

    Raises:
        ActionRefusedError: None is open.
    """
    open_ = next((one for one in campaigns(ledger) if one.closed_on is None), None)
    if open_ is None:
        raise ActionRefusedError("No campaign is open. Start one: prodops stance campaign start")
    closed_on = ledger.today.date()
    return (replace(open_, closed_on=closed_on, declared_at=at, declared_by=person_id(by)),)


def undo(ledger: Ledger, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The campaign that was closed last, open again.

    Args:
        ledger: Where it is looked up.
        at: When it is opened again.
        by: Who opens it.

    Raises:
        ActionRefusedError: None was closed.
    """
    closed = [one for one in campaigns(ledger) if one.closed_on is not None]
    if not closed:
        raise ActionRefusedError("No campaign was closed. See: prodops stance campaign")
    last = max(closed, key=lambda one: (one.declared_at, one.id))
    return (replace(last, closed_on=None, declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against it: that two campaigns would be open at once.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    given = [one for one in records if isinstance(one, Campaign) and one.closed_on is None]
    open_ = [one for one in campaigns(ledger) if one.closed_on is None]
    if given and len(open_) > 1:
        return ["Another campaign is open. Close it first: prodops stance campaign close"]
    return []
