"""The metrics: who owns them, how fresh they are, where they contradict each other, who checks them again."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.ledger.data import DatasetLoad, MetricDefinition, MetricUse
from prodops.ledger.ledger import Ledger
from prodops.measures.data import (
    conflicting_share,
    no_owner_share,
    no_target_share,
    recheck_share,
    stale_share,
)
from prodops.pages.blocks import Block, Figure, Page, Section, Words
from prodops.pages.charts import MAX_BARS, Row, forest
from prodops.pages.claims import found_by, grouped
from prodops.pages.figures import figures
from prodops.pages.loaded import exports
from prodops.pages.tables import filled
from prodops.pages.wording import many
from prodops.stats.estimate import Estimate
from prodops.stats.telling import quantity, told
from prodops.views.told_metrics import TOLD_METRICS

NAME = "metrics"
PRODUCTS_SHOWN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics(Page):
    """The metrics of a ledger.

    Attributes:
        definitions: How many definitions are known.
        conflicting: Share of repeated names that contradict themselves.
        findings: What was found.
    """

    definitions: int
    conflicting: Estimate
    findings: tuple[Finding, ...]


def page(ledger: Ledger) -> Metrics:
    """The metrics, with base rates beside what is missing."""
    definitions = ledger.count(MetricDefinition)
    known = definitions + ledger.count(DatasetLoad) + ledger.count(MetricUse)
    findings = found_by("DAT", (f for unit in units() for f in unit.check(ledger)))
    conflicting = conflicting_share.measure(ledger)
    return Metrics(
        name=NAME,
        title="Metrics",
        lead=_lead(definitions, conflicting, findings) if known else "No metric is known yet.",
        version=ledger.version,
        today=ledger.today.date(),
        sections=_trust(ledger, conflicting, findings)
        if known
        else (Section("How to start", (exports(NAME),)),),
        definitions=definitions,
        conflicting=conflicting,
        findings=findings,
    )


def _lead(definitions: int, conflicting: Estimate, findings: tuple[Finding, ...]) -> str:
    said = [f"{many(definitions, 'metric definition')}, {many(len(findings), 'finding')}."]
    if conflicting.known:
        said.append(f"Of the names defined more than once, {told(conflicting)} contradict themselves.")
    return " ".join(said)


def _trust(ledger: Ledger, conflicting: Estimate, findings: tuple[Finding, ...]) -> tuple[Section, ...]:
    found = grouped(findings) or (Words("No check found anything in these metrics."),)
    return (
        Section("How far the metrics can be trusted", (*_rechecks(ledger), *_figures(ledger, conflicting))),
        Section(f"What was found: {len(findings):,} in metrics", found),
        *_products(ledger),
    )


def _figures(ledger: Ledger, conflicting: Estimate) -> tuple[Block, ...]:
    return figures(
        (
            Figure(
                "Repeated names that contradict themselves",
                conflicting,
                "Two products may differ on purpose.",
            ),
            Figure(
                "Definitions without an owner", no_owner_share.measure(ledger), "Alone it predicts little."
            ),
            Figure("Indicators without a target", no_target_share.measure(ledger)),
            Figure("Freshness checks that found data older than promised", stale_share.measure(ledger)),
            Figure(
                "Uses that are checks by hand", recheck_share.measure(ledger), "Distrust that costs time."
            ),
        ),
        load="Load dbt results, indicator registries and dashboard usage: prodops add FOLDER.",
    )


def _rechecks(ledger: Ledger) -> tuple[Block, ...]:
    told_of = {str(name) for (name,) in ledger.sql("select reads from told_metrics", views=[TOLD_METRICS])}
    each = [(name, one) for name, one in recheck_share.each(ledger).items() if one.value and name in told_of]
    each.sort(key=lambda one: (-(one[1].low or 0.0), one[0]))
    if not each:
        return ()
    name, share = each[0]
    rows = [Row(one, estimate) for one, estimate in each[:MAX_BARS]]
    least = quantity(share.low or 0.0, share.unit)
    title = f"Of the uses of {name}, at least {least} are checks by hand: {told(share)}"
    return (forest(title, rows, axis="Uses that are checks by hand, percent", what="Metric", whole=True),)


_PRODUCTS = """
select
    case when product = '' then registry else product end as place,
    count(*) as definitions,
    sum(case when owners = '[]' then 1 else 0 end) as unowned,
    sum(case when takes_target and target = '' then 1 else 0 end) as untargeted,
    max(case when takes_target then 1 else 0 end) as targets
from metric_definition
where not deprecated
group by 1
order by definitions desc, place
"""


def _products(ledger: Ledger) -> tuple[Section, ...]:
    rows = ledger.sql(_PRODUCTS)
    if not rows:
        return ()
    listed = [(str(p), int(n), int(o), int(t) if has else None) for p, n, o, t, has in rows[:PRODUCTS_SHOWN]]
    table = filled(
        "Definitions in use by product or registry, the largest first; counts, not estimates",
        ("Product", "Definitions", "No owner", "No target"),
        listed,
        left_out=max(0, len(rows) - PRODUCTS_SHOWN),
    )
    return (Section("Where the definitions are", (table,)),)
