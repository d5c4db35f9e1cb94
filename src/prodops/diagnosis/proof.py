"""How a change would be proved, written down when it is chosen, and whether that is possible at this size."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import TYPE_CHECKING

from prodops.diagnosis.recipes import Recipe

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

DETECTED = 2.8
"""Standard errors of a difference that shows in 80% of cases at 5%: 1.96 + 0.84."""

SURE_FROM = 0.8
"""Share of draws in which the change must be worth at least a quarter of what is expected of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The plan, and whether it can come to an end.

    Attributes:
        provable: Whether the least change that its own measure can show is smaller than the one expected.
        because: Why it is not; empty when it is.
        steps: What to do, in order.
    """

    provable: bool
    because: str
    steps: tuple[str, ...]


def least_share(recipe: Recipe) -> float:
    """The smallest share by which the items' cost must fall to show in 80% of cases.

    2.8 standard errors of a difference of two log means: 1 - exp(-2.8 sd sqrt(2 / n)).
    """
    return 1 - exp(-DETECTED * recipe.spread * sqrt(2 / recipe.items))


def proof_of(recipe: Recipe, gained: NDArray[float64], pms: int) -> Proof:
    """The plan of a change whose hours are drawn; `pms` is how many there are."""
    least = least_share(recipe)
    middle = float(gained.mean())
    sure = middle > 0 and float((gained > 0.25 * middle).mean()) > SURE_FROM
    because = ""
    if recipe.share < least:
        because = f"its measure shows a fall of {least:.0%} and it is expected to take {recipe.share:.0%}"
    elif not sure:
        because = "its hours are too uncertain"
    return Proof(provable=not because, because=because, steps=_steps(recipe, least, pms))


def _steps(recipe: Recipe, least: float, pms: int) -> tuple[str, ...]:
    halves = "half of the teams" if pms >= 8 else "every second fortnight"
    return (
        f"Measure {recipe.measured_by}; eight weeks before and eight after.",
        f"Change {halves} first; let the tool draw the order before it starts.",
        f"A fall of {least:.0%} and more shows in four of five cases; {recipe.share:.0%} is expected.",
        "Watch that decisions do not take longer and that hours do not move to others.",
        "Undo it within a day if they do. Read the result at the date set when it starts.",
    )
