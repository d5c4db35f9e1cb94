"""Share of metric definitions in use that name no owner.

Deprecated definitions are left out, and registries without a place for an owner. The count is exact; Wilson's
interval is that of a sample.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson


def measure(ledger: Ledger) -> Estimate:
    """The share over all registries."""
    missing, definitions = ledger.sql(beside(__file__))[0]
    return wilson(missing or 0, definitions, because="no metric definitions have been loaded")
