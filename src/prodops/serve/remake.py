"""Makes pages and search index of a workspace in a process of its own, asked through its standard input.

The address of the database may hold a password, so it is not an argument that everybody can list.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from prodops.serve.prepared.computing import alone, make_all
from prodops.serve.prepared.program import program
from prodops.serve.search.rebuilding import rebuild

BUSY = 3
"""The exit code when another process makes the pages already."""

CHANGED = 4
"""The exit code when the program on the disk is not the one that asks."""


def main() -> int:
    """Read what is asked, and do it below the priority of whoever answers readers."""
    asked = json.load(sys.stdin)
    if asked["program"] != program():
        sys.stderr.write("prodops was changed since this server began: start it again to see new pages\n")
        return CHANGED
    os.nice(10)
    workspace, url = Path(asked["workspace"]), asked["database_url"]
    with alone(workspace) as mine:
        if not mine:
            return BUSY
        state = open_state(workspace, url)
        with open_store(workspace, url) as store:
            made = make_all(store, state, datetime.fromisoformat(asked["today"]), first=asked["first"])
            rebuild(store, state, ledger=made.ledger, mark=made.mark, pages=made.pages)
        state.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
