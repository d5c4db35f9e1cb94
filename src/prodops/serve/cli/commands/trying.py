"""`prodops try start|stop|list|event`: register a change before it begins, and keep its log."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.cli.trial_options import (
    AlreadyBegun,
    Because,
    Beside,
    Design,
    Every,
    Expect,
    Guardrail,
    Ics,
    Name,
    On,
    Only,
    OrderIn,
    OrderOut,
    Outcome,
    OwnHours,
    ReadsOut,
    Seed,
    Starts,
    Trial,
    Undo,
    Units,
    Waves,
    Who,
)  # fmt: skip
from prodops.serve.shown.lines import harmless

if TYPE_CHECKING:
    from datetime import date

    from prodops.actions.decisions.start_trial import TrialPlan
    from prodops.ledger.decisions import Intervention
    from prodops.ledger.record import Declared
    from prodops.serve.declaring import Gate, Propose

MOST_SEED = 2**31

Files = tuple[Path | None, Path | None, Path | None]
"""Where the order, the calendar and the list of who starts when are written."""


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True)
    group.command("start")(start)
    group.command("stop")(stop)
    group.command("list")(list_)
    group.command("event")(event)
    app.add_typer(
        group,
        name="try",
        rich_help_panel=sections.ACT,
        help="Register a change before it begins, and keep its log.",
    )


def start(
    name: Name,
    *,
    because: Because = None,
    on: On = "",
    outcome: Outcome = None,
    expect: Expect = "",
    design: Design = "",
    units: Units = "",
    only: Only = None,
    starts: Starts = None,
    reads_out: ReadsOut = None,
    waves: Waves = None,
    every: Every = None,
    seed: Seed = None,
    guardrail: Guardrail = None,
    own_hours: OwnHours = None,
    beside: Beside = None,
    already_begun: AlreadyBegun = False,
    order: OrderIn = None,
    order_out: OrderOut = None,
    ics: Ics = None,
    who: Who = None,
    undo: Undo = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Register a change before it begins, because of a finding. The tool draws who starts when."""
    from prodops.actions.decisions.start_trial import TrialPlan  # lazy: measures

    plan = TrialPlan(
        name=name, acts_on=on, outcomes=tuple(outcome or ()), expects=expect, design=design, units=units,
        only=tuple(only or ()), starts_on=_day(starts, "--starts"), waves=waves, every_weeks=every,
        reads_out_on=_day(reads_out, "--reads-out"), seed=_drawn() if seed is None else seed,
        guardrails=tuple(guardrail or ()), own_hours=own_hours, beside=tuple(beside or ()),
        already_begun=already_begun, order=_read(order),
    )  # fmt: skip
    act = _taken_back if undo else _register
    act(plan, because or [], workspace, files=(order_out, ics, who), as_json=as_json)


def stop(
    trial: Trial,
    *,
    because: Annotated[str, typer.Option("--because", help="Why it ends.")] = "",
    undo: Undo = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Stop a change, and say why."""
    from prodops.actions.decisions import stop_trial as action  # lazy: measures

    propose: Propose = (
        (lambda ledger, at, by: action.undo(ledger, trial, at=at, by=by))
        if undo
        else lambda ledger, at, by: action.propose(ledger, trial, because, at=at, by=by)
    )
    said = _declare(propose, action.gate, workspace)
    told = (
        f"{trial} runs again until its readout."
        if undo
        else f"{trial} ended today. Undo: prodops try stop {trial} --undo"
    )
    _say(said, told, as_json=as_json)


def event(
    day: Annotated[str, typer.Argument(help="The day on which it happened: 2026-03-02.")],
    says: Annotated[str, typer.Argument(help='What happened: "Support was reorganised".')] = "",
    *,
    undo: Undo = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write down what else happened, so that nobody takes it for the effect of a change."""
    from prodops.actions.decisions import log_event as action  # lazy: the store

    on = _day(day, "DAY")
    if on is None:
        raise Refusal("An event has a day.", remedy='prodops try event 2026-03-02 "Support was reorganised"')
    propose: Propose = (
        (lambda ledger, at, by: action.undo(ledger, on, at=at, by=by))
        if undo
        else lambda ledger, at, by: action.propose(ledger, on, says, at=at, by=by)
    )
    said = _declare(propose, action.gate, workspace)
    word = "Taken out of" if undo else "In"
    _say(said, f"{word} the change log: {harmless(str(said[0].says))} on {on}.", as_json=as_json)  # type: ignore[attr-defined]  # an OtherEvent


def list_(workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Show every change with its state, and the change log."""
    from prodops.ledger.decisions import OtherEvent  # lazy: next to the views
    from prodops.serve.cli.commands.look import ledger_of  # lazy: next to the views
    from prodops.serve.cli.trial_told import listed, public, states  # lazy: views

    ledger = ledger_of(workspace, None)
    found = states(ledger)
    log = sorted(
        (one for one in ledger.records(OtherEvent) if not one.withdrawn), key=lambda one: one.happened_on
    )
    if not as_json:
        typer.echo("\n".join(listed(found, log)))
        return
    say_json({
        "changes": [{**public(one), "state": state} for one, state in found],
        "events": [{"happened_on": one.happened_on, "says": one.says} for one in log],
    })  # fmt: skip


def _register(
    plan: TrialPlan,
    because: list[str],
    workspace: Path | None,
    *,
    files: Files,
    as_json: bool,
) -> None:
    from prodops.actions.decisions import start_trial as action  # lazy: measures
    from prodops.ledger.decisions import Intervention  # lazy: next to the measures
    from prodops.serve.cli.trial_told import public, registered  # lazy: views

    said = _declare(
        lambda ledger, at, by: action.propose(ledger, plan, because=because, at=at, by=by),
        action.gate,
        workspace,
    )
    (change,) = (one for one in said if isinstance(one, Intervention))
    order_out, ics, who = files
    _write_files(change, order_out, ics)
    if who is not None:
        _write_who(change, who, workspace)
    if as_json:
        say_json(public(change))
    else:
        typer.echo("\n".join(registered(change, [file for file in files if file])))


def _taken_back(
    plan: TrialPlan, _because: list[str], workspace: Path | None, *, files: Files, as_json: bool
) -> None:
    if any(files):
        raise Refusal("What is taken back writes no file.", remedy=f"prodops try start {plan.name} --undo")
    name = plan.name
    from prodops.actions.decisions import start_trial as action  # lazy: measures

    said = _declare(lambda ledger, at, by: action.undo(ledger, name, at=at, by=by), action.gate, workspace)
    _say(said, f"Taken back: {name}. What was registered stays in the log.", as_json=as_json)


def _declare(propose: Propose, gate: Gate, workspace: Path | None) -> tuple[Declared, ...]:
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store
    from prodops.serve.declaring import declare  # lazy: the store

    try:
        return declare(workspace, propose, gate)
    except ActionRefusedError as error:
        says, stop, remedy = str(error).partition(". ")
        raise Refusal(says + stop.strip(), remedy=remedy or "See: prodops try list") from error


def _say(records: tuple[Declared, ...], told: str, *, as_json: bool) -> None:
    from prodops.ledger.decisions import Intervention  # lazy: next to the store
    from prodops.serve.cli.trial_told import public  # lazy: views

    if as_json:
        say_json({"declared": [public(one) if isinstance(one, Intervention) else one for one in records]})
    else:
        typer.echo(told)


def _write_who(change: Intervention, file: Path, workspace: Path | None) -> None:
    from prodops.serve.cli.commands.look import ledger_of  # lazy: next to the views
    from prodops.serve.trial_dates import who_starts_when  # lazy: numpy
    from prodops.serve.whole_file import write_whole  # lazy: next to jinja2

    try:
        write_whole(file, who_starts_when(ledger_of(workspace, None), change).encode())
    except OSError as error:
        raise Refusal(
            f"It is registered, but {file} cannot be written: {error.strerror}.",
            remedy="Choose another file.",
        ) from error


def _drawn() -> int:
    import secrets  # lazy: a seed is drawn by this command alone

    return secrets.randbelow(MOST_SEED)


def _day(text: str | None, option: str) -> date | None:
    from prodops.text.moments import MomentError, parse_day  # lazy: next to the store

    if not text:
        return None
    try:
        return parse_day(text)
    except MomentError as error:
        raise Refusal(f"{text} is not a day.", remedy=f"Write it as {option} 2027-03-01.") from error


def _read(file: Path | None) -> str:
    from prodops.text.decoding import decode  # lazy: next to the store

    if file is None:
        return ""
    try:
        return decode(file.read_bytes()).text
    except OSError as error:
        raise Refusal(f"{file} cannot be read.", remedy="Check the path of --order.") from error


def _write_files(change: Intervention, order_out: Path | None, ics: Path | None) -> None:
    from datetime import UTC, datetime  # lazy: this command alone stamps files

    from prodops.serve.trial_dates import as_calendar  # lazy: numpy
    from prodops.serve.whole_file import write_whole  # lazy: next to jinja2

    texts = {order_out: change.order, ics: as_calendar(change, datetime.now(UTC)) if ics else ""}
    for file, text in texts.items():
        if file is None:
            continue
        if not text:
            says = f"All start on {change.starts_on}, so there is no order to write to {file}."
            typer.echo(says, err=True)
            continue
        try:
            write_whole(file, text.encode())
        except OSError as error:
            raise Refusal(
                f"It is registered, but {file} cannot be written: {error.strerror}.",
                remedy="Its order stands in the log: prodops try list --json",
            ) from error
