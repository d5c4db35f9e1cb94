"""Tables without columns that say nothing."""

from __future__ import annotations

from collections.abc import Sequence

from prodops.pages.blocks import Cell, Table


def filled(
    caption: str, columns: Sequence[str], rows: Sequence[tuple[Cell, ...]], *, left_out: int = 0
) -> Table:
    """A table of the columns in which at least one row holds something.

    Args:
        caption: What the rows are.
        columns: Names with their units.
        rows: Cells in the order of the columns.
        left_out: How many rows are not shown.
    """
    kept = [i for i in range(len(columns)) if any(row[i] is not None and row[i] != "" for row in rows)]
    return Table(
        caption,
        tuple(columns[i] for i in kept),
        tuple(tuple(row[i] for i in kept) for row in rows),
        left_out=left_out,
    )
