"""PM hours a week that one ritual takes, where five or more PMs sit in it.

Hours times the probability of attending, summed over PMs in each week of the audit window; weeks without the
ritual count as zero, so that a monthly ritual costs a quarter of a weekly one. The interval is a t-interval
over weeks: it shows how much weeks differ, not what attendance probabilities hide.
"""

from __future__ import annotations

from collections import defaultdict

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.means import mean_of
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS

UNIT = "PM hours a week"


def measure(ledger: Ledger) -> Estimate:
    """The mean over rituals."""
    hours = [one.value for one in each(ledger).values() if one.value is not None]
    return mean_of(hours, unit=UNIT, because="no calendar shows five PMs in one ritual")


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The mean week of each ritual by its key; rituals of fewer than five PMs are absent."""
    weekly: dict[str, list[float]] = defaultdict(list)
    views = [AUDIT_WINDOW, RITUAL_LOADS, RITUAL_NAMES, SITTINGS]
    weeks = 0
    for ritual, hours, weeks_in_all in ledger.sql(beside(__file__), views=views):
        weekly[str(ritual)].append(float(hours))
        weeks = round(weeks_in_all)
    return {
        ritual: mean_of([*hours, *([0.0] * (weeks - len(hours)))], unit=UNIT)
        for ritual, hours in weekly.items()
    }
