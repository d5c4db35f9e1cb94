"""Share of predicted intervals in which the number came to lie.

To be read against the level that was meant, as a rule 80%: less means that people were too sure. The interval
is Wilson's. Needs 20 predictions that have come true or not; before that, chance alone moves the share by 20
points.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.decisions import DECISIONS

UNIT = "share"
FEWEST = 20


def measure(ledger: Ledger) -> Estimate:
    """The share over all predictions with an interval that were resolved."""
    held, n, _ = ledger.sql(beside(__file__), views=[DECISIONS])[0]
    if n < FEWEST:
        because = f"{n} of the {FEWEST} resolved intervals needed are known"
        return Estimate.unknown(UNIT, because=because, n=int(n))
    return wilson(int(held), int(n))


def meant(ledger: Ledger) -> float | None:
    """The level that the predictions were meant to hold, in the mean; None when nobody said one."""
    level = ledger.sql(beside(__file__), views=[DECISIONS])[0][2]
    return None if level is None else float(level)
