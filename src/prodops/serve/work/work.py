"""The work of a site: asked for by its addresses, done by its thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from prodops.ledger.state import open_state
from prodops.ledger.state_tables import state_tables
from prodops.serve.removal import REMOVED
from prodops.serve.settings import Settings
from prodops.serve.work.jobs import NOTHING, Jobs
from prodops.serve.work.worker import MakePages, Worker


class Work:
    """What addresses are given.

    Attributes:
        jobs: The jobs of the workspace, to be read and stopped.
    """

    def __init__(self, settings: Callable[[], Settings], make_pages: MakePages) -> None:
        """Open the job table; nothing is done before `start`.

        Args:
            settings: Says where the workspace is, and each time anew which day it is.
            make_pages: Has all pages made beside the jobs, the named one first.

        Raises:
            WorkspaceError: The workspace cannot be used.
        """
        now = settings()
        self._state = open_state(now.workspace, now.database_url)
        self.jobs = Jobs(self._state)
        self._worker = Worker(self.jobs, settings, make_pages)

    def ask(self, kind: str, asked: Mapping[str, Any] = NOTHING, *, by: str, key: str | None = None) -> str:
        """Ask for a job; it is done as soon as nothing else is.

        Args:
            kind: Which kind: a module of `prodops.serve.work.kinds`.
            asked: What for; anything that JSON can hold.
            by: The account that asks.
            key: The key of the new job; one that nobody can guess when None.

        Returns:
            Its key.
        """
        new = self.jobs.ask(kind, asked, by=by, key=key)
        self._worker.look()
        return new

    def holds_nothing(self) -> bool:
        """Whether nothing was loaded, or all of it was taken out, and nothing was declared."""
        tables = state_tables()
        files = tables.source_file
        present = files.select().where(files.c.connector != REMOVED).limit(1)
        with self._state.reading() as connection:
            declared = connection.execute(tables.head.select()).one().log_seq
            return not declared and connection.execute(present).first() is None

    def start(self) -> None:
        """Begin to do jobs, also those that a process before left behind."""
        self._worker.start()

    def close(self) -> None:
        """Do no more jobs; the one that runs is begun anew by the next process."""
        self._worker.close()
        self._state.close()
