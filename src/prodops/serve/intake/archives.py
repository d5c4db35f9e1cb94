"""Read ZIP, gzip and tar archives in memory: nothing is unpacked to disk, and bombs are refused."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from prodops.ledger.reading import Problem, problem

MAX_MEMBERS = 50_000
MAX_TOTAL_BYTES = 2 << 30
MAX_MEMBER_BYTES = 512 << 20
MAX_RATIO = 200
RATIO_APPLIES_FROM_BYTES = 10 << 20

_WORKBOOK_MARKS = ("[Content_Types].xml", "mimetype")
# What the libraries raise on damaged bytes: their own errors, and those of the numbers they trusted.
_READ_ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive, or the problem met on opening it.

    Attributes:
        name: The archive's name, `!/`, and the member's path.
        content: Its bytes; empty when there is a problem.
        problem: What was wrong.
    """

    name: str
    content: bytes
    problem: Problem | None = None


def is_archive(content: bytes) -> bool:
    """Whether the bytes are an archive of files; a workbook, which is a ZIP too, is not."""
    if content[:4] == b"PK\x03\x04":
        return not _is_workbook(content)
    return content[:2] == b"\x1f\x8b" or content[257:262] == b"ustar"


def members(content: bytes, name: str) -> Iterator[Member]:
    """The files of an archive, each within bounds; archives inside archives are refused.

    Args:
        content: The archive.
        name: Its name as the user knows it.
    """
    empty = True
    try:
        for member in _members(content, name):
            empty = False
            yield member
    except _READ_ERRORS as error:
        yield _damaged(name, f"The archive could not be read to its end: {error}.")
    else:
        if empty:
            yield _refused(name, "empty_archive", "The archive holds no file.", "Export it again.")


def _members(content: bytes, name: str) -> Iterator[Member]:
    if content[:4] == b"PK\x03\x04":
        yield from _zip_members(content, name)
    elif content[:2] == b"\x1f\x8b":
        yield from _gzip_members(content, name)
    else:
        yield from _tar_members(content, name)


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                return True
            return "mimetype" in names and b"opendocument" in archive.open("mimetype").read(200)
    except _READ_ERRORS:
        return any(mark.encode() in content[:200] for mark in _WORKBOOK_MARKS)


def _zip_members(content: bytes, name: str) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if (
            refusal := _bomb(name, len(infos), sum(info.file_size for info in infos), len(content))
        ) is not None:
            yield refusal
            return
        for info in infos:
            if info.flag_bits & 1:
                yield _refused(
                    f"{name}!/{info.filename}",
                    "encrypted",
                    "The member is encrypted.",
                    "Unpack it and add the files.",
                )
                continue
            yield _zip_member(archive, info, name)


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Member:
    """One file of a ZIP; where it is damaged the others can still be read."""
    try:
        with archive.open(info) as stream:
            content = stream.read(MAX_MEMBER_BYTES + 1)
    except _READ_ERRORS as error:
        return _damaged(f"{name}!/{info.filename}", f"The member could not be read: {error}.")
    return _member(name, info.filename, content)


def _gzip_members(content: bytes, name: str) -> Iterator[Member]:
    with gzip.open(io.BytesIO(content)) as stream:
        limit = max(RATIO_APPLIES_FROM_BYTES, min(MAX_MEMBER_BYTES, MAX_RATIO * len(content)))
        inside = stream.read(limit + 1)
    if len(inside) > limit:
        yield _refused(
            name,
            "archive_bomb",
            "It unpacks to far more than it holds.",
            "Unpack it yourself and add the files.",
        )
    elif inside[257:262] == b"ustar":
        yield from _tar_members(inside, name)
    else:
        yield _member(name, PurePosixPath(name).name.removesuffix(".gz") or "content", inside)


def _tar_members(content: bytes, name: str) -> Iterator[Member]:
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
        for number, info in enumerate(archive):
            if number >= MAX_MEMBERS:
                yield _refused(
                    name, "archive_bomb", f"It holds more than {MAX_MEMBERS:,} files.", "Add parts of it."
                )
                return
            if info.isdir():
                continue
            path = info.name.encode(errors="surrogateescape").decode(errors="backslashreplace")
            if info.size > len(content):  # holes that swell to zeros when they are read
                yield _refused(
                    f"{name}!/{path}", "archive_bomb", "It says it is larger than its archive.",
                    "Unpack it yourself and add the files you trust.",
                )  # fmt: skip
                continue
            stream = archive.extractfile(info) if info.isreg() else None
            if stream is None:
                yield _refused(
                    f"{name}!/{path}",
                    "not_a_file",
                    "The member is a link or a device.",
                    "Add the file it means.",
                )
                continue
            yield _member(name, path, stream.read(MAX_MEMBER_BYTES + 1))


def _member(archive: str, path: str, content: bytes) -> Member:
    parts = PurePosixPath(path.replace("\\", "/"))
    inside = f"{archive}!/{path}"
    if parts.is_absolute() or ".." in parts.parts or (parts.parts and ":" in parts.parts[0]):
        return _refused(
            inside,
            "unsafe_path",
            "The member's path leads out of the archive.",
            "Pack the files under plain names.",
        )
    if len(content) > MAX_MEMBER_BYTES:
        return _refused(inside, "too_large", "The member holds more than 512 MiB.", "Split the export.")
    if is_archive(content):
        return _refused(
            inside, "nested_archive", "It is an archive inside an archive.", "Unpack it and add it by itself."
        )
    return Member(f"{archive}!/{parts.as_posix()}", content)


def _bomb(name: str, count: int, total_bytes: int, packed_bytes: int) -> Member | None:
    remedy = "Unpack it yourself and add the files you trust."
    if count > MAX_MEMBERS:
        return _refused(
            name, "archive_bomb", f"It says it holds {count:,} files; the limit is {MAX_MEMBERS:,}.", remedy
        )
    if total_bytes > MAX_TOTAL_BYTES:
        return _refused(name, "archive_bomb", f"It says it unpacks to {total_bytes / 2**30:.1f} GiB.", remedy)
    if total_bytes > RATIO_APPLIES_FROM_BYTES and total_bytes > MAX_RATIO * packed_bytes:
        return _refused(
            name, "archive_bomb", f"It unpacks to {total_bytes / packed_bytes:.0f} times its size.", remedy
        )
    return None


def _damaged(name: str, says: str) -> Member:
    return _refused(name, "archive_damaged", says[:200], "Export or download it again.")


def _refused(name: str, code: str, says: str, remedy: str) -> Member:
    return Member(name, b"", problem(name, "file", code, says=says, remedy=remedy))
