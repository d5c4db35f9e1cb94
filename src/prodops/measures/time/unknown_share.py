"""Share of PM working time whose purpose cannot be read: no entry, no title, or one that says nothing.

Of all working hours in the audit window, 40 a PM week. It is the width that every other share carries.
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
