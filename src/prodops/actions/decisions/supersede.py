"""Put a new decision in the place of one that stands or was reopened; or take that back as a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from prodops.actions.asks import DECISION, DRAFT, NEW_EVIDENCE, PLANNED, WHY
from prodops.actions.deciding import Cause, Draft, decision_of, fresh_id, name_of
from prodops.actions.decisions import record_decision
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import Decision, DecisionOutcome
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose, person_id
from prodops.text.words import fold

DEED = Deed(
    title="Decide anew",
    done="Recorded in the place of the former one: {question} {chosen}.",
    asks={
        "which": DECISION,
        "question": Ask(
            needed=False,
            label="What is the question now?",
            hint="That of the old decision when empty.",
            rare=True,
        ),
        **DRAFT,
        "chosen": Ask(
            label="What is chosen now?", hint="As it is written among the options.", example="do nothing"
        ),
        "options": Ask(
            label="What is possible?",
            hint="One each; those of the old decision when empty.",
            flag="option",
            rare=True,
        ),
        "asks": Ask(
            label="Answers which question that waits?",
            hint="Its number: Q1.",
            of="question",
            rare=True,
            flag="answers",
        ),
        "why": WHY,
        "planned": PLANNED,
        "new_evidence": NEW_EVIDENCE,
    },
    offered=("decision",),
    undo={"which": "id"},
    shortcut="decisions supersede",
)


def propose(
    ledger: Ledger, which: str, draft: Draft, cause: Cause, *, at: datetime, by: str
) -> tuple[Declared, ...]:
    """The new decision with its evidence, and the end of the old: reversed, or renewed for the same option.

    Args:
        ledger: Where the old one is looked up.
        which: Its number, id or words.
        draft: The new decision; question, options and owner are the old one's where it says nothing.
        cause: What changed.
        at: When it is recorded.
        by: Who records it.

    Raises:
        ActionRefusedError: There is no such decision, it has been superseded, or nothing is said of why.
    """
    old = decision_of(ledger, which)
    _refuse(ledger, old, cause)
    first, *pieces = record_decision.propose(ledger, _filled(draft, old), at=at, by=by)
    if not isinstance(first, Decision):
        raise TypeError("a decision comes before its evidence")
    new = replace(first, supersedes=old.id, owner=first.owner if draft.owner else old.owner)
    kind = "renewed" if fold(new.chosen) == fold(old.chosen) else "reversed"
    ended = DecisionOutcome(
        id=fresh_id("decision_outcome", at), cite=new.cite, decision=old.id, kind=kind, on=new.decided_on,
        planned=cause.planned, new_evidence=cause.new_evidence, words=Prose(cause.why), declared_at=at,
        declared_by=person_id(by),
    )  # fmt: skip
    return (new, *pieces, ended)


def undo(ledger: Ledger, which: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The new decision and the old one's end marked as mistakes; the old one stands again.

    Args:
        ledger: Where they are looked up.
        which: The new decision.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: It superseded nothing, or it is no mistake any more.
    """
    new = decision_of(ledger, which)
    if new.supersedes is None:
        raise ActionRefusedError(
            f"Decision {name_of(ledger, new.id)} supersedes nothing. To take its record back: "
            f"prodops decide --undo {name_of(ledger, new.id)}"
        )
    rows = ledger.sql(_ENDED, {"id": new.supersedes, "at": new.declared_at})
    ends = ledger.records(DecisionOutcome, [str(row[0]) for row in rows])
    taken = record_decision.as_mistake(ledger, new, at=at, by=by)
    return (
        taken,
        *(replace(one, taken_back=True, declared_at=at, declared_by=person_id(by)) for one in ends),
    )


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the new decision, and whether the old one was superseded in between.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    said = record_decision.gate(ledger, records)
    for one in records:
        if isinstance(one, Decision) and one.supersedes is not None and not one.taken_back:
            query = "select count(*) from decision where supersedes = $id and not taken_back"
            if ledger.sql(query, {"id": one.supersedes})[0][0] > 1:
                said.append("Somebody superseded that decision in the meantime. Look: prodops decisions list")
            old = next(ledger.records(Decision, [one.supersedes]), None)
            if old is None or old.taken_back:
                said.append("What it supersedes was taken back. Record it anew: prodops decide")
            elif one.decided_on < old.decided_on:
                said.append(f"It supersedes one of {old.decided_on}, which is later. Mend --decided.")
    return said


def _refuse(ledger: Ledger, old: Decision, cause: Cause) -> None:
    name = name_of(ledger, old.id)
    if not cause.why.strip():
        raise ActionRefusedError(f'Say why decision {name} no longer holds. Shortest: --why "WORDS"')
    if last := _successor(ledger, old):
        raise ActionRefusedError(
            f"Decision {name} was superseded already, by {last}. To replace that one: "
            f"prodops decisions supersede {last}"
        )


def _filled(draft: Draft, old: Decision) -> Draft:
    """The draft with what the old decision said and it does not."""
    chosen = (draft.chosen,) if draft.chosen else ()
    options = tuple(dict.fromkeys((*(draft.options or old.options), *chosen)))
    return replace(draft, question=draft.question or old.question, options=options)


def _successor(ledger: Ledger, old: Decision) -> str:
    rows = ledger.sql(
        "select id from decision where supersedes = $id and not taken_back order by id", {"id": old.id}
    )
    return name_of(ledger, str(rows[0][0])) if rows else ""


_ENDED = """
select id
from decision_outcome
where decision = $id and kind in ('reversed', 'renewed') and not taken_back and declared_at = $at
"""
