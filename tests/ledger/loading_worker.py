"""A process that loads generation after generation of the same files, until something kills it.

    python loading_worker.py FOLDER FIRST_GENERATION [POINT]

After each commit it prints the generation. At a POINT it kills itself in its second load, as a crash would.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ledger.storing import load, meeting
from prodops.ledger import committing, loading
from prodops.ledger.compaction import Tidier
from prodops.ledger.evidence import Evidence
from prodops.ledger.staging import Staging
from prodops.ledger.store import open_store

FILES = ("a.ics", "b.ics")
ROWS = 300

POINTS: dict[str, tuple[object, str, bool]] = {
    "before anything is compared": (committing, "read_snapshot", False),
    "after the rows were staged": (Staging, "hand_over", True),
    "before an evidence file is written": (Evidence, "write", False),
    "after an evidence file is written": (Evidence, "write", True),
    "inside the transaction, before the manifest": (committing, "commit_revision", False),
    "inside the transaction, after the manifest": (committing, "commit_revision", True),
    "inside the transaction, after a source was noted": (committing, "save_source", True),
    "after the commit": (loading, "remove", False),
    "before compaction": (Tidier, "compact", False),
    "before the sweep": (Tidier, "sweep", False),
}
"""Where a crash can happen: whose function, its name, and whether the crash comes after it."""


def crash_at(point: str) -> None:
    """Die at a point."""
    owner, name, after = POINTS[point]
    function: Callable[..., Any] = getattr(owner, name)

    def fatal(*args: object, **options: object) -> object:
        if after:
            function(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    setattr(owner, name, fatal)


def main() -> None:
    """Load until killed."""
    folder, generation = Path(sys.argv[1]), int(sys.argv[2])
    point = sys.argv[3] if len(sys.argv) > 3 else ""
    with open_store(folder) as store:
        while True:
            load(
                store,
                {
                    name: [meeting(f"{name} {row}", name, str(generation)) for row in range(ROWS)]
                    for name in FILES
                },
            )
            sys.stdout.write(f"{generation}\n")
            sys.stdout.flush()
            generation += 1
            if point:
                crash_at(point)


if __name__ == "__main__":
    main()
