"""One key for each ritual, whatever its calendar series, its minutes and its registry entry call it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.text.words import normal_title

_CADENCE = re.compile(
    r"\b(weekly|bi-?weekly|fortnightly|monthly|daily|quarterly|meetings?|calls?|telco|minutes)\b"
)
_SEPARATORS = re.compile(r"[^\w]+")


def _rows(ledger: Ledger) -> Iterable[tuple[str, str, str, str]]:
    yield from _series_rows(ledger)
    yield from _single_rows(ledger)
    for trace, query in _NAMED.items():
        for (name,) in ledger.sql(query):
            yield trace, name, ritual_key(name), name


RITUAL_NAMES = View(
    name="ritual_names",
    columns=(("trace", "VARCHAR"), ("name", "VARCHAR"), ("ritual", "VARCHAR"), ("title", "VARCHAR")),
    rows=_rows,
)
"""Columns: trace (series, single, note, attendance, listing), name (the series' id; title and
organiser of single events joined by `|`; else the name there),
ritual (the key), title (as a reader knows it)."""

_NAMED = {
    "note": "select ritual from note group by ritual",
    "attendance": "select ritual from attendance group by ritual",
    "listing": "select \"group\" || ' ' || title from ritual_listing group by 1",
}


def ritual_key(title: str) -> str:
    """The key of a ritual's name: folded, rid of dates, cadence and punctuation.

    `Pricing Council (weekly)`, `pricing-council` and `Pricing council – 2026-03-04` share one key.
    """
    folded = _SEPARATORS.sub(" ", normal_title(title)).replace("_", " ")
    bare = " ".join(_CADENCE.sub(" ", folded).split())
    return (bare or " ".join(folded.split()) or "untitled").replace(" ", "-")


_SINGLES = """
select title, coalesce(organiser, ''), starts_at
from meeting
where series is null and title <> '' and invited_count > 1 and status <> 'cancelled'
order by title, coalesce(organiser, ''), starts_at
"""


def _single_rows(ledger: Ledger) -> Iterable[tuple[str, str, str, str]]:
    """Single events of one title and organiser that keep a rhythm: a ritual nobody made a series of."""
    moments: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for title, organiser, starts_at in ledger.sql(_SINGLES):
        moments[title, organiser].append(starts_at)
    for (title, organiser), held in sorted(moments.items()):
        if keeps_rhythm(held):
            yield "single", f"{title}|{organiser}", ritual_key(title), title


def keeps_rhythm(moments: list[datetime]) -> bool:
    """Whether at least six moments follow each other mostly by whole weeks, or by about a month."""
    days = [(later - earlier).total_seconds() / 86_400 for earlier, later in pairwise(sorted(moments))]
    if len(days) < 5:
        return False
    regular = sum(1 for gap in days if gap > 5 and (abs(gap / 7 - round(gap / 7)) < 0.06 or 27 < gap < 32))
    return regular >= 0.7 * len(days)


class _Series(NamedTuple):
    id: str
    title: str
    organiser: str
    starts_at: datetime
    ends_at: datetime


def _series_rows(ledger: Ledger) -> Iterable[tuple[str, str, str, str]]:
    """Series of one title are one ritual, unless two organisers held them at the same time."""
    by_key: dict[str, list[_Series]] = defaultdict(list)
    for row in ledger.sql(_SERIES):
        one = _Series(*row)
        by_key[ritual_key(one.title)].append(one)
    for key, group in sorted(by_key.items()):
        split = _held_at_once(group)
        for one in group:
            own = f"{key}~{one.organiser.removeprefix('person:')[:4]}" if split else key
            yield "series", one.id, own, one.title


_SERIES = """
select s.id, s.title, coalesce(s.organiser, ''), min(m.starts_at), max(m.starts_at)
from series s join meeting m on m.series = s.id
where s.title <> ''
group by s.id, s.title, coalesce(s.organiser, '')
order by s.id
"""


def _held_at_once(group: list[_Series]) -> bool:
    ordered = sorted(group, key=lambda one: one.starts_at)
    latest: dict[str, datetime] = {}
    for one in ordered:
        if any(end > one.starts_at for organiser, end in latest.items() if organiser != one.organiser):
            return True
        latest[one.organiser] = max(one.ends_at, latest.get(one.organiser, one.ends_at))
    return False
