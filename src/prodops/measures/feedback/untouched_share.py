"""Share of messages that nobody touched in their first 30 days.

Among messages observed for 30 days or touched before: no answer, no decision, no closing by a person.
The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.signals import SIGNALS


def measure(ledger: Ledger) -> Estimate:
    """The share over all messages."""
    rows = _counts(ledger)
    because = "no message has been observed for 30 days"
    return wilson(sum(u for _, u, _ in rows), sum(n for *_, n in rows), because=because)


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each channel."""
    return {channel: wilson(untouched, n) for channel, untouched, n in _counts(ledger)}


def _counts(ledger: Ledger) -> list[tuple[str, int, int]]:
    return [(str(c), int(u), int(n)) for c, u, n in ledger.sql(beside(__file__), views=[SIGNALS])]
