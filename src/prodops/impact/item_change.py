"""What one date changed for items: minutes an item, items a week, or the share of them still waiting."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from prodops.impact.items import hours_saved, items_per_week, minutes_per_item, still_waiting
from prodops.stats.estimate import Estimate
from prodops.stats.means import mean_of
from prodops.stats.quantiles import median
from prodops.stats.survival import kaplan_meier
from prodops.stats.telling import told

Kind = Literal["minutes", "count", "waiting"]
KINDS: dict[str, Kind] = {"minutes": "minutes", "count": "count", "waiting": "waiting"}

WEEK = timedelta(days=7)
MOST_WEEKS = 1_040
"""An item further than this from the date is taken for a slip of the pen."""
AFTER_HOURS = 72.0


@dataclass(frozen=True, slots=True)
class Item:
    """One item.

    Attributes:
        came: When it came in, or was timed.
        minutes: How long it took; None where nobody timed it.
        ended: When it was done or answered; None while it waits.
        seen_until: When it was last looked at; None where that is not known.
    """

    came: datetime
    minutes: float | None = None
    ended: datetime | None = None
    seen_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What changed.

    Attributes:
        kind: What was asked of the items.
        change: By how much: a share of what was (minutes, count), or points of a share (waiting).
        before: The level before, with its interval.
        after: The level after.
        saved: Hours a week given back; None where it was not asked or cannot be told.
        cut: Items from before that were still open on the date; they count as open on that day.
        left_out: Items that could not be used.
    """

    kind: Kind
    change: Estimate
    before: Estimate
    after: Estimate
    saved: Estimate | None = None
    cut: int = 0
    left_out: int = 0

    @property
    def shown(self) -> bool:
        """Whether the interval leaves no change out."""
        low, high = self.change.low, self.change.high
        return low is not None and high is not None and (low > 0 or high < 0)

    @property
    def grade(self) -> Literal["C", "D"]:
        """C at best: one date, and nobody to compare with."""
        return "C" if self.change.known else "D"


def item_change(
    items: Sequence[Item],
    date: datetime,
    kind: Kind,
    *,
    items_a_week: float | None = None,
    after_hours: float = AFTER_HOURS,
) -> ItemChange:
    """Compare the items from before a date with those since.

    Args:
        items: The items.
        date: When the change began; items that came in earlier are the ones before.
        kind: What is asked of them.
        items_a_week: How many items a week there are now, to tell hours saved.
        after_hours: After how many hours the share still waiting is compared.
    """
    before = [item for item in items if item.came < date]
    after = [item for item in items if item.came >= date]
    if kind == "minutes":
        return _minutes(before, after, items_a_week)
    return _count(before, after, date) if kind == "count" else _waiting(before, after, date, after_hours)


def sentence(found: ItemChange, day: str) -> str:
    """The statement that may be made, and no more.

    Args:
        found: What was found.
        day: The date in words.
    """
    what = {"minutes": "Minutes an item", "count": "Items a week", "waiting": "The share still waiting"}
    levels = f"before {told(found.before)}, since {told(found.after)}"
    change = found.change
    if change.value is None or change.low is None or change.high is None:
        return f"Description only: {change.because}. {what[found.kind]}: {levels}."
    unit = "points" if found.kind == "waiting" else "%"
    low, high = (f"{100 * bound:+.0f}" for bound in (change.low, change.high))
    span = f"95% interval {low} to {high}"
    if not found.shown:
        none = f"No change is shown after {day}: the estimate is {100 * change.value:+.0f} {unit} ({span})."
        return f"{none} {levels[0].upper()}{levels[1:]}."
    turned = "fell" if change.value < 0 else "rose"
    size = f"{abs(100 * change.value):.0f} {unit}".replace(" %", "%")
    saved = ""
    if found.saved is not None and found.saved.value is not None:
        saved = f" That is {told(found.saved, with_n=False)}."
    return (
        f"{what[found.kind]} {turned} by {size} ({span}) after {day}; the cause is not established. "
        f"{levels[0].upper()}{levels[1:]}.{saved}"
    )


def _minutes(before: Sequence[Item], after: Sequence[Item], items_a_week: float | None) -> ItemChange:
    timed = [[item.minutes for item in part if item.minutes is not None] for part in (before, after)]
    was, now = (median(part, unit="minutes", least=0.0) for part in timed)
    saved = hours_saved(*timed, items_a_week=items_a_week) if items_a_week else None
    left_out = len(before) + len(after) - sum(map(len, timed))
    return ItemChange("minutes", minutes_per_item(*timed), was, now, saved, left_out=left_out)


def _count(before: Sequence[Item], after: Sequence[Item], date: datetime) -> ItemChange:
    """Items of each seven days counted from the date; the first and the last are left out, being cut off."""
    weeks = Counter(math.floor((item.came - date) / WEEK) for item in (*before, *after))
    near = [week for week in weeks if abs(week) <= MOST_WEEKS]
    counts: tuple[list[int], list[int]] = ([], [])
    for week in range(min(near, default=0) + 1, max(near, default=0)):
        counts[week >= 0].append(weeks[week])
    was, now = (mean_of(part, unit="items a week") for part in counts)
    used = sum(map(sum, counts))
    return ItemChange("count", items_per_week(*counts), was, now, left_out=weeks.total() - used)


def _waiting(before: Sequence[Item], after: Sequence[Item], date: datetime, after_hours: float) -> ItemChange:
    watched = [
        [one for item in part if (one := _watched(item, end)) is not None]
        for part, end in ((before, date), (after, None))
    ]
    was, now = (
        kaplan_meier([hours for hours, _ in part], [done for _, done in part]).at(after_hours)
        for part in watched
    )
    cut = sum(item.ended is None or item.ended > date for item in before)
    left_out = len(before) + len(after) - sum(map(len, watched))
    return ItemChange("waiting", still_waiting(was, now), was, now, cut=cut, left_out=left_out)


def _watched(item: Item, end: datetime | None) -> tuple[float, bool] | None:
    """For how many hours it was watched and whether it ended; None where that cannot be told."""
    ends = [moment for moment in (item.seen_until, end) if moment is not None]
    until = min(ends) if ends else item.ended
    if until is None or until < item.came or (item.ended is not None and item.ended < item.came):
        return None
    done = item.ended is not None and item.ended <= until
    last = item.ended if done and item.ended is not None else until
    return (last - item.came) / timedelta(hours=1), done
