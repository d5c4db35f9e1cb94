"""Indicators without a target.

What it looks for: definitions in use, in registries that have a place for a target, that leave it empty.

Why it costs: an indicator without a target cannot be missed, so it starts no decision.

When it is wrong: it is watched for change and not for level; the target is written in prose.

What to do: write the target, or call it an observation and take it off the review.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.data import no_target_share
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told

CODE = "DAT03"
SINK = "data_debt"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Products with indicators that have no target."""
    base = no_target_share.measure(ledger)
    for registry, product, missing, definitions in ledger.sql(_SQL):
        if missing == 0:
            continue
        rows = ledger.sql(_UNTARGETED, {"registry": registry, "product": product})
        count = float(missing)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=product or registry,
            title=f"{product or registry}: {missing} of {definitions} indicators have no target",
            evidence=cited(
                ledger, "metric_definition", [(str(one), f"{name} has no target") for one, name in rows]
            ),
            evidence_count=len(rows),
            exposure=Estimate(count, count, count, definitions, "indicators without a target", "count"),
            base_rate=f"over all registries with targets {told(base)} have none",
            remedy="Write the target, or take the indicator off the review",
        )


_SQL = """
select registry, product, sum(case when target = '' then 1 else 0 end) as missing, count(*) as definitions
from metric_definition
where takes_target and not deprecated
group by registry, product
order by registry, product
"""

_UNTARGETED = """
select id, name
from metric_definition
where registry = $registry and product = $product and takes_target and target = '' and not deprecated
order by id
"""
