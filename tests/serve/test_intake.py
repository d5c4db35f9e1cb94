"""From a path to loaded records: what becomes of each file, and what a fault or a crash leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from prodops.ledger.people import Person
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import PersonId, Prose, RecordId
from prodops.ledger.rituals import Note
from prodops.ledger.store import Store, open_store
from prodops.serve.intake import load
from prodops.serve.intake.load import FileReport, Intake
from prodops.serve.intake.recognise import Connector, connector_named, connectors, recognise

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TODAY = datetime(2026, 6, 30, tzinfo=UTC)
ROSTER = "name,email,title,team\nAna Sample,ana@example.com,Product Manager,Core\n"
MINUTES = "# Pricing council 2026-03-04\n\n## Seats\n\nDECISION: We keep seat limits.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of exports beside the workspace."""
    exports = tmp_path / "exports"
    exports.mkdir()
    return exports


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new workspace."""
    with open_store(tmp_path / ".prodops") as opened:
        yield opened


def take(store: Store, *paths: Path) -> list[FileReport]:
    """Load the paths; what is told of progress counts every file."""
    told: list[tuple[int, int, str]] = []
    intake = Intake(store=store, hints=lambda _file: {}, progress=lambda *one: told.append(one))
    reports = list(intake.take(paths))
    assert told[-1][0] == told[-1][1]
    return reports


def test_nothing_at_a_path_is_an_error_before_anything_is_loaded(folder: Path, store: Store) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    with pytest.raises(FileNotFoundError):
        take(store, folder, folder / "nowhere")
    assert [] == store.sources()


def test_a_pipe_named_directly_is_listed_and_not_passed_over(folder: Path, store: Store) -> None:
    os.mkfifo(folder / "pipe")
    assert ["unread"] == [one.status for one in take(store, folder / "pipe")]
    assert ["not_a_file"] == [one.code for one in store.problems()]


def test_a_file_is_known_by_its_place_beside_the_workspace_from_wherever_it_is_named(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    monkeypatch.chdir(folder)
    assert ["exports/roster.csv"] == [one.name for one in take(store, Path("roster.csv"))]
    assert ["unchanged"] == [one.status for one in take(store, Path("../exports"))]
    assert ["exports/roster.csv"] == [one.name for one in store.sources()]


def test_each_file_says_what_became_of_it(folder: Path, store: Store) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    (folder / "empty.csv").write_text("")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 20)
    (folder / "table.csv").write_text("alpha,beta\n1,2\n")
    (folder / "words.xyz").write_text("{{{{")
    reports = {one.name.rpartition("/")[2]: one for one in take(store, folder)}
    assert ("loaded", "roster", 1, 1) == (
        (one := reports["roster.csv"]).status, one.connector, one.entries, one.records
    )  # fmt: skip
    assert {"unread"} == {reports[name].status for name in reports if name != "roster.csv"}
    told = {one.cite.source.rpartition("/")[2]: one.code for one in store.problems()}
    assert {"empty.csv": "empty", "noise.bin": "binary", "table.csv": "not_recognised"} == {
        name: told[name] for name in ("empty.csv", "noise.bin", "table.csv")
    }
    assert "words.xyz" in told
    assert [] == [one.name for one in reports.values() if one.entries != one.used + one.unused + one.lost]


def test_the_simulators_own_note_is_known_and_not_used(folder: Path, store: Store) -> None:
    note = EXAMPLES / "organisation" / "SIMULATED.md"
    (folder / note.name).write_bytes(note.read_bytes())
    (one,) = take(store, folder)
    assert ("loaded", 1, 1, 0) == (one.status, one.entries, one.unused, one.lost)
    assert [] == store.problems()
    (folder / note.name).write_text("# Notes that somebody calls so\n")
    assert ["unread"] == [one.status for one in take(store, folder)]


def test_a_workspace_inside_the_folder_is_not_loaded_into_itself(folder: Path) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    with open_store(folder / "our-workspace") as inside:
        for _ in range(2):
            assert ["roster.csv"] == [one.name for one in take(inside, folder)]


def test_the_same_bytes_again_change_nothing_and_other_bytes_do(folder: Path, store: Store) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    take(store, folder)
    before = store.version()
    assert ["unchanged"] == [one.status for one in take(store, folder)]
    assert before == store.version()
    (folder / "roster.csv").write_text(ROSTER + "Ben Sample,ben@example.com,Engineer,Core\n")
    assert ["loaded"] == [one.status for one in take(store, folder)]
    assert before != store.version()


def test_the_members_of_an_archive_are_loaded_and_cited_by_their_place_in_it(
    folder: Path, store: Store
) -> None:
    with zipfile.ZipFile(folder / "all.zip", "w") as archive:
        archive.writestr("hr/roster.csv", ROSTER)
        archive.writestr("../escape.csv", ROSTER)
        archive.writestr("__MACOSX/hr/._roster.csv", b"\0\5\x16\7")
    statuses = {one.name: one.status for one in take(store, folder)}
    assert {
        "exports/all.zip!/hr/roster.csv": "loaded",
        "exports/all.zip!/../escape.csv": "unread",
    } == statuses
    (person,) = store.ledger(today=TODAY).records(Person)
    assert "exports/all.zip!/hr/roster.csv" == person.cite.source


def test_a_file_name_that_is_no_text_is_loaded_and_told(folder: Path, store: Store) -> None:
    path = os.fsdecode(os.fsencode(folder) + b"/r\xe9sum\xe9.csv")
    Path(path).write_text(ROSTER)
    (report,) = take(store, folder)
    assert "loaded" == report.status
    assert json.dumps(report.name).isascii()
    report.name.encode()
    assert ["unchanged"] == [one.status for one in take(store, folder)]


def _failing(at: int) -> Any:
    def parse(file: SourceFile) -> Iterator[Entry]:
        for row in range(at):
            person = Person(
                id=RecordId(f"x:{row}"), cite=replace(_CITE, source=file.name), person=PersonId("person:x"),
                named=PersonId("person:y"), name=Prose("X"),
            )  # fmt: skip
            yield Entry(locator=f"row {row}", records=(person,))
        raise KeyError("the reader's own mistake")

    return parse


_CITE = next(
    record.cite
    for entry in connector_named("roster").parser.parse(SourceFile(name="r.csv", content=ROSTER.encode()))
    for record in entry.records
)


@pytest.mark.parametrize("at", [0, 3])
def test_a_reader_that_fails_loses_its_own_file_and_no_other(
    at: int, folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("1.csv", "3.csv"):
        (folder / name).write_text(ROSTER)
    (folder / "2.bad").write_text("bad")
    parser = SimpleNamespace(COVERS="snapshot", parse=_failing(at))
    faulty = Connector("faulty", "what it cannot", parser)
    asked = recognise
    monkeypatch.setattr(load, "recognise", lambda file: faulty if file.name.endswith(".bad") else asked(file))
    reports = {one.name.rpartition("/")[2]: one for one in take(store, folder)}
    assert {"1.csv": "loaded", "2.bad": "unread", "3.csv": "loaded"} == {
        k: v.status for k, v in reports.items()
    }
    assert (1, 1, 0) == ((one := reports["2.bad"]).entries, one.lost, one.records)
    assert [("reader_failed", "exports/2.bad")] == [(p.code, p.cite.source) for p in store.problems()]
    assert "KeyError" in store.problems()[0].says
    assert {"exports/1.csv", "exports/3.csv"} >= {
        person.cite.source for person in store.ledger(today=TODAY).records(Person)
    }


def test_a_connector_that_fails_to_say_whose_a_file_is_loses_that_file_and_no_other(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "1.csv").write_text(ROSTER)
    (folder / "2.bad").write_text("bad")

    def faulty(file: SourceFile) -> Connector | None:
        if file.name.endswith(".bad"):
            raise IndexError(file.name)
        return recognise(file)

    monkeypatch.setattr(load, "recognise", faulty)
    assert ["loaded", "unread"] == [one.status for one in take(store, folder)]
    assert ["reader_failed"] == [one.code for one in store.problems()]


def test_a_reader_that_is_mended_reads_the_same_bytes_again(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    take(store, folder)
    monkeypatch.setattr(load, "__version__", "99.0")
    assert ["loaded"] == [one.status for one in take(store, folder)]
    assert 1 == store.ledger(today=TODAY).count(Person)


_KILLED = """
import os, signal, sys
from prodops.serve.cli import main
from prodops.ledger import {module}
whole = {module}.{name}
def fatal(*args, **options):
    if {after}:
        whole(*args, **options)
    os.kill(os.getpid(), signal.SIGKILL)
{module}.{name} = fatal
sys.argv = ["prodops", "add", "exports"]
main()
"""


@pytest.mark.parametrize(
    ("crash", "records"),
    [
        ({"module": "committing", "name": "read_snapshot", "after": False}, (1, 0)),
        ({"module": "committing", "name": "commit_revision", "after": True}, (1, 0)),
        ({"module": "loading", "name": "remove", "after": False}, (2, 1)),
    ],
)
def test_an_add_killed_in_the_middle_leaves_the_old_or_the_new(
    tmp_path: Path, folder: Path, crash: dict[str, object], records: tuple[int, int]
) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    with open_store(tmp_path / ".prodops") as store:
        take(store, folder)
    (folder / "roster.csv").write_text(ROSTER + "Ben Sample,ben@example.com,Engineer,Core\n")
    (folder / "council.md").write_text(MINUTES)
    script = _KILLED.format(**crash)
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert -9 == done.returncode, done.stderr
    with open_store(tmp_path / ".prodops") as store:
        ledger = store.ledger(today=TODAY)
        assert records == (ledger.count(Person), ledger.count(Note))
        take(store, folder)
        again = store.ledger(today=TODAY)
        assert (2, 1) == (again.count(Person), again.count(Note))
        assert [] == store.verify()


def test_an_add_interrupted_leaves_the_old(
    folder: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "roster.csv").write_text(ROSTER)
    (folder / "z.bad").write_text("x")

    def interrupted(file: SourceFile) -> Connector | None:
        if file.name.endswith(".bad"):
            raise KeyboardInterrupt
        return recognise(file)

    monkeypatch.setattr(load, "recognise", interrupted)
    with pytest.raises(KeyboardInterrupt):
        take(store, folder)
    assert [] == store.sources()
    assert 0 == store.ledger(today=TODAY).count(Person)


def test_connectors_are_found_once_and_by_name() -> None:
    assert connectors() is connectors()
    assert [one.name for one in connectors()] == sorted(one.name for one in connectors())
    assert "ics" == connector_named("ics").name
    with pytest.raises(LookupError):
        connector_named("nonsense")
