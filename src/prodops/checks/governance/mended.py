"""An agent whose outputs have to be mended.

What it looks for: agents with ten or more reviews in the last year of which, by the interval's lower bound,
a fifth or more found something to correct or threw the output away.

Why it costs: reading and mending takes the time that writing was to save. What it costs in hours stands
with the sink.

When it is wrong: only doubtful outputs are given to review; the table counts matters of taste as mistakes.

What to do: take the agent off what it gets wrong, or give it a template and review that.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.stats.telling import told

CODE = "GOV01"
SINK = "ungoverned_ai"

REVIEWS_FROM = 10
SHARE_FROM = 0.2


def check(ledger: Ledger) -> Iterator[Finding]:
    """Agents of whose reviewed outputs a fifth or more had to be mended."""
    agents = ledger.sql(_SQL)
    reviews = sum(int(row[2]) for row in agents)
    base = wilson(sum(int(row[1]) for row in agents), reviews) if reviews else None
    for agent, mended, of in agents:
        share = wilson(int(mended), int(of))
        if of < REVIEWS_FROM or share.low is None or share.low < SHARE_FROM:
            continue
        rows = ledger.sql(_MENDED, {"agent": agent})
        count = float(mended)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=agent,
            title=f"{agent}: {told(share)} of its reviewed outputs had to be mended or thrown away",
            evidence=cited(ledger, "output_review", [(str(i), str(verdict)) for i, verdict in rows]),
            evidence_count=len(rows),
            exposure=Estimate(count, count, count, int(of), "outputs mended", "count"),
            base_rate=f"over all agents {told(base)}" if base else "",
            remedy="Take the agent off what it gets wrong, or give it a template and review that",
        )


_REVIEWED = """
with dated as (
    select
        r.id,
        coalesce(nullif(r.agent, ''), nullif(o.agent, ''), 'an agent') as agent,
        lower(r.verdict) as verdict,
        coalesce(r.rework_minutes, 0e0) as minutes,
        coalesce(r.reviewed_at, o.written_at) as moment
    from output_review r
    left join agent_output o on o.id = r.output
    where r.verdict <> '' or r.rework_minutes is not null
),
recent as (
    select d.*, d.verdict in ('corrected', 'rejected') or d.minutes > 0 as mended
    from dated d
    where d.moment <= $today
        and d.moment >= (select max(moment) - interval '364' day from dated where moment <= $today)
)
"""

_SQL = f"""
{_REVIEWED}
select agent, sum(case when mended then 1 else 0 end) as mended, count(*) as reviews
from recent
group by agent
order by agent
"""  # noqa: S608 (only our own words are filled in)

_MENDED = f"""
{_REVIEWED}
select
    id,
    case
        when minutes > 0 then verdict || ', ' || cast(cast(minutes as integer) as varchar) || ' minutes'
        else verdict
    end as says
from recent
where agent = $agent and mended
order by minutes desc, id
"""  # noqa: S608 (only our own words are filled in)
