"""How much an effect may be relied on: four grades by design, and D where a gate fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from prodops.impact.effect import Basis
from prodops.impact.gates import Gate
from prodops.impact.panel import Panel

Letter = Literal["A", "B", "C", "D"]

FEWEST_UNITS = 5
FEWEST_CLUSTERS = 5
FEWEST_WEEKS_BEFORE_ONE_DATE = 26


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade with its reasons.

    Attributes:
        letter: A, B, C or D.
        design: What the comparison rests on, in a phrase.
        because: Why it is not better, in sentences; empty for A.
    """

    letter: Letter
    design: str
    because: tuple[str, ...] = ()


DESIGNS: dict[Basis, tuple[Letter, str]] = {
    "order": ("A", "randomised staggered order, randomisation inference"),
    "controls": ("B", "comparison with others, no verified drawn order, jackknife over clusters"),
    "one date": ("C", "one date, every shift in time as comparison"),
    "two snapshots": ("D", "two means, before and after"),
}


def grade(panel: Panel, basis: Basis, judged: Iterable[Gate]) -> Grade:
    """The grade of an effect on this basis after its gates."""
    letter, design = DESIGNS[basis]
    judged = list(judged)
    because = list(shortfalls(panel, basis))
    because += [f"{gate.name}: {gate.says}" for gate in judged if gate.decides and gate.status == "failed"]
    if basis == "two snapshots":
        because.append(
            "Neither a drawn order, nor comparable others, nor one date with weeks enough before it."
        )
    doubts = tuple(
        gate.says for gate in judged if gate.name == "randomised_order" and gate.status == "failed"
    )
    if because:
        return Grade("D", design, (*because, *doubts))
    reasons = {"A": (), "B": doubts or ("No drawn order.",), "C": ("One date, and nobody to compare with.",)}
    return Grade(letter, design, reasons.get(letter, ()))


def weeks_before(panel: Panel) -> int:
    """Weeks before the first start in which anybody was seen."""
    first = max(int(panel.starts[panel.ever_treated].min()), 0)
    return int(panel.seen[:, :first].any(axis=0).sum())


def shortfalls(panel: Panel, basis: Basis) -> Iterable[str]:
    """What the panel lacks for its design."""
    if len(panel.units) < FEWEST_UNITS:
        yield f"{len(panel.units)} units; a claim needs {FEWEST_UNITS}."
    clusters = len(set(panel.clusters))
    if basis == "controls" and clusters < FEWEST_CLUSTERS:
        yield f"{clusters} clusters; a comparison with others needs {FEWEST_CLUSTERS}."
    before = weeks_before(panel)
    if basis == "one date" and before < FEWEST_WEEKS_BEFORE_ONE_DATE:
        yield f"{before} weeks before the date; one date needs {FEWEST_WEEKS_BEFORE_ONE_DATE}."
