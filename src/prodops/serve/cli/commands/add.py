"""`prodops add`: load files, folders and archives; `prodops map`: say which column means what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, called, say_json, sentence, table
from prodops.serve.cli.progress import counted

if TYPE_CHECKING:
    from prodops.ledger.reading import Problem
    from prodops.serve.intake.load import FileReport

KINDS_SHOWN = 8
MOST_PROBLEMS = 20_000


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("add", rich_help_panel=sections.LOAD)(add)
    app.command("map", rich_help_panel=sections.LOAD)(map_columns)


def add(
    paths: Annotated[list[Path], typer.Argument(help="Exported files, folders or archives.")],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Load exported files, folders or archives.

    Each is recognised by its content, and what cannot be read is listed. The same bytes twice change nothing.
    """
    reports = take(paths, workspace)
    if as_json:
        say_json({"files": reports, **_totals(reports)})
    else:
        _say(reports, _problems_of(workspace, {one.name for one in reports}))
    if all(one.status == "unread" for one in reports):
        raise typer.Exit(1)


def map_columns(
    file: Annotated[Path, typer.Argument(help="A table that was not understood.")],
    columns: Annotated[list[str], typer.Argument(help='field=COLUMN, such as created="Opened at".')],
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Say which column means what, and load the file.

    It is remembered for every file with this header.
    """
    from prodops.actions.refusal import ActionRefusedError  # lazy: next to the store
    from prodops.serve.column_maps import declare_column_map  # lazy: the store

    try:
        declare_column_map(file, columns, workspace)
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {file}.", remedy="Check the path.") from error
    except ActionRefusedError as error:
        raise Refusal(str(error), remedy="Write field=COLUMN with a column of the file's header.") from error
    add([file], workspace, as_json)


def take(paths: list[Path], workspace: Path | None) -> list[FileReport]:
    """Load the paths with a progress bar and give a report for each file."""
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.intake.column_maps import ColumnMaps  # lazy: connectors
    from prodops.serve.intake.load import Intake  # lazy: connectors

    try:
        settings, store = open_workspace(workspace)
        with store, counted("Reading") as progress:
            maps = ColumnMaps.of(store.ledger(today=settings.today))
            intake = Intake(store=store, hints=maps.hints, progress=progress.told)
            return list(intake.take(paths))
    except FileNotFoundError as error:
        raise Refusal(f"There is nothing at {error}.", remedy="Check the path.") from error


def _totals(reports: Iterable[FileReport]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for one in reports:
        totals[f"files_{one.status}"] += 1
        for name in ("entries", "used", "unused", "lost", "records"):
            totals[name] += getattr(one, name)
    return dict(totals)


def _say(reports: list[FileReport], problems: list[Problem]) -> None:
    by_kind: dict[tuple[str, str], list[FileReport]] = defaultdict(list)
    for one in reports:
        if one.status != "unread":
            by_kind[one.connector, one.status].append(one)
    rows: list[tuple[object, ...]] = [
        (connector, status, len(group), *(sum(getattr(one, name) for one in group) for name in _COUNTED))
        for (connector, status), group in sorted(by_kind.items())
    ]
    if rows:
        typer.echo(
            table(("Read as", "", "Files", "Entries", "Used", "Unused", "Lost"), rows, right=(2, 3, 4, 5, 6))
        )
    unread = sum(one.status == "unread" for one in reports)
    if unread:
        typer.echo(f"\n{unread:,} of {len(reports):,} files could not be read as anything.")
    if problems:
        typer.echo("\nProblems met:")
        for line in _grouped(problems):
            typer.echo(f"  {line}")
        typer.echo(f"Each with its place: {called()} problems")
    if rows:
        typer.echo(f"\nNext: {called()} diagnose")


def _grouped(problems: list[Problem]) -> list[str]:
    """One line a kind of problem and of file: how often, an example, what to do; what was lost first."""
    groups: dict[tuple[bool, str, str], list[Problem]] = defaultdict(list)
    for one in problems:
        ending = PurePosixPath(one.cite.source).suffix or "file"
        groups[not one.lost, one.code, ending].append(one)
    lines = []
    for (read, _, ending), group in sorted(groups.items(), key=lambda one: (one[0][0], -len(one[1]), one[0])):
        first = group[0]
        mark = "read all the same" if read else "left out"
        words = f"{sentence(first.says)} {sentence(first.remedy)}"
        lines.append(f"{len(group):,} x {ending}, {mark}: {words} First: {first.cite}")
    rest = len(lines) - KINDS_SHOWN
    return lines[:KINDS_SHOWN] + ([f"and {rest} more kinds"] if rest > 0 else [])


_COUNTED = ("entries", "used", "unused", "lost")


def _problems_of(workspace: Path | None, names: set[str]) -> list[Problem]:
    """The problems of these files."""
    from prodops.serve.bootstrap import open_workspace  # lazy: the store

    _, store = open_workspace(workspace)
    with store:
        return [one for one in store.problems(limit=MOST_PROBLEMS) if one.cite.source in names]
