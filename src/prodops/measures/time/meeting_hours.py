"""Hours that a PM sits in meetings in a week.

Meetings that count (busy, more than one person, not cancelled or declined, shorter than a day, overlaps
once), hours times the probability of attending, over the weeks in which the PM had any entry.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, estimate

UNIT = "hours a PM week"


def measure(ledger: Ledger) -> Estimate:
    """The mean over PMs and weeks."""
    return estimate(ledger.sql(beside(__file__), views=[BLOCKS_BY_PURPOSE])[0], unit=UNIT)
