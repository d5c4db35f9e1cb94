"""Say what became of a decision: what came true, and whether it turned out right; or take that back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from prodops.actions.asks import DECISION
from prodops.actions.deciding import cite_by, decision_of, fresh_id, name_of, one_of, too_late
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import Decision, DecisionOutcome
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose, person_id

TURNED = ("right", "wrong", "unclear")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known now.

    Attributes:
        came: The number that came true.
        happened: Whether what was expected came true.
        turned_out: right, wrong or unclear.
        words: What happened.
        review_on: The day to look again, where it goes on.
    """

    came: float | None = None
    happened: bool | None = None
    turned_out: str = ""
    words: str = ""
    review_on: date | None = None


DEED = Deed(
    title="Say what became of a decision",
    done="What became of it is kept.",
    asks={
        "which": DECISION,
        "came": Ask(label="Which number came true?", hint="Of the prediction with an interval."),
        "happened": Ask(label="Did it come true?", hint="Of the prediction with a probability."),
        "turned_out": Ask(
            label="How did it turn out?", hint="Unclear is an answer.", choices=TURNED, example="right"
        ),
        "words": Ask(label="What happened?", hint="In words.", flag="note", long=True),
        "review_on": Ask(label="Look again on", hint="Where it goes on.", flag="next-review"),
    },
    offered=("decision",),
    undo={"which": "decision"},
    shortcut="decisions resolve",
)


def propose(ledger: Ledger, which: str, found: Found, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The record of what became of a decision.

    Args:
        ledger: Where it is looked up.
        which: Its number, id or words.
        found: What is known now.
        at: When it is recorded.
        by: Who records it.

    Raises:
        ActionRefusedError: There is no such decision, or a word is not known.
    """
    decision, who = decision_of(ledger, which), person_id(by)
    return (
        DecisionOutcome(
            id=fresh_id("decision_outcome", at),
            cite=cite_by(who),
            decision=decision.id,
            kind="resolved",
            on=ledger.today.date(),
            came_number=found.came,
            happened=found.happened,
            turned_out=one_of(found.turned_out, TURNED, "word for how it turned out"),
            words=Prose(found.words),
            review_on=found.review_on,
            declared_at=at,
            declared_by=who,
        ),
    )


def undo(ledger: Ledger, which: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The last word on what became of a decision, marked as a mistake.

    Args:
        ledger: Where it is looked up.
        which: The decision.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: Nothing was said, or it is no mistake any more.
    """
    decision = decision_of(ledger, which)
    rows = ledger.sql(_RESOLVED, {"decision": decision.id})
    last = next(ledger.records(DecisionOutcome, [str(row[0]) for row in rows[:1]]), None)
    if last is None or too_late(ledger, last.declared_at):
        name = name_of(ledger, decision.id)
        raise ActionRefusedError(f"Nothing was said of what became of decision {name} within the last week.")
    return (replace(last, taken_back=True, declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against them: a number without a prediction, a verdict before its day, a second verdict.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    return [
        said
        for one in records
        if isinstance(one, DecisionOutcome) and one.kind == "resolved" and not one.taken_back
        for decision in ledger.records(Decision, [one.decision])
        for said in _objections(ledger, decision, one)
    ]


def _objections(ledger: Ledger, decision: Decision, one: DecisionOutcome) -> list[str]:
    name, said = name_of(ledger, decision.id), []
    if one.came_number is None and one.happened is None and not one.turned_out and one.review_on is None:
        said.append("Nothing is said of what became of it. Shortest: --turned-out unclear")
    if one.came_number is not None and not math.isfinite(one.came_number):
        said.append("What came true is a number one can write down.")
    if one.came_number is not None and decision.predicted_low_number is None:
        said.append(f"Decision {name} predicted no number. Say how it turned out: --turned-out right")
    if one.happened is not None and decision.probability is None:
        said.append(f"Decision {name} gave no probability. Say how it turned out: --turned-out right")
    early = decision.resolves_on is not None and one.on < decision.resolves_on
    if early and (one.came_number is not None or one.happened is not None):
        said.append(
            f"Its prediction is checked on {decision.resolves_on}, not before. Come back on that day."
        )
    if one.review_on is not None and one.review_on <= one.on:
        said.append(f"The next review comes after today, not on {one.review_on}.")
    told = ledger.sql(_RESOLVED, {"decision": decision.id})
    others = [row for row in told if str(row[0]) != one.id]
    if any(row[1] is not None or row[2] is not None for row in others) and (
        one.came_number is not None or one.happened is not None
    ):
        said.append(
            f"What came true of decision {name} is known already. To correct it: "
            f"prodops decisions resolve {name} --undo"
        )
    return said


_RESOLVED = """
select id, came_number, happened
from decision_outcome
where decision = $decision and kind = 'resolved' and not taken_back
order by declared_at desc, id desc
"""
