"""`prodops verify` as a user types it: whole, damaged, and a checkpoint that is kept elsewhere."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ledger.storing import START, decision
from prodops.ledger.store import open_store
from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace with two decisions."""
    folder = tmp_path / ".prodops"
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(folder))
    with open_store(folder) as store:
        for number in ("1", "2"):
            store.append([decision(number)], gate=lambda _: [], today=START)
    return folder


def verify(*words: str) -> Result:
    return CliRunner().invoke(app, ["verify", *words])


def tamper(workspace: Path, statement: str) -> None:
    with closing(sqlite3.connect(workspace / "state.db")) as database, database:
        database.execute(statement)


def test_a_whole_log_is_told_with_how_to_keep_a_checkpoint(workspace: Path) -> None:
    done = verify()
    assert done.exit_code == 0
    assert "is whole: 2 entries" in done.stdout
    assert "prodops verify --checkpoint FILE" in done.stdout
    assert workspace.exists()


def test_an_empty_log_says_that_there_is_nothing_to_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRODOPS_WORKSPACE", str(tmp_path / "empty"))
    done = verify()
    assert (done.exit_code, "Nothing was declared yet" in done.stdout) == (0, True)


@pytest.mark.usefixtures("workspace")
def test_a_checkpoint_is_written_once_and_then_compared(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    assert "Written:" in verify("--checkpoint", str(kept)).stdout
    before = kept.read_bytes()
    done = verify("--checkpoint", str(kept))
    assert f"The checkpoint of {kept} holds: 2 entries then." in done.stdout
    assert kept.read_bytes() == before


@pytest.mark.usefixtures("workspace")
def test_a_checkpoint_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    done = verify("--checkpoint", str(tmp_path / "nowhere" / "kept.json"))
    assert isinstance(done.exception, Refusal)
    assert "Name another file." in done.exception.remedy


def test_a_damaged_log_exits_with_one_and_names_the_record_and_what_to_do(workspace: Path) -> None:
    tamper(workspace, "update declared set payload = replace(payload, 'Pause', 'Keep') where seq = 2")
    done = verify()
    assert done.exit_code == 1
    assert f"entry 2, {decision('2').id}, declared" in done.stdout
    assert "Entries 1 to 1 follow" in done.stdout
    assert "Put the state database back" in done.stdout
    assert "is whole" not in done.stdout


def test_a_damaged_log_writes_no_checkpoint(workspace: Path, tmp_path: Path) -> None:
    tamper(workspace, "delete from declared where seq = 1")
    kept = tmp_path / "kept.json"
    assert verify("--checkpoint", str(kept)).exit_code == 1
    assert not kept.exists()


def test_a_cut_tail_is_told_as_json(workspace: Path) -> None:
    tamper(workspace, "update head set log_seq = 1, chain = (select chain from declared where seq = 1)")
    tamper(workspace, "delete from declared where seq = 2")
    done = verify("--json")
    found = json.loads(done.stdout)
    assert (done.exit_code, found["whole"], found["entries"]) == (1, False, 1)
    assert "the tail was cut" in found["damages"][0]["says"]
    assert found["remedy"]


def test_many_damages_are_counted_and_not_all_listed(workspace: Path) -> None:
    with open_store(workspace) as store:
        for number in range(3, 33):
            store.append([decision(str(number))], gate=lambda _: [], today=START)
    tamper(workspace, "update declared set payload = '{}'")
    done = verify()
    assert "more (--json lists all)" in done.stdout
    assert "No entry can be relied on." in done.stdout
