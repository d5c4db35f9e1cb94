"""What the actions on decisions share: what is asked for, which decision is meant, what a gate objects."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import Decision, DecisionQuestion
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, PersonId, RecordId, person_id
from prodops.views.decisions import DECISIONS

KINDS = ("data", "customer", "intuition", "ai")
DIRECTIONS = ("for", "against", "none")
STAKES = ("low", "medium", "high")

REVIEW_AFTER_DAYS = 90
"""A decision is looked at again after a quarter, unless its record says earlier or later."""

LONGEST_REVIEW_DAYS = 731
MISTAKE_DAYS = 7
"""So long a record can be taken back as a mistake; later it is part of what happened."""

NOTHING = (
    "do nothing",
    "nothing",
    "leave it",
    "leave as is",
    "keep as is",
    "status quo",
    "as today",
    "no change",
)
"""How people write that they do nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of evidence as it is asked for.

    Attributes:
        kind: One of `KINDS`.
        words: What it says.
        of: A record of the ledger or an address; empty when there is none.
        reviewed_by: Who checked it, by address or name; empty when nobody did.
    """

    kind: str
    words: str
    of: str = ""
    reviewed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A decision as it is asked for; what is left out takes a default or stays unsaid.

    The fields are those of `Decision`; people are written as addresses or names.
    """

    question: str = ""
    chosen: str = ""
    options: tuple[str, ...] = ()
    owner: str = ""
    asked_on: date | None = None
    needed_on: date | None = None
    decided_on: date | None = None
    review_on: date | None = None
    evidence: tuple[Piece, ...] = ()
    data_says: str = ""
    data_toward: str = ""
    intuition_says: str = ""
    intuition_toward: str = ""
    predicts: str = ""
    low: float | None = None
    high: float | None = None
    level: float = 0.8
    probability: float | None = None
    resolves_on: date | None = None
    kill_if: str = ""
    dissent: str = ""
    reversible: bool | None = None
    stakes: str = ""
    minuted: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What ends a decision, or opens it again.

    Attributes:
        why: What happened, in words.
        planned: Whether the decision's own kill criterion or review led to it.
        new_evidence: Whether something is known that was not known when it was decided.
    """

    why: str
    planned: bool = False
    new_evidence: bool = False


def decision_of(ledger: Ledger, written: str) -> Decision:
    """The declared decision that is meant by its number, its id or words of its question.

    Raises:
        ActionRefusedError: There is none, or several; the message lists them.
    """
    one = ledger.records(Decision, [_id_of(ledger, written, "decision")])
    return next(one)


def question_of(ledger: Ledger, written: str) -> DecisionQuestion:
    """The question that waits, by its number (`Q3`), its id or its words.

    Raises:
        ActionRefusedError: There is none, or several; the message lists them.
    """
    return next(ledger.records(DecisionQuestion, [_id_of(ledger, written, "question")]))


def name_of(ledger: Ledger, record: str) -> str:
    """The number under which a reader knows a declared decision; empty where it was taken back."""
    rows = ledger.sql("select name from decisions where id = $id", {"id": record}, views=[DECISIONS])
    return str(rows[0][0]) if rows else ""


def person_of(ledger: Ledger, written: str) -> PersonId:
    """The pseudonym of an address; of a written name where the roster knows one."""
    given = person_id(written)
    rows = ledger.sql("select person from person where named = $given order by id limit 1", {"given": given})
    return PersonId(rows[0][0]) if rows else given


def fresh_id(kind: str, at: datetime, number: int = 0) -> RecordId:
    """The id of what is declared at a moment; of several at one moment, by their number."""
    return RecordId(f"{kind}:{at:%Y%m%dT%H%M%S%f}" + (f":{number}" if number else ""))


def cite_by(who: PersonId) -> Citation:
    """Where a declared record can be read again."""
    return Citation("declared", f"by {who}")


def is_nothing(option: str) -> bool:
    """Whether an option is to do nothing."""
    bare = " ".join(option.casefold().replace("-", " ").strip(" .").split())
    return any(bare == one or (" " in one and bare.startswith(f"{one} ")) for one in NOTHING)


def one_of(word: str, words: Sequence[str], noun: str) -> str:
    """The word, if it is one of those that are known; an empty one stays empty.

    Raises:
        ActionRefusedError: It is not; the message lists them.
    """
    bare = word.strip().casefold()
    if bare and bare not in words:
        raise ActionRefusedError(f"{word!r} is no {noun}. It is one of {', '.join(words)}.")
    return bare


def too_late(ledger: Ledger, declared_at: datetime) -> bool:
    """Whether the days are over in which a record can be taken back as a mistake."""
    return ledger.today - declared_at > timedelta(days=MISTAKE_DAYS)


def _id_of(ledger: Ledger, written: str, noun: str) -> str:
    rows = ledger.sql(_KNOWN.format(is_question=noun == "question"), views=[DECISIONS])  # our own word
    known = [(str(one), str(name), str(question)) for one, name, question in rows]
    wanted = written.strip().removeprefix("#").casefold()
    exact = [one for one, name, _ in known if wanted in (one.casefold(), name.casefold())]
    found = exact or [one for one, _, question in known if wanted and wanted in question.casefold()]
    if len(found) == 1:
        return found[0]
    if not known:
        raise ActionRefusedError(
            f"No {noun} is recorded yet. Record one: prodops "
            + ("decide" if noun == "decision" else 'decisions ask "QUESTION"')
        )
    told = [(name, question) for one, name, question in known if one in found]
    near = difflib.get_close_matches(written, [question for *_, question in known], n=3, cutoff=0.3)
    told = told or [(name, question) for _, name, question in known if question in near]
    several = f"{len(found)} {noun}s have" if found else f"No {noun} has"
    listed = "; ".join(f"{name} {question[:60]}" for name, question in told[:3])
    raise ActionRefusedError(
        f"{several} the number or the words {written!r}. "
        + (f"Say which by its number: {listed}" if listed else "All of them: prodops decisions list")
    )


_KNOWN = """
select id, name, question
from decisions
where source = 'declared' and (name like 'Q%') = {is_question}
order by id
"""
