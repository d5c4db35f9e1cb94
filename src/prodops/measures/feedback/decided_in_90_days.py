"""Share of messages that reach a decision within 90 days.

Aalen-Johansen: closing by a rule, merging and spam compete with a decision, and messages that are still
open count as open. A yes, a no and a later are decisions alike.
"""

from __future__ import annotations

from prodops.ledger.feedback import Feedback
from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.competing import CumulativeIncidence, aalen_johansen
from prodops.stats.estimate import Estimate
from prodops.views.signals import SIGNALS

DAYS = 90.0
FATES = 2
"""Causes: 1 decided, 2 ended without a decision."""


def measure(ledger: Ledger) -> Estimate:
    """The share over all messages."""
    fates = ledger.columns(beside(__file__), views=[SIGNALS])
    if len(fates["days"]) == 0:
        return Estimate.unknown("share", because=_nothing(ledger))
    return aalen_johansen(fates["days"], fates["fate"], causes=FATES).at(1, DAYS)


def _nothing(ledger: Ledger) -> str:
    """Why nothing is known: messages may be there that say nothing of when they ended."""
    return "no message says what became of it" if ledger.count(Feedback) else "no messages have been loaded"


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each channel."""
    return {channel: curve.at(1, DAYS) for channel, curve in curves(ledger).items()}


def curves(ledger: Ledger) -> dict[str, CumulativeIncidence]:
    """Cumulative incidence of a decision and of an end without one by days, of each channel."""
    fates = ledger.columns(beside(__file__), views=[SIGNALS])
    return {
        str(channel): aalen_johansen(fates["days"][chosen], fates["fate"][chosen], causes=FATES)
        for channel in sorted(set(fates["channel"]))
        for chosen in [fates["channel"] == channel]
    }
