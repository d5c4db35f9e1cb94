"""What PMs said in interviews of where their time goes and where it should go; none of fewer than five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.small_groups import settled
from prodops.views.block_purposes import LEAVES, UNKNOWN

RECENT_DAYS = 365
"""An interview older than this, against the newest, says nothing of time as it is."""

Shares = dict[str, tuple[float | None, float | None]]
"""For each leaf the stated and the ideal share of one person."""

Interview = tuple[date, str, Shares]

Said = tuple[tuple[str, float], ...]
"""A share for each leaf; not when it was said, for who says the same again changes nothing."""


def _rows(ledger: Ledger) -> Iterable[tuple[object, ...]]:
    interviews = _interviews(ledger)
    kinds = [settled(_said(interviews, place)) for place in (0, 1)]
    for person in sorted(kinds[0].keys() | kinds[1].keys()):
        now, should = (kind.get(person) for kind in kinds)
        for leaf in (*LEAVES, UNKNOWN):
            yield person, leaf, _share(now, leaf), _share(should, leaf)


def _share(said: Said | None, leaf: str) -> float | None:
    return None if said is None else dict(said).get(leaf)


STATED_SHARES = View(
    name="stated_shares",
    columns=(
        ("person", "VARCHAR"), ("leaf", "VARCHAR"), ("stated", "DOUBLE"), ("ideal", "DOUBLE"),
    ),
    rows=_rows,
)  # fmt: skip
"""Columns: person, leaf (A1 to C7, X), stated and ideal (shares of working time, each adding up
to 1 for a person; empty where the person gave none or is not counted). What each person said last;
those who stated shares, and those who gave ideal ones, come, change and go five at a time in the order of
their interviews (`settled`), so that no two looks differ by the answers of fewer than five. For
`stated_means`, never to be told person by person."""


def _said(interviews: Sequence[Interview], place: int) -> Iterator[tuple[str, Said | None]]:
    """Who gave shares of one kind, stated (0) or ideal (1), and who no longer counts, by day."""
    last: dict[str, date] = {}
    for asked_on, person, shares in interviews:
        for one in [one for one, day in last.items() if day < asked_on - timedelta(days=RECENT_DAYS)]:
            del last[one]
            yield one, None
        said = tuple(sorted(_filled(shares, place)))
        if said:
            last[person] = asked_on
            yield person, said


def _interviews(ledger: Ledger) -> list[Interview]:
    """Every interview that has shares, in the order of days."""
    found: dict[tuple[date, str], Shares] = defaultdict(dict)
    for person, asked_on, leaf, stated, ideal in ledger.sql(_ANSWERS, {"leaves": [*LEAVES, UNKNOWN]}):
        found[asked_on, str(person)][leaf] = (stated, ideal)
    return [(asked_on, person, shares) for (asked_on, person), shares in sorted(found.items())]


_ANSWERS = """
select person, asked_on, category, stated_share, ideal_share
from interview_answer
where category in (select unnest($leaves)) and asked_on <= cast($today as date)
    and (stated_share is not null or ideal_share is not null)
order by person, asked_on, category
"""


def _filled(shares: Shares, place: int) -> Iterator[tuple[str, float]]:
    """The shares of one kind for all leaves, adding up to 1; what falls short is unknown."""
    given = {leaf: share for leaf, pair in shares.items() if (share := pair[place]) is not None}
    whole = sum(given.values())
    if whole <= 0:
        return
    for leaf in (*LEAVES, UNKNOWN):
        rest = max(0.0, 1 - whole) if leaf == UNKNOWN else 0.0
        yield leaf, (given.get(leaf, 0.0) + rest) / max(1.0, whole)
