"""Record a decision with its evidence, prediction and review; or take the record back as a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from prodops.actions.asks import DECISION, DRAFT
from prodops.actions.deciding import (
    DIRECTIONS,
    REVIEW_AFTER_DAYS,
    STAKES,
    Draft,
    cite_by,
    decision_of,
    fresh_id,
    name_of,
    one_of,
    person_of,
    question_of,
    too_late,
)
from prodops.actions.decision_gate import objections
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import Decision, DecisionInput, DecisionOutcome, DecisionQuestion
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, PersonId, Prose, RecordId, person_id

DEED = Deed(
    title="Record a decision",
    done="Recorded: {question} {chosen}. It is looked at again on {review_on}.",
    asks={
        "question": Ask(
            label="What was the question?",
            hint="As it was asked; of the question it answers when empty.",
            example="Which plan do we retire?",
            needed=False,
        ),
        **DRAFT,
        "asks": Ask(
            label="Answers which question that waits?", hint="Its number: Q1.", of="question", flag="answers"
        ),
        "which": DECISION,
    },
    offered=("decisions", "question"),
    undo={"which": "id"},
    shortcut="decide",
)


def propose(ledger: Ledger, draft: Draft, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The decision and one record for each piece of its evidence.

    Args:
        ledger: Where people and the question it answers are looked up.
        draft: What was decided.
        at: When it is recorded.
        by: Who records it; owns it too, when the draft names nobody.

    Raises:
        ActionRefusedError: A word is not known, or the question it answers is not.
    """
    asked = question_of(ledger, draft.asks) if draft.asks else None
    decision = _decision(ledger, draft, asked, at=at, by=by)
    return (decision, *_pieces(ledger, draft, decision))


def undo(ledger: Ledger, which: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The same decision marked as recorded by mistake; the log keeps both.

    Args:
        ledger: Where it is looked up.
        which: Its number, id or words.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: It is no mistake any more: its days are over, or something came of it.
    """
    decision = decision_of(ledger, which)
    if decision.supersedes is not None:
        name = name_of(ledger, decision.id)
        raise ActionRefusedError(
            f"Decision {name} took the place of another, which has to stand again. "
            f"Take both back: prodops decisions supersede {name} --undo"
        )
    return (as_mistake(ledger, decision, at=at, by=by),)


def as_mistake(ledger: Ledger, decision: Decision, *, at: datetime, by: str) -> Decision:
    """A decision marked as recorded by mistake.

    Args:
        ledger: Where what came of it is looked up.
        decision: The decision.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: Its days are over, or something came of it.
    """
    name = name_of(ledger, decision.id)
    query = "select count(*) from decision_outcome where decision = $id and not taken_back"
    if ledger.sql(query, {"id": decision.id})[0][0]:
        raise ActionRefusedError(
            f"Something came of decision {name} already, so its record stays. "
            f"If it no longer holds: prodops decisions supersede {name}"
        )
    if too_late(ledger, decision.declared_at):
        raise ActionRefusedError(
            f"Decision {name} has stood for more than a week, so its record is history and no mistake. "
            f"If it no longer holds: prodops decisions supersede {name}"
        )
    return replace(decision, taken_back=True, declared_at=at, declared_by=person_id(by))


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the decisions in the ledger as it would be with them.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    ends = {one.decision for one in records if isinstance(one, DecisionOutcome)}
    said = [said for one in records if isinstance(one, Decision) for said in objections(ledger, one)]
    return said + [
        "A decision takes the place of one through supersede alone."
        for one in records
        if isinstance(one, Decision) and one.supersedes is not None and one.supersedes not in ends
        if not one.taken_back
    ]


def _decision(
    ledger: Ledger, draft: Draft, asked: DecisionQuestion | None, *, at: datetime, by: str
) -> Decision:
    decided_on = draft.decided_on or ledger.today.date()
    return Decision(
        id=fresh_id("decision", at), cite=cite_by(person_id(by)), declared_at=at, declared_by=person_id(by),
        question=Prose(draft.question or (asked.question if asked else "")),
        chosen=Prose(draft.chosen), options=tuple(Prose(one) for one in draft.options),
        inputs=tuple(piece.of for piece in draft.evidence if piece.of),
        owner=_owner(ledger, draft, asked, by), decided_on=decided_on,
        review_on=draft.review_on or decided_on + timedelta(days=REVIEW_AFTER_DAYS),
        asks=asked.id if asked else None,
        asked_on=draft.asked_on or (asked.asked_on if asked else None),
        needed_on=draft.needed_on or (asked.needed_on if asked else None),
        data_says=one_of(draft.data_says, DIRECTIONS, "direction of data"),
        data_toward=Prose(draft.data_toward),
        intuition_says=one_of(draft.intuition_says, DIRECTIONS, "direction of intuition"),
        intuition_toward=Prose(draft.intuition_toward),
        predicts=Prose(draft.predicts), predicted_low_number=draft.low, predicted_high_number=draft.high,
        interval_probability=draft.level, probability=draft.probability, resolves_on=draft.resolves_on,
        kill_if=Prose(draft.kill_if), dissent=Prose(draft.dissent), reversible=draft.reversible,
        stakes=one_of(draft.stakes, STAKES, "word for stakes"),
        minuted=RecordId(draft.minuted) if draft.minuted else None,
    )  # fmt: skip


def _owner(ledger: Ledger, draft: Draft, asked: DecisionQuestion | None, by: str) -> PersonId:
    if draft.owner:
        return person_of(ledger, draft.owner)
    return asked.owner if asked else person_id(by)


def _pieces(ledger: Ledger, draft: Draft, decision: Decision) -> tuple[DecisionInput, ...]:
    return tuple(
        DecisionInput(
            id=fresh_id("decision_input", decision.declared_at, number),
            cite=decision.cite,
            decision=decision.id,
            kind=piece.kind,
            words=Prose(piece.words),
            of=piece.of,
            reviewed_by=person_of(ledger, piece.reviewed_by) if piece.reviewed_by else None,
            declared_at=decision.declared_at,
        )
        for number, piece in enumerate(draft.evidence, start=1)
    )
