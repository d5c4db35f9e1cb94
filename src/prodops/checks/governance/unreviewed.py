"""An agent whose outputs nobody looks at.

What it looks for: agents with twenty or more outputs in the last year of which, by the interval's lower
bound, a fifth or more have no review, where some outputs of some agent have one.

Why it costs: it costs no hours; what rests on such an output is decided by nobody. That is exposure, on its
own scale.

When it is wrong: reviews are made and not written down; the output was a draft that nobody used.

What to do: sample ten of them, review them, and decide whether the agent may go on unread.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.stats.telling import told

CODE = "GOV02"
SINK = "ungoverned_ai"

OUTPUTS_FROM = 20
SHARE_FROM = 0.2


def check(ledger: Ledger) -> Iterator[Finding]:
    """Agents of whose outputs a fifth or more nobody reviewed."""
    agents = ledger.sql(_SQL)
    outputs, unread = sum(int(row[2]) for row in agents), sum(int(row[1]) for row in agents)
    if unread == outputs:
        return
    base = wilson(unread, outputs)
    for agent, missing, of in agents:
        share = wilson(int(missing), int(of))
        if of < OUTPUTS_FROM or share.low is None or share.low < SHARE_FROM:
            continue
        rows = ledger.sql(_UNREAD, {"agent": agent})
        count = float(missing)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=agent,
            title=f"{agent}: {told(share)} of its outputs were reviewed by nobody",
            evidence=cited(
                ledger, "agent_output", [(str(i), f"written on {day}, unread") for i, day in rows]
            ),
            evidence_count=len(rows),
            exposure=Estimate(count, count, count, int(of), "outputs nobody reviewed", "count"),
            base_rate=f"over all agents {told(base)}",
            remedy="Review a sample of ten, and decide whether the agent may go on unread",
        )


_READ = """
with looked as (
    select output from output_review where verdict <> '' or rework_minutes is not null
    union
    select output from review
),
recent as (
    select o.id, coalesce(nullif(o.agent, ''), 'an agent') as agent, o.written_at,
        o.id in (select output from looked) as looked_at
    from agent_output o
    where o.written_at <= $today
        and o.written_at >= (
            select max(written_at) - interval '364' day from agent_output where written_at <= $today
        )
)
"""

_SQL = f"""
{_READ}
select agent, sum(case when looked_at then 0 else 1 end) as unread, count(*) as outputs
from recent
group by agent
order by agent
"""  # noqa: S608 (only our own words are filled in)

_UNREAD = f"""
{_READ}
select id, cast(written_at as date) as day
from recent
where agent = $agent and not looked_at
order by written_at desc, id
"""  # noqa: S608 (only our own words are filled in)
