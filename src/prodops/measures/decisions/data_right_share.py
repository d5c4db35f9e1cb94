"""Where data and intuition pointed apart: the share of cases in which data was right.

The disagreement ledger. Data and intuition are recorded apart, before the discussion; the one that spoke for
the option chosen was right when it turned out right, the other when it turned out wrong; unclear outcomes are
left out. The interval is Wilson's. Silent below 30 resolved cases. What was not chosen was never tried, so
this compares advice that was followed with advice that was not.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.decisions import DECISIONS

UNIT = "share"
FEWEST = 30


def measure(ledger: Ledger) -> Estimate:
    """The share over all resolved cases in which they pointed apart."""
    ((right, n),) = ledger.sql(beside(__file__), views=[DECISIONS])
    if n < FEWEST:
        because = f"{n} of the {FEWEST} resolved cases needed, in which data and intuition pointed apart"
        return Estimate.unknown(UNIT, because=because, n=int(n))
    return wilson(int(right), int(n))
