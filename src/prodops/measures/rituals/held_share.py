"""Share of planned occurrences that were held, where attendance reports or minutes can tell.

A ritual counts when somebody reports attendance for at least a third of its planned occurrences; a planned
occurrence of such a ritual without any trace (no report, no minutes) was not held. Cancelled ones are not
planned. The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.occurrences import OCCURRENCES

REPORTED_FROM = 1 / 3


def measure(ledger: Ledger) -> Estimate:
    """The share over all rituals with attendance reports."""
    rows = _counts(ledger)
    return wilson(
        sum(traced for _, traced, _ in rows),
        sum(planned for *_, planned in rows),
        because="no attendance reports are known, and an invitation does not show that people met",
    )


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The same for each ritual with attendance reports, by its key."""
    return {ritual: wilson(traced, planned) for ritual, traced, planned in _counts(ledger)}


def _counts(ledger: Ledger) -> list[tuple[str, int, int]]:
    rows = ledger.sql(beside(__file__), {"reported_from": REPORTED_FROM}, views=[OCCURRENCES])
    return [(str(ritual), int(traced), int(planned)) for ritual, traced, planned in rows]
