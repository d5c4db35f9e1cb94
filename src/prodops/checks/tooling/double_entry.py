"""The same items typed into a second roadmap.

What it looks for: teams or products with ten or more entries of a roadmap, in its last year, whose title or
key stands in the tracker already. What stands in the roadmap alone is no double entry.

Why it costs: each is typed twice, and the two soon say different things.

When it is wrong: the second roadmap is filled by a program; it is what customers see.

What to do: show the roadmap from the tracker, or keep only what the tracker does not have.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.stats.telling import told

CODE = "TOL01"
SINK = "tool_overlap"

ENTRIES_FROM = 10


def check(ledger: Ledger) -> Iterator[Finding]:
    """Areas with ten or more double entries."""
    areas = ledger.sql(_SQL)
    entries = sum(int(row[2]) for row in areas)
    base = wilson(sum(int(row[1]) for row in areas), entries) if entries else None
    for area, doubles, of in areas:
        if doubles < ENTRIES_FROM:
            continue
        rows = ledger.sql(_DOUBLES, {"area": area})
        count = float(doubles)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=area,
            title=f"{area}: {doubles} of {of} entries of the second roadmap stand in the tracker already",
            evidence=cited(ledger, "roadmap_entry", [(str(i), f"typed again on {day}") for i, day in rows]),
            evidence_count=len(rows),
            exposure=Estimate(count, count, count, int(of), "double entries", "count"),
            base_rate=f"over all areas {told(base)}" if base else "",
            remedy="Show the roadmap from the tracker, or keep only what the tracker does not have",
        )


_MARKED = """
with bounds as (
    select max(entered_at) - interval '364' day as since from roadmap_entry where entered_at <= $today
),
titles as (
    select distinct lower(trim(title)) as title from issue where title <> ''
),
keys as (
    select distinct "key" as issue_key from issue where "key" <> ''
),
marked as (
    select
        e.id,
        coalesce(nullif(e.area, ''), 'second roadmap') as area,
        e.entered_at,
        lower(trim(e.item)) in (select title from titles)
            or e.issue_key in (select issue_key from keys) as double
    from roadmap_entry e
    join bounds b on e.entered_at >= b.since and e.entered_at <= $today
)
"""

_SQL = f"""
{_MARKED}
select area, sum(case when double then 1 else 0 end) as doubles, count(*) as entries
from marked
group by area
order by area
"""  # noqa: S608 (only our own words are filled in)

_DOUBLES = f"""
{_MARKED}
select id, cast(entered_at as date) as day
from marked
where area = $area and double
order by entered_at desc, id
"""  # noqa: S608 (only our own words are filled in)
