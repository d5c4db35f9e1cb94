"""Load the files that a browser sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prodops.ledger.reading import SourceFile
from prodops.ledger.store import open_store
from prodops.serve.intake.column_maps import ColumnMaps
from prodops.serve.intake.incoming import arrived
from prodops.serve.intake.load import MAPPED_BY, UNREAD
from prodops.serve.intake.names import apart
from prodops.serve.intake.recognise import recognise
from prodops.serve.removal import REMOVED
from prodops.serve.work.running import Around, WorkError
from prodops.serve.work.taking import take_in

TITLE = "Load files"


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Load what lies in the job's folder.

    Args:
        asked: Nothing; the files lie under the job's key.
        around: Takes word of progress.

    Raises:
        WorkError: The files are not there any more.
    """
    del asked  # the folder is named by the job
    try:
        files = arrived(around.settings.workspace, around.key)
    except FileNotFoundError as error:
        raise WorkError("The files are not there any more. Send them again.") from error
    return take_in(_apart_from_others(files, around), around)


def _apart_from_others(files: Sequence[tuple[Path, str]], around: Around) -> list[tuple[Path, str]]:
    """The files, renamed where another system's export was sent under the same name before.

    Many systems call what they export `export.csv`; the second must not take the place of the first.
    """
    settings = around.settings
    with open_store(settings.workspace, settings.database_url) as store:
        known = {one.name: one.reading for one in store.sources()}
        maps = ColumnMaps.of(store.ledger(today=settings.today))
    taken = set(known) | {name for _, name in files}
    named = []
    for path, name in files:
        before = known.get(name)
        if before is not None and before.connector not in (UNREAD, REMOVED):
            file = SourceFile(name=name, content=path.read_bytes())
            same = hashlib.sha256(file.content).hexdigest() == before.sha256
            if not same and _reader(file, maps) != before.connector:
                named.append((path, apart(name, taken)))
                taken.add(named[-1][1])
                continue
        named.append((path, name))
    return named


def _reader(file: SourceFile, maps: ColumnMaps) -> str:
    """What would read a file; empty for nothing."""
    if maps.hints(file):
        return MAPPED_BY
    reader = recognise(file)
    return reader.name if reader else ""
