"""Pages computed once per ledger version, so that reading them costs nothing."""

from __future__ import annotations

import threading

from prodops.ledger.ledger import Ledger
from prodops.ledger.store import Store, open_store
from prodops.pages import units
from prodops.pages.blocks import Page
from prodops.serve.settings import Settings


class Snapshots:
    """The pages of a workspace, by name; computed anew when something was loaded or declared."""

    def __init__(self, settings: Settings) -> None:
        """Open the workspace."""
        self._settings = settings
        self._store: Store = open_store(settings.workspace, settings.database_url)
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None
        self._pages: dict[str, Page] = {}

    def page(self, name: str) -> Page:
        """The page at the newest version."""
        with self._lock:
            if self._ledger is None or self._ledger.version != self._store.version():
                self._ledger = self._store.ledger(today=self._settings.today)
                self._pages = {}
            if name not in self._pages:
                self._pages[name] = units()[name].page(self._ledger)
            return self._pages[name]
