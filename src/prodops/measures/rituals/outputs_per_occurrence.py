"""Decisions and actions per occurrence of a ritual that has minutes.

Occurrences without minutes say nothing about what was decided; they are left out, never counted as empty.
The interval is Garwood's exact interval of a Poisson rate.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.rates import poisson_rate
from prodops.views.occurrences import OCCURRENCES

UNIT = "outputs an occurrence"


def measure(ledger: Ledger) -> Estimate:
    """Outputs per noted occurrence over all rituals."""
    rows = _counts(ledger)
    if not rows:
        return Estimate.unknown(UNIT, because="no minutes have been loaded")
    return poisson_rate(sum(one[1] for one in rows), sum(one[2] for one in rows), unit=UNIT)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The same for each ritual by its key; rituals without minutes are absent."""
    return {ritual: poisson_rate(outputs, noted, unit=UNIT) for ritual, outputs, noted in _counts(ledger)}


def _counts(ledger: Ledger) -> list[tuple[str, float, int]]:
    return [(str(r), float(o), int(n)) for r, o, n in ledger.sql(beside(__file__), views=[OCCURRENCES])]
