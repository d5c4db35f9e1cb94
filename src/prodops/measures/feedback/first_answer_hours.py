"""Hours until somebody first answers a message, with messages still waiting counted as waiting.

The Kaplan-Meier median; the interval is Brookmeyer and Crowley's. Counting answered messages alone would
make it too short.
"""

from __future__ import annotations

from prodops.ledger.feedback import Feedback
from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.survival import SurvivalCurve, kaplan_meier
from prodops.views.signals import SIGNALS

UNIT = "hours"


def measure(ledger: Ledger) -> Estimate:
    """The median over all messages."""
    waits = ledger.columns(beside(__file__), views=[SIGNALS])
    if len(waits["hours"]) == 0:
        return Estimate.unknown(UNIT, because=_nothing(ledger))
    return kaplan_meier(waits["hours"], waits["answered"], unit=UNIT).quantile(0.5)


def _nothing(ledger: Ledger) -> str:
    """Why nothing is known: messages may be there that say nothing of answers."""
    return (
        "no message says when it was first answered"
        if ledger.count(Feedback)
        else "no messages have been loaded"
    )


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The median of each channel."""
    return {channel: curve.quantile(0.5) for channel, curve in curves(ledger).items()}


def curves(ledger: Ledger) -> dict[str, SurvivalCurve]:
    """The share still waiting for an answer by hours, of each channel."""
    waits = ledger.columns(beside(__file__), views=[SIGNALS])
    return {
        str(channel): kaplan_meier(waits["hours"][chosen], waits["answered"][chosen], unit=UNIT)
        for channel in sorted(set(waits["channel"]))
        for chosen in [waits["channel"] == channel]
    }
