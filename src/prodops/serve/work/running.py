"""A job while it runs: it tells how far it is, shows life from a thread of its own, and hears of a stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol, Self

from prodops.serve.intake.stopping import StopAskedError
from prodops.serve.settings import Settings
from prodops.serve.work.jobs import Job, Jobs

TOLD_EACH_SECONDS = 0.4
"""How often progress is written; a reader sees no more."""

LIFE_EACH_SECONDS = 2.0
"""How often life is shown where nothing new is told."""


class WorkError(Exception):
    """Work that cannot be done, for a reason that the person who asked can mend; the message says how."""


class Tell(Protocol):
    """Takes word of progress from a kind of work."""

    def __call__(self, stage: str, done: int, whole: int, says: str) -> None:
        """Say how far it is.

        Args:
            stage: What is being done.
            done: Steps done of this stage.
            whole: Steps of this stage; 0 where nobody knows.
            says: What is being worked on.

        Raises:
            StopAskedError: It shall stop.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a kind of work is given besides what was asked.

    Attributes:
        key: The job's key.
        by: The account that asked.
        settings: Where the workspace is.
        tell: Takes word of progress; to be called often.
        then: Asks for another job after this one; gives its key.
        make_pages: Has all pages made from the newest ledger beside this job, the named one first; false
            where that failed a short while ago.
        waits: Says whether another job waits for this one to end.
    """

    key: str
    by: str
    settings: Settings
    tell: Tell
    then: Callable[[str, Mapping[str, Any]], str]
    make_pages: Callable[[str], bool]
    waits: Callable[[], bool]


class Running:
    """Progress and life of one job, written by a thread of its own so that the work never waits for it."""

    def __init__(self, jobs: Jobs, job: Job) -> None:
        """Take a job that this process has claimed."""
        self._jobs = jobs
        self._job = job
        self._told = ("beginning", 0, 0, "")
        self._written = self._told
        self._over = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="job life", daemon=True)

    def __enter__(self) -> Self:
        """Begin to show life."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Show no more life."""
        self._over.set()
        self._thread.join()

    def tell(self, stage: str, done: int, whole: int, says: str) -> None:
        """Take word of progress.

        Raises:
            StopAskedError: The job shall stop, or is not this process's any more.
        """
        if self._stop.is_set():
            raise StopAskedError
        self._told = (stage, done, whole, says)

    def stop(self) -> None:
        """Let the next word of progress end the job."""
        self._stop.set()

    def _beat(self) -> None:
        quiet_seconds = 0.0
        while not self._over.wait(TOLD_EACH_SECONDS):
            quiet_seconds += TOLD_EACH_SECONDS
            told = self._told
            if told == self._written and quiet_seconds < LIFE_EACH_SECONDS:
                continue
            with suppress(Exception):  # a database that is away for a moment must not end the work
                if not self._shown(*told):
                    self._stop.set()
                self._written, quiet_seconds = told, 0.0

    def _shown(self, stage: str, done: int, whole: int, says: str) -> bool:
        return self._jobs.beat(self._job, stage=stage, done=done, whole=whole, says=says[:500])
