"""`prodops prepare`: the pages and the search made ahead, so that nobody waits for them."""

from __future__ import annotations

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("prepare", rich_help_panel=sections.KEEP)(prepare)


def prepare(*, workspace: Workspace = None, as_json: AsJson = False) -> None:
    """Make pages and search ahead, so that nobody waits.

    A server does it by itself when pages are asked for; after a load at night this does it before.
    """
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the same
    from prodops.serve.prepared.computing import alone, make_all  # lazy: the pages
    from prodops.serve.prepared.stored import StoredPage  # lazy: the store
    from prodops.serve.search.rebuilding import rebuild  # lazy: the pages

    made: list[StoredPage] = []
    settings, store = open_workspace(workspace)
    with store, alone(settings.workspace) as mine:
        if not mine:
            raise Refusal("Another process makes the pages.", remedy="They will be there when it is done.")
        state = open_state(settings.workspace, settings.database_url)
        pages = make_all(store, state, settings.today, told=made.append)
        found = rebuild(store, state, ledger=pages.ledger, mark=pages.mark, pages=pages.pages)
        state.close()
    took = sum(one.made_milliseconds for one in made)
    if as_json:
        say_json({"pages": {one.name: one.made_milliseconds for one in made}, "found_by_search": found})
        return
    typer.echo(f"Made: {len(made)} pages in {took / 1e3:,.1f} s, and {found:,} things that can be found.")
