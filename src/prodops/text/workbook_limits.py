"""What a packed workbook would unpack to, told before a library that trusts its sizes opens it."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

UNPACKED_BYTES_MAX: Final = 400_000_000
"""A workbook whose members or repeated texts come to more is refused."""

CELLS_MAX: Final = 5_000_000
"""A sheet whose corners span more cells is refused, however few are filled; each costs about 150 bytes."""

_PIECE_BYTES = 1 << 20
_ROW_END = b"row>"
_ROW_BYTES_MAX = 16 << 20
_PLACE = re.compile(rb"""<(?:\w+:)?(?:row|c)\s(?:[^>]*\s)?r\s*=\s*["']\s*([A-Za-z]{0,3})(\d{1,10})""")
_SHARED = re.compile(rb"""\st\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})""")
_SHARED_START = re.compile(rb"<(?:\w+:)?si\b")
_ODS_TAG = re.compile(rb"<(?:\w+:)?(?:covered-)?table-(row|cell)\b([^>]*?)(/?)>")
_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']\s*(\d{1,12})""")


class WorkbookError(ValueError):
    """A file that is no workbook, or one that is damaged, encrypted or unreasonably large."""


@dataclass(slots=True)
class _Sums:
    """What has been counted in the members read so far.

    Attributes:
        texts: How long each shared text is, in bytes.
        uses: How often each shared text is used.
    """

    texts: list[int] = field(default_factory=list)
    uses: Counter[int] = field(default_factory=Counter)


def refuse_unsafe(archive: zipfile.ZipFile) -> None:
    """Refuse what is no workbook or would be too large a one.

    Every member is read through, piece by piece, which also checks its size and checksum, and what its
    cells would become is counted.

    Raises:
        WorkbookError: It holds no workbook, or its members, a sheet's corners or its repeated texts
            exceed the limits.
        zipfile.BadZipFile: A member is damaged.
    """
    names = archive.namelist()
    if "xl/workbook.bin" in names:
        raise WorkbookError("a binary workbook (XLSB); save it as XLSX")
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        raise WorkbookError("an archive, not a workbook")
    if sum(member.file_size for member in archive.infolist()) > UNPACKED_BYTES_MAX:
        raise WorkbookError(f"unpacks to more than {UNPACKED_BYTES_MAX // 1_000_000} MB")
    sums = _Sums()
    for member in archive.infolist():
        if member.filename.startswith("xl/worksheets/"):
            _count_sheet(archive, member, sums)
        elif member.filename == "content.xml":
            _count_ods(archive, member)
        elif member.filename == "xl/sharedStrings.xml":
            starts = [match.start() for match in _SHARED_START.finditer(archive.read(member))]
            sums.texts = [after - before for before, after in pairwise([*starts, member.file_size])]
        else:
            for _ in _rows_read(archive, member):
                pass
    repeated = sum(sums.texts[text] * uses for text, uses in sums.uses.items() if text < len(sums.texts))
    if repeated > UNPACKED_BYTES_MAX:
        raise WorkbookError(f"its repeated texts come to more than {UNPACKED_BYTES_MAX // 1_000_000} MB")


def _rows_read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member in pieces that end with a row, so that no cell is cut or counted twice."""
    window = b""
    with archive.open(member) as packed:
        while piece := packed.read(_PIECE_BYTES):
            window += piece
            cut = window.rfind(_ROW_END) + len(_ROW_END)
            if cut < len(_ROW_END):
                cut = len(window) if len(window) > _ROW_BYTES_MAX else 0
            yield window[:cut]
            window = window[cut:]
    yield window


def _count_sheet(archive: zipfile.ZipFile, member: zipfile.ZipInfo, sums: _Sums) -> None:
    rows = columns = 1
    for piece in _rows_read(archive, member):
        for letters, number in _PLACE.findall(piece):
            rows = max(rows, int(number))
            columns = max(columns, _column(letters)) if letters else columns
        sums.uses.update(map(int, _SHARED.findall(piece)))
    if rows * columns > CELLS_MAX:
        raise WorkbookError(f"a sheet spans more than {CELLS_MAX:,} cells; save it as CSV")


def _count_ods(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Cells with content, times what is said of their repetition; empty ones repeat to the sheet's end."""
    filled = 0
    row_times = 1
    for piece in _rows_read(archive, member):
        for kind, told, empty in _ODS_TAG.findall(piece):
            repeated = _REPEATED.search(told)
            times = int(repeated[1]) if repeated else 1
            if kind == b"row":
                row_times = times
            elif not empty:
                filled += row_times * times
    if filled > CELLS_MAX:
        raise WorkbookError(f"repeats its cells more than {CELLS_MAX:,} times; save it as CSV")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
