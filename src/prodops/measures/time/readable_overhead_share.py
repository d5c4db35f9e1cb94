"""Share of operational overhead among the hours whose purpose can be read.

The headline of the taxonomy, C by observed hours. It speaks of the readable hours alone: if what is not in
the calendar differs from what is, the share of all time differs too; `overhead_share` bounds that.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, estimate

UNIT = "share"


def measure(ledger: Ledger) -> Estimate:
    """The share over all PMs."""
    return estimate(ledger.sql(beside(__file__), views=[BLOCKS_BY_PURPOSE])[0], unit=UNIT)
