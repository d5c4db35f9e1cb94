"""`prodops jobs`: long work that was asked for in the browser, and how far it is."""

from __future__ import annotations

from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import say_json, table

EMPTY = "No work was asked for. Ask in the browser: prodops serve"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("jobs", rich_help_panel=sections.LOAD)(jobs)


def jobs(
    workspace: Workspace = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show so many, the newest first.")] = 20,
    as_json: AsJson = False,
) -> None:
    """List long work, running and done.

    Loads, removals and pages that were asked for in the browser; `prodops serve` does them.
    """
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.work.jobs import Jobs  # lazy: next to the store
    from prodops.serve.work.told import told_job  # lazy: the kinds of work

    settings, store = open_workspace(workspace)
    store.close()
    state = open_state(settings.workspace, settings.database_url)
    told = [told_job(one) for one in Jobs(state).newest(limit)]
    state.close()
    if as_json:
        say_json(told)
    elif not told:
        typer.echo(EMPTY)
    else:
        rows: list[tuple[object, ...]] = [
            (f"{one['asked_at']:%Y-%m-%d %H:%M}", one["title"], one["status"], one["words"]) for one in told
        ]
        typer.echo(table(("Asked (UTC)", "Work", "State", "Where it stands"), rows))
