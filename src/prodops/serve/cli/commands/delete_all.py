"""`prodops delete-all`: a workspace taken away whole."""

from __future__ import annotations

from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("delete-all", rich_help_panel=sections.KEEP)(delete_all)


def delete_all(
    *,
    named: Annotated[
        str, typer.Option("--name", help="The name of the workspace's folder, instead of being asked for it.")
    ] = "",
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Delete a workspace whole: records, log, accounts, pages.

    It asks for the name of the workspace's folder, and refuses while it is served. Backups and exports
    that were taken elsewhere stay; there is no way back but them.
    """
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.keeping.deleting import delete_all as delete  # lazy: the same
    from prodops.serve.keeping.serving import is_served  # lazy: the same
    from prodops.serve.settings import read_settings  # lazy: next to the store

    settings = read_settings(workspace)
    name = settings.workspace.resolve().name
    if not (settings.workspace / "workspace").exists():
        raise Refusal(f"{settings.workspace} is no workspace.", remedy="Name one with --workspace.")
    if is_served(settings.workspace):
        raise Refusal(
            f"{settings.workspace} is being served, and whoever reads it would be left with half of it.",
            remedy="Stop prodops serve first (Ctrl-C, or systemctl stop), then delete.",
        )
    told = named or typer.prompt(f"Everything in {settings.workspace} will be gone. Type {name}", err=True)
    if told.strip() != name:
        raise Refusal(f"That is not its name ({name}); nothing was deleted.", remedy="Type it as it stands.")
    state = open_state(settings.workspace, settings.database_url)
    done = delete(state, settings.workspace)
    if as_json:
        say_json(done)
        return
    typer.echo(f"Deleted: {settings.workspace}, {done.bytes / 1e6:,.1f} MB, and its database {state.url}.")
    if done.left:
        typer.echo(f"Not ours, and still there: {', '.join(done.left)}")
