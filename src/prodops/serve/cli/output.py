"""What every command prints with: JSON for programs, text for people, and refusals with a remedy."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import typer


class Refusal(Exception):  # noqa: N818 (it is an answer to the user, not a fault)
    """Something the user can mend: what is wrong, and what to do about it."""

    def __init__(self, says: str, *, remedy: str) -> None:
        """Keep the two sentences apart."""
        super().__init__(says)
        self.says = says
        self.remedy = remedy


def say_refusal(refusal: Refusal) -> None:
    """Print a refusal to the error stream."""
    typer.echo(f"prodops: {refusal.says}\n  {refusal.remedy}", err=True)


def say_json(value: object) -> None:
    """Print a value as JSON: dataclasses as objects, moments in ISO 8601, infinity as null."""
    typer.echo(json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False))


def plain(value: object) -> object:
    """The value in the types that JSON has."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):  # noqa: PLR0124 (NaN)
        return None
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)


def table(columns: tuple[str, ...], rows: list[tuple[object, ...]], *, right: tuple[int, ...] = ()) -> str:
    """Rows as aligned text, the columns in `right` flush right; fits itself to what it holds."""
    cells = [tuple("" if cell is None else _shown(cell) for cell in row) for row in rows]
    widths = [max(len(one[i]) for one in [columns, *cells]) for i in range(len(columns))]
    lines = [_line(columns, widths, right), _line(tuple("─" * width for width in widths), widths, ())]
    return "\n".join(lines + [_line(row, widths, right) for row in cells])


def _shown(cell: object) -> str:
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else str(cell)


def _line(cells: tuple[str, ...], widths: list[int], right: tuple[int, ...]) -> str:
    padded = [
        cell.rjust(width) if i in right else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return "  ".join(padded).rstrip()


def wants_colour() -> bool:
    """Whether the reader is a terminal."""
    return sys.stdout.isatty()
