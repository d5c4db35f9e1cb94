"""The first screen: every command stands in a section, under its own name."""

from __future__ import annotations

from typer.main import get_command
from typer.testing import CliRunner

from prodops.serve.cli import app
from prodops.serve.cli.sections import SECTIONS


def test_every_command_names_its_section() -> None:
    commands = get_command(app).commands  # type: ignore[attr-defined]  # the root is a group
    assert [] == [
        name for name, one in commands.items() if getattr(one, "rich_help_panel", None) not in SECTIONS
    ]


def test_the_first_screen_has_the_sections_in_their_order_and_every_command_once() -> None:
    screen = CliRunner().invoke(app, ["--help"]).stdout
    places = [screen.index(f"{section}:") for section in SECTIONS]
    assert sorted(places) == places
    names = [line.split()[0] for line in screen.splitlines() if line.startswith("  ") and line[2:3].isalpha()]
    commands = get_command(app).commands  # type: ignore[attr-defined]  # the root is a group
    assert set(commands) <= set(names)
    assert all(names.count(name) == 1 for name in commands)
