"""A folder that appears whole or not at all: written beside its place, then moved into it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prodops.simulate.errors import FolderInUseError, TruthExposedError

README = "SIMULATED.md"
"""The one file that says that everything beside it is invented; it names the others' digest."""

_DIGEST = re.compile(r"^digest of the other files: ([0-9a-f]{32})$", re.MULTILINE)


class Folder:
    """Receives files and keeps count of them.

    Attributes:
        root: Where they are written.
        files: How many there are.
        size: How many bytes they hold together.
        withheld: Names that are left out.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.withheld: frozenset[str] = frozenset()
        self.files = 0
        self.size = 0
        self._digests: dict[str, str] = {}

    def write(self, name: str, text: str | Iterable[str]) -> None:
        """Write one file; a long one may come in pieces. Line ends are written as they are.

        A file that is withheld is not written: the organisation has it not.
        """
        if name in self.withheld:
            return
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        running = hashlib.blake2b(digest_size=16)
        with path.open("wb") as out:
            for piece in (text,) if isinstance(text, str) else text:
                content = piece.encode()
                running.update(content)
                self.size += out.write(content)
        self.files += 1
        self._digests[name] = running.hexdigest()

    def digest(self) -> str:
        """One digest of all names and contents so far."""
        return _combined(self._digests)


def readme(title: str, paragraphs: Iterable[str], folder: Folder) -> str:
    """The text of the file that says what the folder is."""
    return "\n\n".join([f"# {title}", *paragraphs, f"digest of the other files: {folder.digest()}"]) + "\n"


def refuse_exposed_truth(out: Path, truth: Path | None) -> None:
    """See that neither folder lies in the other.

    Raises:
        TruthExposedError: One does; what reads `out` would meet the truth, or the other way round.
    """
    if truth is None:
        return
    one, other = out.resolve(), truth.resolve()
    if one == other or one in other.parents or other in one.parents:
        raise TruthExposedError(f"the truth must lie apart from {out.name}; choose a folder beside it")


@contextmanager
def staged(out: Path) -> Iterator[Folder]:
    """A folder to write into, which takes the place of `out` when the block ends without an error.

    What a killed run left beside `out` is cleared away first. Only one run at a time may write one folder.

    Raises:
        FolderInUseError: `out` holds files that are not the simulator's own, unchanged.
    """
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.parent / f".{out.name}.unfinished"
    former = out.parent / f".{out.name}.former"
    for left in (unfinished, former):
        if left.exists():
            shutil.rmtree(left)
    unfinished.mkdir()
    try:
        yield Folder(unfinished)
        if out.exists():
            out.rename(former)
        unfinished.rename(out)
    finally:
        for left in (unfinished, former):
            if left.exists():
                shutil.rmtree(left)


def _refuse_foreign(out: Path) -> None:
    """Let a new, an empty or an unchanged simulated folder pass."""
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or out.is_symlink():
        raise FolderInUseError(f"{out.name} is not a folder; choose another place")
    if not any(out.iterdir()):
        return
    marker = out / README
    written = (
        _DIGEST.search(marker.read_text(encoding="utf-8", errors="replace")) if marker.is_file() else None
    )
    if written is None:
        raise FolderInUseError(f"{out.name} holds files the simulator did not write; choose an empty folder")
    if written[1] != _combined(_digests_in(out)):
        raise FolderInUseError(
            f"{out.name} was changed since it was simulated; move it away or choose another"
        )


def _digests_in(out: Path) -> dict[str, str]:
    """The digest of every file but the readme; a link counts as itself and is not followed."""
    found: dict[str, str] = {}
    for path in out.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            content = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
            found[path.relative_to(out).as_posix()] = hashlib.blake2b(content, digest_size=16).hexdigest()
    found.pop(README, None)
    return found


def _combined(digests: dict[str, str]) -> str:
    """One digest for many names and digests, whatever their order."""
    lines = "".join(f"{name}\0{digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.blake2b(lines.encode(), digest_size=16).hexdigest()
