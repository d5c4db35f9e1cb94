"""Share of noted occurrences that produced neither a decision nor an action.

Counted over occurrences with minutes only, in the last half year of each ritual's minutes, of rituals that
are meant to decide or whose purpose is not known. Each reading counts with its probability; the interval
is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.ritual_yields import RITUAL_YIELDS

BECAUSE = "no minutes of a ritual that is meant to decide have been loaded"


def measure(ledger: Ledger) -> Estimate:
    """The share over all judged rituals."""
    rows = _counts(ledger)
    return wilson(sum(empty for _, empty, _ in rows), sum(noted for *_, noted in rows), because=BECAUSE)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The same for each judged ritual by its key."""
    return {ritual: wilson(empty, noted) for ritual, empty, noted in _counts(ledger)}


def _counts(ledger: Ledger) -> list[tuple[str, float, int]]:
    rows = ledger.sql(beside(__file__), views=[RITUAL_YIELDS, RITUAL_PURPOSES])
    return [(str(ritual), float(empty), int(noted)) for ritual, empty, noted in rows]
