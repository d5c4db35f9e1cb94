"""Labels of sampled blocks against drift: what the classifier got wrong more of, once the change had begun.

People rename meetings and stop logging, and a classifier then sees a change where there is none. Labels of
randomly drawn blocks tell: the effect on (label - prediction) is added to the effect on the predictions, and
its variance to the interval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodops.impact.panel import Panel, PanelProblem
from prodops.impact.weeks import WeekError, read_week
from prodops.stats.panel import Floats, Places
from prodops.text.numbers import NumberError, parse_number

FEWEST_LABELS = 10
"""An arm and period with fewer labels than this counts as one without."""

ARMS = ("treated before", "treated after", "others before", "others after")


@dataclass(frozen=True, slots=True)
class LabelledBlocks:
    """Blocks drawn at random and labelled.

    Attributes:
        units: The place of each block's unit in the panel; shape (blocks,).
        weeks: The column of its week; shape (blocks,).
        errors: Label minus prediction, -1 to 1; shape (blocks,).
        problems: Rows that could not be used.
    """

    units: Places
    weeks: Places
    errors: Floats
    problems: tuple[PanelProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rectifier:
    """What the labels say of the measurement.

    Attributes:
        shift: What is added to the effect, as a share; None where the labels cannot tell.
        variance: Its variance.
        labels: How many labels there are in each arm and period.
    """

    shift: float | None
    variance: float
    labels: dict[str, int]

    @property
    def complete(self) -> bool:
        """Whether every arm and period that exists has labels enough, and the shift is known."""
        return self.shift is not None and all(count >= FEWEST_LABELS for count in self.labels.values())


def read_labels(rows: Iterable[tuple[int, tuple[str, ...]]], panel: Panel) -> LabelledBlocks:
    """The labelled blocks in rows of unit, week, label and prediction (0 to 1 each)."""
    at = {unit: place for place, unit in enumerate(panel.units)}
    found: list[tuple[int, int, float]] = []
    problems: list[PanelProblem] = []
    for line, (unit, week, label, predicted) in rows:
        try:
            place = panel.scale.place(read_week(week)) - panel.first_week
            pair = [parse_number(cell) for cell in (label, predicted)]
        except (WeekError, NumberError) as error:
            problems.append(PanelProblem(line, str(error), "Mend the label's row; it was left out."))
            continue
        if unit.strip() not in at or not 0 <= place < panel.weeks:
            says = f"{unit.strip()[:40]!r} has no such week in the panel"
            problems.append(PanelProblem(line, says, "Labels name units and weeks of the panel."))
        elif not all(0 <= value <= 1 for value in pair):
            problems.append(PanelProblem(line, "a label or prediction is not between 0 and 1", "Mend it."))
        else:
            found.append((at[unit.strip()], place, pair[0] - pair[1]))
    units, weeks, errors = (list(column) for column in zip(*found, strict=True)) if found else ([], [], [])
    return LabelledBlocks(
        np.array(units, np.intp), np.array(weeks, np.intp), np.array(errors, np.float64), tuple(problems)
    )


def rectifier(blocks: LabelledBlocks, panel: Panel) -> Rectifier:
    """The effect of the change on what the classifier gets wrong.

    Regression of the errors on arm (ever treated or not), period (before or after the first start) and
    treatment, which is the difference in differences where all start together; the variance is robust to
    unequal spread (HC3).
    """
    if not panel.ever_treated.any():
        return Rectifier(None, 0.0, {})
    starts = panel.starts[blocks.units]
    first = int(panel.starts[panel.ever_treated].min())
    ever, late, treated = starts < panel.weeks, blocks.weeks >= first, blocks.weeks >= starts
    counts = [ever & ~treated, treated, ~ever & ~late, ~ever & late]
    arms = ARMS if (~panel.ever_treated).any() else ARMS[:2]
    labels = {name: int(count.sum()) for name, count in zip(arms, counts, strict=False)}
    fitted = _regressed(blocks.errors, [treated, ever, late])
    return Rectifier(fitted[0] if fitted else None, fitted[1] if fitted else 0.0, labels)


def _regressed(errors: Floats, columns: list[NDArray[np.bool_]]) -> tuple[float, float] | None:
    """The coefficient of the first column with its variance; later columns yield where they say the same."""
    rows = len(errors)
    kept = [np.ones(rows)]
    for column in columns:
        wider = np.stack([*kept, column.astype(np.float64)], axis=1)
        if np.linalg.matrix_rank(wider) == wider.shape[1]:
            kept.append(column.astype(np.float64))
        elif column is columns[0]:
            return None
    design = np.stack(kept, axis=1)
    if rows <= design.shape[1] + 1:
        return None
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ errors
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    left = (errors - design @ coefficients) / np.maximum(1 - leverage, 0.05)
    spread = inverse @ (design * left[:, None] ** 2).T @ design @ inverse
    return float(coefficients[1]), float(spread[1, 1])
