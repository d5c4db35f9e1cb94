"""`prodops serve`: the pages in a browser on this machine."""

from __future__ import annotations

from typing import Annotated

import typer

from prodops.serve.cli.options import Workspace
from prodops.serve.cli.output import Refusal


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve")(serve)


def serve(
    *,
    port: Annotated[int, typer.Option("--port", min=1, max=65_535, help="The port on this machine.")] = 8642,
    workspace: Workspace = None,
) -> None:
    """Show the pages at http://127.0.0.1:8642, to this machine only; read-only."""
    import uvicorn  # lazy: the web is loaded by this command alone

    from prodops.ledger.state import WorkspaceError  # lazy: the store
    from prodops.serve.settings import read_settings  # lazy: next to the store
    from prodops.serve.web.app import web_app  # lazy: fastapi costs 540 ms

    try:
        app = web_app(read_settings(workspace))
    except WorkspaceError as error:
        raise Refusal(str(error), remedy="Choose another workspace with --workspace.") from error
    typer.echo(f"Pages: http://127.0.0.1:{port}   (stop with Ctrl-C)")
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")
