"""How well decisions were made, 0 to 4: the weakest of six elements, as raters saw it before the outcome.

A decision counts with its weakest element, the mean of its raters; the interval is Student's over decisions.
Needs 5 scored decisions. It judges the making and not the luck; read it with the raters' agreement.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.means import mean_of
from prodops.views.decisions import DECISIONS

UNIT = "points of 4"
FEWEST = 5


def measure(ledger: Ledger) -> Estimate:
    """The mean over all scored decisions."""
    weakest = [float(row[1]) for row in ledger.sql(beside(__file__), views=[DECISIONS])]
    if len(weakest) < FEWEST:
        because = f"{len(weakest)} of the {FEWEST} decisions needed were scored"
        return Estimate.unknown(UNIT, because=because, n=len(weakest))
    return mean_of(weakest, unit=UNIT)
