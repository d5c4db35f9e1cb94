"""Judge how a decision was made, before anybody knows how it turned out; or take the score back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from prodops.actions.asks import DECISION
from prodops.actions.deciding import cite_by, decision_of, fresh_id, name_of, person_of
from prodops.actions.deed import Ask, Deed
from prodops.actions.refusal import ActionRefusedError
from prodops.ledger.decisions import Decision, DecisionScore
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Declared, PersonId, person_id

ELEMENTS = ("frame", "alternatives", "information", "values", "reasoning", "commitment")
MOST = 4


_POINTS = {
    "frame": "Was the right question asked?",
    "alternatives": "Were real alternatives on the table?",
    "information": "Was what is known used, and what is not known said?",
    "values": "Was it said what counts?",
    "reasoning": "Does the choice follow?",
    "commitment": "Will those who carry it out do so?",
}

DEED = Deed(
    title="Judge how a decision was made",
    done="The score is kept.",
    asks={
        "which": DECISION,
        **{
            name: Ask(label=label, hint=f"{name.capitalize()}: 0 to {MOST} points.", example=3, flag=name)
            for name, label in _POINTS.items()
        },
        "rater": Ask(
            label="Who judges?",
            hint="An address or a name, never its owner; you, when empty.",
            flag="by",
            example="ann@example.com",
        ),
    },
    offered=("decision",),
    undo={"which": "decision"},
    shortcut="decisions score",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """What one rater gives a decision, 0 to 4 each.

    Attributes:
        frame: Whether the right question was asked.
        alternatives: Whether real alternatives were on the table.
        information: Whether what is known was used, and what is not known was said.
        values: Whether it was said what counts.
        reasoning: Whether the choice follows.
        commitment: Whether those who carry it out will do so.
    """

    frame: int | None = None
    alternatives: int | None = None
    information: int | None = None
    values: int | None = None
    reasoning: int | None = None
    commitment: int | None = None


def propose(
    ledger: Ledger, which: str, points: Points, *, rater: str = "", at: datetime, by: str
) -> tuple[Declared, ...]:
    """The score of one rater.

    Args:
        ledger: Where the decision and the rater are looked up.
        which: The decision's number, id or words.
        points: 0 to 4 for each of `ELEMENTS`.
        rater: Who judges, by address or name; who records it when empty.
        at: When it is recorded.
        by: Who records it.

    Raises:
        ActionRefusedError: There is no such decision, or an element has no points.
    """
    decision = decision_of(ledger, which)
    given = {name: getattr(points, name) for name in ELEMENTS}
    missing = [name for name, one in given.items() if one is None]
    if missing:
        raise ActionRefusedError(
            f"No points for {', '.join(missing)}. Give each 0 to {MOST}: --{missing[0]} 3"
        )
    who = person_of(ledger, rater) if rater else person_id(by)
    return (
        DecisionScore(
            id=fresh_id("decision_score", at),
            cite=cite_by(who),
            decision=decision.id,
            rater=who,
            **{f"{name}_points": one for name, one in given.items()},
            declared_at=at,
        ),
    )


def undo(ledger: Ledger, which: str, *, rater: str = "", at: datetime, by: str) -> tuple[Declared, ...]:
    """One rater's score marked as a mistake.

    Args:
        ledger: Where it is looked up.
        which: The decision.
        rater: Who judged; who takes it back when empty.
        at: When it is taken back.
        by: Who takes it back.

    Raises:
        ActionRefusedError: That rater gave none.
    """
    decision = decision_of(ledger, which)
    who = person_of(ledger, rater) if rater else person_id(by)
    found = _scores(ledger, decision, who)
    if not found:
        raise ActionRefusedError(f"That rater did not score decision {name_of(ledger, decision.id)}.")
    return tuple(replace(one, taken_back=True, declared_at=at) for one in found)


def gate(ledger: Ledger, records: Sequence[Declared]) -> list[str]:
    """What speaks against the scores: an owner's own, a second by one rater, one given after the outcome.

    Args:
        ledger: The ledger as it would be.
        records: What is declared.
    """
    return [
        said
        for one in records
        if isinstance(one, DecisionScore) and not one.taken_back
        for decision in ledger.records(Decision, [one.decision])
        for said in _objections(ledger, decision, one)
    ]


def _objections(ledger: Ledger, decision: Decision, score: DecisionScore) -> list[str]:
    name, said = name_of(ledger, decision.id), []
    points = {element: getattr(score, f"{element}_points") for element in ELEMENTS}
    wrong = [element for element, given in points.items() if not 0 <= given <= MOST]
    if wrong:
        said.append(f"Points are 0 to {MOST}, not {points[wrong[0]]}: --{wrong[0]} 3")
    if score.rater == decision.owner:
        said.append(
            "Nobody scores a decision of their own. Let somebody else judge: "
            f"prodops decisions score {name} --by NAME"
        )
    if len(_scores(ledger, decision, score.rater)) > 1:
        said.append(f"That rater scored it before. To change it: prodops decisions score {name} --undo")
    ends = ledger.sql(_KNOWN, {"decision": decision.id})
    if ends:
        said.append(
            f"How decision {name} turned out is known since {ends[0][0]}; judged after that, luck looks like "
            "skill. Score the ones that are still open: prodops decisions list"
        )
    return said


def _scores(ledger: Ledger, decision: Decision, rater: PersonId) -> list[DecisionScore]:
    query = "select id from decision_score where decision = $d and rater = $r and not taken_back order by id"
    rows = ledger.sql(query, {"d": decision.id, "r": rater})
    return list(ledger.records(DecisionScore, [str(row[0]) for row in rows]))


_KNOWN = """
select "on"
from decision_outcome
where decision = $decision
    and not taken_back
    and (turned_out <> '' or came_number is not null or happened is not null or kind = 'reversed')
order by "on"
"""
