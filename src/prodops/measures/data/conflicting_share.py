"""Share of metric names with more than one definition whose definitions contradict each other.

Among names that stand in at least two places with an expression: those whose expressions differ in more
than case and spaces. The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.metric_conflicts import METRIC_CONFLICTS


def measure(ledger: Ledger) -> Estimate:
    """The share over all registries."""
    conflicting, repeated = ledger.sql(beside(__file__), views=[METRIC_CONFLICTS])[0]
    return wilson(conflicting, repeated, because="no metric is defined in more than one place")
