"""A process that is killed in the middle of a load: the next takes it up, nothing is lost or doubled."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prodops.ledger.state import State, open_state
from prodops.ledger.store import Store, open_store
from prodops.serve.intake.incoming import INCOMING
from prodops.serve.work.jobs import Job, Jobs
from serve.work import laid_out
from serve.work.laid_out import examples, lay_out, work_until_done

TESTS = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    with open_store(tmp_path / ".prodops", database_url) as opened:
        yield opened


@pytest.fixture
def state(store: Store, database_url: str | None) -> Iterator[State]:
    opened = open_state(store.folder, database_url)
    yield opened
    opened.close()


def worker(folder: Path, database_url: str | None) -> subprocess.Popen[bytes]:
    """A process that does jobs."""
    return subprocess.Popen(
        [sys.executable, laid_out.__file__, str(folder), database_url or ""], env={"PYTHONPATH": str(TESTS)}
    )


def seen(jobs: Jobs, key: str) -> Job:
    job = jobs.one(key)
    assert job is not None
    return job


def reading(jobs: Jobs, key: str, files: int) -> None:
    """Wait until so many files are read."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        job = seen(jobs, key)
        if job.stage == "reading" and job.done >= files:
            return
        assert job.ended_at is None, "it ended before it could be killed"
        time.sleep(0.02)
    raise AssertionError("it never began to read")


def facts(store: Store) -> dict[str, tuple[Any, ...]]:
    return {one.name: (one.reading, one.entries, one.used, one.unused, one.lost) for one in store.sources()}


def test_a_load_that_was_killed_is_finished_by_the_next_process(
    store: Store, state: State, database_url: str | None, tmp_path: Path
) -> None:
    jobs = Jobs(state)
    lay_out(store.folder, "job", examples())
    key = jobs.ask("load", by="local", key="job")
    killed = worker(store.folder, database_url)
    reading(jobs, key, 5)
    killed.send_signal(signal.SIGKILL)
    killed.wait(60)
    assert "running" == seen(jobs, key).status
    assert 0 == worker(store.folder, database_url).wait(300)
    job = seen(jobs, key)
    assert ("done", 2) == (job.status, job.attempts)
    assert len(examples()) == job.result["files"]
    assert not (store.folder / INCOMING / "job").exists()
    with open_store(tmp_path / "straight" / ".prodops") as straight:
        lay_out(straight.folder, "job", examples())
        other = open_state(straight.folder, None)
        Jobs(other).ask("load", by="local", key="job")
        other.close()
        work_until_done(straight.folder, None)
        assert straight.counts() == store.counts()
        assert facts(straight) == facts(store)
