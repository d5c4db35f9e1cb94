"""A product whose launches come two weeks and more after their first date.

What it looks for: products with launches that were due, of which, by the interval's lower bound, a fifth or
more took place, or still wait, two weeks and more after the first date ever committed to.

Why it costs: everybody who prepared prepares again, and the next date is believed less.

When it is wrong: the first date was a placeholder; the scope was changed on purpose.

What to do: commit to a date only when its dependencies are known; look at the oldest slip first.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.stats.telling import told

CODE = "LCH02"
SINK = "launch_friction"

SHARE_FROM = 0.2
LATE_DAYS = 14


def check(ledger: Ledger) -> Iterator[Finding]:
    """Products of whose launches a fifth or more slipped by two weeks."""
    products = ledger.sql(_SQL, {"late": LATE_DAYS})
    due = sum(int(row[2]) for row in products)
    base = wilson(sum(int(row[1]) for row in products), due) if due else None
    for product, late, of, days in products:
        share = wilson(int(late), int(of))
        if share.low is None or share.low < SHARE_FROM:
            continue
        rows = ledger.sql(_LATE, {"product": product, "late": LATE_DAYS})
        lost = float(days)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=product,
            title=f"{product}: {late} of {of} launches slipped by two weeks and more",
            evidence=cited(
                ledger, "launch", [(str(i), f"{slip} days after its first date") for i, slip in rows]
            ),
            evidence_count=len(rows),
            exposure=Estimate(lost, lost, lost, int(of), "days of slip", "sum"),
            base_rate=f"over all products {told(base)}" if base else "",
            remedy="Commit to a date only when its dependencies are known",
        )


_SLIPS = """
with slips as (
    select
        id,
        coalesce(nullif(product, ''), 'launches') as product,
        coalesce(launched_on, greatest(planned_on, cast($today as date))) - first_planned_on as slip
    from launch
    where first_planned_on <= cast($today as date) and (launched_on is not null or planned_on is not null)
)
"""

_SQL = f"""
{_SLIPS}
select product, sum(case when slip >= $late then 1 else 0 end) as late, count(*) as due,
    sum(case when slip >= $late then slip else 0 end) as days
from slips
group by product
order by product
"""  # noqa: S608 (only our own words are filled in)

_LATE = f"""
{_SLIPS}
select id, slip
from slips
where product = $product and slip >= $late
order by slip desc, id
"""  # noqa: S608 (only our own words are filled in)
