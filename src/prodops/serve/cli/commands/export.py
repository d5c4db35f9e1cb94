"""`prodops export --all`: everything of a workspace as files that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json

if TYPE_CHECKING:
    from prodops.serve.keeping.exporting import Exported


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export", rich_help_panel=sections.KEEP)(export)


def export(
    folder: Annotated[Path, typer.Argument(help="A folder to make.")],
    *,
    everything: Annotated[
        bool, typer.Option("--all", help="Everything, names included; there is no lesser export yet.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Hand out everything as CSV and JSON, with what each file is.

    All records, the log of declarations with its chain, the pages, the files that were loaded, accounts and
    the access log without secrets. Totals without anybody's names: prodops totals.
    """
    if not everything:
        raise Refusal(
            "An export holds names and everybody's records.", remedy="Say that you want that: export --all."
        )
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the same
    from prodops.serve.keeping.exporting import export_all  # lazy: the same

    settings, store = open_workspace(workspace)
    with store:
        state = open_state(settings.workspace, settings.database_url)
        try:
            done = export_all(store, state, folder, settings.today)
        except FileExistsError as error:
            raise Refusal(f"{folder} is there already.", remedy="Name a folder that is not.") from error
        except OSError as error:
            raise Refusal(f"{folder} cannot be written: {error.strerror}.", remedy="Name another.") from error
        finally:
            state.close()
    if as_json:
        say_json(done)
        return
    typer.echo(_told(done))


def _told(done: Exported) -> str:
    return (
        f"Handed out: {sum(done.records.values()):,} records of {len(done.records)} types, {done.declared:,} "
        f"entries of the log and {done.pages} pages in {done.files} files. What each is stands in "
        f"{done.folder}/README.md"
    )
