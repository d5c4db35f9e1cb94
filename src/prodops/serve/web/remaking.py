"""Has the pages made anew in a process beside the web, one at a time, and not all the time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from prodops.serve.prepared.program import program
from prodops.serve.prepared.stored import Mark
from prodops.serve.remake import BUSY
from prodops.serve.settings import Settings

RETRY_SECONDS = 60.0
"""How long a failure is remembered before the same is tried again."""


class Remaking:
    """Starts the process that makes pages, at most one, and rests as long as it took before the next."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        """Take what says where the workspace is."""
        self._settings = settings
        self._lock = threading.Lock()
        self._running: subprocess.Popen[bytes] | None = None
        self._not_before = 0.0
        self._failed: tuple[Mark, float] | None = None
        self._closed = False

    def ask(self, name: str, newest: Mark) -> None:
        """Have all pages made from the newest ledger, the named one first; nothing where that goes on."""
        with self._lock:
            now = time.monotonic()
            if self._closed or self._running is not None or now < self._not_before or self.failed(newest):
                return
            self._running = self._started(name)
            threading.Thread(
                target=self._await, args=(self._running, newest, now), name="prodops-remaking", daemon=True
            ).start()

    def failed(self, newest: Mark) -> bool:
        """Whether making pages from what is newest failed a short while ago."""
        return (
            self._failed is not None
            and self._failed[0] == newest
            and time.monotonic() < self._failed[1] + RETRY_SECONDS
        )

    def close(self) -> None:
        """End the process, if one runs; what it stored stays."""
        with self._lock:
            self._closed, running = True, self._running
        if running is not None:
            running.terminate()
            running.wait(timeout=30)

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        now = self._settings()
        asked = {
            "workspace": str(now.workspace.resolve()),
            "database_url": now.database_url,
            "today": now.today.isoformat(),
            "first": [name],
            "program": program(),
        }
        running = subprocess.Popen([sys.executable, "-m", "prodops.serve.remake"], stdin=subprocess.PIPE)
        if running.stdin is not None:
            running.stdin.write(json.dumps(asked).encode())
            running.stdin.close()
        return running

    def _await(self, running: subprocess.Popen[bytes], newest: Mark, began: float) -> None:
        code = running.wait()
        with self._lock:
            ended = time.monotonic()
            self._running = None
            self._not_before = ended + (1.0 if code == BUSY else ended - began)
            if code not in (0, BUSY) and not self._closed:
                self._failed = (newest, ended)
