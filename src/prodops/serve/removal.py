"""Take files back out: everything that was read from them and from nothing else is retired."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prodops import __version__
from prodops.serve.intake.files import known_name

if TYPE_CHECKING:
    from prodops.ledger.sources import LoadedFile
    from prodops.ledger.store import Store

REMOVED = "removed"
"""Stands where a connector's name would, for a file that was taken back out."""


def present_sources(store: Store) -> list[LoadedFile]:
    """Every file that was loaded and not taken back out, by name."""
    return [one for one in store.sources() if one.reading.connector != REMOVED]


def sources_under(store: Store, told: Iterable[str]) -> dict[str, list[LoadedFile]]:
    """The files that are meant, for each thing told: a file, an archive or a folder.

    Args:
        store: The workspace.
        told: Names as `prodops sources` shows them, or paths as the user sees them from here.
    """
    present = present_sources(store)
    beside = store.folder.resolve().parent
    found = {}
    for one in told:
        name = one.rstrip("/")
        meant = [file for file in present if _within(file.name, name)]
        found[one] = meant or [
            file for file in present if _within(file.name, known_name(Path(name), beside=beside))
        ]
    return found


def take_out(store: Store, files: Sequence[LoadedFile]) -> None:
    """Retire all records and problems of these files in one commit; what other files also say stays.

    Earlier reports can still be made again (`--as-of`), and a file that is added again counts again.

    Raises:
        OvertakenError: Other processes changed the workspace each time.
        ForgottenMeanwhileError: Somebody was forgotten meanwhile; nothing was removed.
    """
    with store.load() as load:
        for one in files:
            load.file(
                one.name,
                sha256=hashlib.sha256(b"").hexdigest(),
                size_bytes=0,
                connector=REMOVED,
                covers="snapshot",
                entries=(),
                parser=__version__,
            )


def _within(name: str, outer: str) -> bool:
    return name == outer or name.startswith((f"{outer}/", f"{outer}!/"))
