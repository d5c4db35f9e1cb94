"""The job table: work is asked for, claimed by one process, told of while it runs, and ended once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal
from uuid import uuid4

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, read_moment, stored_moment

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Table

Ending = Literal["done", "failed", "stopped"]
Status = Literal["waiting", "running", "done", "failed", "stopped"]

STALE_SECONDS = 15.0
"""Without a sign of life for so long, whoever ran a job is taken for dead."""

MOST_ATTEMPTS = 3
"""How often a job is taken up; one that ended its process each time would end the next one too."""

KEPT_DAYS = 90
"""How long ended jobs are listed."""

STOPPING = "stopping"
"""The stage of a job whose runner was asked to stop."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One piece of work.

    Attributes:
        id: Its key: letters and digits, which may stand in an address and be a folder's name.
        kind: Which kind of work: a module of `prodops.serve.work.kinds`.
        asked: What was asked for; what it holds is the kind's own.
        asked_by: The account that asked.
        stage: What is being done in a word or two; once ended, how it ended.
        says: What is being worked on, or how it ended, as a sentence.
        done: Steps done of this stage.
        whole: Steps of this stage; 0 where nobody knows.
        attempts: How often it was taken up.
        asked_at: When it was asked for.
        beat_at: The last sign of life; None before it is taken up.
        ended_at: When it ended; None before.
        result: What came of it; what it holds is the kind's own.
    """

    id: str
    kind: str
    asked: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    asked_by: str
    stage: str = ""
    says: str = ""
    done: int = 0
    whole: int = 0
    attempts: int = 0
    asked_at: datetime
    beat_at: datetime | None = None
    ended_at: datetime | None = None
    result: Mapping[str, Any] = field(default_factory=lambda: NOTHING)

    @property
    def status(self) -> Status:
        """Whether it waits, runs, or how it ended."""
        if self.ended_at is not None:
            return "done" if self.stage == "done" else "stopped" if self.stage == "stopped" else "failed"
        return "waiting" if self.beat_at is None else "running"


class Jobs:
    """The jobs of a workspace. One runs at a time, whichever process asks and whichever runs it."""

    def __init__(
        self,
        state: State,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        stale_seconds: float = STALE_SECONDS,
    ) -> None:
        """Take the state database.

        Args:
            state: Holds the table.
            clock: Says when something is asked, taken up and ended.
            stale_seconds: Without a sign of life for so long, a runner is taken for dead.
        """
        self._state = state
        self._clock = clock
        self._stale = timedelta(seconds=stale_seconds)

    def ask(self, kind: str, asked: Mapping[str, Any] = NOTHING, *, by: str, key: str | None = None) -> str:
        """Ask for work; it is done as soon as nothing else is.

        Args:
            kind: Which kind.
            asked: What for; anything that JSON can hold.
            by: The account that asks.
            key: The key of the new job; one that nobody can guess when None.

        Returns:
            Its key.
        """
        new = key or new_key()
        with self._state.writing() as connection:
            connection.execute(
                self._table.insert().values(
                    job=new, kind=kind, asked=json.dumps(dict(asked)), asked_by=by, stage="waiting", says="",
                    result="{}", done=0, whole=0, attempts=0, asked_at=stored_moment(self._clock()),
                )
            )  # fmt: skip
        return new

    def claim(self) -> Job | None:
        """The next job for this process to run; None while another runs or nothing waits.

        A job whose runner shows no life any more comes first, from its beginning. One that was taken up
        too often is ended instead.
        """
        with self._state.reading() as connection:
            waiting = self._open(connection)
        if not waiting or any(self._alive(one) for one in waiting):
            return None  # seen without a lock that those who load would wait for
        with self._state.writing() as connection:
            waiting = self._open(connection)
            while waiting and not any(self._alive(one) for one in waiting):
                first = waiting.pop(0)
                if first.stage == STOPPING:
                    self._close(connection, first, "stopped", "It was stopped.", NOTHING)
                elif first.attempts >= MOST_ATTEMPTS:
                    self._close(connection, first, "failed", _fatal(first), NOTHING)
                else:
                    return self._taken(connection, first)
        return None

    def beat(self, job: Job, *, stage: str, says: str, done: int, whole: int) -> bool:
        """Show life and say how far it is.

        Returns:
            Whether to go on: not when the job was asked to stop, ended, or taken up by somebody else.
        """
        table = self._table
        mine = (table.c.job == job.id) & (table.c.attempts == job.attempts) & table.c.ended_at.is_(None)
        now = stored_moment(self._clock())
        told = {"stage": stage, "says": says, "done": done, "whole": whole, "beat_at": now}
        with self._state.noting() as connection:
            going = table.update().where(mine & (table.c.stage != STOPPING)).values(**told)
            if connection.execute(going).rowcount:
                return True
            connection.execute(table.update().where(mine).values(beat_at=now))
        return False

    def end(self, job: Job, ending: Ending, says: str, result: Mapping[str, Any] = NOTHING) -> bool:
        """End a job that this process runs.

        Returns:
            Whether it was still this process's to end.
        """
        with self._state.noting() as connection:
            return self._close(connection, job, ending, says, result)

    def release(self, job: Job) -> None:
        """Put a running job back: this process ends, and the next one begins it anew."""
        table = self._table
        mine = (table.c.job == job.id) & (table.c.attempts == job.attempts) & table.c.ended_at.is_(None)
        with self._state.noting() as connection:
            connection.execute(table.update().where(mine).values(beat_at=None, attempts=job.attempts - 1))

    def stop(self, key: str) -> Job | None:
        """Ask a job to stop: one that waits ends at once, one that runs as soon as its runner notices.

        Returns:
            The job as it is now; None where there is none.
        """
        table = self._table
        with self._state.writing() as connection:
            found = self._found(connection, table.c.job == key)
            if found and found[0].ended_at is None:
                if self._alive(found[0]):
                    connection.execute(table.update().where(table.c.job == key).values(stage=STOPPING))
                else:
                    self._close(connection, found[0], "stopped", "It was stopped before it began.", NOTHING)
        return self.one(key)

    def one(self, key: str) -> Job | None:
        """A job; None where there is none."""
        with self._state.reading() as connection:
            found = self._found(connection, self._table.c.job == key)
        return found[0] if found else None

    def waits(self) -> bool:
        """Whether a job waits for its turn."""
        with self._state.reading() as connection:
            return any(one.beat_at is None for one in self._open(connection))

    def newest(self, limit: int = 100) -> list[Job]:
        """The newest jobs, the newest first."""
        with self._state.reading() as connection:
            order = (self._table.c.asked_at.desc(), self._table.c.job)
            rows = connection.execute(self._table.select().order_by(*order).limit(limit)).all()
        return [_job(row) for row in rows]

    def clear(self, *, keep_days: int = KEPT_DAYS) -> None:
        """Take ended jobs off the list.

        Args:
            keep_days: Those that ended in so many last days stay; 0 takes all of them off, which forgetting
                a person asks for, since file names may hold names.
        """
        before = stored_moment(self._clock() - timedelta(days=keep_days))
        with self._state.writing() as connection:
            connection.execute(self._table.delete().where(self._table.c.ended_at <= before))

    @property
    def _table(self) -> Table:
        return site_tables().job

    def _open(self, connection: Connection) -> list[Job]:
        """Jobs that have not ended, those that were begun first."""
        found = self._found(connection, self._table.c.ended_at.is_(None))
        return sorted(found, key=lambda one: (one.beat_at is None, one.asked_at, one.id))

    def _alive(self, job: Job) -> bool:
        return job.beat_at is not None and self._clock() - job.beat_at < self._stale

    def _taken(self, connection: Connection, job: Job) -> Job:
        now = self._clock()
        taken = replace(job, attempts=job.attempts + 1, beat_at=now, stage="beginning", done=0, whole=0)
        connection.execute(
            self._table.update()
            .where(self._table.c.job == job.id)
            .values(attempts=taken.attempts, beat_at=stored_moment(now), stage=taken.stage, done=0, whole=0)
        )
        return taken

    def _close(
        self, connection: Connection, job: Job, ending: Ending, says: str, result: Mapping[str, Any]
    ) -> bool:
        table = self._table
        mine = (table.c.job == job.id) & (table.c.attempts == job.attempts) & table.c.ended_at.is_(None)
        ended = connection.execute(
            table.update()
            .where(mine)
            .values(
                stage=ending,
                says=says,
                result=json.dumps(dict(result)),
                ended_at=stored_moment(self._clock()),
            )
        )
        return bool(ended.rowcount)

    def _found(self, connection: Connection, those: Any) -> list[Job]:  # noqa: ANN401 (a condition of SQL)
        rows = connection.execute(self._table.select().where(those)).all()
        return [_job(row) for row in rows]


def new_key() -> str:
    """A key for a job that nobody can guess."""
    return uuid4().hex


def _fatal(job: Job) -> str:
    at = f", last at {job.says}" if job.says else ""
    return (
        f"prodops ended {job.attempts} times while it was at this{at}. "
        "What was finished before is kept; try the rest in smaller parts."
    )


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.job,
        kind=row.kind,
        asked=json.loads(row.asked),
        asked_by=row.asked_by,
        stage=row.stage,
        says=row.says,
        done=row.done,
        whole=row.whole,
        attempts=row.attempts,
        asked_at=read_moment(row.asked_at),
        beat_at=None if row.beat_at is None else read_moment(row.beat_at),
        ended_at=None if row.ended_at is None else read_moment(row.ended_at),
        result=json.loads(row.result),
    )
