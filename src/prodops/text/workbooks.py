"""Spreadsheet files: what is safe to open is opened, and its cells become text."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = str | float | bool | date | time | datetime | timedelta
"""What the reader of workbooks gives for a cell; an int is a float to the type checker."""

UNPACKED_BYTES_MAX: Final = 400_000_000
"""A workbook that unpacks to more is refused: a million rows of ten columns need about 300 MB."""

CELLS_MAX: Final = 20_000_000
"""A sheet whose corners span more cells is refused, however few of them are filled."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE_BYTES = 1 << 20
_PLACE = re.compile(rb"""<(?:\w+:)?(?:row|c)\s[^>]*?\br\s*=\s*["']\s*([A-Za-z]{0,3})(\d{1,10})""")
_REPEATED = re.compile(rb"""number-(columns|rows)-repeated\s*=\s*["'](\d{1,12})["'][^>]*?(/?)>""")


class WorkbookError(ValueError):
    """A file that is no workbook, or one that is damaged, encrypted or unreasonably large."""


def sheets(content: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """The rows of every sheet as (row number, cells), empty rows left out.

    Raises:
        WorkbookError: As `tables.read_workbook` has it.
    """
    if content.startswith(_ZIP):
        _refuse_unsafe(content)
    elif not content.startswith(_OLE):
        raise WorkbookError("not a workbook: neither XLSX, ODS nor XLS")
    return _opened(content)


def _opened(content: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    import python_calamine  # lazy: a compiled library that only workbooks need

    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            return {name: list(_rows(book.get_sheet_by_name(name))) for name in book.sheet_names}
    except python_calamine.PasswordError as error:
        raise WorkbookError("the workbook is encrypted; save it without a password") from error
    except Exception as error:
        raise WorkbookError(f"damaged workbook: {str(error)[:80]}") from error
    except BaseException as error:
        # The library is Rust: at a damage it did not foresee it panics, and a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookError("damaged workbook") from error


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    if sheet.start is None:
        return
    if sheet.total_height * sheet.total_width > CELLS_MAX:
        raise WorkbookError(f"the sheet {sheet.name[:40]!r} spans more than {CELLS_MAX:,} cells")
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start=sheet.start[0] + 1):
        cells = [_written(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, tuple(cells)


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004 - exact integers of a float
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _refuse_unsafe(content: bytes) -> None:
    """Unpack piece by piece, counting, before a library that trusts sizes and corners sees the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "xl/workbook.bin" in names:
                raise WorkbookError("a binary workbook (XLSB); save it as XLSX")
            if "xl/workbook.xml" not in names and "content.xml" not in names:
                raise WorkbookError("an archive, not a workbook")
            if sum(member.file_size for member in archive.infolist()) > UNPACKED_BYTES_MAX:
                raise WorkbookError(f"unpacks to more than {UNPACKED_BYTES_MAX // 1_000_000} MB")
            for member in archive.infolist():
                _refuse_sprawl(archive, member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise WorkbookError(f"damaged workbook: {str(error)[:80]}") from error


def _refuse_sprawl(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Read one member through (which checks its size and sum) and its corners, if it is a sheet."""
    sheet = member.filename.startswith("xl/worksheets/")
    table = member.filename == "content.xml"
    rows = columns = 1
    filled = 0
    carried = b""
    with archive.open(member) as packed:
        while piece := packed.read(_PIECE_BYTES):
            window = carried + piece
            if sheet:
                for letters, number in _PLACE.findall(window):
                    rows, columns = max(rows, int(number)), max(columns, _column(letters))
            elif table:
                filled += sum(int(count) for axis, count, empty in _REPEATED.findall(window) if not empty)
            carried = window[-200:]
    if rows * columns > CELLS_MAX or filled > CELLS_MAX:
        raise WorkbookError(f"a sheet spans more than {CELLS_MAX:,} cells")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
