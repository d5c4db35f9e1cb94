"""What every command prints with: JSON for programs, text for people, and refusals with a remedy."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import typer

from prodops.serve.shown.plain import plain


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


def called() -> str:
    """What the user types to start prodops here: its name where the shell finds it, else its path."""
    if shutil.which("prodops"):
        return "prodops"
    started = Path(sys.argv[0])
    return os.path.relpath(started) if started.name == "prodops" else "prodops"


def wants_colour() -> bool:
    """Whether the reader is a terminal."""
    return sys.stdout.isatty()


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last."""
    trimmed = text.strip()
    if not trimmed:
        return ""
    return trimmed[0].upper() + trimmed[1:] + ("" if trimmed[-1] in ".!?" else ".")
