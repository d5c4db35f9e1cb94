"""Figures of a cell from its rows: claims, coverage, width, with their standard errors.

Covered is the mean effect that the treated managers of the panel had; managers differ in it (30%). The mean
effect covered is that of the world they were drawn from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from bench.proof_parts.cells import Cell, Row

HEADER = (
    "cell, units, grade asked | runs | claimed (s.e.) | shown before gates | covered (s.e.) "
    "| covered where so graded | mean effect covered | latest horizon covered | bias | half-width "
    "| grades given"
)


def told(cells: Iterable[Cell], rows: Iterable[Row]) -> Iterator[str]:
    """A Markdown table of every cell that has rows."""
    by_cell: dict[str, list[Row]] = {}
    for row in rows:
        by_cell.setdefault(row["cell"], []).append(row)
    yield f"| {HEADER} |"
    yield "|" + "---|" * (HEADER.count("|") + 1)
    for cell in cells:
        if cell.key in by_cell:
            yield _line(cell, by_cell[cell.key])


def _line(cell: Cell, rows: list[Row]) -> str:
    known = [
        row for row in rows if "value" in row and math.isfinite(row["low"]) and math.isfinite(row["high"])
    ]
    late = [row for row in rows if "late_truth" in row]
    grades = Counter(row["grade"] for row in rows)
    graded = [row for row in known if row["grade"] == cell.asked]
    mean = cell.world.effect_points
    parts = [
        f"{cell.name}, {cell.world.units}, {cell.asked}",
        f"{len(rows):,}",
        _rate([row["claimed"] for row in rows]),
        f"{_mean([row['shown'] for row in known]):.3f}",
        _rate([row["low"] <= row["truth"] <= row["high"] for row in known]),
        _rate([row["low"] <= row["truth"] <= row["high"] for row in graded]),
        "" if cell.world.half_life_weeks else _rate([row["low"] <= mean <= row["high"] for row in known]),
        f"{_mean([row['late_low'] <= row['late_truth'] <= row['late_high'] for row in late]):.3f}",
        f"{_mean([row['value'] - row['truth'] for row in known]):+.2f}",
        f"{_mean([(row['high'] - row['low']) / 2 for row in known]):.1f}",
        ", ".join(f"{letter} {count / len(rows):.2f}" for letter, count in sorted(grades.items())),
    ]
    return f"| {' | '.join(parts)} |"


def _rate(values: list[bool]) -> str:
    share = _mean(values)
    error = math.sqrt(share * (1 - share) / len(values)) if values else math.nan
    return f"{share:.3f} ({error:.3f})"


def _mean(values: list[bool] | list[float]) -> float:
    return sum(values) / len(values) if values else math.nan
