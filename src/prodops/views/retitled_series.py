"""Series that go on under another title: the same people, weekday and length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.views.sittings import SITTINGS

GAP_WEEKS = 5
"""A successor begins so many weeks after the last occurrence of its predecessor at most."""

ALIKE = 0.75
"""Least share of people that two series have in common, of those in either, to be one."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a calendar shows of one series.

    Attributes:
        series: Its id.
        title: Its first title.
        last_title: Its last one.
        first_at: Its first occurrence.
        last_at: Its last one so far.
        slot: Weekday and minutes.
        people: The PMs in it.
        invited: How many people are invited in all.
    """

    series: str
    title: str
    last_title: str
    first_at: datetime
    last_at: datetime
    slot: tuple[int, int]
    people: frozenset[str]
    invited: int


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    traces = _traces(ledger)
    first = _first_titles(traces)
    return [(one.series, first[one.series]) for one in traces if first[one.series] != one.last_title]


RETITLED_SERIES = View(
    name="retitled_series",
    needs=(SITTINGS,),
    columns=(("series", "VARCHAR"), ("title", "VARCHAR")),
    rows=_rows,
)
"""Columns: series, title (the first one that it, or the series it follows, had). One row a series whose title
has changed: in place, or by ending and going on as a new series of the same people on the same weekday with
the same length within five weeks."""


def _traces(ledger: Ledger) -> list[Trace]:
    people: dict[str, set[str]] = defaultdict(set)
    for series, person in ledger.sql(_PEOPLE, views=[SITTINGS]):
        people[str(series)].add(str(person))
    return [
        Trace(
            str(series), str(title), str(last_title), first_at, last_at, (int(weekday), int(minutes)),
            frozenset(people[str(series)]), int(invited),
        )
        for series, title, last_title, first_at, last_at, weekday, minutes, invited in ledger.sql(
            _TRACES, views=[SITTINGS]
        )
    ]  # fmt: skip


_PEOPLE = "select distinct series, person from sittings where series is not null and counted"

_TRACES = """
with placed as (
    select
        series,
        title,
        starts_at,
        hours,
        invited,
        row_number() over (partition by series order by starts_at, meeting) as place,
        row_number() over (partition by series order by starts_at desc, meeting desc) as back
    from sittings
    where series is not null and counted
)
select
    series,
    max(case when place = 1 then title end) as title,
    max(case when back = 1 then title end) as last_title,
    min(starts_at) as first_at,
    max(starts_at) as last_at,
    max(case when place = 1 then extract(isodow from starts_at) end) as weekday,
    max(case when place = 1 then round(hours * 60) end) as minutes,
    max(invited) as invited
from placed
group by series
order by first_at, series
"""


def _first_titles(traces: list[Trace]) -> dict[str, str]:
    """The first title of each series, over its predecessors; traces come in the order of their beginning."""
    ended: dict[tuple[int, int], list[Trace]] = defaultdict(list)
    first: dict[str, str] = {}
    taken: set[str] = set()
    for one in traces:
        before = [each for each in ended[one.slot] if each.series not in taken and _goes_on_as(each, one)]
        former = max(before, key=lambda each: (_alike(each, one), each.last_at), default=None)
        if former is not None:
            taken.add(former.series)
        first[one.series] = first[former.series] if former else one.title
        ended[one.slot].append(one)
    return first


def _goes_on_as(former: Trace, later: Trace) -> bool:
    gap = later.first_at - former.last_at
    return (
        timedelta(0) < gap <= timedelta(weeks=GAP_WEEKS)
        and abs(former.invited - later.invited) <= max(1, former.invited // 4)
        and _alike(former, later) >= ALIKE
    )


def _alike(one: Trace, other: Trace) -> float:
    return len(one.people & other.people) / max(1, len(one.people | other.people))
