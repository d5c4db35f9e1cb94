"""The commands there are, read from the text of their files; each is loaded when it is asked for."""

from __future__ import annotations

import importlib
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from prodops.serve.cli import commands, sections

if TYPE_CHECKING:  # typer carries a click of its own, and its types have no public name
    from collections.abc import MutableMapping

    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

_PANEL = r"rich_help_panel=sections\.(?P<section>\w+)"
_COMMAND = re.compile(rf'app\.command\(\s*"(?P<name>[\w-]+)",\s*{_PANEL}[^()]*\)\((?P<does>\w+)\)')
_GROUP = re.compile(
    rf'app\.add_typer\(\s*\w+,\s*name="(?P<name>[\w-]+)",\s*{_PANEL},\s*help="(?P<says>[^"]+)"'
)


@dataclass(frozen=True, slots=True)
class Listed:
    """What the first screen says of a command.

    Attributes:
        name: What is typed.
        section: The name of its section's constant: `ACT`.
        says: Its help.
        module: The file that adds it.
    """

    name: str
    section: str
    says: str
    module: str


class Commands(Mapping[str, "Command"]):
    """Every command by its name, built when it is asked for: all of them take longer than a screen may."""

    def __init__(self) -> None:
        self.listed = {one.name: one for one in listed()}
        self._built: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._built:
            added = typer.Typer(rich_markup_mode=None, callback=_nothing)
            importlib.import_module(f"{commands.__name__}.{self.listed[name].module}").register(added)
            self._built |= cast("TyperGroup", get_command(added)).commands
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed)

    def __len__(self) -> int:
        return len(self.listed)


class Sectioned(TyperGroup):
    """Every command, below the section that each names, in the order of their names."""

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 (what typer hands to any group)
        super().__init__(**attributes)
        self.found = Commands()
        self.commands = cast("MutableMapping[str, Command]", self.found)  # nobody adds one by hand

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write a list of commands for each section; none is loaded for it."""
        del ctx  # click hands it in; the sections need only the commands
        order = list(sections.SECTIONS)
        ordered = sorted(self.found.listed.values(), key=lambda one: (order.index(one.section), one.name))
        width = max(len(one.name) for one in ordered)
        for section, inside in itertools.groupby(ordered, key=lambda one: one.section):
            with formatter.section(sections.SECTIONS[section]):
                short = formatter.width - width - 6
                formatter.write_dl(
                    [
                        (
                            one.name.ljust(width),
                            TyperCommand(one.name, help=one.says).get_short_help_str(short),
                        )
                        for one in inside
                    ]
                )


def listed() -> Iterator[Listed]:
    """The commands that the files of the folder add, in the order of the files' names."""
    for file in sorted(Path(commands.__path__[0]).glob("*.py")):
        text = file.read_text(encoding="utf-8")
        for one in _COMMAND.finditer(text):
            yield Listed(one["name"], one["section"], _help(text, one["does"]), file.stem)
        for one in _GROUP.finditer(text):
            yield Listed(one["name"], one["section"], one["says"], file.stem)


def _help(text: str, does: str) -> str:
    """The docstring of a function of the top level."""
    found = re.search(rf'^def {does}\(.*?^    """(.*?)"""', text, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""


def _nothing() -> None:
    """Make a group even of one command."""
