"""A page as text: fits the terminal, says its numbers with interval and n, and cites its records."""

from __future__ import annotations

import shutil
import textwrap
from functools import singledispatch

from prodops.checks.finding import Evidence
from prodops.pages.blocks import Chart, Claim, Figure, Page, Section, Table, Words
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told

MAX_WIDTH = 100
CITED = 3
MAX_CELL = 44
MAX_ROWS = 25


def as_text(page: Page, *, width: int | None = None) -> str:
    """The page as text without any escape sequence.

    Args:
        page: The page.
        width: Columns to fit; the terminal's, at most 100, when None.
    """
    columns = width or min(MAX_WIDTH, shutil.get_terminal_size((MAX_WIDTH, 24)).columns)
    parts = [page.title, "═" * min(len(page.title), columns), _wrapped(page.lead, columns)]
    parts += [_section(section, columns) for section in page.sections]
    return "\n".join(parts) + "\n"


def _section(section: Section, width: int) -> str:
    heading = _wrapped(section.heading, width)
    rule = "─" * min(width, max(map(len, heading.split("\n")), default=0))
    tabled = any(isinstance(block, Table) for block in section.blocks)
    shown = [block.title if tabled and isinstance(block, Chart) else block for block in section.blocks]
    lines = [_wrapped(one, width) if isinstance(one, str) else _shown(one, width) for one in shown]
    return "\n".join(["", heading, rule, *lines])


@singledispatch
def _shown(block: object, width: int) -> str:
    raise TypeError(f"no text for {type(block).__name__} at width {width}")


@_shown.register
def _(block: Words, width: int) -> str:
    return _wrapped(("! " if block.tone == "warning" else "") + block.text, width)


@_shown.register
def _(block: Figure, width: int) -> str:
    line = f"{block.label}: {told(block.estimate)}"
    return _wrapped(line + (f". {block.note}" if block.note else ""), width, indent="  ")


@_shown.register
def _(block: Claim, width: int) -> str:
    head = f"{block.code}  {block.text}" if block.code else block.text
    lines = [_wrapped(head, width, indent="       " if block.code else "")]
    lines += [
        _wrapped(f"{name}: {value}", width, indent="         ", first="       ")
        for name, value in (
            ("Costs", told(block.hours) if block.hours else ""),
            ("At stake", told(block.exposure) if block.exposure else ""),
            ("Base rate", block.base_rate),
            ("Do", block.remedy),
        )
        if value
    ]
    lines += [f"       · {_clipped(_evidence(one), width - 9)}" for one in block.evidence[:CITED]]
    if block.evidence_count > CITED:
        lines.append(f"       · and {block.evidence_count - CITED:,} more records")
    return "\n".join(lines)


@_shown.register
def _(block: Chart, width: int) -> str:
    return f"{_wrapped(block.title, width)}\n{_shown(block.table, width)}"


@_shown.register
def _(block: Table, width: int) -> str:
    if not block.rows:
        return _wrapped(block.empty, width)
    cells = [tuple(_cell(cell) for cell in row) for row in block.rows[:MAX_ROWS]]
    widths = _fitted([block.columns, *cells], width)
    numeric = [
        all(isinstance(row[i], (int, float)) or row[i] is None for row in block.rows)
        for i in range(len(widths))
    ]
    lines = [_row(block.columns, widths, numeric), "  ".join("─" * one for one in widths)]
    lines += [_row(row, widths, numeric) for row in cells]
    left_out = block.left_out + max(0, len(block.rows) - MAX_ROWS)
    if left_out:
        lines.append(f"… and {left_out:,} more rows")
    return "\n".join(lines)


def _fitted(rows: list[tuple[str, ...]], width: int) -> list[int]:
    """Column widths: each as wide as its cells, the widest cut until the row fits."""
    widths = [min(MAX_CELL, max(len(row[i]) for row in rows)) for i in range(len(rows[0]))]
    while sum(widths) + 2 * (len(widths) - 1) > width and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    return widths


def _row(cells: tuple[str, ...], widths: list[int], numeric: list[bool]) -> str:
    shown = [
        _clipped(cell, size).rjust(size) if right else _clipped(cell, size).ljust(size)
        for cell, size, right in zip(cells, widths, numeric, strict=True)
    ]
    return "  ".join(shown).rstrip()


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Estimate):
        return told(cell, with_n=False)
    if isinstance(cell, Evidence):
        return str(cell.cite)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int):
        return f"{cell:,}"
    if isinstance(cell, float):
        return f"{cell:,.1f}"
    return _plain(str(cell))


def _evidence(one: Evidence) -> str:
    return _plain(f"{one.says} [{one.cite}]")


def _plain(text: str) -> str:
    """Text from outside without control characters, so that it cannot drive the terminal."""
    return "".join(character if character.isprintable() else " " for character in text)


def _clipped(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"


def _wrapped(text: str, width: int, *, indent: str = "", first: str = "") -> str:
    return textwrap.fill(
        _plain(text),
        width,
        initial_indent=first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )
