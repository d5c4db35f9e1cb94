"""`prodops decisions`: the log, what is due, and what became of what was decided."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.decision_options import Which
from prodops.serve.cli.decision_verbs import ask, reopen, resolve, score, supersede, withdraw
from prodops.serve.cli.declared import refused
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json, table
from prodops.serve.shown.lines import harmless

if TYPE_CHECKING:
    from datetime import date

    from prodops.ledger.ledger import Ledger

SEE = "See the log: prodops decisions list"
WIDEST = 56


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True)
    for command in (list_, show, due, export, ask, withdraw, supersede, reopen, resolve, score):
        group.command(command.__name__.rstrip("_"))(command)
    app.add_typer(
        group,
        name="decisions",
        rich_help_panel=sections.ACT,
        help="The decision log: list, show, due, and what became of them.",
    )


def list_(
    *,
    everything: Annotated[bool, typer.Option("--all", help="Those read from files too.")] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """List decisions, the newest first."""
    from prodops.views.decisions import DECISIONS  # lazy: next to the store

    ledger = _ledger(workspace)
    rows = ledger.sql(_LIST, {"everything": everything}, views=[DECISIONS])
    if as_json:
        say_json({"decisions": [dict(zip(_LISTED, row, strict=True)) for row in rows]})
        return
    read = ledger.sql("select count(*) from decisions where source = 'read'", views=[DECISIONS])[0][0]
    if rows:
        typer.echo(table(_COLUMNS, [_row(row) for row in rows]))
    else:
        typer.echo("No decision is recorded yet. Record one: prodops decide")
    if read and not everything:
        typer.echo(f"{read:,} more were read from files: prodops decisions list --all")
    typer.echo("Measures: prodops show decisions")


def show(which: Which, *, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Show one decision with its evidence and what became of it."""
    from prodops.serve.decision_told import decision_told, read_told, told_lines  # lazy: the store

    ledger = _ledger(workspace)
    with refused(SEE):
        found = read_told(ledger, which) or decision_told(ledger, which)
    if as_json:
        say_json(found)
    else:
        typer.echo("\n".join(harmless(line) for line in told_lines(found)))


def due(
    *,
    within: Annotated[int, typer.Option("--within", min=0, max=3660, help="Days ahead.")] = 30,
    ics: Annotated[
        Path | None, typer.Option("--ics", help="Write all days ahead as a calendar.", dir_okay=False)
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Say which reviews, predictions and waiting questions are due."""
    from prodops.serve.decision_log import as_calendar, due_dates  # lazy: the store

    ledger = _ledger(workspace)
    today = ledger.today.date()
    found = due_dates(ledger, today + timedelta(days=within))
    if ics is not None:
        every = due_dates(ledger)
        _write(ics, as_calendar(every))
        typer.echo(f"{len(every)} days written to {ics}", err=True)
    if as_json:
        say_json({"due": found})
    elif not found:
        typer.echo(f"Nothing is due within {within} days.")
    else:
        typer.echo(
            table(_DUE_COLUMNS, [(str(one.on), _left(one.on, today), _cut(one.does, 80)) for one in found])
        )


def export(
    path: Annotated[Path, typer.Argument(help="The CSV file to write.", dir_okay=False)],
    *,
    workspace: Workspace = None,
) -> None:
    """Write all decisions as a table."""
    from prodops.serve.decision_log import as_csv  # lazy: the store

    _write(path, as_csv(_ledger(workspace)).encode("utf-8-sig"))
    typer.echo(f"Written to {path}")


_COLUMNS = ("No", "Decided", "Question", "Chosen", "State", "Look again")
_DUE_COLUMNS = ("On", "Days", "What")
_LISTED = ("number", "decided_on", "asked_on", "question", "chosen", "state", "review_on", "log")

_LIST = """
select name, decided_on, asked_on, question, chosen, state, review_on, log
from decisions
where source = 'declared' or $everything
order by coalesce(decided_on, asked_on) desc nulls last, id desc
"""


def _row(row: tuple[Any, ...]) -> tuple[object, ...]:
    name, decided, asked, question, chosen, state, review, _ = row
    day = str(decided) if decided else f"asked {asked}" if asked else ""
    return (_cut(name, 24), day, _cut(question, WIDEST), _cut(chosen, 24), state, str(review or ""))


def _cut(text: str, longest: int) -> str:
    shown = harmless(str(text))
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"


def _left(on: date, today: date) -> str:
    days = (on - today).days
    return f"{-days:,} over" if days < 0 else "today" if days == 0 else f"{days:,} left"


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refusal(
            f"{path} cannot be written: {error.strerror}.", remedy="Choose another file."
        ) from error


def _ledger(workspace: Path | None) -> Ledger:
    """The ledger, an empty one too: a log begins with nothing."""
    from prodops.serve.bootstrap import open_workspace  # lazy: the store

    settings, store = open_workspace(workspace)
    with store:
        return store.ledger(today=settings.today)
