"""Stop a change that was registered, with the reason; or take the stop back while it could still be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prodops.actions.asks import TRIAL
from prodops.actions.decisions.start_trial import own_trial
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.impact.trials import key_of, seal_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose, person_id

DEED = Deed(
    title="Stop a change",
    done="Ended today: {name}.",
    asks={
        "trial": TRIAL,
        "why": Ask(
            label="Why does it end?",
            hint="One that is stopped when it looks bad proves nothing.",
            example="The team was moved",
            flag="because",
            long=True,
        ),
    },
    offered=("trial",),
    undo={"trial": "id"},
    shortcut="try stop",
    page="proof",
    about="proof/{key}",
)


def propose(ledger: Ledger, trial: str, why: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The change with its last day and the reason.

    Args:
        ledger: Where the change is looked up.
        trial: Its key.
        why: Why it ends.
        at: When that is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: It is not known, has ended, or no reason is given.
    """
    change = own_trial(ledger, trial)
    if change.ended_on is not None:
        raise ActionRefusedError(
            f"{key_of(change)} ended on {change.ended_on} already. Take that back: prodops try stop "
            f"{key_of(change)} --undo"
        )
    if not why.strip():
        raise ActionRefusedError(
            f"Say why it ends, for one that is stopped when it looks bad proves nothing: prodops try stop "
            f'{key_of(change)} --because "..."'
        )
    today = ledger.today.date()
    ended = replace(change, ended_on=today, ended_because=Prose(why.strip()))
    return (replace(ended, declared_at=at, declared_by=person_id(by)),)


def undo(ledger: Ledger, trial: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The change as it stood before it was stopped; the log keeps both.

    Args:
        ledger: Where the change is looked up.
        trial: Its key.
        at: When that is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: It is not known, was not stopped, or was taken back.
    """
    change = own_trial(ledger, trial)
    if change.ended_on is None or change.withdrawn:
        raise ActionRefusedError(
            f"{key_of(change)} was not stopped, so there is nothing to take back. See: prodops try list"
        )
    again = replace(change, ended_on=None, ended_because=Prose(""))
    return (replace(again, declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against a stop in the ledger as it would be with it: only another plan than was sealed.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    changed = [one for one in records if isinstance(one, Intervention) and one.seal != seal_of(one)]
    return [
        f"The plan of {key_of(one)} is not the one that was sealed on {ledger.today:%Y-%m-%d}."
        for one in changed
    ]
