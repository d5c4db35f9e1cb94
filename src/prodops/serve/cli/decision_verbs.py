"""What `prodops decisions` declares: questions, and what became of what was decided."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli.decision_options import (
    Asked,
    Came,
    Happened,
    Needed,
    NewChosen,
    NewEvidence,
    NewFile,
    NewPieces,
    NextReview,
    Note,
    Owner,
    Planned,
    Rater,
    Review,
    SixPoints,
    TakeBack,
    TurnedOut,
    Which,
    Why,
)
from prodops.serve.cli.declared import declared, fields_of, refused, say_decisions
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json

if TYPE_CHECKING:
    from datetime import date

    from prodops.ledger.record import Declared
    from prodops.serve.declaring import Gate, Propose

SEE = "See the log: prodops decisions list"


def ask(
    question: Annotated[str, typer.Argument(help='What is asked: "Which plan do we retire?"')],
    *,
    owner: Owner = None,
    asked: Asked = None,
    needed: Needed = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Put a question on the table, so that its waiting counts."""
    from prodops.actions.decisions import ask as action  # lazy: measures

    days = {"asked_on": _day(asked, "--asked"), "needed_on": _day(needed, "--needed")}
    says = "It waits; its number: prodops decisions list. Then: prodops decide --answers Q1"
    _declare(
        lambda ledger, at, by: action.propose(ledger, question, owner=owner or "", at=at, by=by, **days),
        action.gate, says, workspace, as_json=as_json,
    )  # fmt: skip


def withdraw(
    which: Annotated[str, typer.Argument(help="The question's number (Q1) or its words.")],
    *,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Take a question off the table without a decision."""
    from prodops.actions.decisions import ask as action  # lazy: measures

    says = "Withdrawn today; the log keeps how long it waited."
    _declare(
        lambda ledger, at, by: action.undo(ledger, which, at=at, by=by),
        action.gate, says, workspace, as_json=as_json,
    )  # fmt: skip


def supersede(
    which: Which,
    *,
    chosen: NewChosen = "",
    why: Why = "",
    planned: Planned = False,
    new_evidence: NewEvidence = False,
    evidence: NewPieces = None,
    review: Review = None,
    from_file: NewFile = None,
    undo: TakeBack = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Put a new decision in the place of one."""
    from prodops.actions.deciding import Cause  # lazy: measures
    from prodops.actions.decisions import supersede as action  # lazy: measures
    from prodops.serve.decision_form import draft_of  # lazy: the store

    if undo:
        says = "Both are taken back; the former decision stands again."
        _declare(
            lambda ledger, at, by: action.undo(ledger, which, at=at, by=by),
            action.gate, says, workspace, as_json=as_json,
        )  # fmt: skip
        return
    given = {"chosen": chosen, "evidence": evidence, "review": review}
    with refused(SEE):
        draft = draft_of({**fields_of(from_file), **{name: one for name, one in given.items() if one}})
    cause = Cause(why=why, planned=planned, new_evidence=new_evidence)
    propose: Propose = lambda ledger, at, by: action.propose(ledger, which, draft, cause, at=at, by=by)  # noqa: E731 (named for its type)
    say_decisions(declared(workspace, propose, action.gate, see=SEE), workspace, as_json=as_json)


def reopen(
    which: Which,
    *,
    why: Why = "",
    planned: Planned = False,
    new_evidence: NewEvidence = False,
    undo: TakeBack = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Ask again what was decided."""
    from prodops.actions.deciding import Cause  # lazy: measures
    from prodops.actions.decisions import reopen as action  # lazy: measures

    cause = Cause(why=why, planned=planned, new_evidence=new_evidence)
    propose: Propose = (
        (lambda ledger, at, by: action.undo(ledger, which, at=at, by=by))
        if undo
        else lambda ledger, at, by: action.propose(ledger, which, cause, at=at, by=by)
    )
    anew = (
        f'It is open again. Decide it anew: prodops decisions supersede "{which}" --chosen OPTION --why WORDS'
    )
    says = "Taken back; it stands again." if undo else anew
    _declare(propose, action.gate, says, workspace, as_json=as_json)


def resolve(
    which: Which,
    *,
    came: Came = None,
    happened: Happened = None,
    turned_out: TurnedOut = "",
    note: Note = "",
    next_review: NextReview = None,
    undo: TakeBack = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Say what came true and how it turned out."""
    from prodops.actions.decisions import resolve as action  # lazy: measures

    again = _day(next_review, "--next-review")
    found = action.Found(
        came=came, happened=happened, turned_out=turned_out, words=note, review_on=again
    )  # fmt: skip
    propose: Propose = (
        (lambda ledger, at, by: action.undo(ledger, which, at=at, by=by))
        if undo
        else lambda ledger, at, by: action.propose(ledger, which, found, at=at, by=by)
    )
    says = (
        "Taken back; what became of it is open."
        if undo
        else "Kept. What it adds up to: prodops show decisions"
    )
    _declare(propose, action.gate, says, workspace, as_json=as_json)


def score(
    which: Which,
    *,
    by: Rater = "",
    points: SixPoints = "",
    undo: TakeBack = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Judge how it was made, 0 to 4, before its outcome."""
    from prodops.actions.decisions import score as action  # lazy: measures

    given = [one.strip() for one in points.split(",") if one.strip()]
    readable = len(given) == len(action.ELEMENTS) and all(one.isdecimal() for one in given)
    if not undo and not readable:
        raise Refusal(
            "Give six points of 0 to 4.",
            remedy=f"In this order: {', '.join(action.ELEMENTS)}: --points 3,2,4,3,3,4",
        )
    numbers = dict(zip(action.ELEMENTS, map(int, given), strict=True)) if readable else {}
    scores = action.Points(**numbers)
    propose: Propose = (
        (lambda ledger, at, who: action.undo(ledger, which, rater=by, at=at, by=who))
        if undo
        else lambda ledger, at, who: action.propose(ledger, which, scores, rater=by, at=at, by=who)
    )
    says = "Kept. Two raters of ten decisions say how far such scores can be trusted."
    _declare(propose, action.gate, "Taken back." if undo else says, workspace, as_json=as_json)


def _declare(propose: Propose, gate: Gate, says: str, workspace: Path | None, *, as_json: bool) -> None:
    records: tuple[Declared, ...] = declared(workspace, propose, gate, see=SEE)
    if as_json:
        say_json({"declared": records})
    else:
        typer.echo(says)


def _day(text: str | None, option: str) -> date | None:
    from prodops.text.moments import MomentError, parse_day  # lazy: next to the store

    if not text:
        return None
    try:
        return parse_day(text)
    except MomentError as error:
        raise Refusal(f"{text} is not a day.", remedy=f"Write it as {option} 2027-03-31.") from error
