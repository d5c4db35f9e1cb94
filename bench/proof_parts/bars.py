"""The bars of the proof, each with what was measured and whether it is met; a miss is printed as one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bench.proof_parts.cells import Cell, Row

COVERED = (0.93, 0.97)
FALSE_CLAIMS = 0.05
POWER = {(9, -17.0): 0.95, (20, -10.0): 0.70}


def verdicts(cells: Iterable[Cell], rows: Iterable[Row]) -> Iterator[str]:
    """A Markdown table of every bar in every cell that it is asked of."""
    by_cell: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_cell[row["cell"]].append(row)
    yield "| bar | cell | runs | measured (s.e.) | |"
    yield "|---|---|---|---|---|"
    for cell in cells:
        if by_cell[cell.key] and cell.of_a_bar:
            for bar, measured, met in _asked(cell, by_cell[cell.key]):
                told = f"{cell.name}, {cell.world.units}, {cell.asked}"
                said = "met" if met else "missed"
                yield f"| {bar} | {told} | {len(by_cell[cell.key]):,} | {measured} | {said} |"


def _asked(cell: Cell, rows: list[Row]) -> Iterator[tuple[str, str, bool]]:
    claimed = [row["claimed"] for row in rows]
    rate, error = _rate(claimed)
    told = f"{rate:.3f} ({error:.3f})"
    if cell.asked == "D":
        yield "never called an effect", told, rate == 0
        return
    if cell.world.effect_points == 0:
        room = FALSE_CLAIMS if cell.world.drift_a_week else FALSE_CLAIMS + 2 * error
        yield f"false claims <= {room:.3f}", told, rate <= room
    least = None if cell.world.all_treated else POWER.get((cell.world.units, cell.world.effect_points))
    if least is not None:
        yield f"power >= {least}", told, rate >= least
    yield from _covered(cell, rows)


def _covered(cell: Cell, rows: list[Row]) -> Iterator[tuple[str, str, bool]]:
    """Of the managers in the panel and of the world; of graded answers where the assumption is broken."""
    known = [row for row in rows if "value" in row]
    if cell.world.worst_first or cell.world.drift_a_week:
        graded = [row for row in known if row["grade"] == cell.asked]
        rate, error = _rate([row["low"] <= row["truth"] <= row["high"] for row in graded])
        yield f"covered >= {COVERED[0]} where graded", f"{rate:.3f} ({error:.3f})", rate >= COVERED[0]
        return
    mean = cell.world.effect_points
    for what, covered in (
        ("these managers' effect", [row["low"] <= row["truth"] <= row["high"] for row in known]),
        ("the mean effect", [row["low"] <= mean <= row["high"] for row in known]),
    ):
        if what == "the mean effect" and not mean:
            continue
        rate, error = _rate(covered)
        told = f"{rate:.3f} ({error:.3f})"
        yield f"{COVERED[0]} to {COVERED[1]} cover {what}", told, COVERED[0] <= round(rate, 3) <= COVERED[1]


def _rate(values: list[bool]) -> tuple[float, float]:
    share = sum(values) / len(values) if values else math.nan
    return share, math.sqrt(share * (1 - share) / len(values)) if values else math.nan
