"""Share of PM working time that is operational overhead: reporting, upkeep, wrangling, triage, logistics.

Group C of the taxonomy, by purpose and never by tool, as read from the titles of calendar blocks and
corrected for how often titles are misread. Of all working hours in the audit window, 40 a PM week, so that
time without a calendar entry counts as unknown. Low is as if none of the unknown were overhead, high as if
all of it were.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, estimate
from prodops.views.blocks_by_team import team_shares

UNIT = "share"


def measure(ledger: Ledger) -> Estimate:
    """The share over all PMs, with the unknown inside its bounds."""
    return _purposes(ledger)["C"]


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each leaf (C1 to C7); they rest on the classifier alone."""
    return {leaf: share for leaf, share in _purposes(ledger).items() if leaf != "C"}


def by_team(ledger: Ledger) -> dict[str, Estimate]:
    """The share of each team of five PMs and more, where no smaller one follows by difference."""
    return team_shares(ledger, "C")


def _purposes(ledger: Ledger) -> dict[str, Estimate]:
    """The group and its leaves."""
    rows = ledger.sql(beside(__file__), views=[BLOCKS_BY_PURPOSE])
    return {str(purpose): estimate(row, unit=UNIT) for purpose, *row in rows}
