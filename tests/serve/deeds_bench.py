"""A workspace with three rituals of six PMs, in which things are declared, on SQLite or PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from pages import organisation as part
from prodops.ledger.reading import Entry
from prodops.ledger.store import open_store
from prodops.serve.settings import Settings

TODAY = datetime(2026, 6, 30, 12, tzinfo=UTC)


def organisation(folder: Path, database_url: str | None = None) -> Callable[[], Settings]:
    """The settings of a workspace that holds it.

    Args:
        folder: Where the workspace is made.
        database_url: The state's database; None for SQLite in the folder.
    """
    files = defaultdict(list)
    for record in (*part.people(), *part.calendars(), *part.minutes()):
        files[record.cite.source].append(record)
    with open_store(folder, database_url) as store, store.load() as load:
        for name, records in files.items():
            entries = [Entry(locator="all", records=tuple(records))]
            load.file(name, sha256="0", size_bytes=1, connector="test", covers="snapshot", entries=entries)
    return lambda: Settings(folder, database_url=database_url, today=TODAY)
