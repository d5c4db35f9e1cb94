"""A named join that measures read in their SQL as if it were a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class View:
    """A select over record tables and other views; computed once per ledger, then read like a table.

    Attributes:
        name: The name that SQL uses, a plural noun.
        sql: The select, in the portable subset.
        needs: Views that its SQL reads.
    """

    name: str
    sql: str
    needs: tuple[View, ...] = ()


def beside(python_file: str) -> str:
    """The SQL that lies beside a unit's Python file under the same name."""
    return Path(python_file).with_suffix(".sql").read_text(encoding="utf-8")
