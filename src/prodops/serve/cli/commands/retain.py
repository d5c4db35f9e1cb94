"""`prodops retain`: take away what is older than agreed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import say_json, table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("retain", rich_help_panel=sections.KEEP)(retain)


def retain(
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would go, and take nothing away.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Take away what is older than agreed: accesses, jobs, ...

    For how many days each is kept is set by PRODOPS_KEEP_ACCESS_DAYS and others (docs/running.md). Records
    and their log stay; they go by remove, forget and delete-all.
    """
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the same
    from prodops.serve.keeping.retention import retain as take  # lazy: the same

    settings, store = open_workspace(workspace)
    with store:
        store.sweep()
        state = open_state(settings.workspace, settings.database_url)
        done = take(state, settings.workspace, settings.keep, now=datetime.now(UTC), dry_run=dry_run)
        state.close()
    if as_json:
        say_json({"dry_run": dry_run, "expired": done})
        return
    head = ("What", "Kept, days", "Older than", "Would go" if dry_run else "Gone")
    rows = [(one.what, one.kept_days, f"{one.before:%Y-%m-%d}", one.count) for one in done]
    typer.echo(table(head, list(rows), right=(1, 3)))
