"""Share of decisions that are reversed or reopened within 90 days as their kill criterion or review foresaw.

Aalen-Johansen, as for unplanned reversals, which compete. A planned reversal is a decision that worked as
meant: the share is no fault. Needs 20 decisions.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.competing import aalen_johansen
from prodops.stats.estimate import Estimate
from prodops.views.decisions import DECISIONS

UNIT = "share"
DAYS = 90.0
FEWEST = 20
CAUSE, CAUSES = 2, 2
"""Causes: 1 unplanned, 2 planned."""


def measure(ledger: Ledger) -> Estimate:
    """The share over all decisions."""
    stood = ledger.columns(beside(__file__), views=[DECISIONS])
    n = len(stood["days"])
    if n < FEWEST:
        return Estimate.unknown(UNIT, because=f"{n} of the {FEWEST} decisions needed are known", n=n)
    return aalen_johansen(stood["days"], stood["fate"], causes=CAUSES).at(CAUSE, DAYS)
