"""`prodops forget`: take a person out of everything that was loaded, for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json

if TYPE_CHECKING:
    from prodops.ledger.forgetting import Forgetting


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("forget", rich_help_panel=sections.LOAD)(forget)


def forget(
    handles: Annotated[
        list[str], typer.Argument(help="The person's addresses and written names, each in quotes.")
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Forget a person, for good.

    In all versions of all records, now and whenever the same files are loaded again.
    """
    if not yes:
        typer.confirm(
            f"Forget {', '.join(handles)} in all records? This cannot be undone.", abort=True, err=True
        )
    forgotten = _forget(handles, workspace)
    if as_json:
        say_json(forgotten)
    else:
        typer.echo(
            f"Forgotten: {forgotten.people:,} roster entries gone, {forgotten.files:,} evidence files and "
            f"{forgotten.declarations:,} declarations rewritten. Files that readers may still have open "
            f"are deleted by the first command after {forgotten.old_files_go_at:%Y-%m-%d %H:%M} UTC."
        )


def _forget(handles: list[str], workspace: Path | None) -> Forgetting:
    from prodops.serve.forgetting import forget as forget_everywhere  # lazy: the store
    from prodops.serve.people.roles import PeopleError  # lazy: the same
    from prodops.serve.settings import read_settings  # lazy: next to the store

    try:
        return forget_everywhere(read_settings(workspace), handles)
    except PeopleError as error:
        raise Refusal(error.says, remedy=error.remedy) from error
