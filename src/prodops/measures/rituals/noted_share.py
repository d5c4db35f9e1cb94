"""Share of held occurrences that have minutes: what the other ritual measures can see.

Held is every planned occurrence up to today that was not cancelled. The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.ritual_loads import RITUAL_LOADS


def measure(ledger: Ledger) -> Estimate:
    """The share over all rituals that have a calendar."""
    planned = [(noted, held) for _, noted, held in ledger.sql(beside(__file__), views=[RITUAL_LOADS])]
    return wilson(
        sum(noted for noted, _ in planned),
        sum(held for _, held in planned),
        because="no calendar shows recurring meetings",
    )


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The same for each ritual by its key."""
    return {
        ritual: wilson(noted, held)
        for ritual, noted, held in ledger.sql(beside(__file__), views=[RITUAL_LOADS])
    }
