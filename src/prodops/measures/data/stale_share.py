"""Share of freshness checks that found a dataset older than promised.

Each check is one look at one dataset with a promise: a warning or a breach counts. The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson

BECAUSE = "no freshness check of a dataset with a promise has been loaded"


def measure(ledger: Ledger) -> Estimate:
    """The share over all datasets."""
    rows = ledger.sql(beside(__file__))
    return wilson(sum(stale for _, stale, _ in rows), sum(looks for *_, looks in rows), because=BECAUSE)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each dataset."""
    return {str(dataset): wilson(stale, looks) for dataset, stale, looks in ledger.sql(beside(__file__))}
