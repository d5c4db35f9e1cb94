"""Named columns of a table that is not loaded: for commands that answer from one file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prodops.text.decoding import decode
from prodops.text.tables import Row, read_table, read_workbook
from prodops.text.words import fold
from prodops.text.workbook_limits import WorkbookError


class MissingColumnError(LookupError):
    """A column that the file's header does not have; the message lists what it has."""


def read_columns(file: Path, names: tuple[str, ...]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The line and the named cells of each row of a CSV, TSV or workbook.

    Args:
        file: The table; its first row is its header.
        names: Columns as the header has them; case and spaces do not matter.

    Raises:
        MissingColumnError: The header lacks a column, or the file is no table.
        FileNotFoundError: There is no such file.
    """
    rows = _rows(file)
    header = next(rows, None)
    if header is None:
        raise MissingColumnError(f"{file.name} holds no table.")
    known = {fold(cell): place for place, cell in reversed(list(enumerate(header.cells)))}
    missing = [name for name in names if fold(name) not in known]
    if missing:
        raise MissingColumnError(
            f"{file.name} has no column {', '.join(missing)}. It has: {', '.join(header.cells)[:400]}."
        )
    places = [known[fold(name)] for name in names]
    for row in rows:
        if any(row.cells):
            yield row.line, tuple(row.cells[place] if place < len(row.cells) else "" for place in places)


def _rows(file: Path) -> Iterator[Row]:
    content = file.read_bytes()
    if content[:4] == b"PK\x03\x04":
        try:
            sheets = read_workbook(content)
        except WorkbookError as error:
            raise MissingColumnError(f"{file.name} cannot be read as a workbook: {error}") from error
        return iter(next(iter(sheets.values()), []))
    return iter(read_table(decode(content).text))
