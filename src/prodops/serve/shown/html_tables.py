"""Cells of HTML tables: words, and for estimates the interval as it is drawn beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from prodops.checks.finding import Evidence
from prodops.pages.blocks import Behind, Cell, Doing, Elsewhere, Table
from prodops.pages.row_behind import KEPT
from prodops.serve.shown.worded import NOT_KNOWN, bounds_of, one_unit, place, value_of
from prodops.stats.estimate import Estimate
from prodops.stats.telling import SHARE

PHRASE_FROM, SENTENCE_FROM = 16, 40
"""Characters from which words need some room, and more, to be read on a narrow screen."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Drawn:
    """An interval on a scale of 0 to 100.

    Attributes:
        low: Where it begins.
        value: Where the point is.
        high: Where it ends.
    """

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One cell.

    Attributes:
        kind: words, phrase, sentence, day, count, estimate, unknown, behind or place.
        text: Its words.
        bounds: The interval in words, for an estimate.
        drawn: The interval as it is drawn, for an estimate.
        whole: All of it where the text is short for something.
        behind: What it opens, for words that open rows or a page or lead to an action.
        record: The table and the id of a record that can be shown as it was read.
    """

    kind: str
    text: str
    bounds: str = ""
    drawn: Drawn | None = None
    whole: str = ""
    behind: Behind | Elsewhere | Doing | None = None
    record: str = ""


def rows_of(table: Table) -> list[list[Shown]]:
    """The cells of a table, row by row; a column of estimates shares one scale."""
    columns = [_column([row[i] for row in table.rows]) for i in range(len(table.columns))]
    return [[column[at] for column in columns] for at in range(len(table.rows))]


def drawn(estimate: Estimate, highest: float = 0.0) -> Drawn:
    """A known estimate on a scale of 0 to 100.

    Args:
        estimate: The estimate.
        highest: What counts as 100; shares are always of 1.
    """
    scale = 1.0 if estimate.unit == SHARE else highest
    low, value, high = (_on(bound, scale) for bound in (estimate.low, estimate.value, estimate.high))
    return Drawn(low, value, high)


def _on(bound: float | None, scale: float) -> float:
    if bound is None or scale <= 0:
        return 0.0
    return round(min(100.0, max(0.0, 100 * bound / scale)), 2)


def _column(cells: Sequence[Cell]) -> list[Shown]:
    known = [cell for cell in cells if isinstance(cell, Estimate) and cell.known]
    bounds = [bound for one in known for bound in (one.value, one.high) if bound is not None]
    highest = max((bound for bound in bounds if math.isfinite(bound)), default=0.0)
    drawable = all((one.low or 0.0) >= 0 for one in known) and not _vague(known)
    return [_shown(cell, highest if drawable else 0.0, with_unit=not one_unit(cells)) for cell in cells]


def _vague(known: Sequence[Estimate]) -> bool:
    """Whether shares are so unsure that their bars would all look alike."""
    widths = [(one.high or 0.0) - (one.low or 0.0) for one in known if one.unit == SHARE]
    return bool(widths) and sum(widths) > len(widths) / 2


def _shown(cell: Cell, highest: float, *, with_unit: bool) -> Shown:
    if cell is None:
        return Shown(kind="words", text="")
    if isinstance(cell, Estimate):
        if not cell.known:
            return Shown(kind="unknown", text=NOT_KNOWN, whole=cell.because)
        bar = drawn(cell, highest) if highest > 0 else None
        bounds = bounds_of(cell)
        return Shown(
            kind="estimate",
            text=value_of(cell, with_unit=with_unit),
            bounds=bounds,
            drawn=bar if bounds else None,
            whole=f"n = {cell.n:,}",
        )
    if isinstance(cell, Evidence):
        record = f"{cell.table}/{cell.record}" if cell.table in KEPT else ""
        return Shown(kind="place", text=place(cell), whole=str(cell.cite), record=record)
    if isinstance(cell, (Behind, Elsewhere, Doing)):
        return Shown(kind="behind", text=cell.text, behind=cell)
    if isinstance(cell, int):
        return Shown(kind="count", text=f"{cell:,}")
    return Shown(kind=_kind(cell), text=cell)


def _kind(text: str) -> str:
    """Days stay on one line; longer words keep room to be read on a narrow screen."""
    if _DAY.fullmatch(text):
        return "day"
    return "sentence" if len(text) > SENTENCE_FROM else "phrase" if len(text) > PHRASE_FROM else "words"
