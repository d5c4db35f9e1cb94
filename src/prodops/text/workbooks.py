"""Spreadsheet files: what is safe to open is opened, and its cells become text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from prodops.text.ole_container import MAGIC, OleError, refuse_broken_chains
from prodops.text.workbook_limits import CELLS_MAX, WorkbookError, refuse_unsafe

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = str | float | bool | date | time | datetime | timedelta
"""What the reader of workbooks gives for a cell; an int is a float to the type checker."""

_ZIP = b"PK\x03\x04"
_SECTOR_BYTES = 512
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def sheets(content: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """The rows of every sheet as (row number, cells), empty rows left out.

    Raises:
        WorkbookError: As `tables.read_workbook` has it.
    """
    if content.startswith(_ZIP):
        _refuse_unsafe(content)
    elif content.startswith(MAGIC):
        # Some writers leave the last sector short; padding it is harmless.
        content += bytes(-len(content) % _SECTOR_BYTES)
        _refuse_broken(content)
    else:
        raise WorkbookError("not a workbook: neither XLSX, ODS nor XLS")
    return _opened(content)


def _opened(content: bytes) -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    import python_calamine  # lazy: a compiled library that only workbooks need

    try:
        with python_calamine.load_workbook(io.BytesIO(content)) as book:
            return {name: list(_rows(book.get_sheet_by_name(name))) for name in book.sheet_names}
    except WorkbookError:
        raise
    except Exception as error:
        raise WorkbookError(f"damaged or encrypted workbook: {str(error)[:80]}") from error
    except BaseException as error:
        # The library is Rust: at a damage it did not foresee it panics, and a panic is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise WorkbookError("damaged workbook") from error


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, tuple[str, ...]]]:
    if sheet.start is None:
        return
    if sheet.total_height * sheet.total_width > CELLS_MAX:
        raise WorkbookError(
            f"the sheet {sheet.name[:40]!r} spans more than {CELLS_MAX:,} cells; save it as CSV"
        )
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
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _refuse_broken(content: bytes) -> None:
    if _ENCRYPTED in content:
        raise WorkbookError("the workbook is encrypted; save it without a password")
    try:
        refuse_broken_chains(content)
    except OleError as error:
        raise WorkbookError(f"damaged workbook: {error}") from error


def _refuse_unsafe(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_unsafe(archive)
    except WorkbookError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise WorkbookError(f"damaged workbook: {str(error)[:80]}") from error
