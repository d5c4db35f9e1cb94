"""`prodops verify`: whether the log of declarations is what was written, entry by entry and at its end."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.shown.lines import harmless

if TYPE_CHECKING:
    from prodops.ledger.store import Store
    from prodops.ledger.verifying import Damage, Examination, Held

SHOWN = 20

REMEDY = (
    "Declare nothing more here, and keep a copy of the workspace as it is.",
    "Put the state database back from a backup that verifies; declare anew what was declared since.",
    "Ask who could write to the database. From the first damage on the log is no evidence.",
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify", rich_help_panel=sections.ACT)(verify)


def verify(
    *,
    checkpoint: Annotated[
        Path | None,
        typer.Option(
            "--checkpoint",
            help="A file to keep elsewhere: written when it does not exist, compared when it does.",
            dir_okay=False,
        ),
    ] = None,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Verify that nobody edited, dropped or cut what was declared; exit code 1 when somebody did."""
    from prodops.serve.bootstrap import open_workspace  # lazy: the store

    compared = checkpoint is not None and checkpoint.exists()
    _, store = open_workspace(workspace)
    with store:
        found = store.examine([checkpoint] if checkpoint is not None and compared else [])
        written = None if found.damages or compared else _written(store, checkpoint, found)
    if as_json:
        say_json({"whole": not found.damages, **_flat(found), "written": str(written) if written else None})
    else:
        typer.echo("\n".join(_told(found, written)))
    if found.damages:
        raise typer.Exit(1)


def _written(store: Store, file: Path | None, found: Examination) -> Path | None:
    from prodops.ledger.checkpoints import write_checkpoint  # lazy: next to the store

    if file is None:
        return None
    try:
        write_checkpoint(file, store.checkpoint(), workspace=found.workspace, at=datetime.now(UTC))
    except OSError as error:
        raise Refusal(f"{file} cannot be written: {error.strerror}.", remedy="Name another file.") from error
    return file


def _flat(found: Examination) -> dict[str, object]:
    return {
        "entries": found.entries, "chain": found.end.chain, "last_at": found.last_at,
        "intact_until": found.intact_until, "damages": found.damages, "checkpoints": found.checkpoints,
        "remedy": REMEDY if found.damages else (),
    }  # fmt: skip


def _told(found: Examination, written: Path | None) -> list[str]:
    if found.damages:
        return _damaged(found)
    if not found.entries:
        lines = ["Nothing was declared yet, so there is nothing to verify."]
    else:
        count = f"{found.entries:,} entr{'y' if found.entries == 1 else 'ies'}"
        lines = [
            f"The log of declarations is whole: {count}, the last of {found.last_at:%Y-%m-%d %H:%M} UTC."
        ]
    lines += [_held(one, found.entries) for one in found.checkpoints]
    if found.entries and not found.checkpoints:
        lines.append("No checkpoint was kept, so a tail that was cut together with its head would not show.")
    if written is not None:
        lines.append(
            f"Written: {written}. Mail it to somebody, or keep it on another machine; later compare:"
        )
        lines.append(f"  prodops verify --checkpoint {written}")
    elif all(one.file == "the workspace" for one in found.checkpoints):
        lines += [
            "Who can write to the whole workspace can rewrite its checkpoint too. To find that, keep one",
            "elsewhere: prodops verify --checkpoint FILE",
        ]
    return lines


def _held(one: Held, entries: int) -> str:
    since = entries - one.entries
    more = f", {since:,} declared since" if since else ""
    return f"The checkpoint of {harmless(one.file)} holds: {one.entries:,} entries then{more}."


def _damaged(found: Examination) -> list[str]:
    places = f"{len(found.damages):,} place{'' if len(found.damages) == 1 else 's'}"
    lines = [f"The log of declarations is NOT what was written: {places}."]
    lines += [f"  {_place(one)}: {harmless(one.says)}" for one in found.damages[:SHOWN]]
    if len(found.damages) > SHOWN:
        lines.append(f"  and {len(found.damages) - SHOWN:,} more (--json lists all)")
    intact = found.intact_until
    lines.append(
        f"Entries 1 to {intact:,} follow from each other as written."
        if intact
        else "No entry can be relied on."
    )
    return [*lines, "What to do:", *(f"  {number}. {step}" for number, step in enumerate(REMEDY, 1))]


def _place(one: Damage) -> str:
    if not one.seq:
        return "the log"
    record = f", {harmless(one.record_id)}" if one.record_id else ""
    day = f", declared {one.declared_at:%Y-%m-%d %H:%M} UTC" if one.declared_at else ""
    return f"entry {one.seq}{record}{day}"
