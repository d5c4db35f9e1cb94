"""A named join that measures read in their SQL as if it were a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A table made from record tables and other views; computed once per ledger.

    It is a select in the portable subset (`sql`), or, where folding words needs Python, the rows of
    a function (`rows`) under named columns.

    Attributes:
        name: The name that SQL uses, a plural noun.
        needs: Views that it reads.
        sql: The select; empty when `rows` makes the table.
        columns: Pairs of column name and SQL type, for `rows`.
        rows: From the ledger (any, since the ledger knows views and not the reverse) to the rows; few
            enough to hold, since a view of many rows is SQL.
    """

    name: str
    needs: tuple[View, ...] = ()
    sql: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    rows: Callable[[Any], Iterable[tuple[object, ...]]] | None = None


def beside(python_file: str) -> str:
    """The SQL that lies beside a unit's Python file under the same name."""
    return Path(python_file).with_suffix(".sql").read_text(encoding="utf-8")
