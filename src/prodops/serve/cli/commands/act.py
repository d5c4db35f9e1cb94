"""`prodops act`: every action from its declaration, by the fields it asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson, Workspace
from prodops.serve.cli.output import Refusal, say_json, table
from prodops.serve.shown.lines import harmless

if TYPE_CHECKING:
    from types import ModuleType

    from prodops.actions.deed import Field
    from prodops.serve.deeds.desk import Asked, Desk, Done

PLAIN = {"allow_extra_args": True, "ignore_unknown_options": True}
"""The fields of an action are its own: which there are is known once it is known which action."""

TAKES = {
    "text": "TEXT", "day": "DAY", "count": "NUMBER", "number": "NUMBER", "yes": "yes|no", "flag": "yes",
    "texts": "TEXT, may be repeated", "pieces": "KIND: TEXT, may be repeated",
}  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("act", rich_help_panel=sections.ACT, context_settings=PLAIN)(act)


def act(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The action; all of them when left out.")] = "",
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Take it back.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be declared; declare nothing.")
    ] = False,
    workspace: Workspace = None,
    as_json: AsJson = False,
) -> None:
    """Do any action by its fields; list them all, or one's fields.

    `prodops act` lists the actions, `prodops act NAME` the fields of one, and
    `prodops act NAME --field VALUE ...` does it.
    """
    from prodops.actions import units  # lazy: measures

    if not name:
        _list(units(), as_json=as_json)
        return
    unit = _unit(units(), name)
    if undo and unit.DEED.final:
        raise Refusal("It cannot be taken back.", remedy=unit.DEED.final)
    known = _fields(unit, undo=undo)
    written = _written(name, known, context.args)
    if not written and known and any(one.needed for one in known):
        _describe(unit, known, undo=undo, as_json=as_json)
        return
    _do(unit, _values(name, known, written), workspace, undo=undo, dry_run=dry_run, as_json=as_json)


def _do(
    unit: ModuleType,
    values: Mapping[str, object],
    workspace: Path | None,
    *,
    undo: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    from prodops.serve.bootstrap import open_workspace  # lazy: the store
    from prodops.serve.deeds.desk import Asked, Desk  # lazy: measures
    from prodops.serve.settings import read_settings  # lazy: next to the store

    open_workspace(workspace)[1].close()
    desk = Desk(lambda: read_settings(workspace))
    asked = Asked(unit=unit, values=values, by=read_settings(workspace).actor, undo=undo)
    try:
        done = _done(desk, asked, dry_run=dry_run)
    finally:
        desk.close()
    if as_json:
        say_json({"declared": done.records, "entry": done.entry, "dry_run": dry_run})
    else:
        typer.echo("\n".join(_told(unit, done, undo=undo, dry_run=dry_run)))


def _done(desk: Desk, asked: Asked, *, dry_run: bool) -> Done:
    from prodops.serve.deeds.desk import RefusedError  # lazy: measures
    from prodops.serve.deeds.ways import objection_of  # lazy: measures

    try:
        return desk.rehearse(asked) if dry_run else desk.declare(asked)
    except RefusedError as refused:
        written = {key: str(value) for key, value in asked.values.items()}
        found = [objection_of(asked.unit, one, written) for one in refused.objections]
        ways = [
            _command(way.action, way.fields, undo=way.undo) for one in found for way in one.ways if way.action
        ]
        says = " ".join(one.shown if one.ways else one.says for one in found)
        first, stop, rest = says.partition(". ")
        remedy = (
            f"prodops {ways[0]}"
            if ways
            else rest or f"Its fields: prodops act {_name(asked.unit).replace('_', '-')}"
        )
        if ways and rest:
            first, stop = says, ""
        raise Refusal(harmless(first + stop.strip()), remedy=harmless(remedy)) from refused


def _told(unit: ModuleType, done: Done, *, undo: bool, dry_run: bool) -> list[str]:
    from prodops.serve.deeds.told import done_of, undo_values  # lazy: measures

    said = done_of(unit, done.records, undo=undo)
    if dry_run:
        return [f"It would be declared: {said}", f"{len(done.records)} records; nothing was declared."]
    lines = [said]
    if not undo and not unit.DEED.final:
        back = _command(_name(unit), undo_values(unit, done.records), undo=True)
        lines.append(f"Undo: prodops {back}")
    return [*lines, f"See: prodops show {unit.DEED.page}"]


def _command(name: str, fields: Mapping[str, object], *, undo: bool) -> str:
    from shlex import quote  # lazy: only where a command is told

    several = {key: value if isinstance(value, (list, tuple)) else [value] for key, value in fields.items()}
    words = [
        f"--{key.replace('_', '-')} {quote(str(one))}" for key, values in several.items() for one in values
    ]
    return " ".join([f"act {name.replace('_', '-')}", *words, *(["--undo"] if undo else [])])


def _list(known: Mapping[str, ModuleType], *, as_json: bool) -> None:
    if as_json:
        from prodops.serve.deeds.schema import tools  # lazy: measures

        say_json({"actions": tools()})
        return
    rows: list[tuple[object, ...]] = [
        (name.replace("_", "-"), unit.DEED.title) for name, unit in known.items()
    ]
    typer.echo(table(("Action", "What it does"), rows))
    typer.echo("\nIts fields: prodops act NAME. The same as pages: prodops serve, then /act")


def _describe(unit: ModuleType, known: Sequence[Field], *, undo: bool, as_json: bool) -> None:
    from prodops.actions.deed import sentence_of  # lazy: the ledger
    from prodops.serve.deeds.schema import example_of, schema_of  # lazy: measures

    if as_json:
        say_json(schema_of(unit, undo=undo))
        return
    rows: list[tuple[object, ...]] = [
        (_flag(one), "needed" if one.needed else "", _takes(one), one.ask.label) for one in known
    ]
    example = _command(_name(unit), example_of(unit, undo=undo), undo=undo)
    typer.echo(f"{sentence_of(unit)}\n")
    typer.echo(table(("Field", "", "Takes", "What it is"), rows))
    typer.echo(f"\nFor example: prodops {example}")


def _takes(one: Field) -> str:
    return ", ".join(one.ask.choices) if one.ask.choices else TAKES[one.kind]


def _flag(one: Field) -> str:
    return f"--{one.name.replace('_', '-')}"


def _written(name: str, known: Sequence[Field], words: Sequence[str]) -> dict[str, list[str]]:
    """What was written into each field.

    Raises:
        Refusal: A word belongs to no field.
    """
    flags = {spelt: one.name for one in known for spelt in (_flag(one), one.flag, f"--{one.name}")}
    found: dict[str, list[str]] = {}
    rest = iter(words)
    for word in rest:
        flag, joined, value = word.partition("=")
        if flag not in flags:
            remedy = f"Its fields: {', '.join(_flag(one) for one in known) or 'none'}"
            raise Refusal(f"{harmless(word, longest=80)} is no field of {name}.", remedy=remedy)
        found.setdefault(flags[flag], []).append(value if joined else next(rest, ""))
    return found


def _values(name: str, known: Sequence[Field], written: Mapping[str, list[str]]) -> dict[str, object]:
    from prodops.serve.deeds.reading import UnreadableError, read_values  # lazy: measures

    try:
        return read_values(known, written, typed=False)
    except UnreadableError as error:
        field, says = next(iter(error.fields.items()))
        raise Refusal(
            f"--{field.replace('_', '-')}: {harmless(says)}", remedy=f"Its fields: prodops act {name}"
        ) from error


def _unit(known: Mapping[str, ModuleType], name: str) -> ModuleType:
    spelt = name.replace("-", "_")
    if spelt not in known:
        raise Refusal(f"No action is called {harmless(name, longest=80)}.", remedy="All of them: prodops act")
    return known[spelt]


def _fields(unit: ModuleType, *, undo: bool) -> Sequence[Field]:
    from prodops.actions.deed import fields_of, undo_fields_of  # lazy: the ledger

    return undo_fields_of(unit) if undo else fields_of(unit)


def _name(unit: ModuleType) -> str:
    return unit.__name__.rpartition(".")[2]
