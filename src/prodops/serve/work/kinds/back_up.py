"""Back the workspace up into an archive that an owner fetches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prodops.ledger.state import open_state
from prodops.serve.keeping.backup import back_up
from prodops.serve.keeping.handed import BACKUP, drop_old, place_for
from prodops.serve.work.running import Around, WorkError

TITLE = "Back up"


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Write the backup; done twice it is one file.

    Args:
        asked: `at`, when it was asked for.
        around: Takes word of progress.

    Raises:
        WorkError: There is no room for it.
    """
    settings = around.settings
    drop_old(settings.workspace)
    file = place_for(settings.workspace, BACKUP, around.key, datetime.fromisoformat(asked["at"]))
    state = open_state(settings.workspace, settings.database_url)
    try:
        made = back_up(
            state, settings.workspace, file,
            told=lambda done, whole, table: around.tell("copying", done, whole, table.replace("_", " ")),
        )  # fmt: skip
    except OSError as error:
        raise WorkError(f"The backup cannot be written ({error.strerror}): make room on the disk.") from error
    finally:
        state.close()
    return {
        "says": f"Backed up: {made.evidence_files:,} evidence files with {made.rows:,} rows and "
        f"{made.declared:,} declarations. Owners fetch it under Backup and deletion, for a day.",
    }
