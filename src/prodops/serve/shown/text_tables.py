"""Tables in a terminal: aligned, wrapped instead of cut, and record by record where columns do not fit."""

from __future__ import annotations

from collections.abc import Sequence

from prodops.checks.finding import Evidence
from prodops.pages.blocks import Cell, Table
from prodops.serve.shown.lines import harmless, padded, width, wrapped
from prodops.serve.shown.worded import NOT_KNOWN, bounds_of, one_unit, place, reasons, value_of
from prodops.stats.estimate import Estimate

MAX_ROWS = 40
WIDEST = 60
"""Columns that one cell takes before it is wrapped, where there is room for more."""

LONGEST = 240
"""Characters of a place below its row; JSON has all of it."""

NARROWEST = 12
GAP = 2


def table_lines(table: Table, columns: int) -> list[str]:
    """A table as lines that fit.

    Args:
        table: The table.
        columns: Columns to fit.
    """
    if not table.rows:
        return wrapped(harmless(table.empty), columns)
    head = [*wrapped(harmless(table.caption), columns), ""] if table.places else []
    rows = table.rows if table.places else table.rows[:MAX_ROWS]
    lines = head + _fitted(table, rows, columns)
    left_out = table.left_out + len(table.rows) - len(rows)
    if left_out:
        lines.append(f"… and {left_out:,} more rows")
    return lines + wrapped(harmless(reasons(rows)), columns) if reasons(rows) else lines


def _fitted(table: Table, rows: Sequence[Sequence[Cell]], columns: int) -> list[str]:
    """Columns side by side; the places of records only where nothing has to be wrapped for them, or below."""
    names = table.columns
    bare = [i for i in range(len(names)) if not any(isinstance(row[i], Evidence) for row in rows)]
    for kept in (list(range(len(names))), bare):
        chosen = [[row[i] for i in kept] for row in rows]
        heads, cells = [harmless(names[i]) for i in kept], _worded(chosen, len(kept))
        widths = _widths([heads, *cells], columns)
        if widths and (kept == bare or not _cut(cells, widths)):
            below = _places(rows, columns) if table.places and len(kept) < len(names) else []
            return _aligned(heads, cells, widths, _numeric(chosen), below)
    return _one_by_one([harmless(name) for name in names], _worded(rows, len(names)), columns)


def _cut(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> bool:
    """Whether some cell goes on in the line below."""
    return any(width(cell) > size for row in cells for cell, size in zip(row, widths, strict=True))


def _worded(rows: Sequence[Sequence[Cell]], size: int) -> list[list[str]]:
    """The cells in words; the numbers of a column of estimates stand one below the other."""
    by_column = [_column([row[i] for row in rows]) for i in range(size)]
    return [[column[place] for column in by_column] for place in range(len(rows))]


def _column(cells: Sequence[Cell]) -> list[str]:
    with_unit = not one_unit(cells)
    values = [
        value_of(cell, with_unit=with_unit) for cell in cells if isinstance(cell, Estimate) and cell.known
    ]
    size = max((width(value) for value in values), default=0)
    return [_cell(cell, size, with_unit=with_unit) for cell in cells]


def _cell(cell: Cell, size: int, *, with_unit: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Estimate):
        if not cell.known:
            return NOT_KNOWN
        value = padded(value_of(cell, with_unit=with_unit), size, right=True)
        return f"{value} {bounds_of(cell)}".rstrip()
    if isinstance(cell, Evidence):
        return harmless(place(cell))
    return f"{cell:,}" if isinstance(cell, int) else harmless(str(cell))


def _numeric(rows: Sequence[Sequence[Cell]]) -> list[bool]:
    return [all(row[i] is None or isinstance(row[i], int) for row in rows) for i in range(len(rows[0]))]


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    """As wide as the cells, the widest made narrower until the row fits; empty when it cannot."""
    sizes = range(len(rows[0]))
    widths = [min(WIDEST, max(width(row[i]) for row in rows)) for i in sizes]
    longest = [max((width(word) for row in rows for word in row[i].split()), default=1) for i in sizes]
    least = [min(widths[i], max(NARROWEST, min(longest[i], 2 * NARROWEST))) for i in sizes]
    room = columns - GAP * (len(widths) - 1)
    while sum(widths) > room:
        spare = [widths[i] - least[i] for i in sizes]
        if max(spare) <= 0:
            return []
        widest = max((i for i in sizes if spare[i] > 0), key=lambda i: widths[i])
        widths[widest] -= 1
    return widths


def _places(rows: Sequence[Sequence[Cell]], columns: int) -> list[list[str]]:
    """The places of each row's records, to stand below it."""
    return [
        [
            line
            for cell in row
            if isinstance(cell, Evidence)
            for line in wrapped(harmless(place(cell), longest=LONGEST), columns, first="  in ", rest="     ")
        ]
        for row in rows
    ]


def _aligned(
    heads: Sequence[str],
    cells: Sequence[Sequence[str]],
    widths: Sequence[int],
    numeric: Sequence[bool],
    below: Sequence[Sequence[str]] = (),
) -> list[str]:
    lines = _row(heads, widths, numeric)
    lines.append((" " * GAP).join("─" * one for one in widths))
    for at, row in enumerate(cells):
        lines += _row(row, widths, numeric)
        lines += below[at] if below else ()
    return lines


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> list[str]:
    """One row; cells that are too wide go on in the lines below."""
    parts = [
        [cell] if width(cell) <= size else wrapped(cell, size)
        for cell, size in zip(cells, widths, strict=True)
    ]
    return [
        (" " * GAP)
        .join(
            padded(part[line] if line < len(part) else "", size, right=right)
            for part, size, right in zip(parts, widths, numeric, strict=True)
        )
        .rstrip()
        for line in range(max(map(len, parts)))
    ]


def _one_by_one(heads: Sequence[str], cells: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Each row as a short list under its first cell, for narrow screens."""
    lines: list[str] = []
    for row in cells:
        lines += wrapped(row[0], columns, rest="  ")
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell:
                lines += wrapped(f"{head}: {cell.strip()}", columns, first="  ", rest="    ")
    return lines
