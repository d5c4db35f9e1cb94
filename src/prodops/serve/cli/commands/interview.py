"""`prodops interview kit`: what a PM interview needs, with each PM's own recent blocks in it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command("kit")(kit)
    app.add_typer(
        group,
        name="interview",
        rich_help_panel=sections.FIND,
        help="Interview PMs about where their time goes.",
    )


def _group() -> None:
    """Hold the commands together, so that `kit` stays a word of its own."""


def kit(
    *,
    out: Annotated[Path, typer.Option("--out", help="The folder to write, for interviewer and PM alone.")],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Write the script, and for each PM a form and a sheet for notes with their last four weeks in it."""
    ledger = ledger_of(workspace, None)
    from prodops.serve.interview_kit import write_kit  # lazy: views

    try:
        written = write_kit(ledger, out)
    except OSError as error:
        raise Refusal(
            f"{out} cannot be written: {error.strerror}.", remedy="Choose another folder."
        ) from error
    if as_json:
        say_json({"folder": out, "files": [path.name for path in written]})
        return
    people = sum(path.name.startswith("form-") for path in written)
    typer.echo(f"Wrote {out}: the script, and a form and a sheet for notes for each of {people} PMs.")
    typer.echo("Files that were there stay as they are. Keep the folder between PM and interviewer.")
    typer.echo(f"When forms are filled in: prodops add {out}")
