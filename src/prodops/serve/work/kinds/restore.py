"""Put files back that were taken out: from the evidence itself, so that nobody has to send them again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from prodops.ledger.store import open_store
from prodops.serve.removal import TakenOut, put_back
from prodops.serve.work.running import Around, WorkError

TITLE = "Put files back"


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Put back what a removal took out.

    Args:
        asked: `files`, `before` and `count`, as the removal gave them.
        around: Takes word of progress.

    Raises:
        WorkError: Not all of it is kept any more.
    """
    settings = around.settings
    files = [TakenOut(**one) for one in asked["files"]]
    before = datetime.fromisoformat(asked["before"])
    with open_store(settings.workspace, settings.database_url) as store:
        around.tell("putting back", 0, len(files), files[0].name)
        if store.count_said_by([one.name for one in files], as_of=before) != asked["count"]:
            raise WorkError("Some of what these files said was tidied away since. Send the files again.")
        for number, one in enumerate(put_back(store, files, before=before), start=1):
            around.tell("putting back", number, len(files), one.name)
    told = f"{len(files):,} file is" if len(files) == 1 else f"{len(files):,} files are"
    return {"says": f"{told} back.", "pages": around.then("pages", {})}
