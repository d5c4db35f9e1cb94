"""Pages computed once per ledger version, so that reading them costs nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable

from prodops.ledger.ledger import Ledger
from prodops.ledger.store import Store, open_store
from prodops.pages import units
from prodops.pages.blocks import Page
from prodops.pages.evidence import behind
from prodops.serve.settings import Settings


class Snapshots:
    """The pages of a workspace, by name; computed anew when something was loaded or a day began."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Open the workspace.

        Args:
            settings: Says where the workspace is, and each time anew which day it is.

        Raises:
            WorkspaceError: The workspace cannot be used.
        """
        self._settings = settings
        now = settings()
        self._store: Store = open_store(now.workspace, now.database_url)
        self._lock = threading.Lock()
        self._key = ""
        self._ledger: Ledger | None = None
        self._pages: dict[str, Page] = {}

    def version(self) -> str:
        """What a page depends on besides its name: the ledger's version and the day."""
        return f"{self._store.version()}-{self._settings().today:%Y%m%d}"

    def page(self, name: str) -> Page:
        """The page at the newest version.

        Args:
            name: One of `pages.units()`.
        """
        with self._lock:
            ledger = self._newest()
            if name not in self._pages:
                self._pages[name] = units()[name].page(ledger)
            return self._pages[name]

    def rows(self, of: str, offset: int) -> Page:
        """The rows behind a number at the newest version; made anew each time, since there are many.

        Args:
            of: What they are asked by.
            offset: How many are left out before the first.

        Raises:
            NoEvidenceError: There is no such number, or none that may be told.
        """
        with self._lock:
            return behind(self._newest(), of, offset=offset)

    def _newest(self) -> Ledger:
        """The ledger at the newest version; the caller holds the lock."""
        key = self.version()
        if self._ledger is None or key != self._key:
            self._ledger = self._store.ledger(today=self._settings().today)
            self._key, self._pages = key, {}
        return self._ledger
