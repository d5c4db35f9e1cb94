"""The first screen: every command stands in a section, and what it says is what the command says."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import pytest
import typer
from typer.main import get_command
from typer.testing import CliRunner

from prodops.serve.cli import app, commands
from prodops.serve.cli.listed import listed
from prodops.serve.cli.sections import SECTIONS

FILES = [one.name for one in pkgutil.iter_modules(commands.__path__)]


@pytest.mark.parametrize("file", FILES)
def test_what_is_read_from_a_file_is_what_it_adds(file: str) -> None:
    added = typer.Typer()
    added.callback()(lambda: None)
    importlib.import_module(f"{commands.__name__}.{file}").register(added)
    group: Any = get_command(added)
    told = {name: (one.rich_help_panel, one.get_short_help_str(60)) for name, one in group.commands.items()}
    read = {
        one.name: (
            SECTIONS[one.section],
            typer.core.TyperCommand(one.name, help=one.says).get_short_help_str(60),
        )
        for one in listed()
        if one.module == file
    }
    assert read == told
    assert told
    assert all(says for _, says in told.values())


def test_the_first_screen_has_the_sections_in_their_order_and_every_command_once() -> None:
    screen = CliRunner().invoke(app, ["--help"]).stdout
    places = [screen.index(f"{section}:") for section in SECTIONS.values()]
    assert sorted(places) == places
    names = [line.split()[0] for line in screen.splitlines() if line.startswith("  ") and line[2:3].isalpha()]
    assert all(names.count(one.name) == 1 for one in listed())


def test_a_word_is_completed_by_the_commands_that_begin_with_it() -> None:
    asked = {"_PRODOPS_COMPLETE": "complete_bash", "COMP_WORDS": "prodops de", "COMP_CWORD": "1"}
    done = CliRunner().invoke(app, [], prog_name="prodops", env=asked)
    assert done.stdout.split() == ["decide", "decisions", "delete-all", "demo"]


def test_a_command_spelt_wrongly_is_told_the_nearest() -> None:
    assert "diagnose" in CliRunner().invoke(app, ["diagnos"]).stderr
