"""`prodops audit`: where PM time goes; for one PM alone also as totals to hand over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.commands.look import ledger_of, show
from prodops.serve.cli.options import AsJson, AsOf, Workspace
from prodops.serve.cli.output import Refusal, say_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("audit", rich_help_panel=sections.FIND)(audit)


def audit(
    *,
    share: Annotated[
        Path | None,
        typer.Option("--share", help="Write your own totals into this file: hours by purpose, nothing else."),
    ] = None,
    workspace: Workspace = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
) -> None:
    """Show where PM time goes, and what is not known.

    With `--share`, hand over your own totals alone.
    """
    if share is None:
        show("time", workspace=workspace, as_of=as_of, as_json=as_json)
        return
    ledger = ledger_of(workspace, as_of)
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store
    from prodops.serve.shared_totals import write_totals  # lazy: views

    try:
        found = write_totals(ledger, share)
    except ActionRefusedError as refused:
        raise Refusal(
            str(refused),
            remedy="Use a workspace of your own: prodops add mine.ics -w mine, then audit it with -w mine.",
        ) from refused
    except OSError as error:
        raise Refusal(
            f"{share} cannot be written: {error.strerror}.", remedy="Choose another file."
        ) from error
    if as_json:
        say_json(found)
        return
    typer.echo(f"Wrote {share}: hours by purpose over {found['weeks']} weeks. This is all that it says:")
    typer.echo(share.read_text(encoding="utf-8"), nl=False)
    typer.echo("Hand it over; it is counted with four others at least: prodops add " + share.name)
