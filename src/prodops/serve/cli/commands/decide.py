"""`prodops decide`: record a decision in three minutes, by flags, from a file, or asked one by one."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.decision_options import (
    Ai,
    Answers,
    Asked,
    Chosen,
    Customer,
    Data,
    DataSays,
    Decided,
    Dissent,
    FromFile,
    High,
    Intuition,
    IntuitionSays,
    Kill,
    Level,
    Low,
    Minuted,
    Needed,
    Option,
    Owner,
    Predict,
    Probability,
    Question,
    Resolves,
    Reversible,
    Review,
    ReviewedBy,
    Stakes,
    Template,
    Undo,
)
from prodops.serve.cli.declared import HOW, declared, fields_of, refused, say_decisions
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json

if TYPE_CHECKING:
    from prodops.serve.declaring import Propose

NO_FIELDS = ("from_file", "template", "undo", "workspace", "as_json")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("decide", rich_help_panel=sections.ACT)(decide)


def decide(
    question: Question = "",
    *,
    chosen: Chosen = None,
    option: Option = None,
    owner: Owner = None,
    asked: Asked = None,
    needed: Needed = None,
    decided: Decided = None,
    review: Review = None,
    data: Data = None,
    customer: Customer = None,
    intuition: Intuition = None,
    ai: Ai = None,
    reviewed_by: ReviewedBy = None,
    data_says: DataSays = None,
    intuition_says: IntuitionSays = None,
    predict: Predict = None,
    low: Low = None,
    high: High = None,
    level: Level = None,
    probability: Probability = None,
    resolves: Resolves = None,
    kill: Kill = None,
    dissent: Dissent = None,
    reversible: Reversible = None,
    stakes: Stakes = None,
    minuted: Minuted = None,
    answers: Answers = None,
    from_file: FromFile = None,
    template: Template = False,
    undo: Undo = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Record a decision: asked one by one, by flags, or from a file."""
    _decide(locals())


def _decide(given: Mapping[str, object]) -> None:
    from prodops.serve import decision_form  # lazy: the store

    workspace = given["workspace"] if isinstance(given["workspace"], Path) else None
    if given["template"]:
        typer.echo(decision_form.TEMPLATE, nl=False)
        return
    if given["undo"]:
        _undo(str(given["undo"]), workspace, as_json=bool(given["as_json"]))
        return
    flags = {
        name: value for name, value in given.items() if name not in NO_FIELDS and value not in (None, "", [])
    }
    from_file = given["from_file"] if isinstance(given["from_file"], Path) else None
    fields = {**fields_of(from_file), **flags}
    asks = not (set(flags) - {"question", "owner", "answers"}) and from_file is None
    if asks:
        fields |= _asked(str(given["question"] or ""), workspace)
    _record(fields, workspace, as_json=bool(given["as_json"]), keep=asks)


def _asked(question: str, workspace: Path | None) -> dict[str, object]:
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.cli.decision_prompts import Talk, asked_for  # lazy: the store

    if not sys.stdin.isatty():
        raise Refusal("Nothing says what was decided.", remedy=HOW)
    settings, store = open_workspace(workspace)
    store.close()
    return asked_for(Talk(_ask, typer.echo), today=settings.today.date(), question=question)


def _ask(text: str, default: str) -> str:
    shown = f"{text} [{default}]" if default else text
    return str(typer.prompt(shown, default="", show_default=False, prompt_suffix=" ")).strip() or default


def _record(fields: dict[str, object], workspace: Path | None, *, as_json: bool, keep: bool) -> None:
    from prodops.actions.decisions import record_decision  # lazy: measures
    from prodops.serve.decision_form import draft_of  # lazy: the store

    with refused(HOW):
        draft = draft_of(fields)
    propose: Propose = lambda ledger, at, by: record_decision.propose(ledger, draft, at=at, by=by)  # noqa: E731 (named for its type)
    try:
        records = declared(workspace, propose, record_decision.gate, see=HOW)
    except Refusal as refusal:
        if keep:
            refusal.remedy += f"\n  {_kept(fields)}"
        raise
    say_decisions(records, workspace, as_json=as_json)


def _kept(fields: dict[str, object]) -> str:
    """Keep what was typed, so that a refusal costs nobody their three minutes."""
    import yaml  # lazy: only what was refused is kept

    path = Path("decision-draft.yaml")
    path.write_text(
        yaml.safe_dump(
            {name: value for name, value in fields.items() if value}, allow_unicode=True, sort_keys=False
        ),
        encoding="utf-8",
    )
    return f"What you typed is kept: prodops decide --from {path}"


def _undo(which: str, workspace: Path | None, *, as_json: bool) -> None:
    from prodops.actions.decisions import record_decision  # lazy: measures

    records = declared(
        workspace,
        lambda ledger, at, by: record_decision.undo(ledger, which, at=at, by=by),
        record_decision.gate,
        see="prodops decisions list",
    )
    if as_json:
        say_json({"declared": records})
    else:
        typer.echo("Taken back as a mistake; the log keeps that it was recorded. See: prodops decisions list")
