"""How PM time divides among purposes: corrected for misreading, with the unknown inside the bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.block_purposes import BLOCK_PURPOSES, GROUPS, LEAVES, READINGS, UNKNOWN, confusions
from prodops.views.blocks import BLOCKS, WEEK_HOURS
from prodops.views.labelled_shares import LABELLED_SHARES
from prodops.views.pms import PMS

if TYPE_CHECKING:
    from prodops.stats.divided_hours import Confusions, Spent, Titles

PURPOSES = (*GROUPS, UNKNOWN, *LEAVES, *(f"readable {group}" for group in GROUPS), "met")

NO_CALENDAR = "no calendar shows a PM at work"
NOT_TOLD = "somebody was forgotten, and the difference would be about that person"

VIEWS = (AUDIT_WINDOW, BLOCK_PURPOSES, BLOCKS, PMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What the audit window holds of some people.

    Attributes:
        cells: Columns person and week (places from 1), weekdays (of that week in the window), reading,
            met (a meeting), probability, hours.
        titles: Columns reading, best_a, best_b, best_c, hours (expected); without titles that say nothing.
        people: How many people it speaks of.
        anonymous: Whether nobody is known as a PM, and the hours are those of everybody invited.
    """

    cells: Mapping[str, Any]
    titles: Mapping[str, Any]
    people: int
    anonymous: bool


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    scope = scope_of(ledger)
    because = refusal(ledger, scope)
    if because:
        return [(purpose, None, None, None, scope.people, "", because) for purpose in PURPOSES]
    labelled = _labelled(ledger)
    return [labelled.get(str(row[0]), row) for row in rows_of(scope)]


BLOCKS_BY_PURPOSE = View(
    name="blocks_by_purpose",
    needs=(*VIEWS, LABELLED_SHARES),
    columns=(
        ("purpose", "VARCHAR"), ("value", "DOUBLE"), ("low", "DOUBLE"), ("high", "DOUBLE"),
        ("people", "BIGINT"), ("method", "VARCHAR"), ("because", "VARCHAR"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: purpose, value, low, high (95%), people (PMs behind it), method, because (why there is no
value). One row each for A, B, C, X and the leaves: shares of the working hours of PMs in the audit window,
low as if none and high as if all of the unknown were of that purpose; `readable A`, `readable B`, `readable
C`: shares of the hours whose purpose can be read; and `met`: meeting hours of a PM in a week. Where PMs
labelled a sample that ended in the window, all but `met` speak of the weeks of the newest sample, corrected
by its labels."""


def _labelled(ledger: Ledger) -> dict[str, tuple[object, ...]]:
    """By purpose, the rows of the newest sample that may be told and ended in the audit window."""
    return {str(row[0]): tuple(row) for row in ledger.sql(_LABELLED, views=[LABELLED_SHARES, AUDIT_WINDOW])}


_LABELLED = """
select l.purpose, l.value, l.low, l.high, l.people, l.method, l.because
from labelled_shares l
join audit_window w on l.ends_on >= cast(w.starts_at as date)
where l.kind = 'share' and l.value is not null and not exists (
    select 1 from labelled_shares later
    where later.starts_on > l.starts_on or (later.starts_on = l.starts_on and later.sample > l.sample)
)
"""


def estimate(row: Sequence[Any], *, unit: str) -> Estimate:
    """A row of `value, low, high, people, method, because` as an estimate."""
    value, low, high, people, method, because = row
    if value is None:
        return Estimate.unknown(unit, because=because, n=people)
    return Estimate(value, low, high, people, unit, method=method)


def scope_of(ledger: Ledger, team: str | None = None) -> Scope:
    """What the audit window holds of one team, or of everybody."""
    where = "" if team is None else " and b.team = $team"
    given: dict[str, object] = {} if team is None else {"team": team}
    cells = ledger.columns(_CELLS.format(where), given, views=VIEWS)
    anonymous = not ledger.sql("select 1 from pms limit 1", views=VIEWS)
    people = int(cells["person"].max()) if len(cells["person"]) else 0
    if anonymous and people:
        people = int(ledger.sql("select count(distinct person) from invitee")[0][0])
    titles = ledger.columns(_TITLES.format(where), given, views=VIEWS)
    return Scope(cells=cells, titles=titles, people=people, anonymous=anonymous)


_CELLS = """
with cells as (
    select b.person, b.week, p.reading, b.kind, b.probability, sum(b.hours) as hours
    from blocks b
    join block_purposes p on p.title = b.title
    join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
    where b.hours > 0{}
    group by b.person, b.week, p.reading, b.kind, b.probability
),
weeks as (
    select
        c.week,
        greatest(1, 1 + least(cast(max(w.ends_at) as date), cast(c.week as date) + 4)
            - greatest(cast(max(w.starts_at) as date), cast(c.week as date))) as weekdays
    from cells c cross join audit_window w
    group by c.week
)
select
    cast(dense_rank() over (order by c.person) as integer) as person,
    cast(dense_rank() over (order by c.week) as integer) as week,
    cast(k.weekdays as integer) as weekdays,
    c.reading,
    c.kind = 'meeting' as met,
    c.probability,
    c.hours
from cells c
join weeks k on k.week = c.week
order by c.person, c.week, c.reading, c.kind, c.probability
"""

_TITLES = """
select p.reading, p.best_a, p.best_b, p.best_c, sum(b.hours * b.probability) as hours
from blocks b
join block_purposes p on p.title = b.title
join audit_window w on b.starts_at >= w.starts_at and b.starts_at <= w.ends_at
where b.hours > 0 and p.reading <> 'X'{}
group by p.folded, p.reading, p.best_a, p.best_b, p.best_c
order by p.folded, p.reading, p.best_a, p.best_b, p.best_c
"""


def refusal(ledger: Ledger, scope: Scope) -> str:
    """Why there may be no figure about so few people; empty when there may be one."""
    if scope.people == 0:
        withheld = ledger.told is not None and "meeting" in ledger.told.withheld
        return NOT_TOLD if withheld else NO_CALENDAR
    if scope.people >= FEWEST:
        return ""
    if scope.anonymous:
        return f"nobody is known as a PM, and only {scope.people} people are invited to anything"
    known = [
        tuple(row) for row in ledger.sql("select known_by, count(*) from pms group by known_by", views=VIEWS)
    ]
    if known == [("own calendar", 1)] and ledger.told is None:
        return ""
    return f"fewer than five PMs ({scope.people}) have a calendar here, and so few get no figure"


def rows_of(scope: Scope) -> Iterator[tuple[object, ...]]:
    """The rows of `BLOCKS_BY_PURPOSE` for a scope that may be told."""
    from prodops.stats.divided_hours import shares  # lazy: it needs NumPy, which the command line may not

    found = shares(spent_of(scope), titles_of(scope), confusions_of())
    for purpose in PURPOSES:
        if scope.anonymous and purpose == "met":
            yield purpose, None, None, None, scope.people, "", "no PM is known: load a roster or calendars"
        elif purpose not in found:
            yield purpose, None, None, None, scope.people, "", "no title says what its time was for"
        else:
            yield purpose, *found[purpose], scope.people, _method(purpose, scope), ""


def _method(purpose: str, scope: Scope) -> str:
    whose = ""
    if scope.anonymous:
        whose = "no PM is known: hours of everybody invited; "
    elif scope.people == 1:
        whose = "one person's own calendar, for that person alone; "
    if purpose == "met":
        return f"{whose}hours x attendance; interval over PMs, weeks and attendance"
    read = "titles read by a classifier, corrected for its misreadings; interval over PMs, weeks, misreadings"
    if purpose.startswith("readable"):
        return f"{whose}{read} and attendance, of what can be read; without labels: grade D"
    bounds = "of unread hours" if purpose == UNKNOWN else "from none to all of the unknown"
    return f"{whose}{read} and attendance, {bounds}; without labels: a range, grade D"


def spent_of(scope: Scope) -> Spent:
    """The cells as one block of hours, with the dark time of each week that has a block."""
    import numpy as np  # lazy: 100 ms that `prodops --help` must not pay

    from prodops.stats.divided_hours import Spent  # lazy: it needs NumPy

    cells = scope.cells
    places = {name: i for i, name in enumerate((*READINGS, UNKNOWN))}
    sorts, sort = np.unique(np.stack([cells["met"], cells["probability"]]), axis=1, return_inverse=True)
    readings = np.array([places[reading] for reading in cells["reading"]])
    persons, weeks = cells["person"] - 1, cells["week"] - 1
    hours = np.zeros((int(persons.max()) + 1, int(weeks.max()) + 1, len(places), sorts.shape[1]))
    np.add.at(hours, (persons, weeks, readings, sort.ravel()), cells["hours"])
    present = hours.sum(axis=(2, 3)) > 0
    capacity = np.zeros(hours.shape[1])
    capacity[weeks] = WEEK_HOURS * cells["weekdays"] / 5
    dark = np.maximum(capacity - (hours @ sorts[1]).sum(axis=2), 0) * present
    return Spent(
        hours=hours,
        sure=sorts[1],
        met=sorts[0] > 0,
        # Nobody's week is known where nobody is known.
        dark_hours=np.zeros_like(dark) if scope.anonymous else dark,
        present=present,
    )


def titles_of(scope: Scope) -> Titles:
    """The titles as places of readings and leaves."""
    import numpy as np  # lazy: 100 ms that `prodops --help` must not pay

    from prodops.stats.divided_hours import Titles  # lazy: it needs NumPy

    readings = {name: i for i, name in enumerate(READINGS)}
    place = {leaf: int(leaf[1]) - 1 for leaf in LEAVES}
    best = [[place[leaf] for leaf in scope.titles[f"best_{group.lower()}"]] for group in GROUPS]
    return Titles(
        hours=scope.titles["hours"],
        reading=np.array([readings[name] for name in scope.titles["reading"]], dtype=np.int64),
        best=np.array(best, dtype=np.int64).reshape(len(GROUPS), -1).T,
    )


def confusions_of() -> Confusions:
    """The counts of the held-out titles as arrays."""
    import numpy as np  # lazy: 100 ms that `prodops --help` must not pay

    from prodops.stats.divided_hours import Confusions  # lazy: it needs NumPy

    told = confusions()
    names = tuple(tuple(leaf for leaf in LEAVES if leaf[0] == group) for group in GROUPS)
    return Confusions(
        groups=np.array([told["groups"][group] for group in (*GROUPS, UNKNOWN)], dtype=float),
        leaves=tuple(
            np.array([told[group][leaf] for leaf in names[i]], dtype=float) for i, group in enumerate(GROUPS)
        ),
        names=names,
    )
