"""The thread of `prodops serve` that does jobs, one after the other."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from prodops.ledger.committing import ForgottenMeanwhileError
from prodops.ledger.manifest import OvertakenError
from prodops.ledger.state import WorkspaceError
from prodops.serve.intake.incoming import remove_incoming, sweep_incoming
from prodops.serve.intake.stopping import StopAskedError
from prodops.serve.intake.unread import sweep_unread
from prodops.serve.settings import Settings
from prodops.serve.work.jobs import Ending, Job, Jobs
from prodops.serve.work.running import Around, Running, WorkError
from prodops.serve.work.units import units

LOOKS_EACH_SECONDS = 1.0
"""How often it looks for jobs that another process asked for, or left behind."""

MOST_KNOWN = 10_000
"""Jobs, the newest first, whose leftovers are looked for."""

PATIENCE_SECONDS = 10.0
"""How long the end of the process waits for a job to notice it."""

_TOLD_ERRORS = (WorkError, OvertakenError, ForgottenMeanwhileError, WorkspaceError)

MakePages = Callable[[str], bool]

_log = logging.getLogger(__name__)


class Worker:
    """Does the jobs of a workspace while its process lives."""

    def __init__(self, jobs: Jobs, settings: Callable[[], Settings], make_pages: MakePages) -> None:
        """Take what is needed; nothing runs before `start`.

        Args:
            jobs: The job table.
            settings: Says where the workspace is, and each time anew which day it is.
            make_pages: Has all pages made beside the jobs, the named one first.
        """
        self._jobs = jobs
        self._settings = settings
        self._make_pages = make_pages
        self._asked = threading.Event()
        self._over = threading.Event()
        self._running: Running | None = None
        self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def close(self) -> None:
        """Do no more jobs. The one that runs is put back and begun anew by the next process."""
        self._over.set()
        self._asked.set()
        if (running := self._running) is not None:
            running.stop()
        if self._thread.is_alive():
            self._thread.join(PATIENCE_SECONDS)

    def look(self) -> None:
        """Look for jobs now: one was asked for, or asked to stop."""
        self._asked.set()

    def do_next(self) -> bool:
        """Do the next job, in the caller's thread; says whether there was one."""
        job = self._jobs.claim()
        if job is None:
            return False
        with Running(self._jobs, job) as running:
            self._running = running
            try:
                ending, says, result = self._done(job, running)
            finally:
                self._running = None
        if ending == "stopped" and self._over.is_set():
            self._jobs.release(job)
        else:
            self._jobs.end(job, ending, says, result)
            remove_incoming(self._settings().workspace, job.id)
        return True

    def sweep(self) -> None:
        """Remove what crashes left, and what is too old to be of use."""
        self._jobs.clear()
        workspace = self._settings().workspace
        sweep_incoming(workspace, {one.id: one.ended_at is not None for one in self._jobs.newest(MOST_KNOWN)})
        sweep_unread(workspace)

    def _work(self) -> None:
        try:
            self.sweep()
        except Exception as error:  # noqa: BLE001 (what is left over must not keep jobs from being done)
            _report("the leftovers of former jobs could not be removed", error)
        while not self._over.is_set():
            self._asked.clear()
            try:
                if self.do_next():
                    continue
            except Exception as error:  # noqa: BLE001 (the table is tried again; later jobs must not wait for ever)
                _report("the job table could not be read or written; trying again", error)
            self._asked.wait(LOOKS_EACH_SECONDS)

    def _done(self, job: Job, running: Running) -> tuple[Ending, str, Mapping[str, Any]]:
        kind = units().get(job.kind)
        if kind is None:
            return "failed", "This version of prodops does not know this kind of work.", {}
        around = Around(
            key=job.id,
            by=job.asked_by,
            settings=self._settings(),
            tell=running.tell,
            then=lambda what, asked: self._jobs.ask(what, asked, by=job.asked_by),
            make_pages=self._make_pages,
            waits=self._jobs.waits,
        )
        try:
            result = kind.run(job.asked, around)
        except StopAskedError:
            return "stopped", "It was stopped. What was committed before is kept, the rest was left out.", {}
        except _TOLD_ERRORS as error:
            return "failed", str(error), {}
        except OSError as error:
            return "failed", f"{error.strerror or type(error).__name__}: free some space and try again.", {}
        except Exception as error:  # noqa: BLE001 (a fault of ours in one job must not end the others)
            _report(f"a job of the kind {job.kind} failed", error)
            return "failed", f"This is a fault of prodops ({type(error).__name__}). Report it.", {}
        return "done", str(result.get("says", "")), {key: one for key, one in result.items() if key != "says"}


def _report(what: str, error: Exception) -> None:
    """A fault of ours in the log: its type and place, never its words, which may quote what was loaded."""
    places = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s: %s\n%s", what, type(error).__name__, places)
