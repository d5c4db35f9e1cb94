"""PM hours that came back after a ritual's exit: its weeks before and after, counted in calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from prodops.impact.pm_weeks import seen_until
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST, about_persons
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS

UNIT = "PM hours a week"
WEEKS_BEFORE, FEWEST_WEEKS, LONGEST_WEEKS = 13, 4, 26
EXIT = "intervention:exit_ritual:"


@dataclass(frozen=True, slots=True)
class Returned:
    """What an exit gave back.

    Attributes:
        ritual: The ritual's key.
        change: The change that was declared with the exit.
        weeks: Weeks after it that calendars show.
        hours: PM hours a week before less after; unknown before four weeks have passed.
    """

    ritual: str
    change: Intervention
    weeks: int
    hours: Estimate


def exited(change: Intervention) -> str:
    """The ritual that a change was the exit of; empty for any other change."""
    return str(change.id).removeprefix(EXIT).rpartition(":")[0] if str(change.id).startswith(EXIT) else ""


def returned(ledger: Ledger) -> tuple[Returned, ...]:
    """Every exit with what it gave back, the oldest first; an exit that was taken back counts until then.

    Args:
        ledger: Where exits and calendars are.
    """
    changes = [one for one in ledger.records(Intervention) if exited(one)]
    until = seen_until(ledger) if changes else None
    return tuple(
        _returned(ledger, one, until) for one in sorted(changes, key=lambda one: (one.starts_on, one.id))
    )


def _returned(ledger: Ledger, change: Intervention, until: date | None) -> Returned:
    ritual = exited(change)
    start = change.starts_on
    before, after = start - timedelta(days=start.weekday()), start + timedelta(days=-start.weekday() % 7)
    weeks = (
        _whole_weeks(after, min(day for day in (until, change.ended_on, ledger.today.date()) if day))
        if until
        else 0
    )

    def unknown(because: str) -> Returned:
        return Returned(ritual, change, weeks, Estimate.unknown(UNIT, because=because, n=weeks))

    if weeks < FEWEST_WEEKS:
        return unknown(f"calendars show {weeks} of the {FEWEST_WEEKS} whole weeks after {start} it takes")
    first = _first(ledger, before)
    known = (before - first).days // 7
    if known < FEWEST_WEEKS:
        return unknown(
            f"calendars show {known} weeks before {start}, and {FEWEST_WEEKS} are needed to compare"
        )
    asked = {
        "ritual": ritual,
        "first": first,
        "before": before,
        "after": after,
        "last": after + timedelta(weeks=weeks),
    }
    rows = ledger.sql(beside(__file__), asked, views=[RITUAL_NAMES, SITTINGS])
    sat, sits = (max((int(row[place]) for row in rows), default=0) for place in (2, 3))
    if sat < FEWEST or about_persons(sits):
        when = "sat" if sat < FEWEST else "still sit"
        return unknown(f"fewer than five PMs {when} in it, so its hours would be about persons")
    by_week = {week: float(hours) for week, hours, _, _ in rows}
    told = [
        [by_week.get(day + timedelta(weeks=place), 0.0) for place in range(count)]
        for day, count in ((first, known), (after, weeks))
    ]
    return Returned(ritual, change, weeks, _difference(*told))


def _whole_weeks(monday: date, last: date) -> int:
    """Working weeks from a Monday on that are over by a day."""
    days = (last - monday).days
    return max(0, min(LONGEST_WEEKS, days // 7 + (days % 7 >= 4)))


def _first(ledger: Ledger, before: date) -> date:
    """The Monday from which weeks before an exit are counted: a quarter of them, as far as calendars go."""
    query = "select cast(min(week) as date) from sittings where counted"
    first = ledger.sql(query, views=[SITTINGS])[0][0]
    return max(first, before - timedelta(weeks=WEEKS_BEFORE)) if first else before


def _difference(before: list[float], after: list[float]) -> Estimate:
    """Mean before less mean after with Welch's interval over weeks; weeks without the ritual are nought."""
    import numpy as np  # lazy: next to scipy
    from scipy.special import stdtrit  # lazy: heavy

    parts = [float(np.var(weeks, ddof=1)) / len(weeks) for weeks in (before, after)]
    value, variance = float(np.mean(before) - np.mean(after)), sum(parts)
    n = len(before) + len(after)
    if not variance:
        return Estimate(value, value, value, n, UNIT, method="Welch over weeks")
    freedom = variance**2 / sum(
        part**2 / (len(w) - 1) for part, w in zip(parts, (before, after), strict=True)
    )
    reach = float(stdtrit(freedom, 0.975)) * variance**0.5
    return Estimate(value, value - reach, value + reach, n, UNIT, method="Welch over weeks")
