"""Tables that nobody understood, kept until somebody names their columns: they need not be sent again."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.connectors.feedback_table.layout import header_of
from prodops.ledger.reading import SourceFile
from prodops.serve.intake.files import open_named

if TYPE_CHECKING:
    from prodops.ledger.sources import LoadedFile

UNREAD_FOLDER = "unread"
KEPT_DAYS = 30
MOST_KEPT_BYTES = 64 << 20
"""A larger table is not kept: it is sent again once its columns are named."""


def keep_unread(workspace: Path, files: Sequence[tuple[Path, str]], unread: Collection[str]) -> set[str]:
    """Keep those files of a load that hold a table which no connector knew.

    Args:
        workspace: The workspace.
        files: The files of the load, each with its name.
        unread: The names, also of members of archives, that were not read as anything.

    Returns:
        The names of those that are kept.
    """
    kept: set[str] = set()
    archives = {name.partition("!/")[0] for name in unread}
    for path, name in files:
        if name not in archives:
            continue
        for opened in open_named(path, name):
            small = 0 < len(opened.content) <= MOST_KEPT_BYTES
            if opened.name in unread and small and _is_table(opened.content):
                _keep(workspace, opened.content)
                kept.add(opened.name)
    return kept


def content_of(workspace: Path, file: LoadedFile) -> bytes | None:
    """The bytes of a file that was loaded, if they are still at hand and still the same.

    They are sought among what was kept, then where the file lay when it was loaded on this machine.
    """
    kept = workspace / UNREAD_FOLDER / file.reading.sha256
    if kept.is_file():
        return _same(kept.read_bytes(), file)
    outer, inside, _ = file.name.partition("!/")
    path = workspace.resolve().parent / outer
    if not path.is_file():
        return None
    if not inside:
        return _same(path.read_bytes(), file)
    found = (one.content for one in open_named(path, outer) if one.name == file.name)
    return _same(next(found, b""), file)


def drop_unread(workspace: Path, sha256: str) -> None:
    """Let go of a kept table; nothing happens where it is not kept."""
    (workspace / UNREAD_FOLDER / sha256).unlink(missing_ok=True)


def sweep_unread(workspace: Path, *, keep_days: float = KEPT_DAYS) -> None:
    """Let go of tables whose columns nobody named in time.

    Args:
        workspace: The workspace.
        keep_days: Younger ones stay; 0 drops all of them, which forgetting a person asks for.
    """
    folder = workspace / UNREAD_FOLDER
    if keep_days <= 0:
        shutil.rmtree(folder, ignore_errors=True)
        return
    for found in sorted(folder.iterdir()) if folder.is_dir() else []:
        if time.time() - found.stat().st_mtime > keep_days * 86_400:
            found.unlink(missing_ok=True)


def _keep(workspace: Path, content: bytes) -> None:
    folder = workspace / UNREAD_FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    final = folder / hashlib.sha256(content).hexdigest()
    arriving = final.with_suffix(".part")
    arriving.write_bytes(content)
    arriving.rename(final)


def _is_table(content: bytes) -> bool:
    return len(header_of(SourceFile(name="table", content=content))) > 1


def _same(content: bytes, file: LoadedFile) -> bytes | None:
    return content if hashlib.sha256(content).hexdigest() == file.reading.sha256 else None
