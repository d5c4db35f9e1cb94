"""What PMs said in interviews of where their time goes and where it should go; none of fewer than five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.small_groups import in_fives
from prodops.views.block_purposes import LEAVES, UNKNOWN

RECENT_DAYS = 365
"""An interview older than this, against the newest, says nothing of time as it is."""

Shares = dict[str, tuple[float | None, float | None]]
"""For each leaf the stated and the ideal share of one person."""


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    people = _latest(ledger)
    stated, ideal = (set(in_fives(_with(people, place))) for place in (0, 1))
    for person in sorted(stated | ideal):
        asked_on, shares = people[person]
        for leaf, (is_now, should_be) in sorted(_whole(shares).items()):
            counted = is_now if person in stated else None, should_be if person in ideal else None
            yield person, asked_on, leaf, *counted


STATED_SHARES = View(
    name="stated_shares",
    columns=(
        ("person", "VARCHAR"), ("asked_on", "DATE"), ("leaf", "VARCHAR"), ("stated", "DOUBLE"),
        ("ideal", "DOUBLE"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: person, asked_on, leaf (A1 to C7, X), stated and ideal (shares of working time, each adding up
to 1 for a person; empty where the person gave none or is not counted). The newest interview of each person.
Those who stated shares, and those who gave ideal ones, enter five at a time in the order of their
interviews, so that no two looks differ by the answers of fewer than five. For `stated_means`, never to be
told person by person."""


def _with(people: Mapping[str, tuple[date, Shares]], place: int) -> list[str]:
    """Those who gave a share of one kind, stated (0) or ideal (1), in the order of their interviews."""
    given = [
        person
        for person, (_, shares) in people.items()
        if any(pair[place] is not None for pair in shares.values())
    ]
    return sorted(given, key=lambda person: (people[person][0], person))


def _latest(ledger: Ledger) -> dict[str, tuple[date, Shares]]:
    """The newest interview of each person that has shares."""
    found: dict[str, dict[date, Shares]] = defaultdict(lambda: defaultdict(dict))
    for person, asked_on, leaf, stated, ideal in ledger.sql(_ANSWERS, {"leaves": [*LEAVES, UNKNOWN]}):
        found[person][asked_on][leaf] = (stated, ideal)
    newest = max((day for days in found.values() for day in days), default=date.min)
    since = newest - timedelta(days=RECENT_DAYS) if newest > date.min else newest
    return {person: max(days.items()) for person, days in found.items() if max(days) >= since}


_ANSWERS = """
select person, asked_on, category, stated_share, ideal_share
from interview_answer
where category in (select unnest($leaves)) and asked_on <= cast($today as date)
    and (stated_share is not null or ideal_share is not null)
order by person, asked_on, category
"""


def _whole(shares: Shares) -> Shares:
    """The shares of one person for all leaves, each kind adding up to 1; what falls short is unknown."""
    stated, ideal = (dict(_filled(shares, place)) for place in (0, 1))
    return {leaf: (stated.get(leaf), ideal.get(leaf)) for leaf in (*LEAVES, UNKNOWN)}


def _filled(shares: Shares, place: int) -> Iterator[tuple[str, float]]:
    given = {leaf: share for leaf, pair in shares.items() if (share := pair[place]) is not None}
    whole = sum(given.values())
    if whole <= 0:
        return
    for leaf in (*LEAVES, UNKNOWN):
        rest = max(0.0, 1 - whole) if leaf == UNKNOWN else 0.0
        yield leaf, (given.get(leaf, 0.0) + rest) / max(1.0, whole)
