"""`prodops plan design` as a user types it: with a workspace and without one, refused below five PMs."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pages import organisation as part
from prodops.ledger.reading import Entry
from prodops.ledger.record import Record
from prodops.ledger.store import open_store
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal


def plan(*words: str) -> str:
    done = CliRunner().invoke(app, ["plan", *words])
    if done.exception is not None:
        raise done.exception
    return done.stdout


def loaded(folder: Path, *records: Record) -> None:
    files = defaultdict(list)
    for record in records:
        files[record.cite.source].append(record)
    with open_store(folder) as store, store.load() as load:
        for name, held in files.items():
            entries = [Entry(locator="all", records=tuple(held))]
            load.file(name, sha256="0", size_bytes=1, connector="test", covers="snapshot", entries=entries)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six PMs with three rituals, one of them without outcomes."""
    folder = tmp_path / ".prodops"
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(folder))
    monkeypatch.setenv("PRODOPS_TODAY", "2026-06-30")
    loaded(folder, *part.people(), *part.calendars(), *part.minutes())
    return folder


@pytest.fixture
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / "none"))


@pytest.mark.usefixtures("_nowhere")
def test_a_design_is_planned_without_any_workspace() -> None:
    said = plan("design", "--pms", "12")
    assert "What 12 PMs can show" in said
    assert "Recommended: drawn order, in waves" in said
    assert "Rests on documented values" in said
    assert max(map(len, said.splitlines())) <= 100


@pytest.mark.usefixtures("_nowhere")
def test_without_records_and_without_a_number_it_says_what_to_type() -> None:
    with pytest.raises(Refusal) as refusal:
        plan("design")
    assert "prodops plan design --pms 12" in refusal.value.remedy


@pytest.mark.usefixtures("_nowhere")
@pytest.mark.parametrize("count", ["0", "4"])
def test_fewer_than_five_pms_are_refused_with_what_to_do_instead(count: str) -> None:
    with pytest.raises(Refusal, match="fewer than 5") as refusal:
        plan("design", "--pms", count)
    assert "own items" in refusal.value.remedy


@pytest.mark.usefixtures("_nowhere")
def test_more_teams_than_managers_are_refused() -> None:
    with pytest.raises(Refusal, match="9 teams of 8 PMs"):
        plan("design", "--pms", "8", "--teams", "9")


@pytest.mark.usefixtures("workspace")
def test_what_the_quick_win_would_show_is_told_beside_the_designs() -> None:
    said = plan("design")
    assert "What 6 PMs can show" in said
    assert "Quick win: " in said
    assert "On its own items" in said


@pytest.mark.usefixtures("workspace")
def test_everything_is_given_as_json() -> None:
    found = json.loads(plan("design", "--json"))
    assert (found["pms"], found["noise_is_own"]) == (6, False)
    assert found["designs"][0]["design"] == "staggered"
    assert {"value", "low", "high", "n"} <= set(found["designs"][0]["detectable"])
    assert found["own_items"]["items"] == 8


def test_an_organisation_of_which_no_pm_is_known_is_asked_how_many_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / ".prodops"))
    loaded(tmp_path / ".prodops", *part.minutes())
    with pytest.raises(Refusal, match="No PM is known"):
        plan("design")
