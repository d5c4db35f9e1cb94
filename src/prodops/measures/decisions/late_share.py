"""Share of questions that were not decided by the day they were needed.

Of those with such a day that has passed; what was withdrawn before it does not count. The interval is
Wilson's. Needs 10.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.decisions import DECISIONS

UNIT = "share"
FEWEST = 10


def measure(ledger: Ledger) -> Estimate:
    """The share over all questions."""
    ((late, n),) = ledger.sql(beside(__file__), views=[DECISIONS])
    if n < FEWEST:
        because = f"{n} of the {FEWEST} decisions needed say by when they were needed"
        return Estimate.unknown(UNIT, because=because, n=int(n))
    return wilson(int(late), int(n))
