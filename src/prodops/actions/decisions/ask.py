"""Put a question on the table, so that its waiting counts; or take it off without a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from prodops.actions.deciding import cite_by, fresh_id, name_of, person_of, question_of
from prodops.actions.deed import Ask, Deed, Offer
from prodops.actions.refusal import ActionRefusedError
from prodops.checks.finding import Finding
from prodops.ledger.decisions import DecisionQuestion
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, Prose, person_id
from prodops.text.words import fold

DEED = Deed(
    title="Ask a question",
    done="It waits: {question}",
    asks={
        "question": Ask(
            label="What is asked?", hint="In words that everybody recognises.", example="Do we open the beta?"
        ),
        "owner": Ask(label="Who decides?", hint="An address or a name; you, when empty."),
        "asked_on": Ask(label="Asked on", hint="Today when empty.", flag="asked"),
        "needed_on": Ask(label="Needed by", hint="The day by which the decision is needed.", flag="needed"),
        "which": Ask(label="Which question?", hint="Its number or its words.", of="question"),
    },
    offered=("decisions", "finding"),
    undo={"which": "id"},
    shortcut="decisions ask",
)


QUESTIONS = {
    "DAT01": "Which definition of {subject} counts?",
    "DAT02": "Who answers for the definitions of {subject}?",
    "DAT03": "What are the targets of {subject}?",
    "DAT04": "How fresh must {subject} be, and who sees to it?",
    "FBK01": "Who decides about what comes in by {subject}, and how often?",
    "FBK02": "Who looks first at what comes in by {subject}?",
    "FBK03": "What do we say once and for all to what {subject} keeps asking?",
    "GOV01": "May what {subject} writes inform a decision before somebody has read it?",
    "GOV02": "Who reads what {subject} writes before it is used?",
    "LCH01": "Who says what is ready in launches of {subject}, without being reminded?",
    "LCH02": "What has to be true before a launch of {subject} has a date?",
    "TOL01": "In which one place is {subject} kept?",
}
"""What has to be decided about a finding, by its check, in the words of those who decide."""


def answering(finding: Finding) -> Offer | None:
    """How a question answers a finding: where somebody has to decide before anything can change.

    Args:
        finding: The finding.
    """
    if finding.code not in QUESTIONS:
        return None
    question = QUESTIONS[finding.code].format(subject=finding.subject)
    return Offer("Put it up for decision", {"question": question}, 5)


def propose(
    ledger: Ledger,
    question: str,
    *,
    owner: str = "",
    asked_on: date | None = None,
    needed_on: date | None = None,
    at: datetime,
    by: str,
) -> tuple[Declared, ...]:
    """The question that waits.

    Args:
        ledger: Where people are looked up.
        question: What is asked.
        owner: Who decides; who records it when empty.
        asked_on: The day it was asked; today when None.
        needed_on: The day by which the decision is needed.
        at: When it is recorded.
        by: Who records it.
    """
    who = person_id(by)
    return (
        DecisionQuestion(
            id=fresh_id("decision_question", at),
            cite=cite_by(who),
            question=Prose(question),
            owner=person_of(ledger, owner) if owner else who,
            asked_on=asked_on or ledger.today.date(),
            needed_on=needed_on,
            declared_at=at,
            declared_by=who,
        ),
    )


def undo(ledger: Ledger, which: str, *, at: datetime, by: str) -> tuple[Declared, ...]:
    """The question withdrawn today: it is on record that it was asked, and that nobody decided it.

    Args:
        ledger: Where it is looked up.
        which: Its number (`Q3`), id or words.
        at: When it is withdrawn.
        by: Who withdraws it.

    Raises:
        ActionRefusedError: There is no such question that waits.
    """
    asked = question_of(ledger, which)
    if asked.withdrawn_on is not None:
        raise ActionRefusedError(
            f"{name_of(ledger, asked.id)} was withdrawn on {asked.withdrawn_on} already."
        )
    return (replace(asked, withdrawn_on=ledger.today.date(), declared_at=at, declared_by=person_id(by)),)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the questions: no words, a day that lies ahead, the same question waiting already.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    return [said for one in records if isinstance(one, DecisionQuestion) for said in _objections(ledger, one)]


def _objections(ledger: Ledger, asked: DecisionQuestion) -> list[str]:
    if asked.withdrawn_on is not None:
        return []
    today, said = ledger.today.date(), []
    if not asked.question.strip():
        said.append('A question has words: prodops decisions ask "Which plan do we retire?"')
    if asked.asked_on > today:
        said.append(
            f"It cannot have been asked on {asked.asked_on}, after today. Leave --asked out for today."
        )
    if asked.needed_on is not None and asked.needed_on < asked.asked_on:
        said.append(f"It is needed before it was asked ({asked.needed_on}). Mend --needed.")
    same = [
        other
        for other in ledger.records(DecisionQuestion)
        if other.id != asked.id
        and other.withdrawn_on is None
        and fold(other.question) == fold(asked.question)
        if name_of(ledger, other.id)
    ]
    if same:
        said.append(f"That question waits already, as {name_of(ledger, same[0].id)}.")
    return said
