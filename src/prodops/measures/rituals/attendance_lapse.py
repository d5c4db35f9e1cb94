"""How attendance changed from the first to the last third of a ritual's counted occurrences.

The ratio of mean people present, minus one: -.4 is two in five people gone. Occurrences with minutes that
name who was present, or with an attendance report, count. The interval is a t-interval of the difference
of means (Welch), divided by the first mean.
"""

from __future__ import annotations

import math
from collections import defaultdict

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.means import mean_of
from prodops.views.occurrences import OCCURRENCES

UNIT = "change of attendance"
LEAST = 9
"""Counted occurrences that a ritual needs: three in each third."""


def measure(ledger: Ledger) -> Estimate:
    """The mean change over rituals."""
    changes = [one.value for one in each(ledger).values() if one.value is not None]
    return mean_of(changes, unit=UNIT, because="no ritual has nine occurrences that say who was present")


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The change of each ritual by its key."""
    present: dict[str, list[float]] = defaultdict(list)
    for ritual, people in ledger.sql(beside(__file__), views=[OCCURRENCES]):
        present[str(ritual)].append(float(people))
    return {ritual: _change(people) for ritual, people in present.items() if len(people) >= LEAST}


def _change(present: list[float]) -> Estimate:
    from scipy.special import stdtrit  # lazy: heavy; its stats module would cost three times as much

    third = len(present) // 3
    first, last = present[:third], present[-third:]
    before, after = _moments(first), _moments(last)
    error = math.sqrt(before[1] / third + after[1] / third)
    half = float(stdtrit(max(2, 2 * third - 2), 0.975)) * error
    difference = after[0] - before[0]
    low, high = (max(-1.0, (difference + side) / before[0]) for side in (-half, half))
    value = difference / before[0]
    return Estimate(value, min(low, value), max(high, value), len(present), UNIT, method="Welch, relative")


def _moments(values: list[float]) -> tuple[float, float]:
    mean = math.fsum(values) / len(values)
    return mean, math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
