"""`prodops remove`: take files back out that should not have been loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json, table

if TYPE_CHECKING:
    from prodops.ledger.sources import LoadedFile

MOST_SHOWN = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("remove", rich_help_panel=sections.LOAD)(remove)


def remove(
    sources: Annotated[
        list[str], typer.Argument(help="Files as `prodops sources` names them, or folders and archives.")
    ],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Undo a load: take files back out.

    Everything that was read from them alone goes with them; it is named first.
    """
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.removal import sources_under, take_out  # lazy: the store

    _, store = open_workspace(workspace)
    with store:
        found = sources_under(store, sources)
        unknown = [name for name, files in found.items() if not files]
        if unknown:
            raise Refusal(
                f"Nothing was loaded from {', '.join(unknown)}.",
                remedy="List what was loaded: prodops sources",
            )
        files = list({one.name: one for several in found.values() for one in several}.values())
        if not yes:
            _say_what_goes(files)
            typer.confirm("Take this out?", abort=True, err=True)
        take_out(store, files)
    if as_json:
        say_json({"removed": files, "records": sum(one.records for one in files)})
    else:
        typer.echo(
            f"Taken out: {_counted(len(files), 'file')} with {sum(one.records for one in files):,} records. "
            "What other files also say stays. To bring it back, add it again; "
            "an earlier state is shown with --as-of."
        )


def _say_what_goes(files: list[LoadedFile]) -> None:
    rows: list[tuple[object, ...]] = [
        (one.name, one.reading.connector, one.records, _span(one)) for one in files[:MOST_SHOWN]
    ]
    typer.echo(table(("File", "Read as", "Records", "Speaks of"), rows, right=(2,)), err=True)
    rest = len(files) - MOST_SHOWN
    if rest > 0:
        typer.echo(f"and {_counted(rest, 'more file')}", err=True)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _span(file: LoadedFile) -> str:
    return f"{file.first_on} to {file.last_on}" if file.first_on else ""
