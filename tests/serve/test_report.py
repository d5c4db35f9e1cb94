"""`prodops report`: one file, whole or not at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from prodops.pages import units
from serve.served import EXAMPLES, load

_MAIN = "from prodops.serve.cli import main; main()"


def report(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", _MAIN, "report", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("report")
    load(place / ".prodops", EXAMPLES)
    return place


def test_it_writes_one_file_and_says_how_large(folder: Path) -> None:
    done = report(cwd=folder)
    assert 0 == done.returncode, done.stderr
    assert done.stdout.startswith("Wrote prodops-report.html (")
    text = (folder / "prodops-report.html").read_text(encoding="utf-8")
    for name in units():
        assert f'id="{name}"' in text
    assert text.startswith("<!doctype html>")


def test_what_a_number_opens_stands_in_the_same_file(folder: Path) -> None:
    assert 0 == report("--out", "opens.html", cwd=folder).returncode
    text = (folder / "opens.html").read_text(encoding="utf-8")
    marks = set(re.findall(r'id="([^"]+)"', text))
    opened = re.findall(r'href="#([^"]+)"', text)
    assert set(opened) <= marks
    assert any(one.startswith("rows-") for one in opened)
    assert "/evidence?" not in text


def test_it_tells_a_program_where_the_file_is(folder: Path) -> None:
    done = report("--out", "other.html", "--json", cwd=folder)
    told = json.loads(done.stdout)
    assert "other.html" == told["file"]
    assert (folder / "other.html").stat().st_size == told["bytes"] <= 1_200_000


def test_the_same_ledger_gives_the_same_file(folder: Path) -> None:
    for name in ("a.html", "b.html"):
        assert 0 == report("--out", name, "--as-of", "2026-12-01", cwd=folder).returncode
    assert (folder / "a.html").read_bytes() == (folder / "b.html").read_bytes()


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(folder: Path) -> None:
    done = report("--out", "nowhere/at/all.html", cwd=folder)
    assert 2 == done.returncode
    assert "cannot be written" in done.stderr
    assert "--out" in done.stderr


def test_nothing_loaded_is_refused_in_a_sentence(tmp_path: Path) -> None:
    done = report(cwd=tmp_path)
    assert 2 == done.returncode
    assert "Nothing has been loaded yet" in done.stderr
    assert not (tmp_path / "prodops-report.html").exists()
