"""The sections of the first screen, and the group that prints commands under them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from typer.core import TyperGroup

if TYPE_CHECKING:  # typer carries a click of its own, and its types have no public name
    from typer._click.core import Command, Context
    from typer._click.formatting import HelpFormatter

LOAD = "Load records"
FIND = "Find what takes the time"
ACT = "Act, and prove it"
SHARE = "Share, and try it out"
KEEP = "Keep it running"
SECTIONS = (LOAD, FIND, ACT, SHARE, KEEP)


class Sectioned(TyperGroup):
    """Commands below the section that each names, in the order of their names."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write a list of commands for each section."""
        del ctx  # click hands it in; the sections need only the commands
        named = [(_section(command), name, command) for name, command in self.commands.items()]
        ordered = sorted(named, key=lambda one: (SECTIONS.index(one[0]), one[1]))
        width = max(len(name) for _, name, _ in named)
        for section, inside in itertools.groupby(ordered, key=lambda one: one[0]):
            with formatter.section(section):
                short = formatter.width - width - 6
                formatter.write_dl(
                    [(name.ljust(width), command.get_short_help_str(short)) for _, name, command in inside]
                )


def _section(command: Command) -> str:
    return getattr(command, "rich_help_panel", None) or SHARE
