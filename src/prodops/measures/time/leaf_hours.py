"""PM hours a week by leaf of the taxonomy, on the best evidence that there is; in all: hours of overhead.

For the diagnosis to condition on. Labels of sampled blocks count before interviews and interviews before
titles; `method` says which it was. Hours of all PMs together, 40 a PM week. The bounds hold the unknown: time
without a calendar entry may be of any leaf, as far as labels and interviews do not say otherwise.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.views.blocks_by_purpose import estimate
from prodops.views.hours_by_leaf import HOURS_BY_LEAF

UNIT = "PM hours a week"


def measure(ledger: Ledger) -> Estimate:
    """Hours of overhead: the leaves C1 to C7 together."""
    return _hours(ledger)["C"]


def each(ledger: Ledger) -> dict[str, Estimate]:
    """Hours of each of the fourteen leaves; without a value where nothing bounds them."""
    return {leaf: hours for leaf, hours in _hours(ledger).items() if len(leaf) > 1}


def _hours(ledger: Ledger) -> dict[str, Estimate]:
    rows = ledger.sql(beside(__file__), views=[HOURS_BY_LEAF])
    return {str(leaf): estimate(row, unit=UNIT) for leaf, *row in rows}
