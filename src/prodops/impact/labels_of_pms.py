"""Labels that PMs gave to sampled blocks, as the errors of a panel read from titles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from prodops.impact.labelled import LabelledBlocks
from prodops.impact.pm_weeks import SCALE, Blind, PmWeeks
from prodops.ledger.ledger import Ledger
from prodops.stats.panel import Cells, Floats, Places
from prodops.views.blocks import WEEK_HOURS
from prodops.views.label_rounds import LABEL_ROUNDS
from prodops.views.labelled_blocks import LABELLED_BLOCKS

GROUPS = {"a": ("A1", "A2", "A3"), "b": ("B1", "B2", "B3", "B4"),
          "c": ("C1", "C2", "C3", "C4", "C5", "C6", "C7")}  # fmt: skip
CANNOT_SAY = "X"


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Blocks that were drawn, with what came of them.

    Attributes:
        units: The row of the panel; shape (blocks,).
        weeks: The column.
        errors: Hours labelled as the group less hours predicted, by inclusion probability.
        weights: Hours by inclusion probability.
        answered: Whether the block has a label.
        rounds: The sample each belongs to.
    """

    units: Places
    weeks: Places
    errors: Floats
    weights: Floats
    answered: Cells
    rounds: tuple[str, ...]


def labels_of(ledger: Ledger, weeks: PmWeeks, blind: Blind, column: str) -> LabelledBlocks | None:
    """The labelled blocks of finished samples, so weighted that their mean is the error of the panel.

    An error is what labels say less what titles predict, as a share of 40 hours. Inside each arm and period
    blocks are weighted by their hours and the chance they were drawn with, and blocks without an answer by
    those with one, so that the plain mean of the errors is the mean error of a PM's week.

    Args:
        ledger: Where the samples are.
        weeks: All PMs.
        blind: The panel.
        column: Which group: `a`, `b` or `c`.

    Returns:
        None where no sample is finished.
    """
    drawn = _drawn(ledger, weeks, blind, column)
    if drawn is None:
        return None
    panel = blind.panel
    cell = _cells(drawn, blind)
    errors = np.zeros(len(drawn.units))
    for key in np.unique(cell):
        inside = cell == key
        told = inside & drawn.answered
        if not told.any():
            continue
        pm_weeks = _pm_weeks(panel.seen, drawn, inside)
        scale = float(drawn.weights[inside].sum() / max(drawn.weights[told].sum(), 1e-9))
        errors[told] = drawn.errors[told] * scale * told.sum() / (pm_weeks * WEEK_HOURS)
    kept = drawn.answered
    return LabelledBlocks(drawn.units[kept], drawn.weeks[kept], errors[kept])


def _drawn(ledger: Ledger, weeks: PmWeeks, blind: Blind, column: str) -> _Drawn | None:
    rows = ledger.sql(_SQL, views=[LABELLED_BLOCKS, LABEL_ROUNDS])
    at = {weeks.people[place]: row for row, place in enumerate(blind.people)}
    group = GROUPS[column]
    found: list[tuple[int, int, float, float, bool, str]] = []
    for sample, person, week, hours, probability, chance, leaf, *chances in rows:
        place = SCALE.place(week.date() if hasattr(week, "date") else week) - weeks.first_week
        if str(person) not in at or not 0 <= place < blind.panel.weeks:
            continue
        predicted = float(probability) * sum(chances[_LEAVES.index(one)] for one in group)
        said = str(leaf or "")
        labelled = predicted if said == CANNOT_SAY else float(said in group)
        weight = float(hours) / float(chance)
        found.append(
            (at[str(person)], place, weight * (labelled - predicted), weight, bool(said), str(sample))
        )
    if not found:
        return None
    units, columns, errors, weights, answered, rounds = zip(*found, strict=True)
    return _Drawn(
        np.array(units, np.intp), np.array(columns, np.intp), np.array(errors), np.array(weights),
        np.array(answered, np.bool_), rounds,
    )  # fmt: skip


def _cells(drawn: _Drawn, blind: Blind) -> Places:
    """The arm and period of each block, as a number."""
    panel = blind.panel
    starts = panel.starts[drawn.units]
    first = int(panel.starts[panel.ever_treated].min())
    ever, late, treated = starts < panel.weeks, drawn.weeks >= first, drawn.weeks >= starts
    return np.asarray(ever * 4 + late * 2 + treated, dtype=np.intp)


def _pm_weeks(seen: Cells, drawn: _Drawn, inside: Cells) -> int:
    """How many weeks of PMs the blocks of an arm and period were drawn from."""
    pairs = set(zip(drawn.units[inside].tolist(), drawn.weeks[inside].tolist(), strict=True))
    units = {unit for unit, _ in pairs}
    weeks = {week for _, week in pairs}
    return max(1, sum(bool(seen[unit, week]) for unit in units for week in weeks))


_LEAVES = tuple(leaf for group in GROUPS.values() for leaf in group)

_SQL = f"""
select
    b.sample, b.person, b.week, b.hours, b.probability, b.inclusion_probability, b.leaf,
    {", ".join(f'b."{leaf}"' for leaf in _LEAVES)}
from labelled_blocks b
join label_rounds r on r.sample = b.sample
where r.finished and b.inclusion_probability is not null
order by b.sample, b.person, b.week, b.day, b.hours
"""  # noqa: S608 (names come from our own taxonomy)
