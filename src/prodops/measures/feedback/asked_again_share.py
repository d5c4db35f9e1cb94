"""Share of messages that repeat an earlier one, as the source marks them.

Merged into another or marked as its duplicate. The interval is Wilson's. Repeats that nobody marked are
not seen, so this is a lower bound. A channel in which no message is marked is left out: its tool may have no
way to mark one.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.signals import SIGNALS


def measure(ledger: Ledger) -> Estimate:
    """The share over all messages of channels that mark any."""
    rows = ledger.sql(beside(__file__), views=[SIGNALS])
    because = "no message loaded is marked as a repeat of another"
    return wilson(sum(again for _, again, _ in rows), sum(n for *_, n in rows), because=because)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each channel that marks any."""
    return {
        str(channel): wilson(again, n) for channel, again, n in ledger.sql(beside(__file__), views=[SIGNALS])
    }
