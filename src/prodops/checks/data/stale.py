"""A dataset that is older than its promise.

What it looks for: datasets with a freshness promise whose newest check found them older than promised.

Why it costs: whoever uses the number decides on last week, or checks it by hand first.

When it is wrong: the source itself had nothing new; the promise is stricter than any decision needs.

What to do: mend the load, or change the promise to what decisions need and say it beside the number.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.data import stale_share
from prodops.stats.estimate import Estimate
from prodops.stats.telling import number, told

CODE = "DAT04"
SINK = "data_debt"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Datasets that were older than promised at their newest check."""
    base = stale_share.measure(ledger)
    for load, dataset, age_hours, status, looks in ledger.sql(_SQL):
        age = float(age_hours) if age_hours is not None else None
        aged = f"{number(age)} hours old" if age is not None else f"marked {status}"
        count = float(looks)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=dataset,
            title=f"{dataset} was {aged} at its newest check, older than promised",
            evidence=cited(ledger, "dataset_load", [(str(load), f"{dataset} {aged}")]),
            evidence_count=1,
            exposure=Estimate(
                age or count, age or count, age or count, 1, "hours old" if age else "checks", "count"
            ),
            base_rate=f"over all checks {told(base)} found a dataset older than promised",
            remedy="Mend the load, or change the promise to what decisions need",
        )


_SQL = """
with placed as (
    select
        id,
        dataset,
        age_hours,
        status,
        case
            when lower(status) in ('warn', 'error', 'runtime error', 'stale', 'fail') then 1
            when status = '' and age_hours > coalesce(warn_after_hours, error_after_hours) then 1
            else 0
        end as stale,
        row_number() over (partition by dataset order by checked_at desc, id) as place,
        count(*) over (partition by dataset) as looks
    from dataset_load
    where checked_at <= $today
        and (status <> '' or warn_after_hours is not null or error_after_hours is not null)
)
select id, dataset, age_hours, status, looks
from placed
where place = 1 and stale = 1
order by dataset
"""
