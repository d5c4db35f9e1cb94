"""Write down what else happened, so that nobody takes it for the effect of a change; or take that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import OtherEvent
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, Prose, RecordId, person_id

DEED = Deed(
    title="Write down what else happened",
    done="In the change log: {says}, on {happened_on}.",
    asks={
        "day": Ask(label="On which day?", hint="The day on which it happened.", example="2026-03-02"),
        "says": Ask(
            label="What happened?",
            hint="What could pass for the effect of a change.",
            example="Support was reorganised",
        ),
    },
    offered=("trials",),
    undo={"day": "happened_on"},
    shortcut="try event",
    page="proof",
)


def propose(ledger: Ledger, day: date, says: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The event to declare.

    Args:
        ledger: Where events that were declared before are looked up.
        day: The day on which it happened.
        says: What happened.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: It is not said what happened, or the same was declared before.
    """
    words = " ".join(says.split())
    if not words:
        raise ActionRefusedError('Say what happened: prodops try event 2026-03-02 "Support was reorganised"')
    if any(one.happened_on == day and one.says == words and not one.withdrawn for one in events(ledger)):
        raise ActionRefusedError(f"That is in the log already: {words} on {day}. See: prodops try list")
    who = person_id(by)
    return (
        OtherEvent(
            id=RecordId(f"other_event:{day}:{at:%Y%m%dT%H%M%S%f}"), cite=Citation("declared", f"by {who}"),
            happened_on=day, says=Prose(words), declared_at=at, declared_by=who,
        ),
    )  # fmt: skip


def undo(ledger: Ledger, day: date, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The last event declared on a day, taken back.

    Args:
        ledger: Where it is looked up.
        day: Its day.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: No event stands on that day.
    """
    there = [one for one in events(ledger) if one.happened_on == day and not one.withdrawn]
    if not there:
        raise ActionRefusedError(f"The log has no event on {day}. See: prodops try list")
    last = max(there, key=lambda one: (one.declared_at, one.id))
    return (replace(last, withdrawn=True, declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against an event: that its day lies ahead, for nobody knows what will have happened.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    today = ledger.today.date()
    ahead = [one for one in records if isinstance(one, OtherEvent) and one.happened_on > today]
    return [f"{one.happened_on} lies ahead. Write down what happened, on its day or later." for one in ahead]


def events(ledger: Ledger) -> tuple[OtherEvent, ...]:
    """Every event of the change log, those taken back among them."""
    return tuple(ledger.records(OtherEvent))
