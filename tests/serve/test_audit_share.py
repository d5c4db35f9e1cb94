"""`prodops audit --share`: one PM's totals alone, without titles or times, and read back by the group."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from serve.labelled import TITLES, organisation, pms


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")


def run(*words: str) -> Result:
    done = CliRunner().invoke(app, list(words))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_the_file_holds_hours_by_purpose_and_nothing_else(tmp_path: Path) -> None:
    workspace, out = organisation(tmp_path, 1, roster=False), tmp_path / "totals.json"
    done = run("audit", "--share", str(out), "-w", str(workspace))
    assert "This is all that it says" in done.stdout
    text = out.read_text(encoding="utf-8")
    found = json.loads(text)
    assert set(found) == {"prodops_totals", "program", "person", "first_on", "last_on", "weeks", "hours"}
    assert (found["first_on"], found["last_on"], found["weeks"]) == ("2026-06-01", "2026-06-19", 3)
    assert sum(found["hours"].values()) == pytest.approx(3 * 40, abs=0.2)
    assert found["hours"]["C1"] > 1
    assert found["hours"]["X"] > 60
    assert not any(word in text for word in (*TITLES, "pm0", "example.com", "08:00"))


def test_five_who_hand_over_become_a_group(tmp_path: Path) -> None:
    group = tmp_path / "group"
    group.mkdir()
    folder = tmp_path / "alone"
    workspace = organisation(folder, 1, roster=False)
    run("audit", "--share", str(group / "0.json"), "-w", str(workspace), "--json")
    totals = json.loads((group / "0.json").read_text(encoding="utf-8"))
    for number in range(1, 5):
        other = {**totals, "person": f"person:{number:016x}"}
        (group / f"{number}.json").write_text(json.dumps(other), encoding="utf-8")
    for count in (4, 5):
        paths = [str(group / f"{n}.json") for n in range(count)]
        run("add", *paths, "-w", str(tmp_path / "w"))
        shown = run("audit", "-w", str(tmp_path / "w"))
        assert ("Overhead takes" in shown.stdout) == (count == 5)


def test_a_workspace_of_several_people_hands_nothing_over(tmp_path: Path) -> None:
    workspace = organisation(tmp_path, 5)
    with pytest.raises(Refusal, match="calendars of 5") as refused:
        run("audit", "--share", str(tmp_path / "t.json"), "-w", str(workspace))
    assert "workspace of your own" in refused.value.remedy
    assert not (tmp_path / "t.json").exists()
    assert pms(5)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    workspace = organisation(tmp_path, 1, roster=False)
    with pytest.raises(Refusal, match="cannot be written"):
        run("audit", "--share", str(tmp_path / "no" / "t.json"), "-w", str(workspace))
