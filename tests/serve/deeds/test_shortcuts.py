"""The hand-made commands are shortcuts to the same actions: they ask for the same fields."""

from __future__ import annotations

from typing import Any

import pytest
from typer.main import get_command

from prodops.actions import units
from prodops.actions.decisions import score
from prodops.actions.deed import fields_of
from prodops.serve.cli import app

IN_ANOTHER_WAY = {
    "close_sample": {"sample": "the open one is meant"},
    "label_block": {"block": "asked one by one", "leaf": "--answer"},
    "map_columns": {"header": "read from the file", "pairs": "its further words"},
    "record_decision": {
        "evidence": "--data, --customer, --intuition and --ai",
        "data_toward": 'after a colon: "against: Team"',
        "intuition_toward": 'after a colon: "against: Team"',
    },
    "score": dict.fromkeys(score.ELEMENTS, "--points 3,2,4,3,3,4"),
}  # fmt: skip
"""Fields that a hand-made command takes in another way, and in which."""

BY_FILE = {"supersede"}
"""Commands that take what is rare from a file: `--from`."""


def command_of(words: str) -> Any:
    found: Any = get_command(app)
    for word in words.split():
        found = found.commands[word]
    return found


@pytest.mark.parametrize("name", sorted(units()))
def test_a_shortcut_takes_every_field_of_its_action(name: str) -> None:
    unit = units()[name]
    options = {spelt for one in command_of(unit.DEED.shortcut).params for spelt in one.opts}
    missing = {
        one.name
        for one in fields_of(unit)
        if one.flag not in options
        and one.name not in options
        and one.name not in IN_ANOTHER_WAY.get(name, {})
    }
    if name in BY_FILE:
        assert "--from" in options
        missing -= {one.name for one in fields_of(unit) if not one.needed}
    assert missing == set()


def test_what_is_said_of_other_ways_is_still_so() -> None:
    for name, ways in IN_ANOTHER_WAY.items():
        assert set(ways) <= {one.name for one in fields_of(units()[name])}


def test_every_shortcut_can_be_undone_where_its_action_can() -> None:
    for unit in units().values():
        words = unit.DEED.shortcut
        if hasattr(unit, "undo") and words not in ("decisions ask", "exit-ritual", "purpose"):
            options = {spelt for one in command_of(words).params for spelt in one.opts}
            assert "--undo" in options, words
