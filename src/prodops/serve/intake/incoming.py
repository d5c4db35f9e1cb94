"""Files on their way in: they lie in the workspace under numbers until they are loaded, then they go."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from prodops.serve.intake.limits import UploadLimits
from prodops.serve.intake.names import apart, is_left_alone, uploaded_name

INCOMING = "incoming"
NAMES = "names.json"
ARRIVING = ".part"
"""Ends the name of a folder whose files are still arriving."""

LOOKS_EACH_BYTES = 16 << 20
ABANDONED_SECONDS = 6 * 3_600
"""A folder that nothing was written into for so long and that no job waits for is left over from a crash."""

SYNCS_AT_ONCE = 16
"""Files that are put on the disk for good at the same time: one after the other takes 3 ms each, so 0.15."""

_MIB = 1 << 20


class UploadRefusedError(Exception):
    """An upload that is not taken; the message says what would be.

    Attributes:
        status: The HTTP status that says the same to a program.
    """

    def __init__(self, says: str, *, status: int = 413) -> None:
        """Keep the sentence and the status."""
        super().__init__(says)
        self.status = status


class Arriving:
    """The files of one upload while they arrive; nothing of it is left unless `keep` is reached."""

    def __init__(self, workspace: Path, key: str, limits: UploadLimits) -> None:
        """Make the folder.

        Args:
            workspace: The workspace.
            key: The key of the job that will load the files.
            limits: What is taken.
        """
        self._final = workspace / INCOMING / key
        self._folder = self._final.with_name(key + ARRIVING)
        self._limits = limits
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._stream: IO[bytes] | None = None
        self._file_bytes = self._bytes = self._looked_at = 0
        self._folder.mkdir(parents=True, mode=0o700)
        self.room_for(0)

    @property
    def files(self) -> int:
        """How many files have arrived so far."""
        return len(self._names)

    def room_for(self, more_bytes: int) -> None:
        """Refuse what would not fit.

        Raises:
            UploadRefusedError: It would be larger than an upload may be, or fill the disk.
        """
        if self._bytes + more_bytes > self._limits.upload_bytes:
            raise UploadRefusedError(
                f"All files together hold more than {self._limits.upload_bytes // _MIB:,} MiB. "
                "Send them in parts, or load them on the machine itself: prodops add FOLDER"
            )
        if shutil.disk_usage(self._folder).free - more_bytes < self._limits.keep_free_bytes:
            raise UploadRefusedError(
                "The disk of this machine is almost full. Make room, then send the files again.", status=507
            )

    def begin(self, told: str) -> None:
        """The next file begins.

        Args:
            told: Its name as the browser says it.

        Raises:
            UploadRefusedError: There are more files than an upload may have.
        """
        name = uploaded_name(told)
        if not is_left_alone(name):
            self.begin_named(apart(name, self._taken))

    def begin_named(self, name: str) -> None:
        """The next file begins, under a name that records of it cite already.

        Args:
            name: The name.

        Raises:
            UploadRefusedError: There are more files than an upload may have.
        """
        if len(self._names) >= self._limits.files:
            raise UploadRefusedError(
                f"There are more than {self._limits.files:,} files. Send them in parts, or as one .zip file."
            )
        number = f"{len(self._names) + 1:06}"
        self._names[number] = name
        self._taken.add(name)
        self._file_bytes = 0
        self._stream = (self._folder / number).open("xb")

    def write(self, data: bytes) -> None:
        """More of the file that has begun; of one that is left alone nothing is kept.

        Raises:
            UploadRefusedError: The file, or all together, are too large.
        """
        if self._stream is None:
            return
        self._file_bytes += len(data)
        self._bytes += len(data)
        if self._file_bytes > self._limits.file_bytes:
            raise UploadRefusedError(
                f"{self._last()} holds more than {self._limits.file_bytes // _MIB:,} MiB. "
                "Split the export, by month for example, and send the parts."
            )
        if self._bytes > self._limits.upload_bytes or self._bytes - self._looked_at > LOOKS_EACH_BYTES:
            self.room_for(0)
            self._looked_at = self._bytes
        self._stream.write(data)

    def finish(self) -> None:
        """The file has arrived."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def keep(self) -> None:
        """All files have arrived: they are there for the job, together and whole, even after a power cut.

        Raises:
            UploadRefusedError: There was none.
        """
        if not self._names:
            raise UploadRefusedError("No file came with it. Choose at least one.", status=422)
        (self._folder / NAMES).write_text(json.dumps(self._names), encoding="utf-8")
        written = [self._folder / name for name in (*self._names, NAMES)]
        with ThreadPoolExecutor(SYNCS_AT_ONCE) as pool:
            list(pool.map(_sync, written))
        _sync(self._folder)
        self._folder.rename(self._final)
        _sync(self._final.parent)

    def discard(self) -> None:
        """Leave nothing of what arrived."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
        shutil.rmtree(self._folder, ignore_errors=True)

    def _last(self) -> str:
        return next(reversed(self._names.values())).rpartition("/")[2]


def arrived(workspace: Path, key: str) -> list[tuple[Path, str]]:
    """The files of an upload, each with the name that its records cite.

    Raises:
        FileNotFoundError: There is no such upload.
    """
    folder = workspace / INCOMING / key
    names = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    return [(folder / number, name) for number, name in sorted(names.items())]


def remove_incoming(workspace: Path, key: str) -> None:
    """Remove the files of a job; nothing happens where there are none."""
    shutil.rmtree(workspace / INCOMING / key, ignore_errors=True)


def sweep_incoming(workspace: Path, ended: Mapping[str, bool]) -> None:
    """Remove what a crash left over.

    Args:
        workspace: The workspace.
        ended: Keys of jobs, and whether each has ended. A folder of no job may still be arriving: it goes
            once nothing was written into it for long.
    """
    folder = workspace / INCOMING
    for found in sorted(folder.iterdir()) if folder.is_dir() else []:
        old = time.time() - _newest(found) >= ABANDONED_SECONDS
        if ended.get(found.name, old):
            shutil.rmtree(found, ignore_errors=True)


def _newest(folder: Path) -> float:
    """When something was written into a folder last, in seconds of the clock."""
    try:
        return max(one.stat().st_mtime for one in (folder, *folder.iterdir()))
    except OSError:
        return time.time()


def _sync(path: Path) -> None:
    """Have a file or a folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
