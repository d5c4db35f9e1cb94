"""Taking files back out: what they alone said is gone, what others also say stays, and nothing is lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prodops.ledger.committing import ForgottenMeanwhileError
from prodops.ledger.manifest import OvertakenError
from prodops.ledger.reading import Entry
from prodops.ledger.state import WorkspaceError
from prodops.ledger.store import Store, open_store
from prodops.serve.cli.refusals import refusal_of

HEADER = "name,email,title,team\n"


def run(*words: str, cwd: Path, code: int = 0, given: str = "") -> str:
    """Run the command as a user does; what it printed, and the error stream too."""
    done = subprocess.run(
        [sys.executable, "-c", "from prodops.serve.cli import main; main()", *words],
        cwd=cwd, capture_output=True, text=True, check=False, input=given, timeout=300,
    )  # fmt: skip
    assert code == done.returncode, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


def answer(*words: str, cwd: Path) -> Any:
    return json.loads(run(*words, "--json", cwd=cwd))


def people(folder: Path) -> int:
    with open_store(folder / ".prodops") as store:
        return store.counts().get("person", 0)


@pytest.fixture
def rosters(tmp_path: Path) -> Path:
    """Two rosters that share one person, and a file that nobody can read, loaded."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one.csv").write_text(
        HEADER + "Ana Sample,ana@example.com,PM,A\nBen Sample,ben@example.com,Engineer,A\n"
    )
    (tmp_path / "two.csv").write_text(HEADER + "Ben Sample,ben@example.com,Engineer,A\n")
    (tmp_path / "a" / "noise.bin").write_bytes(b"\x00\x01\x02")
    run("add", "a", "two.csv", cwd=tmp_path)
    return tmp_path


def test_what_goes_is_named_before_it_goes(rosters: Path) -> None:
    said = run("remove", "a/one.csv", cwd=rosters, given="n\n", code=1)
    assert "a/one.csv" in said
    assert "roster" in said
    assert 2 == people(rosters)


def test_what_a_file_alone_said_is_gone_and_what_another_says_stays(rosters: Path) -> None:
    run("remove", "a/one.csv", "--yes", cwd=rosters)
    assert 1 == people(rosters)
    assert ["a/noise.bin", "two.csv"] == [one["reading"]["name"] for one in answer("sources", cwd=rosters)]


def test_a_folder_takes_all_below_it_with_its_problems(rosters: Path) -> None:
    said = answer("remove", "./a/", "--yes", cwd=rosters)
    assert ["a/noise.bin", "a/one.csv"] == [one["reading"]["name"] for one in said["removed"]]
    assert 0 == answer("problems", cwd=rosters)["total"]


def test_a_removed_file_counts_again_when_it_is_added_again(rosters: Path) -> None:
    run("remove", "a/one.csv", "--yes", cwd=rosters)
    assert ["loaded"] == [one["status"] for one in answer("add", "a/one.csv", cwd=rosters)["files"]]
    assert 2 == people(rosters)


def test_a_workspace_from_which_all_is_removed_says_how_to_begin(rosters: Path) -> None:
    run("remove", "a", "two.csv", "--yes", cwd=rosters)
    assert "prodops demo" in run("sources", cwd=rosters)
    assert "prodops add FOLDER" in run("diagnose", cwd=rosters, code=2)


def test_the_path_of_a_file_elsewhere_is_its_name_too(rosters: Path) -> None:
    (rosters / "below").mkdir()
    run("remove", "../a/one.csv", "--yes", "-w", str(rosters / ".prodops"), cwd=rosters / "below")
    assert 1 == people(rosters)


def test_what_was_never_loaded_is_refused_and_nothing_goes(rosters: Path) -> None:
    assert "prodops sources" in run("remove", "two.csv", "a/on", "--yes", cwd=rosters, code=2)
    assert 2 == people(rosters)


def load_someone(store: Store, meanwhile: Store) -> None:
    with store.load() as load:
        load.file(
            "x.csv", sha256="0", size_bytes=0, connector="roster", covers="snapshot", entries=list[Entry]()
        )
        meanwhile.forget_person(["ana@example.com"])


def test_a_load_that_met_a_forgetting_says_to_give_the_command_again(tmp_path: Path) -> None:
    with (
        open_store(tmp_path / "w") as store,
        open_store(tmp_path / "w") as other,
        pytest.raises(ForgottenMeanwhileError) as met,
    ):
        load_someone(store, other)
    refusal = refusal_of(met.value)
    assert refusal is not None
    assert "same command again" in refusal.remedy


@pytest.mark.parametrize(
    ("error", "remedy"), [(OvertakenError(), "Wait until"), (WorkspaceError("no such folder"), "--workspace")]
)
def test_what_the_store_refuses_comes_with_what_to_do(error: Exception, remedy: str) -> None:
    refusal = refusal_of(error)
    assert refusal is not None
    assert remedy in refusal.remedy


def test_a_fault_of_ours_is_no_refusal() -> None:
    assert refusal_of(ValueError("ours")) is None


def test_a_workspace_or_a_day_that_cannot_be_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("PRODOPS_TODAY", "someday")
    assert "PRODOPS_TODAY" in run("sources", cwd=tmp_path, code=2)
    monkeypatch.delenv("PRODOPS_TODAY")
    for command in (["sources"], ["diagnose"], ["forget", "ana@example.com", "--yes"]):
        assert "--workspace" in run(*command, "-w", "file", cwd=tmp_path, code=2)
