"""Mean squared distance of stated probabilities from what happened (Brier): 0 is best, 0.25 is a coin.

Of predictions with a probability that have come true or not. The interval is Student's over predictions.
Needs 20. Beside it stands what always saying the share that happened would have scored: a forecaster who does
no better has said nothing.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.means import mean_of
from prodops.views.decisions import DECISIONS

UNIT = "Brier score"
FEWEST = 20


def measure(ledger: Ledger) -> Estimate:
    """The score over all predictions with a probability that were resolved."""
    told = _told(ledger)
    if len(told) < FEWEST:
        because = f"{len(told)} of the {FEWEST} resolved probabilities needed are known"
        return Estimate.unknown(UNIT, because=because, n=len(told))
    return mean_of([(said - came) ** 2 for said, came in told], unit=UNIT)


def of_base_rate(ledger: Ledger) -> float | None:
    """What always saying the share that happened would have scored; None without predictions."""
    came = [happened for _, happened in _told(ledger)]
    if not came:
        return None
    rate = sum(came) / len(came)
    return rate * (1 - rate)


def _told(ledger: Ledger) -> list[tuple[float, int]]:
    rows = ledger.sql(beside(__file__), views=[DECISIONS])
    return [(float(said), int(happened)) for said, happened in rows]
