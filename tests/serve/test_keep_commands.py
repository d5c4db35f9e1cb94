"""The commands that keep a workspace: what they say, and what they refuse in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ledger.storing import START, decision, load, meeting
from prodops.ledger.store import open_store
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal
from prodops.serve.prepared.computing import alone


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A small workspace."""
    with open_store(tmp_path / "w") as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
        store.append([decision("1")], gate=lambda _: [], today=START)
    return tmp_path / "w"


def run(*words: object, told: str = "") -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], input=told)


def refused(*words: object) -> str:
    result = run(*words)
    assert isinstance(result.exception, Refusal), result.output
    return str(result.exception)


def test_a_workspace_is_backed_up_and_put_back(workspace: Path, tmp_path: Path) -> None:
    assert (
        "1 evidence files with 1 rows and 1 declarations"
        in run("backup", tmp_path / "b.zip", "-w", workspace).stdout
    )
    told = json.loads(run("restore", tmp_path / "b.zip", "-w", tmp_path / "new", "--json").stdout)
    assert (1, 1, 1) == (told["evidence_files"], told["rows"], told["declared"])
    again = run("restore", tmp_path / "b.zip", "-w", tmp_path / "newer").stdout
    assert "Put back and verified" in again
    assert "forget them anew" in again.replace("\n", " ")
    (tmp_path / "b.zip").write_bytes(b"x")
    assert "was not put back" in refused("restore", tmp_path / "b.zip", "-w", tmp_path / "newest")
    assert "cannot be written" in refused("backup", tmp_path / "nowhere" / "b.zip", "-w", workspace)


def test_everything_is_handed_out_only_when_asked_for_all(workspace: Path, tmp_path: Path) -> None:
    assert "names" in refused("export", tmp_path / "out", "-w", workspace)
    told = json.loads(run("export", "--all", tmp_path / "out", "-w", workspace, "--json").stdout)
    assert {"meeting": 1, "decision": 1} == told["records"]
    assert "is there already" in refused("export", "--all", tmp_path / "out", "-w", workspace)


def test_pages_are_made_ahead_by_one_process(workspace: Path) -> None:
    assert "things that can be found" in run("prepare", "-w", workspace).stdout
    with alone(workspace):
        assert "Another process" in refused("prepare", "-w", workspace)


def test_retention_is_told_as_a_table(workspace: Path) -> None:
    assert "Would go" in run("retain", "--dry-run", "-w", workspace).stdout
    assert not json.loads(run("retain", "--json", "-w", workspace).stdout)["dry_run"]


def test_everything_is_deleted_only_by_its_name(workspace: Path, tmp_path: Path) -> None:
    assert "no workspace" in refused("delete-all", "-w", tmp_path / "none")
    assert "nothing was deleted" in refused("delete-all", "-w", workspace, "--name", "other")
    assert (workspace / "state.db").exists()
    asked = run("delete-all", "-w", workspace, told="w\n")
    assert "Deleted" in asked.stdout, asked.output
    assert not workspace.exists()
