"""`prodops serve`: the pages in a browser, on this machine or for others."""

from __future__ import annotations

import socket
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import Workspace
from prodops.serve.cli.output import Refusal, called

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import FastAPI

    from prodops.serve.people.door import Door
    from prodops.serve.settings import Settings

LOOPBACK = "127.0.0.1"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (compared with what the user says, never a default)

GRACE_SECONDS = 3
"""How long open answers may go on after a stop: somebody who watches a job keeps one open."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("serve", rich_help_panel=sections.SHARE)(serve)


def serve(
    *,
    host: Annotated[
        str,
        typer.Option(
            "--host", help="The address to listen at; any but this machine's own asks for accounts."
        ),
    ] = LOOPBACK,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="The port on this machine; 0 for any free one.")
    ] = 8642,
    workspace: Workspace = None,
) -> None:
    """Show the pages in a browser.

    At http://127.0.0.1:8642 and to nobody else, unless --host says more.
    """
    from prodops.ledger.state import WorkspaceError  # lazy: the store
    from prodops.serve.settings import read_settings  # lazy: next to the store
    from prodops.serve.web.app import web_app  # lazy: fastapi costs 540 ms

    with _listening(host, port) as listening:
        settings = read_settings(workspace)
        door = _door(settings.door, host, listening)
        try:
            if not door.loopback:
                _ask_for_an_owner(settings, str(workspace) if workspace else "")
            app = web_app(lambda: replace(read_settings(workspace), door=door))
        except WorkspaceError as error:
            raise Refusal(str(error), remedy="Choose another workspace with --workspace.") from error
        typer.echo(_told(door, host, listening.getsockname()[1]))
        _run(app, settings.workspace, listening)


def _run(app: FastAPI, workspace: Path, listening: socket.socket) -> None:
    """Answer until somebody says stop; the workspace counts as being served meanwhile."""
    import uvicorn  # lazy: the web is loaded by this command alone

    from prodops.serve.keeping.serving import serving  # lazy: next to the store

    # What a proxy says of the caller is judged by the guard, and no address of a person is logged.
    running = uvicorn.Config(
        app, log_level="warning", server_header=False, proxy_headers=False, access_log=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )  # fmt: skip
    with serving(workspace):
        app.state.begin()
        uvicorn.Server(running).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that those can reach who reach this address.

    Raises:
        Refusal: There is no such address here, or something else listens there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP, or asyncio leaves small answers waiting 40 ms for a reader's acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # before the address is told, so that whoever reads it may ask at once
    except OSError as error:
        listening.close()
        where = f"Port {port}" if host == LOOPBACK else f"{host}, port {port}"
        raise Refusal(
            f"{where} cannot be used: {error.strerror}.", remedy="Choose another with --port or --host."
        ) from error
    return listening


def _door(door: Door, host: str, listening: socket.socket) -> Door:
    """The door as it stands at the address that is really listened at, whatever its name says."""
    import ipaddress  # lazy: this command alone needs it

    bound = listening.getsockname()[0].partition("%")[0]
    if ipaddress.ip_address(bound).is_loopback:
        return door
    own = () if host in EVERYWHERE else (f"[{host}]" if ":" in host else host,)
    return replace(door, loopback=False, hosts=(*own, *door.hosts))


def _ask_for_an_owner(settings: Settings, workspace: str) -> None:
    """Refuse to open to others while nobody could say who they are.

    Raises:
        Refusal: There is no owner who can come in.
    """
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.people.accounts import Accounts  # lazy: next to the store

    if settings.database_url is None:
        settings.workspace.mkdir(mode=0o700, parents=True, exist_ok=True)
    state = open_state(settings.workspace, settings.database_url)
    try:
        owned = Accounts(state).owned()
    finally:
        state.close()
    if not owned:
        where = f" -w {workspace}" if workspace else ""
        raise Refusal(
            "Others could reach these pages, and no owner has an account.",
            remedy=f"Make one first: {called()} account add YOUR-ADDRESS --role owner{where}",
        )


def _told(door: Door, host: str, port: int) -> str:
    """Where the pages are, and what else is needed for others to read them safely."""
    shown = f"[{host}]" if ":" in host else host
    lines = [f"Pages: http://{shown}:{port}   (stop with Ctrl-C)"]
    if not door.loopback and not door.hosts:
        lines.append("  They answer to no name yet but this machine's: set PRODOPS_HOSTS=pages.example.com")
    if not door.loopback and not door.proxies:
        lines.append(
            "  Passwords travel readably until a proxy brings https: set PRODOPS_PROXIES to its address."
        )
    return "\n".join(lines)
