"""PM hours a week in recurring meetings that count as meetings.

Hours times the probability of attending, summed over PMs in each week of the audit window; weeks without a
recurring meeting count as zero. The interval is a t-interval over weeks: it shows how much weeks differ, not
what attendance probabilities hide.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.means import mean_of
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.sittings import SITTINGS

UNIT = "PM hours a week"


def measure(ledger: Ledger) -> Estimate:
    """The mean of the weeks of the audit window."""
    rows = ledger.sql(beside(__file__), views=[SITTINGS, AUDIT_WINDOW])
    weekly = [float(hours) for _, hours, _ in rows]
    weekly += [0.0] * (round(max((weeks for *_, weeks in rows), default=0.0)) - len(rows))
    return mean_of(weekly, unit=UNIT, because="no calendar shows a PM in a recurring meeting")
