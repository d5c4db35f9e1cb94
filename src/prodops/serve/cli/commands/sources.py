"""`prodops sources` and `prodops problems`: what was loaded, and what could not be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import called, say_json, sentence, table

if TYPE_CHECKING:
    from prodops.serve.source_groups import SourceGroup

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
    from prodops.serve.source_groups import each as one_by_one  # lazy: next to the store
    from prodops.serve.source_groups import grouped  # lazy: the same

    _, store = open_workspace(workspace)
    with store:
        files = present_sources(store)
    if as_json:
        say_json(files)
    elif not files:
        typer.echo(EMPTY)
    else:
        groups = one_by_one(files) if each else grouped(files)
        columns = ("File", "Read as", "Entries", "Used", "Unused", "Lost", "Speaks of")
        typer.echo(table(columns, [_row(group) for group in groups], right=(2, 3, 4, 5)))
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


def _row(group: SourceGroup) -> tuple[object, ...]:
    counts = (group.sum(what) for what in ("entries", "used", "unused", "lost"))
    span = f"{group.first_on} to {group.last_on}" if group.first_on else ""
    return group.name, group.connector, *counts, span
