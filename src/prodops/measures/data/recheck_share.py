"""Share of dated uses of a metric that are re-checks by hand: distrust that costs time.

Over the last half year. The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.metric_uses import METRIC_USES


def measure(ledger: Ledger) -> Estimate:
    """The share over all metrics."""
    rows = ledger.sql(beside(__file__), views=[METRIC_USES])
    because = "no dated use of a metric has been loaded"
    return wilson(sum(again for _, again, _ in rows), sum(uses for *_, uses in rows), because=because)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each metric."""
    return {
        str(reads): wilson(again, uses)
        for reads, again, uses in ledger.sql(beside(__file__), views=[METRIC_USES])
    }
