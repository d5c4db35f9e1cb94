"""`prodops report`: one file, whole or not at all."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from prodops.pages import units
from serve.served import EXAMPLES, load
from serve.typed import typed

OPENED_ON = ("--as-of", "2026-12-01")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("report")
    load(place / ".prodops", EXAMPLES)
    return place


@pytest.fixture(scope="module")
def first(folder: Path) -> str:
    """The report as it is written without any option but the day."""
    said = typed("report", *OPENED_ON, cwd=folder)
    assert (0, "") == (said.code, said.err)
    assert said.out.startswith("Wrote prodops-report.html (")
    return (folder / "prodops-report.html").read_text(encoding="utf-8")


def test_it_is_one_file_with_every_page(first: str) -> None:
    assert [] == [name for name in units() if f'id="{name}"' not in first]
    assert first.startswith("<!doctype html>")
    assert "<script src" not in first


def test_what_a_number_opens_stands_in_the_same_file(first: str) -> None:
    marks = set(re.findall(r'id="([^"]+)"', first))
    opened = re.findall(r'href="#([^"]+)"', first)
    assert set(opened) <= marks
    assert any(one.startswith("rows-") for one in opened)
    assert "/evidence?" not in first


def test_the_same_ledger_gives_the_same_file_and_a_program_is_told_where_it_is(
    folder: Path, first: str
) -> None:
    told = json.loads(typed("report", "--out", "other.html", "--json", *OPENED_ON, cwd=folder).out)
    assert "other.html" == told["file"]
    assert (folder / "other.html").stat().st_size == told["bytes"] <= 1_200_000
    assert first == (folder / "other.html").read_text(encoding="utf-8")


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(folder: Path) -> None:
    done = typed("report", "--out", "nowhere/at/all.html", cwd=folder)
    assert 2 == done.code
    assert "cannot be written" in done.err
    assert "--out" in done.err


def test_nothing_loaded_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = typed("report", cwd=tmp_path)
    assert 2 == done.code
    assert "Nothing has been loaded yet" in done.err
    assert not (tmp_path / "prodops-report.html").exists()
