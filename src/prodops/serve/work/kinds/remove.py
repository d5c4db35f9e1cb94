"""Take files back out, with all that was read from them alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from prodops.ledger.store import open_store
from prodops.serve.intake.unread import drop_unread
from prodops.serve.removal import present_sources, take_out, taken_out
from prodops.serve.work.running import Around, WorkError

TITLE = "Take files out"


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Take the named files out.

    Args:
        asked: `names`, as the sources have them.
        around: Takes word of progress.

    Raises:
        WorkError: None of them is there.
    """
    settings, names = around.settings, set(asked["names"])
    with open_store(settings.workspace, settings.database_url) as store:
        found = [one for one in present_sources(store) if one.name in names]
        if not found:
            raise WorkError("None of these files is loaded any more.")
        around.tell("taking out", 0, len(found), found[0].name)
        before = datetime.now(UTC)
        count = store.count_said_by([one.name for one in found], as_of=before)
        take_out(store, found)
        for one in found:
            drop_unread(settings.workspace, one.reading.sha256)
    files = f"{len(found):,} file" if len(found) == 1 else f"{len(found):,} files"
    return {
        "says": f"{files} with {sum(one.records for one in found):,} records taken out. "
        "What other files also say stays.",
        "before": before.isoformat(),
        "count": count,
        "files": [asdict(taken_out(one)) for one in found],
        "pages": around.then("pages", {}),
    }
