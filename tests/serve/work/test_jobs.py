"""The job table: one job at a time, taken up again after a death, ended once, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ledger.storing import Clock
from prodops.ledger.state import State, open_state
from prodops.serve.work.jobs import MOST_ATTEMPTS, STALE_SECONDS, Job, Jobs

DEAD_SECONDS = STALE_SECONDS + 1


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, database_url: str | None) -> Iterator[State]:
    opened = open_state(tmp_path, database_url)
    yield opened
    opened.close()


@pytest.fixture
def jobs(state: State, clock: Clock) -> Jobs:
    return Jobs(state, clock=clock)


def later(clock: Clock, seconds: float) -> datetime:
    clock.now += timedelta(seconds=seconds)
    return clock.now


def claimed(jobs: Jobs) -> Job:
    job = jobs.claim()
    assert job is not None
    return job


def told(jobs: Jobs, key: str) -> Job:
    job = jobs.one(key)
    assert job is not None
    return job


def test_a_job_waits_runs_and_is_done_with_its_result(jobs: Jobs, clock: Clock) -> None:
    key = jobs.ask("load", {"incoming": "x"}, by="local")
    assert ("waiting", {"incoming": "x"}, "local") == (
        told(jobs, key).status, told(jobs, key).asked, told(jobs, key).asked_by,
    )  # fmt: skip
    job = claimed(jobs)
    assert jobs.beat(job, stage="reading", says="a.csv", done=3, whole=9)
    running = told(jobs, key)
    assert ("running", "reading", "a.csv", 3, 9) == (
        running.status, running.stage, running.says, running.done, running.whole,
    )  # fmt: skip
    assert jobs.end(job, "done", "All is loaded.", {"files": 9})
    ended = told(jobs, key)
    assert ("done", "All is loaded.", {"files": 9}, clock.now) == (
        ended.status, ended.says, ended.result, ended.ended_at,
    )  # fmt: skip
    assert jobs.claim() is None


def test_one_runs_at_a_time_and_the_first_asked_comes_first(jobs: Jobs, clock: Clock) -> None:
    first = jobs.ask("load", by="a")
    later(clock, 1)
    second = jobs.ask("load", by="b")
    running = claimed(jobs)
    assert first == running.id
    assert jobs.claim() is None
    jobs.end(running, "done", "")
    assert second == claimed(jobs).id
    assert [second, first] == [one.id for one in jobs.newest()]


def test_many_that_claim_at_once_never_claim_the_same(state: State) -> None:
    jobs = Jobs(state)
    jobs.ask("load", by="a")
    found: list[Job | None] = []
    threads = [threading.Thread(target=lambda: found.append(Jobs(state).claim())) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert 8 == len(found)
    assert 1 == len([one for one in found if one is not None])


def test_a_job_whose_process_died_is_taken_up_and_the_dead_can_say_no_more(jobs: Jobs, clock: Clock) -> None:
    key = jobs.ask("load", by="a")
    dead = claimed(jobs)
    later(clock, DEAD_SECONDS)
    again = claimed(jobs)
    assert (key, 2) == (again.id, again.attempts)
    assert not jobs.beat(dead, stage="reading", says="", done=1, whole=2)
    assert not jobs.end(dead, "failed", "")
    assert jobs.beat(again, stage="reading", says="", done=1, whole=2)
    assert jobs.end(again, "done", "")


def test_a_sign_of_life_keeps_a_job(jobs: Jobs, clock: Clock) -> None:
    jobs.ask("load", by="a")
    job = claimed(jobs)
    for _ in range(4):
        later(clock, STALE_SECONDS * 0.8)
        assert jobs.beat(job, stage="reading", says="", done=0, whole=0)
        assert jobs.claim() is None


def test_a_job_that_ends_its_process_each_time_is_given_up(jobs: Jobs, clock: Clock) -> None:
    deadly = jobs.ask("load", by="a")
    later(clock, 1)
    harmless = jobs.ask("load", by="a")
    for _ in range(MOST_ATTEMPTS):
        job = claimed(jobs)
        jobs.beat(job, stage="reading", says="huge.xlsx", done=0, whole=1)
        later(clock, DEAD_SECONDS)
    assert harmless == claimed(jobs).id
    given_up = told(jobs, deadly)
    assert "failed" == given_up.status
    assert "huge.xlsx" in given_up.says


def test_a_job_that_was_put_back_is_begun_anew(jobs: Jobs) -> None:
    key = jobs.ask("load", by="a")
    jobs.release(claimed(jobs))
    assert "waiting" == told(jobs, key).status
    assert 1 == claimed(jobs).attempts


def test_a_waiting_job_stops_at_once(jobs: Jobs) -> None:
    key = jobs.ask("load", by="a")
    stopped = jobs.stop(key)
    assert stopped is not None
    assert "stopped" == stopped.status
    assert jobs.claim() is None


def test_a_running_job_stops_when_its_runner_hears_of_it(jobs: Jobs) -> None:
    key = jobs.ask("load", by="a")
    job = claimed(jobs)
    assert "running" == told(jobs, key).status
    jobs.stop(key)
    assert not jobs.beat(job, stage="reading", says="", done=1, whole=2)
    assert "stopping" == told(jobs, key).stage
    jobs.end(job, "stopped", "It was stopped.")
    assert "stopped" == told(jobs, key).status
    assert "stopped" == jobs.stop(key).status  # type: ignore[union-attr]  # it is there: see the line above


def test_a_job_that_was_to_stop_when_its_process_died_is_not_begun_again(jobs: Jobs, clock: Clock) -> None:
    key = jobs.ask("load", by="a")
    claimed(jobs)
    jobs.stop(key)
    later(clock, DEAD_SECONDS)
    assert jobs.claim() is None
    assert "stopped" == told(jobs, key).status


def test_no_job_is_stopped_that_is_none(jobs: Jobs) -> None:
    assert jobs.stop("none") is None
    assert jobs.one("none") is None


def test_ended_jobs_go_after_their_days_and_open_ones_stay(jobs: Jobs, clock: Clock) -> None:
    jobs.ask("load", by="a", key="old")
    jobs.end(claimed(jobs), "done", "")
    later(clock, 91 * 86_400)
    jobs.ask("load", by="a", key="new")
    jobs.end(claimed(jobs), "done", "")
    jobs.ask("load", by="a", key="open")
    jobs.clear()
    assert {"new", "open"} == {one.id for one in jobs.newest()}
    jobs.clear(keep_days=0)
    assert ["open"] == [one.id for one in jobs.newest()]
