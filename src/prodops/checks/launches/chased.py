"""A product whose launches are run after: the same gates are asked for again and again.

What it looks for: products with eight or more reminders in the last year of launch plans, and two or more
for each launch.

Why it costs: somebody runs after sign-offs instead of working, and the launch waits all the same. What it
costs in hours stands with the sink.

When it is wrong: the tool sends the reminders by itself; one launch of exceptional size took most of them.

What to do: give every gate one owner and a date, and let a silent gate pass after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.telling import number

CODE = "LCH01"
SINK = "launch_friction"

REMINDERS_FROM = 8
EACH_FROM = 2.0


def check(ledger: Ledger) -> Iterator[Finding]:
    """Products whose launches take two reminders and more each."""
    products = ledger.sql(_SQL)
    launches = sum(int(row[2]) for row in products)
    overall = sum(int(row[1]) for row in products) / launches if launches else 0.0
    for product, reminders, running in products:
        if reminders < REMINDERS_FROM or reminders / running < EACH_FROM:
            continue
        rows = ledger.sql(_REMINDERS, {"product": product})
        count = float(reminders)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=product,
            title=f"{product}: {reminders} reminders for {running} launches in a year of their plans",
            evidence=cited(ledger, "launch_change", [(str(i), f"asked again on {day}") for i, day in rows]),
            evidence_count=len(rows),
            exposure=Estimate(count, count, count, int(running), "reminders", "count"),
            base_rate=f"over all products {number(overall)} a launch",
            remedy="Give every gate one owner and a date, and let a silent gate pass after it",
        )


_SQL = """
with bounds as (
    select max("on") as last_day from launch_change where "on" <= cast($today as date)
)
select coalesce(nullif(l.product, ''), 'launches') as product, count(*) as reminders,
    count(distinct c.launch) as running
from launch_change c
join bounds b on c."on" > b.last_day - 364 and c."on" <= b.last_day
left join launch l on l.id = c.launch
where c.kind = 'chased'
group by 1
order by 1
"""

_REMINDERS = """
with bounds as (
    select max("on") as last_day from launch_change where "on" <= cast($today as date)
)
select c.id, c."on"
from launch_change c
join bounds b on c."on" > b.last_day - 364 and c."on" <= b.last_day
left join launch l on l.id = c.launch
where c.kind = 'chased' and coalesce(nullif(l.product, ''), 'launches') = $product
order by c."on" desc, c.id
"""
