"""Open what the user points at: files, folders and archives, within bounds and never outside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from prodops.ledger.reading import Problem, problem
from prodops.serve.intake.archives import is_archive, members

MAX_FILE_BYTES = 1 << 30
"""A larger file is refused: it would not fit in memory beside its records."""

LEFT_ALONE = {".git", ".svn", ".hg", ".prodops", "__pycache__", "node_modules", ".DS_Store", "__MACOSX"}
"""Names that hold no export; a folder walk passes them over."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file's bytes, or the problem met on opening it.

    Attributes:
        name: The name the user knows: relative to the folder the workspace lies in.
        content: Its bytes; empty when there is a problem.
        problem: What was wrong.
    """

    name: str
    content: bytes
    problem: Problem | None = None


def find_files(path: Path) -> list[Path]:
    """The files under a path, in a fixed order, and the folders that cannot be read.

    Links to folders are not followed.

    Raises:
        FileNotFoundError: There is nothing at the path.
    """
    if not path.exists():
        raise FileNotFoundError(path)
    if not path.is_dir():
        return [path]
    found: list[Path] = []

    def keep(error: OSError) -> None:
        found.append(Path(error.filename))

    for folder, folders, files in os.walk(path, onerror=keep):
        folders[:] = sorted(name for name in folders if name not in LEFT_ALONE)
        found += [Path(folder, name) for name in sorted(files) if name not in LEFT_ALONE]
    return found


def open_named(path: Path, name: str) -> Iterator[Opened]:
    """The file, or the members of the archive that it is, under a name that is given.

    Args:
        path: A file.
        name: The name that records cite it by.
    """
    opened = _read(path, name)
    if opened.problem is None and is_archive(opened.content):
        for member in members(opened.content, name):
            if LEFT_ALONE.isdisjoint(PurePosixPath(member.name.rpartition("!/")[2]).parts):
                yield Opened(member.name, member.content, member.problem)
        return
    yield opened


def known_name(path: Path, *, beside: Path) -> str:
    """The name of a file as citations show it: relative, with `/`, and the same from every folder.

    Bytes of a name that are no text are written as their numbers.
    """
    name = Path(os.path.relpath(path.resolve(), beside.resolve())).as_posix()
    return os.fsencode(name).decode(errors="backslashreplace")


def _read(path: Path, name: str) -> Opened:
    for _ in range(2):
        try:
            before = path.stat()
            if path.is_dir():
                return _failed(
                    name, "not_readable", "The folder could not be read.", "Check its permissions."
                )
            if not path.is_file():
                return _failed(
                    name, "not_a_file", "It is not a regular file.", "Give the exported file itself."
                )
            if before.st_size > MAX_FILE_BYTES:
                size = f"It holds {before.st_size / 2**30:.1f} GiB; the limit is 1 GiB."
                return _failed(
                    name, "too_large", size, "Split the export, by month for example, and add the parts."
                )
            content = path.read_bytes()
            after = path.stat()
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return _failed(name, "not_readable", f"It could not be read: {reason}.", "Check its permissions.")
        if (
            (before.st_size, before.st_mtime_ns)
            == (after.st_size, after.st_mtime_ns)
            == (len(content), after.st_mtime_ns)
        ):
            return Opened(name, content)
    return _failed(
        name,
        "changed_while_read",
        "It changed while it was being read.",
        "Add it again when the export has finished.",
    )


def _failed(name: str, code: str, says: str, remedy: str) -> Opened:
    return Opened(name, b"", problem(name, "file", code, says=says, remedy=remedy))
