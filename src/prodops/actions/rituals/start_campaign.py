"""Ask the owners of all rituals without a declared purpose to declare one by a day; or take that back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from prodops.actions.campaigns import campaigns, undeclared
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Declared, Prose, RecordId, person_id
from prodops.ledger.rituals import Campaign

DUE_AFTER_DAYS, LONGEST_DAYS = 14, 92


DEED = Deed(
    title="Ask owners what their rituals are for",
    done="Asked about {rituals}, by {due_on}.",
    asks={"due_on": Ask(label="Answers are asked for by", hint="In two weeks when empty.", flag="by")},
    offered=("operating-model",),
    shortcut="stance campaign start",
    page="operating-model",
)


def propose(ledger: Ledger, due_on: date | None = None, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The campaign to declare.

    Args:
        ledger: Where rituals without a purpose are looked up.
        due_on: The day by which answers are asked for; two weeks ahead when None.
        at: When it is declared.
        by: Who declares it.

    Raises:
        ActionRefusedError: One is open already, or every ritual has a declared purpose.
    """
    open_ = next((one for one in campaigns(ledger) if one.closed_on is None), None)
    if open_ is not None:
        raise ActionRefusedError(
            f"A campaign is open already: {open_.name}, due {open_.due_on}. Close it first: "
            "prodops stance campaign close"
        )
    rituals = undeclared(ledger)
    if not rituals:
        raise ActionRefusedError(
            "Every living ritual of five or more people has a declared purpose, so nobody is asked. "
            "See: prodops show operating-model"
        )
    today, who = ledger.today.date(), person_id(by)
    return (
        Campaign(
            id=RecordId(f"campaign:{at:%Y%m%dT%H%M%S%f}"), cite=Citation("declared", f"by {who}"),
            name=Prose(f"purposes {today}"), rituals=rituals, opened_on=today,
            due_on=due_on or today + timedelta(days=DUE_AFTER_DAYS), declared_at=at, declared_by=who,
        ),
    )  # fmt: skip


def undo(ledger: Ledger, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The newest campaign taken back, as if nobody had been asked; its answers stand.

    Args:
        ledger: Where it is looked up.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: There is none.
    """
    there = campaigns(ledger)
    if not there:
        raise ActionRefusedError(
            "There is no campaign to take back. Start one: prodops stance campaign start"
        )
    last = max(there, key=lambda one: (one.declared_at, one.id))
    return (replace(last, taken_back=True, declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against a campaign: a day that is past or a quarter away, or another one that is open.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    today, said = ledger.today.date(), []
    for one in records:
        if not isinstance(one, Campaign) or one.taken_back or one.closed_on is not None:
            continue
        if not today < one.due_on <= today + timedelta(days=LONGEST_DAYS):
            said.append(
                f"Answers are asked for on a day after today and within a quarter, not on {one.due_on}. "
                f"In two weeks: --by {today + timedelta(days=DUE_AFTER_DAYS)}"
            )
        others = [other for other in campaigns(ledger) if other.closed_on is None and other.id != one.id]
        if others:
            said.append(f"A campaign is open already: {others[0].name}. Close it first.")
    return said
