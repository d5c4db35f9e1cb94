"""Metrics that nobody owns.

What it looks for: a product or data set of a registry with at least five definitions in use of which, by the
interval's lower bound, a tenth or more name no owner.

Why it costs: nobody is asked before the number changes and nobody answers when it looks wrong.

When it is wrong: ownership is kept elsewhere, by folder or by team. "No owner" alone predicts little: it
foretold the removal of real tables in 49 of 100 cases in one registry and in 11 of 100 in another.

What to do: name an owner for the metrics that decisions cite; retire those that nobody claims.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.data import no_owner_share
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.stats.telling import told

CODE = "DAT02"
SINK = "data_debt"

DEFINITIONS_FROM = 5
SHARE_FROM = 0.1


def check(ledger: Ledger) -> Iterator[Finding]:
    """Products where a tenth or more of the metrics have no owner."""
    base = no_owner_share.measure(ledger)
    for registry, product, missing, definitions in ledger.sql(_SQL):
        share = wilson(missing, definitions)
        if definitions < DEFINITIONS_FROM or share.low is None or share.low < SHARE_FROM:
            continue
        rows = ledger.sql(_UNOWNED, {"registry": registry, "product": product})
        count = float(missing)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=product or registry,
            title=f"{product or registry}: {missing} of {definitions} metric definitions name no owner",
            evidence=cited(
                ledger, "metric_definition", [(str(one), f"{name} has no owner") for one, name in rows]
            ),
            evidence_count=len(rows),
            exposure=Estimate(count, count, count, definitions, "metrics without an owner", "count"),
            base_rate=f"over all registries {told(base)} name none",
            remedy="Name an owner for the metrics that decisions cite, and retire what nobody claims",
        )


_SQL = """
select registry, product, sum(case when owners = '[]' then 1 else 0 end) as missing, count(*) as definitions
from metric_definition
where not deprecated and takes_owner
group by registry, product
order by registry, product
"""

_UNOWNED = """
select id, name
from metric_definition
where registry = $registry and product = $product and owners = '[]' and not deprecated and takes_owner
order by id
"""
