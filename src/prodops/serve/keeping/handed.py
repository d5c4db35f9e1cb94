"""Archives that an owner had made in the browser: they lie in the workspace for a day, for owners alone."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from prodops.ledger.evidence import remove
from prodops.ledger.site_forgetting import HANDED

BACKUP, EVERYTHING = "backup", "everything"
KINDS: Final = (BACKUP, EVERYTHING)

KEPT: Final = timedelta(days=1)
"""How long one lies there: it holds everything, names included, and is not encrypted."""

_NAME = re.compile(r"(backup|everything)-([0-9]{8}T[0-9]{6})-([A-Za-z0-9_-]{1,60})\.zip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive that can be fetched.

    Attributes:
        name: Its file's name.
        kind: One of `KINDS`.
        made_at: When it was asked for.
        bytes: Its size.
    """

    name: str
    kind: str
    made_at: datetime
    bytes: int


def place_for(folder: Path, kind: str, key: str, at: datetime) -> Path:
    """Where an archive is written; its folder is there and readable to the workspace's own user alone.

    Args:
        folder: The workspace.
        kind: One of `KINDS`.
        key: The job's key: the same job writes the same file.
        at: When the job was asked for.
    """
    where = folder / HANDED
    where.mkdir(mode=0o700, exist_ok=True)
    return where / f"{kind}-{at:%Y%m%dT%H%M%S}-{key}.zip"


def archives(folder: Path) -> list[Archive]:
    """The archives that can be fetched, the newest first."""
    found = [
        _archive(path, match) for path in (folder / HANDED).glob("*.zip") if (match := _match(path.name))
    ]
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)


def archive_at(folder: Path, name: str) -> Path | None:
    """The file of an archive; None where there is none of this name, whatever else the name leads to."""
    path = folder / HANDED / name
    return path if _match(name) and path.is_file() else None


def drop_old(folder: Path, *, keep: timedelta = KEPT, dry_run: bool = False) -> int:
    """Delete archives whose time is over, and what a crash left of one; says how many.

    Args:
        folder: The workspace.
        keep: How long they stay; nothing stays for a time of zero.
        dry_run: Whether to say only how many.
    """
    before = time.time() - keep.total_seconds()
    old = [one for one in (folder / HANDED).glob("*") if keep == timedelta(0) or one.stat().st_mtime < before]
    for one in old:
        if not dry_run:
            remove(one)
    return len(old)


def _match(name: str) -> re.Match[str] | None:
    return _NAME.fullmatch(name)


def _archive(path: Path, match: re.Match[str]) -> Archive:
    made_at = datetime.strptime(match[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return Archive(name=path.name, kind=match[1], made_at=made_at, bytes=path.stat().st_size)
