"""What the thread does with a job: done, failed with a reason, stopped, or left to the next process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prodops.ledger.store import Store, open_store
from prodops.serve.intake.incoming import INCOMING
from prodops.serve.settings import Settings
from prodops.serve.work.forgetting import forget_work
from prodops.serve.work.jobs import Job
from prodops.serve.work.told import told_job, words_of
from prodops.serve.work.units import title_of, units
from prodops.serve.work.work import Work
from serve.work.laid_out import EXAMPLES, lay_out

ROSTER = b"name,email,title,team\nAna Sample,ana@example.com,PM,A\n"
ODD = b"aaa,bbb\nfoo,bar\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ".prodops"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder) as opened:
        yield opened


@pytest.fixture
def work(folder: Path, store: Store) -> Iterator[Work]:
    assert store.folder == folder
    working = Work(lambda: Settings(folder), make_pages=lambda _: False)
    yield working
    working.close()


def until(true: Callable[[], bool]) -> None:
    limit = time.monotonic() + 120
    while not true():
        assert time.monotonic() < limit
        time.sleep(0.02)


def one(work: Work, key: str) -> Job:
    job = work.jobs.one(key)
    assert job is not None
    return job


def after(work: Work, key: str) -> Job:
    """The job once it has ended."""
    until(lambda: one(work, key).ended_at is not None)
    return one(work, key)


def test_every_kind_says_what_it_is() -> None:
    assert {"load", "example", "pages", "remove", "restore"} <= set(units())
    assert all(kind.TITLE and callable(kind.run) for kind in units().values())
    assert "no_such_kind" == title_of("no_such_kind")


def test_files_are_loaded_and_gone_from_where_they_came_in(work: Work, folder: Path, store: Store) -> None:
    lay_out(folder, "job", [("roster.csv", ROSTER), ("odd.csv", ODD), ("noise.bin", b"\0\1\2")])
    assert work.holds_nothing()
    work.start()
    job = after(work, work.ask("load", by="local", key="job"))
    assert "done" == job.status
    assert (3, 2, 2) == (job.result["files"], job.result["unread_files"], job.result["problems"])
    assert ["roster"] == [read["connector"] for read in job.result["read"]]
    assert {"uploads/odd.csv": True, "uploads/noise.bin": False} == {
        unread["name"]: unread["table"] for unread in job.result["unread"]
    }
    until(lambda: not (folder / INCOMING / "job").exists())
    assert 1 == store.counts()["person"]
    assert not work.holds_nothing()
    assert 1 == len(list((folder / "unread").iterdir()))
    forget_work(folder, work._state)  # noqa: SLF001 (a command opens its own)
    assert not (folder / "unread").exists()


def test_pages_that_cannot_be_made_are_a_reason_and_no_crash(work: Work) -> None:
    work.start()
    job = after(work, work.ask("pages", by="local"))
    assert "failed" == job.status
    assert "could not be computed" in job.says


def test_what_cannot_be_done_ends_with_its_reason_and_the_next_is_done(work: Work) -> None:
    work.start()
    reasons = {
        "load": "Send them again",
        "remove": "fault of prodops (KeyError)",
        "no_such_kind": "does not know this kind of work",
    }
    for kind, says in reasons.items():
        job = after(work, work.ask(kind, by="local"))
        assert "failed" == job.status
        assert says in job.says
    assert "done" == after(work, work.ask("example", {"people": 20, "weeks": 2}, by="local")).status


def test_a_job_that_is_told_to_stop_stops_and_leaves_nothing(work: Work, store: Store) -> None:
    work.start()
    key = work.ask("example", {"people": 400, "weeks": 52}, by="local")
    until(lambda: one(work, key).status == "running" and one(work, key).stage != "beginning")
    work.jobs.stop(key)
    job = after(work, key)
    assert "stopped" == job.status
    assert not store.sources()
    until(lambda: not (store.folder / INCOMING / key).exists())


def test_a_server_that_ends_leaves_its_job_to_the_next(work: Work, folder: Path) -> None:
    work.start()
    key = work.ask("example", {"people": 400, "weeks": 52}, by="local")
    until(lambda: one(work, key).status == "running" and one(work, key).stage != "beginning")
    work.close()
    nextone = Work(lambda: Settings(folder), make_pages=lambda _: False)
    assert "waiting" == one(nextone, key).status
    nextone.jobs.stop(key)
    assert "stopped" == one(nextone, key).status
    nextone.close()


def test_what_was_taken_out_is_put_back(work: Work, folder: Path, store: Store) -> None:
    work.start()
    lay_out(folder, "job", [("roster.csv", ROSTER)])
    after(work, work.ask("load", by="local", key="job"))
    removed = after(work, work.ask("remove", {"names": ["uploads/roster.csv", "not there"]}, by="local"))
    assert "1 file with 1 records taken out" in removed.says
    assert work.holds_nothing()
    assert "failed" == after(work, work.ask("remove", {"names": ["uploads/roster.csv"]}, by="local")).status
    asked = {what: removed.result[what] for what in ("files", "before", "count")}
    assert "1 file is back." == after(work, work.ask("restore", asked, by="local")).says
    assert {"person": 1} == store.counts()
    gone = after(work, work.ask("restore", {**asked, "count": 2}, by="local"))
    assert "Send the files again" in gone.says


def test_another_systems_export_of_the_same_name_does_not_take_its_place(
    work: Work, folder: Path, store: Store
) -> None:
    tools = (EXAMPLES / "tools" / "tools.csv").read_bytes()
    work.start()
    for number, content in enumerate((ROSTER, tools, ROSTER.replace(b"Ana", b"Ann"))):
        lay_out(folder, f"job{number}", [("export.csv", content)])
        assert "done" == after(work, work.ask("load", by="local", key=f"job{number}")).status
    assert {"uploads/export.csv": "roster", "uploads/export (2).csv": "tool_list"} == {
        file.name: file.reading.connector for file in store.sources()
    }


def test_where_a_job_stands_is_said_in_words(work: Work) -> None:
    key = work.ask("load", by="local")
    assert "Waiting for the work before it." == words_of(one(work, key))
    job = work.jobs.claim()
    assert job is not None
    assert "Beginning" == words_of(job)
    work.jobs.beat(job, stage="reading", says="a\x1b[2Jb.csv", done=3, whole=9)
    assert "Reading: 4 of 9, a [2Jb.csv" == words_of(one(work, key))
    work.jobs.beat(job, stage="counting", says="what was read", done=0, whole=0)
    assert "Counting: what was read" == words_of(one(work, key))
    work.jobs.stop(key)
    assert "Stopping." == words_of(one(work, key))
    work.jobs.end(job, "stopped", "")
    assert "Stopped." == words_of(one(work, key))
    assert ("load", "stopped") == (told_job(one(work, key))["kind"], told_job(one(work, key))["status"])


def test_pages_let_other_work_go_first(folder: Path, store: Store) -> None:
    assert store.folder == folder
    work = Work(lambda: Settings(folder), make_pages=lambda _: True)
    first = work.ask("pages", by="local")
    other = work.ask("no_such_kind", by="local")
    work.start()
    assert "beside the work that waited" in after(work, first).says
    assert "failed" == after(work, other).status
    work.close()


def test_no_thread_is_left_when_the_work_is_closed(work: Work) -> None:
    work.start()
    work.close()
    assert "jobs" not in {thread.name for thread in threading.enumerate()}
