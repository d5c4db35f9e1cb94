"""Two audits of the same PMs, side by side: a description, never an effect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from prodops.impact.pm_weeks import SCALE, PmWeeks, TooFewPMsError, pm_weeks
from prodops.ledger.ledger import Ledger
from prodops.stats.panel import Floats
from prodops.stats.panel_intervals import Bounds, paired
from prodops.stats.small_groups import FEWEST

SHARES = (("overhead_share", "c"), ("strategic_share", "a"), ("core_share", "b"))

Window = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class TwoAudits:
    """Shares of PM time in two windows.

    Attributes:
        before: The earlier window.
        after: The later one.
        pms: PMs seen in both.
        weeks: Weeks of each window that calendars show.
        means: By outcome: the mean share in each window.
        changes: By outcome: the change with Student's interval over PMs.
    """

    before: Window
    after: Window
    pms: int
    weeks: tuple[int, int]
    means: dict[str, tuple[float, float]]
    changes: dict[str, Bounds]


def two_audits(ledger: Ledger, before: Window, after: Window) -> TwoAudits:
    """Two audits beside each other.

    Args:
        ledger: Where the calendars are.
        before: First and last day of the earlier window.
        after: Those of the later one.

    Raises:
        TooFewPMsError: Fewer than five PMs were seen in both.
    """
    weeks = pm_weeks(ledger)
    inside = [_columns(weeks, window) for window in (before, after)]
    both = np.array([(weeks.seen[:, columns]).any(axis=1) for columns in inside]).all(axis=0)
    if int(both.sum()) < FEWEST:
        raise TooFewPMsError(
            f"{int(both.sum())} PMs have calendars in both windows; with fewer than five there is no figure."
        )
    means, changes = {}, {}
    for name, column in SHARES:
        was, now = (_means(weeks, column, columns)[both] for columns in inside)
        change = paired(now - was)
        means[name] = (float(was.mean()), float(now.mean()))
        if change is not None:
            changes[name] = change
    return TwoAudits(before, after, int(both.sum()), (len(inside[0]), len(inside[1])), means, changes)


def _columns(weeks: PmWeeks, window: Window) -> list[int]:
    """The columns of whole weeks inside a window."""
    first, last = (SCALE.place(day) - weeks.first_week for day in window)
    starts = first if window[0].weekday() == 0 else first + 1
    ends = last if window[1].weekday() >= 4 else last - 1
    return [place for place in range(starts, ends + 1) if 0 <= place < weeks.weeks]


def _means(weeks: PmWeeks, column: str, columns: list[int]) -> Floats:
    """The mean share of each PM over some weeks, NaN where none was seen."""
    seen = weeks.seen[:, columns]
    values = np.where(seen, weeks.values(column)[:, columns], 0.0)
    with np.errstate(invalid="ignore"):
        found: Floats = values.sum(axis=1) / seen.sum(axis=1)
    return found
