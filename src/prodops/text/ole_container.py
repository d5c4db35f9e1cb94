"""The container of XLS files: whether its chains of sectors end, for a reader follows a circle for ever."""

from __future__ import annotations

import struct
from typing import Final

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_LAST_SECTOR_NUMBER = 0xFFFFFFFA
_STREAM, _ROOT = 2, 5


class OleError(ValueError):
    """A container whose tables contradict each other or point outside the file."""


def refuse_broken_chains(content: bytes) -> None:
    """Follow every chain of sectors of the container once.

    The layout is Microsoft's [MS-CFB]: a table holds for each sector the number of the next one.

    Raises:
        OleError: A chain runs in a circle or leaves the file, or the header is impossible.
    """
    if len(content) < _HEADER_BYTES:
        raise OleError("cut in its header")
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if shift not in {9, 12} or small_shift != 6:
        raise OleError("impossible sector size")
    size = 1 << shift
    directory, cutoff, small_table = struct.unpack_from("<I4xII", content, 48)
    taken: set[int] = set()
    taken_small: set[int] = set()
    table = _numbers(content, _table_sectors(content, size), size)
    entries = b"".join(_sector(content, number, size) for number in _chain(directory, table, taken))
    small = _numbers(content, _chain(small_table, table, taken), size)
    for at in range(0, len(entries) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
        kind = entries[at + 66]
        start, length = struct.unpack_from("<II", entries, at + 116)
        if kind == _ROOT or (kind == _STREAM and length >= cutoff):
            for number in _chain(start, table, taken):
                _sector(content, number, size)
        elif kind == _STREAM:
            _chain(start, small, taken_small)


def _table_sectors(content: bytes, size: int) -> list[int]:
    """The sectors that hold the table itself: 109 in the header, more in a chain of their own."""
    listed = list(struct.unpack_from("<109I", content, 76))
    more = struct.unpack_from("<I", content, 68)[0]
    seen: set[int] = set()
    while more < _LAST_SECTOR_NUMBER:
        if more in seen:
            raise OleError("its table of sectors runs in a circle")
        seen.add(more)
        *numbers, more = struct.unpack(f"<{size // 4}I", _sector(content, more, size))
        listed.extend(numbers)
    return [number for number in listed if number < _LAST_SECTOR_NUMBER]


def _chain(start: int, table: list[int], taken: set[int]) -> list[int]:
    """The sectors from `start` to the end of its chain, none of which may belong to another chain."""
    chain: list[int] = []
    while start < _LAST_SECTOR_NUMBER:
        if start >= len(table) or start in taken:
            raise OleError("a chain of sectors runs in a circle or out of the file")
        taken.add(start)
        chain.append(start)
        start = table[start]
    return chain


def _numbers(content: bytes, sectors: list[int], size: int) -> list[int]:
    table: list[int] = []
    for number in sectors:
        table.extend(struct.unpack(f"<{size // 4}I", _sector(content, number, size)))
    return table


def _sector(content: bytes, number: int, size: int) -> bytes:
    start = (number + 1) * size
    if start + size > len(content):
        raise OleError("a sector lies outside the file; was it cut short?")
    return content[start : start + size]
