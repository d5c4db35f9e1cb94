"""What a design can show at this size: the smallest change found in four cases of five, before it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, factorial, isfinite, prod, sqrt
from typing import Literal

import numpy as np

from prodops.diagnosis.proof import DETECTED
from prodops.impact.assignment import FEWEST_NAMES as FEWEST_DRAWN
from prodops.impact.assignment import FEWEST_ORDERS
from prodops.impact.grade import FEWEST_CLUSTERS, FEWEST_UNITS, FEWEST_WEEKS_BEFORE_ONE_DATE, Letter
from prodops.impact.power import (
    BATCHES,
    RUNS_A_BATCH,
    SEED,
    Noise,
    Plan,
    by_controls,
    by_date,
    by_order,
    by_snapshots,
    by_switchback,
    least_shown,
)
from prodops.stats.estimate import Estimate
from prodops.stats.panel import NEVER, Places

Design = Literal["staggered", "switchback", "controls", "one date", "two snapshots"]
"""A drawn order of waves; alternate fortnights, drawn; half wait, nobody drew; all at once, read
week by week; all at once, two fortnights."""

DESIGNS: tuple[Design, ...] = ("staggered", "switchback", "controls", "one date", "two snapshots")

POWER = 0.8
MOST_POINTS = 60.0
UNIT = "points of PM time"
FEWEST_BEFORE, FEWEST_AFTER = 8, 13
MOST_SIMULATED = 100
"""Managers that are simulated; what more of them show is less by the root of their number."""

MANY = 20
"""Names from which on two waves show most; fewer names may need more waves, for orders enough to draw."""

DOCUMENTED = Noise()

_METHOD = "simulated panels of this noise, tested as the design would be"
_SHOWN = {
    "staggered": by_order, "switchback": by_switchback, "controls": by_controls, "one date": by_date,
    "two snapshots": by_snapshots,
}  # fmt: skip
_GRADES: dict[Design, Letter] = {
    "staggered": "A", "switchback": "A", "controls": "B", "one date": "C", "two snapshots": "D",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Detectable:
    """What one design can show.

    Attributes:
        design: The design.
        pms: Product managers in it.
        clusters: What is drawn: managers, or their teams.
        weeks_before: Weeks before the first start.
        weeks_after: Weeks from the first start to the readout.
        points: The smallest fall of a share of PM time, in points, that shows in 80% of cases, with the
            interval of the simulation. Unknown where no fall below 60 does, or below five managers.
        grade: The best grade that a readout of it can reach.
        because: What keeps its readout from any claim, in sentences; empty when nothing does.
        starts: The week of the panel in which each wave of equal size starts, from 0; None for the one that
            waits until the readout. One entry where all start together, or by turns.
        noise: The noise it was computed from.
    """

    design: Design
    pms: int
    clusters: int
    weeks_before: int
    weeks_after: int
    points: Estimate
    grade: Letter
    because: tuple[str, ...] = ()
    starts: tuple[int | None, ...] = ()
    noise: Noise = field(default_factory=Noise)

    @property
    def claimable(self) -> bool:
        """Whether an effect may be claimed by it at all."""
        return self.grade != "D" and self.points.known

    def hours_each(self, week_hours: float = 40.0) -> float | None:
        """The same in hours a week of one manager."""
        return None if self.points.value is None else self.points.value / 100 * week_hours

    @property
    def people(self) -> float | None:
        """The same in full-time managers."""
        return None if self.points.value is None else self.points.value / 100 * self.pms

    @property
    def says(self) -> str:
        """What can be shown, in one sentence."""
        if self.points.value is None:
            return f"{self.points.because[:1].upper()}{self.points.because[1:]}."
        weeks = f"{self.weeks_before} weeks before and {self.weeks_after} after"
        return (
            f"{self.pms} PMs, {weeks}: a fall of {self.points.value:.1f} points of PM time "
            f"({self.hours_each():.1f} hours a week each, {self.people:.1f} PMs in all) shows in four cases "
            f"of five."
        )


def detectable(
    pms: int,
    *,
    design: Design = "staggered",
    weeks_before: int = FEWEST_BEFORE,
    weeks_after: int = FEWEST_AFTER,
    noise: Noise = DOCUMENTED,
    teams: int | None = None,
) -> Detectable:
    """The smallest change of a share of PM time that a design shows in 80% of cases, at 5%.

    Panels of this noise are drawn with a fixed seed and tested as the readout would: a drawn order and a
    switchback by drawing them again, controls by a jackknife over clusters, one date against every shift in
    time, two snapshots by a paired t. The effect builds up over four weeks that do not count (at once in a
    switchback) and differs between managers by 30%. In "controls" half start and half wait until the readout;
    in "staggered" two, three or four waves start, whichever shows most, and the last one waits.

    The same arguments give the same answer. Below five managers it is unknown: see `detectable_share`.

    Args:
        pms: Product managers in the panel.
        design: How the change begins.
        weeks_before: Weeks before the first start.
        weeks_after: Weeks from the first start to the readout.
        noise: How much weeks move by themselves; documented values where the organisation's own are unknown.
        teams: How many teams change as a whole; None where each manager starts alone.

    Raises:
        ValueError: Weeks or managers below nought, or no week before or after.
    """
    if pms < 0 or weeks_before < 2 or weeks_after < 2:
        raise ValueError("A design has product managers, two weeks before and two weeks after at least.")
    clusters = min(teams or pms, pms)
    points, starts = _best(pms, clusters, (weeks_before, weeks_after), noise=noise, design=design)
    because = tuple(_shortfalls(design, clusters, weeks_before, weeks_after, pms=pms))
    return Detectable(
        design=design, pms=pms, clusters=clusters, weeks_before=weeks_before, weeks_after=weeks_after,
        points=points, grade="D" if because else _GRADES[design], because=because, starts=starts, noise=noise,
    )  # fmt: skip


def detectable_share(spread: float, before: int, after: int) -> float:
    """The smallest share by which the cost of an item must fall to show in 80% of cases.

    1 - exp(-2.8 sd sqrt(1 / before + 1 / after)): 60 timed items before and 60 after, spread .7, show 30%.

    Args:
        spread: Standard deviation of the logarithm of one item's cost.
        before: Items measured before.
        after: Items measured after.
    """
    return 1 - exp(-DETECTED * spread * sqrt(1 / before + 1 / after))


def _best(
    pms: int, clusters: int, weeks: tuple[int, int], *, noise: Noise, design: Design
) -> tuple[Estimate, tuple[int | None, ...]]:
    """What shows, and the starts of the waves that show most; below five managers, nothing."""
    if pms < FEWEST_UNITS or clusters < FEWEST_DRAWN - 3:
        because = f"{pms} PMs are too few for a claim about their total time: count items and minutes"
        if pms >= FEWEST_UNITS:
            because = f"{clusters} teams are too few to compare with each other: count items and minutes"
        return Estimate.unknown(UNIT, because=because, n=pms), (weeks[0],)
    found = []
    for starts in _rollouts(design, clusters, *weeks):
        simulated = min(pms, MOST_SIMULATED)
        names: Places = np.arange(simulated) * min(clusters, simulated) // simulated
        plan = Plan(clusters=names, weeks_before=weeks[0], weeks_after=weeks[1], starts=starts, noise=noise)
        told = tuple(None if start == NEVER else start for start in starts)
        found.append((_points(plan, design, pms=pms), told))
    return min(found, key=lambda one: MOST_POINTS if one[0].value is None else one[0].value)


def _rollouts(design: Design, clusters: int, before: int, after: int) -> list[tuple[int, ...]]:
    """The starts of the waves to choose from; orders of which too few could be drawn are left out."""
    if design == "controls":
        return [(before, NEVER)]
    if design != "staggered":
        return [(before,)]
    ways = [(*(before + wave * (after // 2) // waves for wave in range(waves)), NEVER) for waves in (1, 2, 3)]
    return [way for way in ways if _orders(clusters, len(way)) >= FEWEST_ORDERS] or ways[-1:]


def _orders(clusters: int, waves: int) -> int:
    """In how many orders so many names fill waves of equal size."""
    sizes = [clusters // waves + (wave < clusters % waves) for wave in range(waves)]
    return factorial(clusters) // prod(factorial(size) for size in sizes)


def _points(plan: Plan, design: Design, *, pms: int) -> Estimate:
    shown = _SHOWN[design](plan, np.random.default_rng([SEED, pms]))
    runs = BATCHES * RUNS_A_BATCH
    error = sqrt(POWER * (1 - POWER) / runs)
    scale = sqrt(min(1.0, MOST_SIMULATED / pms))
    low, value, high = (
        scale * least_shown(shown, POWER + side * 1.96 * error, most=MOST_POINTS) for side in (-1, 0, 1)
    )
    if not isfinite(value):
        because = f"not even a fall of {MOST_POINTS:.0f} points would show in four cases of five"
        return Estimate.unknown(UNIT, because=because, n=runs)
    return Estimate(value, low, high, runs, UNIT, method=_METHOD)


def _shortfalls(design: Design, clusters: int, weeks_before: int, weeks_after: int, *, pms: int) -> list[str]:
    """Why its readout cannot be more than a description."""
    said = []
    if pms < FEWEST_UNITS:
        said.append(f"{pms} PMs; a claim needs {FEWEST_UNITS}.")
    if design == "two snapshots":
        said.append("Two snapshots claim an effect where nothing happened in 6 to 50% of cases.")
    if design in ("staggered", "switchback") and clusters < FEWEST_DRAWN:
        said.append(f"{clusters} names to draw from; a drawn order needs {FEWEST_DRAWN}.")
    elif design == "switchback" and _orders(clusters, 2) < FEWEST_ORDERS:
        said.append(f"Only {_orders(clusters, 2)} orders could be drawn; an interval needs {FEWEST_ORDERS}.")
    if design == "controls" and clusters < FEWEST_CLUSTERS:
        said.append(f"{clusters} clusters; a comparison with others needs {FEWEST_CLUSTERS}.")
    if design == "one date" and weeks_before < FEWEST_WEEKS_BEFORE_ONE_DATE:
        said.append(f"{weeks_before} weeks before; one date needs {FEWEST_WEEKS_BEFORE_ONE_DATE}.")
    elif design not in ("one date", "two snapshots") and weeks_before < FEWEST_BEFORE:
        said.append(f"{weeks_before} weeks before; a comparison needs {FEWEST_BEFORE}.")
    if design != "two snapshots" and weeks_after < FEWEST_AFTER:
        said.append(f"{weeks_after} weeks after; a readout needs {FEWEST_AFTER}.")
    return said
