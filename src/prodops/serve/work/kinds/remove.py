"""Take files back out, with all that was read from them alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from prodops.ledger.store import open_store
from prodops.serve.intake.unread import drop_unread
from prodops.serve.removal import present_sources, take_out
from prodops.serve.work.running import Around, WorkError

if TYPE_CHECKING:
    from prodops.ledger.sources import LoadedFile

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
        take_out(store, found)
        for one in found:
            drop_unread(settings.workspace, one.reading.sha256)
    files = f"{len(found):,} file" if len(found) == 1 else f"{len(found):,} files"
    return {
        "says": f"{files} with {sum(one.records for one in found):,} records taken out. "
        "What other files also say stays.",
        "before": before.isoformat(),
        "files": [_facts(one) for one in found],
        "pages": around.then("pages", {}),
    }


def _facts(file: LoadedFile) -> Mapping[str, Any]:
    """What is needed to bring a file back."""
    return {
        "name": file.name,
        "sha256": file.reading.sha256,
        "connector": file.reading.connector,
        "hints": file.reading.hints,
        "parser": file.reading.parser,
        "size_bytes": file.size_bytes,
        "covers": file.covers,
        "unused": file.unused,
        "reasons": dict(file.reasons),
    }
