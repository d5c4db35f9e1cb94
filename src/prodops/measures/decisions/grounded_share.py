"""Share of decisions that rest on data or on customers' words, and not on intuition or AI alone.

Of decisions whose evidence is recorded. The interval is Wilson's. Needs 10. Evidence that is cited is not
evidence that is good; the process score looks at that.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.decision_evidence import DECISION_EVIDENCE

UNIT = "share"
FEWEST = 10
CLASSES = ("data", "customer", "intuition", "ai", "ai nobody reviewed")


def measure(ledger: Ledger) -> Estimate:
    """The share over all decisions with evidence."""
    grounded, *_, n = _counts(ledger)
    if n < FEWEST:
        return Estimate.unknown(
            UNIT, because=f"{n} of the {FEWEST} decisions needed name their evidence", n=n
        )
    return wilson(grounded, n)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of decisions that cite each class of evidence; a decision may cite several."""
    _, *counts, n = _counts(ledger)
    if n < FEWEST:
        return {}
    return {name: wilson(count, n) for name, count in zip(CLASSES, counts, strict=True)}


def _counts(ledger: Ledger) -> list[int]:
    (row,) = ledger.sql(beside(__file__), views=[DECISION_EVIDENCE])
    return [int(count) for count in row]
