"""The file of a backup: a ZIP whose last member lists every other with its digest, and its own."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final
from uuid import uuid4

KIND: Final = "prodops backup"
FORMAT: Final = 1
LIST = "backup.json"
CHUNK_BYTES = 1 << 20
LEFT_OVER_SECONDS = 21_600.0
"""How old an unfinished file must be before the next backup of the same name takes it away."""

NAMES = re.compile(r"state/[a-z_]{1,40}\.jsonl|evidence/[a-z_]{1,60}/[0-9a-f-]{36}\.parquet")
"""What a member may be called; nothing else is taken out of an archive."""


class BackupError(Exception):
    """A file that is no backup, or not whole; the message says which part and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member of an archive.

    Attributes:
        bytes: Its size.
        sha256: Its digest.
        rows: Rows that it holds.
    """

    bytes: int
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What an archive says of itself.

    Attributes:
        program: The version that wrote it.
        step: The migration step of its tables.
        workspace: The id of the workspace.
        made_at: When it was made, ISO 8601.
        seq: The newest revision of the evidence.
        log_seq: The newest entry of the log of declarations.
        chain: The chain value of that entry.
        members: Every member but the list itself.
    """

    program: str
    step: str
    workspace: str
    made_at: str
    seq: int
    log_seq: int
    chain: str
    members: Mapping[str, Member]


class Writing:
    """An archive that is being written."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        """Take the open archive."""
        self._file = file
        self.members: dict[str, Member] = {}

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Add a member of lines, compressed."""
        digest, size, rows = hashlib.sha256(), 0, 0
        with self._opened(name, zipfile.ZIP_DEFLATED) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                size, rows = size + len(line), rows + 1
        self.members[name] = Member(bytes=size, sha256=digest.hexdigest(), rows=rows)

    def copy(self, name: str, path: Path, rows: int) -> None:
        """Add a file as it is: Parquet is compressed already."""
        digest, size = hashlib.sha256(), 0
        with self._opened(name, zipfile.ZIP_STORED) as member, path.open("rb") as source:
            while chunk := source.read(CHUNK_BYTES):
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        self.members[name] = Member(bytes=size, sha256=digest.hexdigest(), rows=rows)

    def close(self, contents: Contents) -> None:
        """Add the list, by which the archive is whole."""
        told: dict[str, object] = {"kind": KIND, "format": FORMAT, **asdict(contents)}
        text = json.dumps({**told, "hash": _hash(told)}, indent=1)
        self._file.writestr(zipfile.ZipInfo(LIST), text, zipfile.ZIP_DEFLATED)

    @contextmanager
    def _opened(self, name: str, how: int) -> Iterator[IO[bytes]]:
        info = zipfile.ZipInfo(name)
        info.compress_type = how
        with self._file.open(info, "w", force_zip64=True) as member:
            yield member


@contextmanager
def writing(file: Path) -> Iterator[Writing]:
    """Write an archive beside its place, and put it there when it is whole and safe on the disk."""
    beside = file.with_name(f".{file.name}.{uuid4()}.part")
    _sweep(file)
    try:
        with beside.open("xb") as raw:
            beside.chmod(0o600)  # it holds everything that the workspace holds
            with zipfile.ZipFile(raw, "w") as archive:
                yield Writing(archive)
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


class Reading:
    """An archive that is being read.

    Attributes:
        contents: What it says of itself.
    """

    def __init__(self, file: zipfile.ZipFile) -> None:
        """Read the list.

        Raises:
            BackupError: There is none, it was changed, or it is of a newer format.
        """
        self._file = file
        self.contents = _contents(file)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member in pieces, held against its digest at its end.

        Raises:
            BackupError: It is not what was written.
        """
        member = self.contents.members[name]
        digest, size = hashlib.sha256(), 0
        try:
            with self._file.open(name) as source:
                while chunk := source.read(CHUNK_BYTES):
                    digest.update(chunk)
                    size += len(chunk)
                    if size > member.bytes:
                        raise BackupError(_damaged(name))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError) as error:
            raise BackupError(_damaged(name)) from error
        if (size, digest.hexdigest()) != (member.bytes, member.sha256):
            raise BackupError(_damaged(name))

    def lines(self, name: str) -> Iterator[bytes]:
        """A member in lines.

        Raises:
            BackupError: It is not what was written.
        """
        rest = b""
        for chunk in self.chunks(name):
            *whole, rest = (rest + chunk).split(b"\n")
            yield from whole
        if rest:
            raise BackupError(_damaged(name))


@contextmanager
def reading(file: Path) -> Iterator[Reading]:
    """Open an archive.

    Raises:
        BackupError: It cannot be read, is no backup, was cut, or is of a newer format.
    """
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror}") from error
    except (zipfile.BadZipFile, ValueError) as error:
        raise BackupError(f"{file} is no backup, or was cut: its end is missing") from error
    with archive:
        yield Reading(archive)


def _contents(file: zipfile.ZipFile) -> Contents:
    try:
        told = json.loads(file.read(LIST))
        _expect_ours(told)
        members = {name: Member(**member) for name, member in told["members"].items()}
        fields = {name: told[name] for name in Contents.__slots__ if name != "members"}
        found = Contents(**fields, members=members)
    except (
        KeyError,
        ValueError,
        TypeError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RecursionError,
    ) as error:
        raise BackupError("it is no backup that prodops wrote, or it was cut: take another one") from error
    strange = [name for name in members if not NAMES.fullmatch(name)]
    if strange or {*members, LIST} != set(file.namelist()) or len(file.namelist()) != len(members) + 1:
        raise BackupError("its members are not those of its list: take another backup")
    return found


def _expect_ours(told: Mapping[str, object]) -> None:
    if told["kind"] != KIND:
        raise KeyError(KIND)
    if told["format"] != FORMAT:
        raise BackupError("it was written by a newer prodops; install that version to put it back")
    if told["hash"] != _hash({key: value for key, value in told.items() if key != "hash"}):
        raise BackupError("its list of contents was changed: take another backup")


def _sweep(file: Path) -> None:
    """Take away what a process left that was killed while it wrote the same backup."""
    for left in file.parent.glob(f".{file.name}.*.part"):
        if left.stat().st_mtime < time.time() - LEFT_OVER_SECONDS:
            left.unlink(missing_ok=True)


def _hash(told: Mapping[str, object]) -> str:
    text = json.dumps(told, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _damaged(name: str) -> str:
    return f"its part {name} is not what was written: take another backup"
