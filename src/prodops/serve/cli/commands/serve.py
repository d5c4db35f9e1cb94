"""`prodops serve`: the pages in a browser on this machine."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import Workspace
from prodops.serve.cli.output import Refusal

LOOPBACK = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", rich_help_panel=sections.SHARE)(serve)


def serve(
    *,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="The port on this machine; 0 for any free one.")
    ] = 8642,
    workspace: Workspace = None,
) -> None:
    """Show the pages in the browser of this machine.

    At http://127.0.0.1:8642, and to nobody else.
    """
    import uvicorn  # lazy: the web is loaded by this command alone

    from prodops.ledger.state import WorkspaceError  # lazy: the store
    from prodops.serve.settings import read_settings  # lazy: next to the store
    from prodops.serve.web.app import web_app  # lazy: fastapi costs 540 ms

    with _listening(port) as listening:
        try:
            app = web_app(lambda: read_settings(workspace))
        except WorkspaceError as error:
            raise Refusal(str(error), remedy="Choose another workspace with --workspace.") from error
        typer.echo(f"Pages: http://{LOOPBACK}:{listening.getsockname()[1]}   (stop with Ctrl-C)")
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run([listening])


def _listening(port: int) -> socket.socket:
    """A socket that this machine alone can reach.

    Raises:
        Refusal: Something else listens there.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
        listening.listen()  # before the address is told, so that whoever reads it may ask at once
    except OSError as error:
        listening.close()
        raise Refusal(
            f"Port {port} cannot be used: {error.strerror}.", remedy="Choose another with --port."
        ) from error
    return listening
