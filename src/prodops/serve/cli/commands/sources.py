"""`prodops sources` and `prodops problems`: what was loaded, and what could not be read."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import called, say_json, sentence, table

if TYPE_CHECKING:
    from prodops.ledger.sources import LoadedFile

MOST_LINES = 40
"""Files that are listed one by one; of more, those of a folder that were read alike share a line."""

EMPTY = "Nothing has been loaded yet. Try: prodops add FOLDER   or   prodops demo"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("sources", rich_help_panel=sections.LOAD)(sources)
    app.command("problems", rich_help_panel=sections.LOAD)(problems)


def sources(
    workspace: Workspace = None,
    readable: Annotated[bool, typer.Option("--readable", help="List what prodops can read instead.")] = False,
    each: Annotated[bool, typer.Option("--each", help="One line a file, however many there are.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what was loaded, and what was used of it."""
    if readable:
        _say_readable(as_json=as_json)
        return
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.removal import present_sources  # lazy: the store

    _, store = open_workspace(workspace)
    with store:
        files = present_sources(store)
    if as_json:
        say_json(files)
    elif not files:
        typer.echo(EMPTY)
    else:
        alone = each or len(files) <= MOST_LINES
        groups = [(one.name, [one]) for one in files] if alone else _grouped(files)
        columns = ("File", "Read as", "Entries", "Used", "Unused", "Lost", "Speaks of")
        typer.echo(table(columns, [_row(name, group) for name, group in groups], right=(2, 3, 4, 5)))
        if len(groups) < len(files):
            typer.echo(f"\n{len(files):,} files, by folder. One line a file: {called()} sources --each")


def problems(
    workspace: Workspace = None,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out the first ones.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what could not be read, and what to do about it."""
    from prodops.serve.bootstrap import open_workspace  # lazy: the store

    _, store = open_workspace(workspace)
    with store:
        found = store.problems(offset=offset, limit=limit)
        total = store.counts().get("problem", 0)
    if as_json:
        say_json({"total": total, "problems": found})
        return
    if not total:
        typer.echo("No problems.")
        return
    for one in found:
        mark = "lost" if one.lost else "read"
        typer.echo(f"{one.cite}  [{one.code}, {mark}]\n  {sentence(one.says)}\n  {sentence(one.remedy)}")
    if offset + len(found) < total:
        typer.echo(f"{total - offset - len(found):,} more: prodops problems --offset {offset + len(found)}")


def _say_readable(*, as_json: bool) -> None:
    from prodops.serve.intake.recognise import connectors  # lazy: connectors

    known = [{"name": one.name, "reads": one.reads} for one in connectors()]
    if as_json:
        say_json(known)
    else:
        typer.echo(table(("Connector", "Reads"), [(one["name"], one["reads"]) for one in known]))


def _grouped(files: list[LoadedFile]) -> list[tuple[str, list[LoadedFile]]]:
    """The files of one folder that were read alike, together, each group with its name.

    Folders inside folders are told apart as deeply as the list stays short.
    """
    for depth in range(max(one.name.count("/") for one in files), -1, -1):
        together: dict[tuple[str, str], list[LoadedFile]] = defaultdict(list)
        for one in files:
            folder = "/".join(one.name.split("/")[:-1][:depth])
            together[folder, one.reading.connector].append(one)
        if len(together) <= MOST_LINES:
            break
    return [
        (group[0].name if len(group) == 1 else f"{folder or '.'}/ ({len(group):,} files)", group)
        for (folder, _), group in together.items()
    ]


def _row(name: str, group: list[LoadedFile]) -> tuple[object, ...]:
    counts = (sum(getattr(one, what) for one in group) for what in ("entries", "used", "unused", "lost"))
    first = min((one.first_on for one in group if one.first_on), default=None)
    last = max((one.last_on for one in group if one.last_on), default=None)
    return name, group[0].reading.connector, *counts, f"{first} to {last}" if first else ""
