"""Days from the day a question was asked to its decision: the time by which half are decided.

Aalen-Johansen: a question withdrawn competes with a decision, one that still waits counts as waiting, and a
"no" is a decision. The interval inverts the curve's band. Needs 10 questions of which the day they were
asked is known; a log that keeps only what was decided makes it too short, since nobody sees what waits.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.competing import CumulativeIncidence, aalen_johansen
from prodops.stats.estimate import Estimate
from prodops.stats.incidence_times import time_reached
from prodops.views.decisions import DECISIONS

UNIT = "days"
FEWEST = 10
DECIDED = 1
CAUSES = 2
"""Causes: 1 decided, 2 withdrawn."""


def measure(ledger: Ledger) -> Estimate:
    """The time by which half of the questions are decided."""
    waits = ledger.columns(beside(__file__), views=[DECISIONS])
    n = len(waits["days"])
    if n < FEWEST:
        because = f"{n} of the {FEWEST} decisions needed say on which day their question was asked"
        return Estimate.unknown(UNIT, because=because, n=n)
    return time_reached(curve(ledger), DECIDED, 0.5)


def curve(ledger: Ledger) -> CumulativeIncidence:
    """Cumulative incidence of a decision and of a withdrawal by days."""
    waits = ledger.columns(beside(__file__), views=[DECISIONS])
    return aalen_johansen(waits["days"], waits["fate"], causes=CAUSES, unit=UNIT)
