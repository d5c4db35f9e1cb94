"""A workspace taken away whole: its database, its evidence, and everything that was made from them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.ledger.checkpoints import NAME
from prodops.ledger.evidence import remove
from prodops.ledger.site_forgetting import HANDED, SEARCH_FILES
from prodops.serve.keeping.serving import SERVED
from prodops.serve.prepared.computing import LOCK

if TYPE_CHECKING:
    from prodops.ledger.state import State

OURS = (
    "evidence", "scratch", "incoming", "unread", "state.db", "state.db-wal", "state.db-shm",
    "state.db-journal",
    "workspace", NAME, LOCK, SERVED, HANDED, *SEARCH_FILES,
)  # fmt: skip
"""What prodops puts into the folder of a workspace. Nothing else is touched: it may be somebody's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deleted:
    """What was deleted.

    Attributes:
        bytes: How much lay in the folder.
        left: Names in the folder that are not ours and stay.
    """

    bytes: int
    left: tuple[str, ...]


def delete_all(state: State, folder: Path) -> Deleted:
    """Delete a workspace: accounts, sessions, logs, records, evidence, pages, search. It is for good.

    The database goes first: without it no evidence file means anything.

    Args:
        state: The state database; it is closed.
        folder: The workspace.
    """
    whole = sum(path.stat().st_size for name in OURS for path in _files(folder / name))
    state.drop()
    state.close()
    for name in OURS:
        remove(folder / name)
    for beside in folder.glob("search.db.*"):
        remove(beside)
    for beside in folder.glob(f".{NAME}.*"):
        remove(beside)
    left = tuple(sorted(path.name for path in folder.iterdir()))
    if not left:
        folder.rmdir()
    return Deleted(bytes=whole, left=left)


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return [one for one in path.rglob("*") if one.is_file()]
