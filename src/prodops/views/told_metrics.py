"""The metrics whose uses may be told beside those of all metrics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.stats.small_groups import tellable

FAMILY = "metrics"


def _rows(ledger: Ledger) -> Iterable[tuple[str]]:
    if ledger.told is not None:
        yield from ((metric,) for metric in sorted(ledger.told.groups.get(FAMILY, ())))
        return
    people: dict[str, set[str]] = defaultdict(set)
    for metric, person in ledger.sql(_USED):
        people[str(metric)] |= {str(person)} if person else set()
    for metric in sorted(tellable(people)):
        yield (metric,)


TOLD_METRICS = View(name="told_metrics", columns=(("reads", "VARCHAR"),), rows=_rows)
"""Columns: reads (the metric). Metrics that nobody in particular is known to use, or five and more, but for
those without which the uses of a few would be what all metrics have above the ones that are told. The same
half year as that of `metric_uses`. Where several read, those that may be told after what was told before."""

_USED = """
with bounds as (
    select
        case
            when min(used_at) > max(used_at) - interval '182' day then min(used_at)
            else max(used_at) - interval '182' day
        end as since
    from metric_use
    where used_at <= $today
)
select distinct u.reads, u.person
from metric_use u
join bounds b on u.used_at >= b.since and u.used_at <= $today
"""
