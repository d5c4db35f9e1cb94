"""Tool overlap in hours: items of the tracker typed once more into a second roadmap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.avoidable import avoidable
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.ledger.ledger import Ledger

if TYPE_CHECKING:
    from numpy.random import Generator

SINK = "tool_overlap"

MINUTES_MEDIAN, MINUTES_SIGMA = 6.0, 0.38
"""Lognormal prior of a PM's minutes for one double entry: 6, between 2.9 and 12.6."""

WINDOW_DAYS = 364


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week: double entries x minutes x avoidable share.

    A double entry has the title or the key of an issue of the tracker; what stands in the roadmap alone is
    no double entry. Seats that nobody uses cost money and no hours; they are a finding of their own.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    entries, weeks = ledger.sql(_SPAN, {"days": WINDOW_DAYS})[0]
    if not entries:
        return Weighed(name=SINK, because="no second roadmap beside the tracker is known")
    areas = ledger.sql(_DOUBLES, {"days": WINDOW_DAYS})
    doubles = sum(int(row[1]) for row in areas)
    minutes = rng.lognormal(np.log(MINUTES_MEDIAN), MINUTES_SIGMA, DRAWS)
    spent = rng.gamma(doubles + 0.5, 1.0, DRAWS) * minutes / 60 / max(float(weeks), 1.0)
    share, trial = avoidable(SINK, rng)
    parts = [
        Part(subject=area, title=area, draws=spent * share * count / doubles, touches=int(people))
        for area, count, people in areas
    ] or [Part(subject="second roadmap", title="second roadmap", draws=spent * share)]
    return Weighed(
        name=SINK,
        parts=tuple(parts),
        n=int(entries),
        because=f"{doubles:,} of {int(entries):,} entries of a second roadmap stand in the tracker already",
        spent=spent,
        unsure=(
            trial,
            Unsure(
                what="a PM's minutes for one double entry (prior 3 to 13)",
                ask="Time forty double entries",
                draws=minutes,
                asking_hours=1.5,
                noise=0.1,
            ),
        ),
    )


_SPAN = """
select
    count(*),
    greatest(1e0, (extract(epoch from max(entered_at))
        - extract(epoch from greatest(min(entered_at), max(entered_at) - to_days($days)))) / 604800e0)
from roadmap_entry
where entered_at <= $today
"""

_DOUBLES = """
with bounds as (
    select max(entered_at) - to_days($days) as since from roadmap_entry where entered_at <= $today
),
titles as (
    select distinct lower(trim(title)) as title from issue where title <> ''
),
keys as (
    select distinct "key" as issue_key from issue where "key" <> ''
)
select coalesce(nullif(e.area, ''), 'second roadmap') as area, count(*), count(distinct e.person)
from roadmap_entry e
join bounds b on e.entered_at >= b.since and e.entered_at <= $today
where lower(trim(e.item)) in (select title from titles)
    or e.issue_key in (select issue_key from keys)
group by 1
order by 2 desc, 1
"""
