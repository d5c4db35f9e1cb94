"""`prodops backup` and `prodops restore`: one file that holds a workspace, and a workspace from one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, called, say_json
from prodops.serve.cli.progress import counted


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("backup", rich_help_panel=sections.KEEP)(backup)
    app.command("restore", rich_help_panel=sections.KEEP)(restore)


def backup(
    file: Annotated[Path, typer.Argument(help="The archive to write, such as prodops-2026-11-23.zip.")],
    *,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Back a workspace up into one file, while others go on.

    The file shows one moment and lists each of its parts with a digest. It holds everything the workspace
    holds, names included, and is not encrypted.
    """
    from prodops.ledger.state import open_state  # lazy: the store
    from prodops.serve.bootstrap import open_workspace  # lazy: the same
    from prodops.serve.keeping.backup import back_up  # lazy: the same

    settings, store = open_workspace(workspace)
    with store:
        state = open_state(settings.workspace, settings.database_url)
        try:
            with counted("Copying") as counter:
                made = back_up(state, settings.workspace, file, told=counter.told)
        except OSError as error:
            raise Refusal(
                f"{file} cannot be written: {error.strerror}.", remedy="Name a place with room."
            ) from error
        finally:
            state.close()
    if as_json:
        say_json(made)
        return
    typer.echo(
        f"Backed up: {made.evidence_files:,} evidence files with {made.rows:,} rows and {made.declared:,} "
        f"declarations as of {made.made_at:%Y-%m-%d %H:%M:%S} UTC, {made.bytes / 1e6:,.1f} MB: {made.file}\n"
        f"Prove that it can be put back: {called()} restore {made.file} --workspace NEW"
    )


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that prodops backup wrote.")],
    *,
    workspace: Annotated[
        Path, typer.Option("--workspace", "-w", help="The new folder; it must not hold anything.")
    ],
    as_json: AsJson = False,
) -> None:
    """Put a backup back into a new workspace, verified.

    Digests, counts and the chain of the log are held against the backup before anything is said to be done.
    With PRODOPS_DATABASE_URL the state goes into that database, which must be empty; a backup of either kind
    of database can be put back into the other.
    """
    from prodops.serve.keeping.archive import BackupError  # lazy: the store
    from prodops.serve.keeping.restore import restore as put_back  # lazy: the same
    from prodops.serve.settings import read_settings  # lazy: the same

    settings = read_settings(workspace)
    try:
        done = put_back(file, settings.workspace, settings.database_url)
    except BackupError as error:
        raise Refusal(f"{file} was not put back: {error}.", remedy="Nothing was changed.") from error
    except OSError as error:
        raise Refusal(f"{workspace} cannot be written: {error.strerror}.", remedy="Name another.") from error
    if as_json:
        say_json(done)
        return
    typer.echo(
        f"Put back and verified: {done.evidence_files:,} evidence files with {done.rows:,} rows, "
        f"{done.declared:,} declarations whose chain holds, as of {done.made_at[:19].replace('T', ' ')} UTC: "
        f"{done.folder}\n"
        "Nobody is signed in there, and people who were forgotten after that moment are in it again: forget "
        "them anew."
    )
