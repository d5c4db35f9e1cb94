"""`prodops sources` and `prodops problems`: what was loaded, and what could not be read."""

from __future__ import annotations

from typing import Annotated

import typer

from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import say_json, sentence, table

EMPTY = "Nothing has been loaded yet. Try: prodops add FOLDER   or   prodops demo"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("sources")(sources)
    app.command("problems")(problems)


def sources(
    workspace: Workspace = None,
    readable: Annotated[bool, typer.Option("--readable", help="List what prodops can read instead.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the files that were loaded, with what was used of them."""
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
        rows: list[tuple[object, ...]] = [
            (f.name, f.reading.connector, f.entries, f.used, f.unused, f.lost, _span(f.first_on, f.last_on))
            for f in files
        ]
        columns = ("File", "Read as", "Entries", "Used", "Unused", "Lost", "Speaks of")
        typer.echo(table(columns, rows, right=(2, 3, 4, 5)))


def problems(
    workspace: Workspace = None,
    offset: Annotated[int, typer.Option("--offset", min=0, help="Leave out the first ones.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Show so many.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List what could not be read as it stands: file, place, what is wrong and what to do."""
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


def _span(first: object, last: object) -> str:
    return f"{first} to {last}" if first and last else ""
