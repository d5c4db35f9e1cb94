"""A panel of units by weeks from the rows of a table: unbalanced, with what could not be read by line."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np

from prodops.impact.weeks import Scale, WeekError, is_never, read_week, scale_of
from prodops.stats.panel import NEVER, Cells, Floats, Places
from prodops.text.numbers import NumberError, parse_number

MOST_WEEKS = 1_040
"""A week further than this from the median week is taken for a slip of the pen."""

LARGEST = 1e9

NOUGHTS = ("0", "0.0")

_DECIMAL_COMMA = re.compile(r"[+\-−]?0,\d+%?", re.ASCII)


Cell = tuple["PanelRow", "int | date", float]
"""A row with its week and its value."""


class PanelError(ValueError):
    """A table of which no panel can be made.

    Attributes:
        remedy: What to do.
    """

    def __init__(self, says: str, *, remedy: str) -> None:
        """Say what is missing, and what to do."""
        super().__init__(says)
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class PanelProblem:
    """A cell that could not be read as it stands.

    Attributes:
        line: The line of the file; 0 where it is about a whole unit.
        says: What is wrong.
        remedy: What to do.
        lost: Whether the row, or the unit, was left out.
    """

    line: int
    says: str
    remedy: str
    lost: bool = True


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A row of the table as text.

    Attributes:
        line: The line of the file.
        unit: Who or what was observed: a product manager.
        cluster: The team; empty where the table has none.
        week: The week.
        outcome: The value.
        treated_from: When the unit's treatment starts; empty for never.
    """

    line: int
    unit: str
    cluster: str
    week: str
    outcome: str
    treated_from: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Units by weeks.

    Attributes:
        units: Names of the units, sorted.
        clusters: The cluster of each unit; the unit itself where the table has none.
        outcomes: Values, shape (units, weeks); nought where not seen.
        seen: Which cells exist, shape (units, weeks).
        starts: Column from which each unit is treated, `NEVER` for never; may lie outside; shape (units,).
        first_week: The place of the first column on the scale.
        scale: What the weeks are.
        problems: What could not be read.
        rows: How many rows were given.
    """

    units: tuple[str, ...]
    clusters: tuple[str, ...]
    outcomes: Floats
    seen: Cells
    starts: Places
    first_week: int
    scale: Scale
    problems: tuple[PanelProblem, ...] = ()
    rows: int = 0

    @property
    def weeks(self) -> int:
        """How many columns there are."""
        return int(self.outcomes.shape[1])

    @property
    def ever_treated(self) -> Cells:
        """Which units start before the panel ends, shape (units,)."""
        return np.asarray(self.starts < self.weeks)

    @property
    def cluster_places(self) -> Places:
        """The clusters as numbers from nought, in the order of their names; shape (units,)."""
        return np.asarray(np.unique(np.array(self.clusters), return_inverse=True)[1], dtype=np.intp)

    def quarter_ends(self) -> Cells | None:
        """Which columns end a quarter, shape (weeks,); None where weeks are numbers."""
        ends = [self.scale.ends_quarter(self.first_week + place) for place in range(self.weeks)]
        return None if None in ends else np.array(ends, dtype=np.bool_)


def read_panel(rows: Iterable[PanelRow]) -> Panel:
    """The panel that rows make.

    A row without a value is a missing week. A second row of the same unit and week, a cell that cannot be
    read, and a unit with two different starts are left out and told.

    Raises:
        PanelError: Nothing is left.
    """
    given = list(rows)
    problems: list[PanelProblem] = []
    cells = _cells(given, problems)
    if not cells:
        met = f" The first problem: line {problems[0].line}, {problems[0].says}." if problems else ""
        remedy = "Write one row a unit and week, with a number as outcome."
        raise PanelError(f"No row has a unit, a week and a value.{met}", remedy=remedy)
    scale = scale_of(week for _, week, _ in cells)
    placed = _placed(cells, scale, problems)
    nought = scale.calendar or min(place for _, place in placed) > 0
    starts = _starts(given, scale, problems, nought=nought)
    clusters = _clusters(given, problems)
    kept = {key: value for key, value in placed.items() if key[0] in starts}
    if not kept:
        last = problems[-1]
        remedy = last.remedy.partition(";")[0] + "."
        raise PanelError(f"Every unit was left out: {last.says}.", remedy=remedy)
    return _laid_out(
        kept, starts, clusters, (scale, tuple(sorted(problems, key=lambda one: one.line)), len(given))
    )


def _laid_out(
    kept: Mapping[tuple[str, int], float],
    starts: Mapping[str, int | None],
    clusters: Mapping[str, str],
    told: tuple[Scale, tuple[PanelProblem, ...], int],
) -> Panel:
    """The panel of values by unit and place, with its scale, its problems and how many rows there were."""
    units = tuple(sorted({name for name, _ in kept}))
    weeks = [week for _, week in kept]
    first, width = min(weeks), max(weeks) - min(weeks) + 1
    outcomes, seen = np.zeros((len(units), width)), np.zeros((len(units), width), np.bool_)
    at = {unit: place for place, unit in enumerate(units)}
    for (unit, place), value in kept.items():
        outcomes[at[unit], place - first] = value
        seen[at[unit], place - first] = True
    begins = [starts[unit] for unit in units]
    columns = np.array([NEVER if start is None else start - first for start in begins], np.intp)
    scale, problems, rows = told
    return Panel(
        units, tuple(clusters[unit] for unit in units), outcomes, seen, columns, first, scale, problems, rows
    )


def _cells(rows: Sequence[PanelRow], problems: list[PanelProblem]) -> list[Cell]:
    written = [row.outcome.strip() for row in rows]
    comma = any(map(_DECIMAL_COMMA.fullmatch, written)) and not any("." in cell for cell in written)
    percent = any(cell.endswith("%") for cell in written)
    found: list[Cell] = []
    for row, cell in zip(rows, written, strict=True):
        if is_never(cell):
            continue
        if not row.unit.strip():
            problems.append(PanelProblem(row.line, "no unit", "Say whose week it is; the row was left out."))
            continue
        try:
            week = read_week(row.week)
            value = parse_number(cell.replace(",", ".") if comma else cell)
        except WeekError as error:
            remedy = "Write weeks as 2026-03-02, 2026-W10 or 10; the row was left out."
            problems.append(PanelProblem(row.line, f"no week: {error}", remedy))
        except NumberError as error:
            problems.append(PanelProblem(row.line, str(error), "Mend the value; the row was left out."))
        else:
            if abs(value) > LARGEST:
                says = f"{cell[:40]!r} is beyond any share or hours"
                problems.append(PanelProblem(row.line, says, "Mend the value; the row was left out."))
            elif percent and not cell.endswith("%") and abs(value) > 1:
                says = f"{cell[:40]!r} stands beside values with a percent sign"
                problems.append(PanelProblem(row.line, says, "Write all alike; the row was left out."))
            else:
                found.append((row, week, value))
    return found


def _placed(
    cells: Sequence[Cell], scale: Scale, problems: list[PanelProblem]
) -> dict[tuple[str, int], float]:
    places: list[tuple[PanelRow, int, float]] = []
    for row, week, value in cells:
        try:
            places.append((row, scale.place(week), value))
        except WeekError as error:
            problems.append(
                PanelProblem(row.line, str(error), "Write all weeks alike; the row was left out.")
            )
    middle = median(place for _, place, _ in places)
    found: dict[tuple[str, int], float] = {}
    for row, place, value in places:
        key = (row.unit.strip(), place)
        if abs(place - middle) > MOST_WEEKS:
            says = f"{row.week.strip()[:40]!r} is decades from the other weeks"
            problems.append(PanelProblem(row.line, says, "Mend the week; the row was left out."))
        elif key in found:
            says = f"{key[0][:40]!r} has that week twice"
            problems.append(PanelProblem(row.line, says, "Keep one row a week; the first was used."))
        else:
            found[key] = value
    return found


def _starts(
    rows: Sequence[PanelRow], scale: Scale, problems: list[PanelProblem], *, nought: bool
) -> dict[str, int | None]:
    """The start of each unit; a unit that has two, or one that cannot be read, is left out.

    Args:
        rows: The rows.
        scale: What the weeks are.
        problems: Problems are added here.
        nought: Whether 0 means never, as many tables have it: no week of the panel is week 0.
    """
    told: dict[str, dict[int, int]] = defaultdict(dict)
    broken: set[str] = set()
    for row in rows:
        unit = row.unit.strip()
        starts = told[unit]
        if is_never(row.treated_from) or unit in broken or (nought and row.treated_from.strip() in NOUGHTS):
            continue
        try:
            starts.setdefault(scale.place(read_week(row.treated_from)), row.line)
        except WeekError as error:
            broken.add(unit)
            says = f"the start of {unit[:40]!r} is no week: {error}"
            remedy = "Write starts like the weeks, empty for never; the unit was left out."
            problems.append(PanelProblem(row.line, says, remedy))
            continue
        if len(starts) > 1:
            broken.add(unit)
            says = f"{unit[:40]!r} has two starts: {' and '.join(scale.told(place) for place in starts)}"
            remedy = "Give each unit the one week in which its treatment began; the unit was left out."
            problems.append(PanelProblem(row.line, says, remedy))
    return {unit: next(iter(starts), None) for unit, starts in told.items() if unit not in broken}


def _clusters(rows: Sequence[PanelRow], problems: list[PanelProblem]) -> dict[str, str]:
    """The cluster of each unit: where it was most; itself where the table names none."""
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[row.unit.strip()][row.cluster.strip()] += 1
    found = {}
    for unit, names in counted.items():
        known = Counter({name: count for name, count in names.items() if name})
        found[unit] = known.most_common(1)[0][0] if known else unit
        if len(known) > 1:
            says = (
                f"{unit[:40]!r} stands in {len(known)} clusters; the usual one counts: {found[unit][:40]!r}"
            )
            remedy = "Give each unit the team it was treated with, also after a reorganisation."
            problems.append(PanelProblem(0, says, remedy, lost=False))
    return found
