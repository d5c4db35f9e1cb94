"""The tests of the documents see a document that is wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from docs.shown import Block, alike, blocks, commands, run_console, run_python


def console(text: str) -> Block:
    return Block("console", (), text, 1)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A PATH on which prodops says its arguments, and fails at the word `fail`."""
    script = tmp_path / "prodops"
    script.write_text('#!/bin/sh\n[ "$1" = fail ] && exit 3\necho "said $* $PRODOPS_TODAY"\n')
    script.chmod(0o755)
    return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}


def test_blocks_are_found_with_their_marks_and_lines() -> None:
    found = list(blocks("Words\n\n```console shared\n$ prodops add x\n```\n\n```python\n>>> 1\n1\n```\n"))
    assert [("console", ("shared",), 4), ("python", (), 8)] == [(b.language, b.marks, b.line) for b in found]


def test_a_command_may_go_over_lines_and_stands_above_its_output() -> None:
    block = console("$ make demo\n$ prodops add \\\n    mail.csv\nread 3\nproblems 0\n")
    assert [("make demo", ""), ("prodops add mail.csv", "read 3\nproblems 0\n")] == list(commands(block))


def test_dots_stand_for_anything() -> None:
    assert alike("read ... rows\n...\ndone\n", "read 31 rows\none\ntwo\ndone\n")
    assert alike("done\n", "done  \n\n")
    assert not alike("read 3 rows\n", "read 31 rows\n")
    assert not alike("read ... rows\n", "read 3 rows\nand more\n")


def test_output_that_differs_is_seen(tmp_path: Path, environment: dict[str, str]) -> None:
    assert [] == list(run_console(console("$ prodops a b\nsaid a b\n"), tmp_path, environment))
    wrong = list(run_console(console("$ prodops a b\nsaid a c\n"), tmp_path, environment))
    assert len(wrong) == 1
    assert "but prints\nsaid a b" in wrong[0]


def test_a_command_that_fails_is_seen(tmp_path: Path, environment: dict[str, str]) -> None:
    wrong = list(run_console(console("$ prodops fail\n"), tmp_path, environment))
    assert ["line 1: `prodops fail` ended with 3\n"] == wrong


def test_settings_stand_before_the_command(tmp_path: Path, environment: dict[str, str]) -> None:
    block = console("$ PRODOPS_TODAY=2026-10-30 prodops audit\nsaid audit 2026-10-30\n")
    assert [] == list(run_console(block, tmp_path, environment))


def test_what_is_not_ours_or_never_ends_is_not_run(tmp_path: Path, environment: dict[str, str]) -> None:
    block = console("$ touch made\n$ prodops serve\nanything\n")
    assert [] == list(run_console(block, tmp_path, environment))
    assert not (tmp_path / "made").exists()


def test_python_keeps_its_names_from_block_to_block() -> None:
    names: dict[str, object] = {}
    assert [] == list(run_python(Block("python", (), ">>> x = 2\n", 1), names))
    assert [] == list(run_python(Block("python", (), ">>> x + 1\n3\n", 5), names))
    wrong = list(run_python(Block("python", (), ">>> x + 1\n4\n", 9), names))
    assert "Expected:\n    4\nGot:\n    3" in wrong[0]


def test_python_without_a_prompt_is_an_example_and_not_run() -> None:
    assert [] == list(run_python(Block("python", (), "def check(ledger): ...\n", 1), {}))
