"""The panel of PMs by weeks from audited calendars: one share of time each, under labels that name nobody."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from prodops.impact.panel import Panel
from prodops.impact.weeks import Scale
from prodops.ledger.ledger import Ledger
from prodops.stats.panel import NEVER, Cells, Floats
from prodops.stats.small_groups import FEWEST
from prodops.views.blocks import WEEK_HOURS
from prodops.views.pm_weeks import PM_WEEKS
from prodops.views.pms import PMS

SCALE = Scale(calendar=True)
ABSENT_BELOW = 1 / 3
"""A week with less than this share of a PM's usual hours is one of absence, and is left out."""

LIVE_ABOVE = 0.25
"""Weeks at the end with fewer single entries than this share of the usual ones were not yet lived when the
calendar was exported: series alone run on into the future."""

COLUMNS: Mapping[str, str] = {
    "overhead_share": "c", "strategic_share": "a", "core_share": "b", "meeting_hours": "met",
    "ritual_hours": "recurring",
}  # fmt: skip
SHARES = frozenset(("overhead_share", "strategic_share", "core_share"))
"""Outcomes read from titles; the others are read from times alone."""


class TooFewPMsError(ValueError):
    """Fewer than five PMs: no figure; the message says so."""


@dataclass(frozen=True, slots=True)
class PmWeeks:
    """PMs by weeks.

    Attributes:
        people: Pseudonyms, in the order of the rows; never shown.
        teams: The team of each.
        first_week: The place of the first column on the scale of weeks.
        hours: By column of `pm_weeks`: expected hours, shape (people, weeks).
        seen: Which weeks count for whom, shape (people, weeks).
        fewest: Rows below which there is no figure: five, where each is a person.
    """

    people: tuple[str, ...]
    teams: tuple[str, ...]
    first_week: int
    hours: Mapping[str, Floats]
    seen: Cells
    fewest: int = FEWEST

    @property
    def weeks(self) -> int:
        """How many weeks there are."""
        return int(self.seen.shape[1])

    @property
    def until(self) -> date:
        """The Friday of the last week."""
        day = SCALE.day(self.first_week + self.weeks - 1)
        return (day or date.min) + timedelta(days=4)

    def values(self, column: str) -> Floats:
        """An outcome of each cell: a share of 40 hours, or hours for what is no share."""
        return self.hours[column] if column in ("met", "recurring") else self.hours[column] / WEEK_HOURS


def pm_weeks(ledger: Ledger) -> PmWeeks:
    """The weeks of every PM with a calendar, without those not lived yet.

    Raises:
        TooFewPMsError: Fewer than five PMs have a calendar.
    """
    rows = ledger.columns("select * from pm_weeks order by person, week", views=[PM_WEEKS])
    people, person = np.unique(np.asarray(rows["person"], dtype=str), return_inverse=True)
    if len(people) < FEWEST:
        raise TooFewPMsError(
            f"{len(people)} PMs have a calendar here; with fewer than five there is no figure, ever."
        )
    days = [_day(week) for week in rows["week"]]
    places = np.array([SCALE.place(day) for day in days], dtype=np.intp)
    first, last = int(places.min()), last_week(ledger)
    shape = (len(people), max(1, last - first + 1))
    inside = places <= last
    at = (person[inside], places[inside] - first)
    hours = {name: np.zeros(shape) for name in ("hours", "met", "recurring", "a", "b", "c", "x",
                                                "a_first", "c_first")}  # fmt: skip
    for name, grid in hours.items():
        grid[at] = np.asarray(rows[name], dtype=np.float64)[inside]
    teams: dict[str, str] = {}
    for name, team in zip(rows["person"], rows["team"], strict=True):
        teams.setdefault(str(name), str(team))
    return PmWeeks(
        tuple(map(str, people)), tuple(teams[str(one)] for one in people), first, hours, _seen(hours["hours"])
    )


def seen_until(ledger: Ledger) -> date | None:
    """The last day that calendars of PMs show; None without any."""
    if not ledger.sql("select 1 from pms limit 1", views=[PMS]):
        return None
    day = SCALE.day(last_week(ledger))
    return day + timedelta(days=4) if day and _singles(ledger) else None


@dataclass(frozen=True, slots=True)
class Blind:
    """A panel whose units and clusters have labels that name nobody, and the labels of this one change.

    Attributes:
        panel: The panel.
        people: The place in `PmWeeks` of each row of the panel.
        of_person: The label of each person of the change.
        of_group: The label of each team or unit.
    """

    panel: Panel
    people: tuple[int, ...]
    of_person: Mapping[str, str]
    of_group: Mapping[str, str]


def blind_panel(
    weeks: PmWeeks,
    column: str,
    starts: Mapping[str, date | None],
    groups: Mapping[str, str],
    *,
    until: date,
    salt: str,
) -> Blind:
    """The panel of one outcome for the people of a change.

    Args:
        weeks: All PMs.
        column: Which hours: `c`, `a_first`, ...
        starts: The first day of each person; None for those held back.
        groups: The team or unit of each person.
        until: Weeks that begin on this day or later are left out.
        salt: What labels follow from, so that two changes do not share them.

    Raises:
        TooFewPMsError: Fewer than five people of the change have a calendar, or have begun.
    """
    of_person = labelled(sorted(starts), "PM", salt)
    of_group = labelled(sorted(set(groups.values())), "group", salt)
    known = [row for row, person in enumerate(weeks.people) if person in starts]
    rows = sorted(known, key=lambda row: of_person[weeks.people[row]])
    columns = min(weeks.weeks, max(0, SCALE.place(until) - weeks.first_week))
    places = _places(weeks, [starts[weeks.people[row]] for row in rows], columns)
    panel = Panel(
        units=tuple(of_person[weeks.people[row]] for row in rows),
        clusters=tuple(of_group[groups[weeks.people[row]]] for row in rows),
        outcomes=np.where(weeks.seen, weeks.values(column), 0.0)[rows, :columns],
        seen=weeks.seen[rows, :columns],
        starts=np.array(places, dtype=np.intp),
        first_week=weeks.first_week,
        scale=SCALE,
        rows=int(weeks.seen[rows, :columns].sum()),
    )
    return Blind(panel, tuple(rows), of_person, of_group)


def _places(weeks: PmWeeks, begins: list[date | None], columns: int) -> list[int]:
    """The columns in which PMs start; fewer than five PMs, or than five who began, are refused."""
    if len(begins) < weeks.fewest or columns < 1:
        raise TooFewPMsError(
            f"{len(begins)} PMs of this change have calendars; with fewer than five there is no figure, ever."
        )
    places = [NEVER if day is None else SCALE.place(day) - weeks.first_week for day in begins]
    if sum(place < columns for place in places) < weeks.fewest:
        raise TooFewPMsError("Fewer than five PMs have begun so far, so there is no figure yet.")
    return places


def labelled(names: list[str], noun: str, salt: str) -> dict[str, str]:
    """A label for each name that says nothing of it: numbers in the order of salted digests."""
    ranked = sorted(names, key=lambda name: hashlib.sha256(f"{salt}:{noun}:{name}".encode()).hexdigest())
    wide = len(str(len(ranked)))
    return {name: f"{noun} {place:0{wide}d}" for place, name in enumerate(ranked, start=1)}


def _seen(hours: Floats) -> Cells:
    """Cells with hours enough to be a week of work."""
    usual = np.array([float(np.median(row[row > 0])) if (row > 0).any() else 0.0 for row in hours])
    return np.asarray((hours > 0) & (hours >= ABSENT_BELOW * usual[:, None]))


def _singles(ledger: Ledger) -> list[tuple[date, int, int]]:
    rows = ledger.sql(_LIVED)
    return [(_day(week), int(singles), int(entries)) for week, singles, entries in rows]


def last_week(ledger: Ledger) -> int:
    """The last week that was lived before the calendars were exported, and that is over."""
    today = ledger.today.date()
    over = [one for one in _singles(ledger) if one[0] + timedelta(days=4) <= today]
    if not over:
        return SCALE.place(today) - 1
    singles = [count for _, count, _ in over]
    usual = float(np.median([count for count in singles if count] or [0]))
    lived = [week for week, count, _ in over if count >= LIVE_ABOVE * usual]
    return SCALE.place(max(lived))


def _day(moment: object) -> date:
    if isinstance(moment, datetime):
        return moment.date()
    if isinstance(moment, date):
        return moment
    return date.fromisoformat(str(moment)[:10])


_LIVED = """
select
    date_trunc('week', starts_at) as week,
    sum(case when series is null then 1 else 0 end) as singles,
    count(*) as entries
from meeting
where starts_at <= $today and status <> 'cancelled' and not all_day
group by 1
order by 1
"""
