"""The reference in docs/reference, made from the commands, connectors, checks, measures and record types.

    python tests/docs/reference.py    writes it anew; `make reference` calls this

A test asks that what lies there is what this makes.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import groupby
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

from prodops.checks import units as checks
from prodops.ledger.record import Declared, Record
from prodops.ledger.schema import VOCABULARY, record_types, table_name
from prodops.measures import units as measures
from prodops.serve.cli import app
from prodops.serve.intake.recognise import connectors

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
MADE = "Made by `make reference` from the source; what is wrong here is mended there."
_TYPES = {
    "<str>": "TEXT",
    "<list[str]>": "TEXT",
    "<path>": "PATH",
    "<int range>": "NUMBER",
    "<int>": "NUMBER",
}
_TYPE = re.compile("|".join(map(re.escape, _TYPES)))
_FIELD = re.compile(r"^ {4}(\w+): (.*)$")


def pages() -> dict[str, str]:
    """The text of each page of the reference by its file name."""
    made = {
        "commands": ("Commands", "what can be typed", list(_commands())),
        "formats": ("Formats", "which files can be read", list(_formats())),
        "checks": (
            "Checks",
            "what is looked for, and what to do about it",
            list(_checks()),
        ),
        "measures": ("Measures", "what each number is", list(_measures())),
        "records": ("Records", "what is kept of the files", list(_records())),
    }
    told = {f"{name}.md": _joined(f"# {title}", MADE, *body) for name, (title, _, body) in made.items()}
    index = "\n".join(f"- [{title}]({name}.md): {says}" for name, (title, says, _) in made.items())
    return {"README.md": _joined("# Reference", MADE, index), **told}


def write(folder: Path) -> None:
    """Write every page, and remove what is no page any more."""
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in folder.glob("*.md"):
        if old.name not in made:
            old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


def _commands() -> Iterator[str]:
    group: Any = typer.main.get_command(app)  # typer brings its own click, whose types it does not show
    yield "Every command takes `--help`."
    for name, command in sorted(group.commands.items()):
        yield from _command(f"prodops {name}", command)


def _command(called: str, command: Any) -> Iterator[str]:
    if hasattr(command, "commands"):
        for name, below in sorted(command.commands.items()):
            yield from _command(f"{called} {name}", below)
        return
    places = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    shown = "".join(f" {_place(one)}" for one in places)
    yield f"## {called}"
    yield _one_line(command.help or "")
    yield f"    {called}{shown}{' [OPTIONS]' if options else ''}"
    rows = [(f"`{_place(one)}`", _one_line(one.help or "")) for one in places]
    context = command.make_context(called, [], resilient_parsing=True)
    rows += [_option(one, context) for one in options]
    yield _table(("", ""), rows)


def _place(one: Any) -> str:
    name = one.name.upper()
    return f"{name}{'...' if one.nargs == -1 else ''}" if one.required else f"[{name}]"


def _option(one: Any, context: Any) -> tuple[str, str]:
    shown, meant = one.get_help_record(context)
    return f"`{_TYPE.sub(lambda kind: _TYPES[kind.group()], shown)}`", _one_line(meant)


def _formats() -> Iterator[str]:
    yield "What a file is follows from its content; its name and its ending do not matter."
    yield _table(("Connector", "Reads"), [(f"`{one.name}`", one.reads) for one in connectors()])


def _checks() -> Iterator[str]:
    for check in checks():
        title, _, body = inspect.cleandoc(check.__doc__ or "").partition("\n")
        yield f"## {check.CODE}: {title.rstrip('.')}"
        yield f"`{_address(check)}`; counts towards {check.SINK.replace('_', ' ')}."
        for paragraph in _paragraphs(body):
            head, colon, rest = paragraph.partition(":")
            yield f"**{head}:**{rest}" if colon else paragraph


def _measures() -> Iterator[str]:
    for pillar, group in groupby(measures(), key=lambda unit: unit.__name__.split(".")[-2]):
        yield f"## {pillar.capitalize()}"
        for unit in group:
            title, _, body = inspect.cleandoc(unit.__doc__ or "").partition("\n")
            yield f"### {unit.__name__.rpartition('.')[2].replace('_', ' ')}"
            said = f"Unit: {unit.UNIT}. " if hasattr(unit, "UNIT") else ""
            yield f"{title} {said}`{_address(unit)}`"
            yield from _paragraphs(body)


def _records() -> Iterator[str]:
    yield (
        "Each record also has an `id` and says where it was read (`cite_source`, `cite_locator`). In SQL "
        "each type is a table of the name beside it."
    )
    for module in VOCABULARY:
        kinds = [kind for kind in record_types() if kind.__module__ == f"prodops.ledger.{module}"]
        if kinds:
            yield f"## {module.capitalize()}"
            yield _one_line((import_module(f"prodops.ledger.{module}").__doc__ or "").partition("\n\n")[0])
        for kind in kinds:
            yield from _record(kind)


def _record(kind: type[Record]) -> Iterator[str]:
    declared = "declared by a person" if issubclass(kind, Declared) else "observed in a file"
    says, _, attributes = inspect.cleandoc(kind.__doc__ or "").partition("Attributes:")
    yield f"### {kind.__name__} (`{table_name(kind)}`)"
    yield f"{' '.join(_paragraphs(says))} It is {declared}."
    told = dict(_attributes(attributes))
    types = {field.name: str(field.type) for field in dataclasses.fields(kind)}
    rows = [(f"`{name}`", f"`{types[name]}`", text) for name, text in told.items() if name in types]
    if rows:
        yield _table(("Field", "Type", "Meaning"), rows)


def _attributes(text: str) -> Iterator[tuple[str, str]]:
    """Names and meanings of a Google-style section."""
    name, words = "", [""]
    for line in text.splitlines():
        if found := _FIELD.match(line):
            if name:
                yield name, " ".join(words)
            name, words = found.group(1), [found.group(2)]
        elif line.strip():
            words.append(line.strip())
    if name:
        yield name, " ".join(words)


def _paragraphs(text: str) -> list[str]:
    return [_one_line(one) for one in re.split(r"\n\s*\n", text) if one.strip()]


def _address(unit: ModuleType) -> str:
    return "/".join(unit.__name__.split(".")[1:]) + ".py"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _joined(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


if __name__ == "__main__":
    write(FOLDER)
    sys.stdout.write(f"{len(pages())} pages in docs/reference\n")
