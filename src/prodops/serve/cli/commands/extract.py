"""`prodops extract minutes`: decisions and actions of minutes as a table, without loading anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.cli.progress import counted

if TYPE_CHECKING:
    from prodops.connectors.meetbot.extract import TopicRow
    from prodops.connectors.minutes.extract import ItemRow

SURE_ENOUGH = 0.5
"""From this on a file is taken for one of MeetBot's."""

COLUMNS = ("file", "section", "decided", "action", "owners", "evidence")


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True)
    group.callback()(_group)
    group.command("minutes")(minutes)
    app.add_typer(
        group,
        name="extract",
        rich_help_panel=sections.LOAD,
        help="Read one kind of file into a table, without loading it.",
    )


def _group() -> None:
    """Hold the commands together, so that `minutes` stays a word of its own."""


def minutes(
    folder: Annotated[Path, typer.Argument(help="A folder of minutes, or one file.")],
    *,
    out: Annotated[Path, typer.Option("--out", help="The CSV file to write.")],
    ignore_marks: Annotated[
        bool, typer.Option("--ignore-marks", help="Drop the scribe's marks first and read the prose alone.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write one row per agenda item: was something decided, was an action taken on, by whom, how worded."""
    from prodops.serve.intake.files import find_files  # lazy: archives
    from prodops.serve.whole_file import write_whole  # lazy: next to the others

    try:
        files = find_files(folder)
    except FileNotFoundError as error:
        raise Refusal(f"There is nothing at {folder}.", remedy="Check the path.") from error
    rows: list[tuple[str, ItemRow | TopicRow]] = []
    unread: list[str] = []
    with counted("Reading") as progress:
        for number, path in enumerate(files):
            progress.told(number, len(files), path.name)
            name = path.relative_to(folder).as_posix() if folder.is_dir() else path.name
            found = _rows(path, name, ignore_marks=ignore_marks)
            rows += [(name, row) for row in found]
            if not found:
                unread.append(name)
    write_whole(out, _csv(rows).encode())
    if as_json:
        say_json({"file": out, "items": len(rows), "files": len(files), "without_items": unread})
        return
    decided = sum(row.decided for _, row in rows)
    typer.echo(f"Wrote {out}: {len(rows):,} items of {len(files):,} files, {decided:,} with a decision.")
    for name in unread[:8]:
        typer.echo(f"  {name}: no agenda item was found in it")


def _rows(path: Path, name: str, *, ignore_marks: bool) -> Sequence[ItemRow | TopicRow]:
    from prodops.connectors.meetbot import extract as meetbot  # lazy: connectors
    from prodops.connectors.meetbot.parse import recognises  # lazy: connectors
    from prodops.connectors.minutes import extract as minutes  # lazy: connectors
    from prodops.ledger.reading import SourceFile  # lazy: next to connectors

    file = SourceFile(name=name, content=path.read_bytes())
    if recognises(file) >= SURE_ENOUGH:
        return meetbot.rows_of(file, ignore_marks=ignore_marks)
    return minutes.rows_of(file, ignore_marks=ignore_marks)


def _csv(rows: list[tuple[str, ItemRow | TopicRow]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, row in rows:
        owners = ";".join(row.owners)
        writer.writerow((name, row.section, int(row.decided), int(row.action), owners, row.evidence))
    return text.getvalue()
