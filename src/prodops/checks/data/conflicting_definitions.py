"""One metric name with expressions that contradict each other.

What it looks for: names that stand in at least two places with expressions that differ in more than case and
spaces. Whether both stand inside one product, in two products or in two registries is said.

Why it costs: two people bring two numbers to one decision and the meeting becomes about the number.

When it is wrong: two products compute the same notion from different sources on purpose; one of the two is
a translation of the other that happens to give the same result.

What to do: decide which one is the metric, rename the other, and point every reader to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger, Row
from prodops.measures.data import conflicting_share
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.metric_conflicts import METRIC_CONFLICTS

CODE = "DAT01"
SINK = "data_debt"


def check(ledger: Ledger) -> Iterator[Finding]:
    """Names with at least two expressions."""
    by_name: dict[str, list[Row]] = defaultdict(list)
    for row in ledger.sql(_SQL, views=[METRIC_CONFLICTS]):
        by_name[row[0]].append(row)
    base = conflicting_share.measure(ledger)
    for name, rows in sorted(by_name.items()):
        variants, reach = int(rows[0][5]), str(rows[0][6])
        definitions = [
            (str(row[3]), f"expression {row[4]} of {variants}, {row[2] or row[1]}") for row in rows
        ]
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=name,
            title=f"{name} has {variants} different expressions in {len(rows)} places, {reach}",
            evidence=cited(ledger, "metric_definition", definitions),
            evidence_count=len(rows),
            exposure=Estimate(
                float(len(rows)),
                float(len(rows)),
                float(len(rows)),
                len(rows),
                "contradicting definitions",
                "count",
            ),
            base_rate=f"of the names defined more than once, {told(base)} contradict themselves",
            remedy="Decide which one is the metric and rename the other",
        )


_SQL = """
select name, registry, product, definition, variant, variants, reach
from metric_conflicts
order by name, variant, registry, product, definition
"""
