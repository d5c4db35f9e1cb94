"""The cells of the proof benchmark, and one run of a cell: draw a panel, assess it, hold it to its truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from bench.proof_parts.panels import Drawn, World, drawn

from prodops.impact.assessment import assess
from prodops.impact.labelled import LabelledBlocks
from prodops.impact.order import Order
from prodops.impact.panel import Panel
from prodops.impact.question import Question
from prodops.impact.weeks import Scale
from prodops.stats.panel import NEVER

Row = dict[str, Any]

FIRST_DAY = date(2025, 1, 6)
LATEST = 16
DRAWN_AT = datetime(2024, 12, 20, tzinfo=UTC)
SIZES = (9, 12, 20, 40)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a world, whether the order was drawn and sealed (grade A) or not, whether a bar asks it."""

    name: str
    world: World
    drawn: bool
    of_a_bar: bool = True

    @property
    def key(self) -> str:
        """What its rows are known by."""
        return f"{self.name}/{self.world.units}/{self.asked}"

    @property
    def asked(self) -> str:
        """The best grade that its design can reach."""
        if self.world.one_date:
            return "D" if self.world.audit_gap_weeks else "C"
        return "A" if self.drawn else "B"


def cells() -> Iterator[Cell]:
    """Every cell, those of the bars first."""
    strong = {9: -17.0, 12: -17.0, 20: -10.0, 40: -10.0}
    for both in (True, False):
        for units in SIZES:
            yield Cell("no effect", World(units=units), both)
            yield Cell(f"{strong[units]:.0f} points", World(units=units, effect_points=strong[units]), both)
    for units in SIZES:
        yield Cell("regression to the mean", World(units=units, worst_first=True, rho=0.8), drawn=False)
        yield Cell("drift .10 a week", World(units=units, drift_a_week=-0.10), drawn=False)
        for both in (True, False):
            blind = World(units=units, sensitivity_lost=0.15, fresh_labels=300)
            yield Cell("measurement drift, 300 labels", blind, both)
    for units in SIZES:
        for both in (True, False):
            yield Cell("all in the end, no effect", World(units=units, all_treated=True), both)
            late = World(units=units, all_treated=True, effect_points=strong[units])
            yield Cell(f"all in the end, {strong[units]:.0f} points", late, both)
    for units in (9, 20):
        for gap in (13, 11):
            audits = World(units=units, one_date=13, audit_gap_weeks=gap)
            yield Cell(f"two equal audits {gap} weeks apart", audits, drawn=False)
        yield Cell("one date, no effect", World(units=units, one_date=30), drawn=False, of_a_bar=False)
        some = World(units=units, one_date=30, effect_points=-17)
        yield Cell("one date, -17 points", some, drawn=False, of_a_bar=False)
    for both in (True, False):
        fading = World(units=20, effect_points=-8, half_life_weeks=8)
        yield Cell("fading -8 points", fading, both, of_a_bar=False)
        yield Cell(
            "measurement drift, no labels", World(units=20, sensitivity_lost=0.15), both, of_a_bar=False
        )
    yield Cell("drift .25 a week", World(units=20, drift_a_week=-0.25), drawn=False, of_a_bar=False)
    yield Cell("teams, no effect", World(units=20, by_team=True), drawn=False, of_a_bar=False)
    yield Cell("teams, no effect", World(units=40, by_team=True), drawn=True, of_a_bar=False)


def row_of(cell: Cell, seed: int) -> Row:
    """One run."""
    found = drawn(cell.world, seed)
    question = Question(
        panel=_panel(found, cell), scale="points", order=_order(found, cell) if cell.drawn else None,
        labels=_labels(found),
    )  # fmt: skip
    answer = assess(question)
    overall, latest = answer.effect.overall, answer.effect.latest
    row: Row = {"cell": cell.key, "seed": seed, "grade": answer.grade.letter, "claimed": answer.claims_effect}
    if overall is not None:
        row |= {
            "basis": answer.effect.basis, "value": overall.value, "low": overall.low, "high": overall.high,
            "truth": found.truth(), "shown": overall.excludes_nought,
        }  # fmt: skip
    if latest is not None and latest.effect is not None:
        row |= {
            "late_low": latest.effect.low,
            "late_high": latest.effect.high,
            "late_truth": found.truth(LATEST),
        }
    return row


def _panel(found: Drawn, cell: Cell) -> Panel:
    units = tuple(f"pm{place:02d}" for place in range(len(found.starts)))
    teams = tuple(f"team{place:02d}" for place in found.teams) if cell.world.by_team else units
    scale = Scale(calendar=True)
    outcomes = np.where(found.seen, found.outcomes, 0.0)
    return Panel(units, teams, outcomes, found.seen, found.starts, scale.place(FIRST_DAY), scale)


def _order(found: Drawn, cell: Cell) -> Order:
    """The order as the tool would have committed it: who starts when, already verified."""
    scale = Scale(calendar=True)
    panel = _panel(found, cell)
    starts = dict(zip(panel.clusters, found.starts.tolist(), strict=True))
    waves: dict[int, list[str]] = {}
    for name, start in starts.items():
        waves.setdefault(start, []).append(name)
    told = tuple(
        "" if start == NEVER else str(scale.day(panel.first_week + start)) for start in sorted(waves)
    )
    return Order(
        tuple(tuple(waves[start]) for start in sorted(waves)), told, "1", DRAWN_AT, sealed=True, redrawn=None,
        level="cluster",
    )  # fmt: skip


def _labels(found: Drawn) -> LabelledBlocks | None:
    if found.labels is None:
        return None
    errors = found.labels.labels - found.labels.predicted
    return LabelledBlocks(found.labels.units, found.labels.weeks, errors)
