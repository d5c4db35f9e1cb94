"""Share of decisions that are reversed or reopened within 90 days, without their own plan saying so.

Aalen-Johansen: a reversal that its kill criterion or its review foresaw competes, and a decision younger than
90 days counts for the days it has stood. Of decisions read from a log, a replacement counts as unplanned
unless the log says otherwise; one that ended on a day nobody wrote down is left out. Needs 20 decisions.
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
CAUSE, CAUSES = 1, 2
"""Causes: 1 unplanned, 2 planned."""


def measure(ledger: Ledger) -> Estimate:
    """The share over all decisions."""
    stood = ledger.columns(beside(__file__), views=[DECISIONS])
    n = len(stood["days"])
    if n < FEWEST:
        return Estimate.unknown(UNIT, because=f"{n} of the {FEWEST} decisions needed are known", n=n)
    return aalen_johansen(stood["days"], stood["fate"], causes=CAUSES).at(CAUSE, DAYS)
