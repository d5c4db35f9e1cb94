"""Write everything as CSV and JSON into an archive that an owner fetches."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from prodops.serve.keeping.exporting import export_all
from prodops.serve.keeping.handed import EVERYTHING, drop_old, place_for
from prodops.serve.work.running import Around, WorkError

TITLE = "Write everything out"


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Write the archive; done twice it is one file.

    Args:
        asked: `at`, when it was asked for.
        around: Takes word of progress.

    Raises:
        WorkError: There is no room for it.
    """
    settings = around.settings
    drop_old(settings.workspace)
    file = place_for(settings.workspace, EVERYTHING, around.key, datetime.fromisoformat(asked["at"]))
    folder = file.with_suffix("")
    shutil.rmtree(folder, ignore_errors=True)
    around.tell("writing records and pages", 0, 0, "")
    state = open_state(settings.workspace, settings.database_url)
    try:
        with open_store(settings.workspace, settings.database_url) as store:
            done = export_all(store, state, folder, settings.today)
        _pack(folder, file, around)
    except OSError as error:
        raise WorkError(f"It cannot be written ({error.strerror}): make room on the disk.") from error
    finally:
        state.close()
        shutil.rmtree(folder, ignore_errors=True)
    return {
        "says": f"Written out: {sum(done.records.values()):,} records of {len(done.records)} types in "
        f"{done.files} files. Owners fetch them under Backup and deletion, for a day.",
    }


def _pack(folder: Path, file: Path, around: Around) -> None:
    """All files of a folder as one archive, which gets its name when it is whole."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    part = file.with_suffix(".part")
    opener = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(opener, "wb") as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, path in enumerate(paths, start=1):
            archive.write(path, path.relative_to(folder).as_posix())
            around.tell("packing", number, len(paths), path.name)
    part.replace(file)
