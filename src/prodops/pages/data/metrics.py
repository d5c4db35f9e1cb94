"""The metrics: who owns them, how fresh they are, where they contradict each other, who checks them again."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.checks import units
from prodops.checks.finding import Finding
from prodops.ledger.data import MetricDefinition
from prodops.ledger.ledger import Ledger
from prodops.measures.data import (
    conflicting_share,
    no_owner_share,
    no_target_share,
    recheck_share,
    stale_share,
)
from prodops.pages.blocks import Block, Figure, Page, Section, Table, Words
from prodops.pages.charts import forest
from prodops.pages.claims import claim
from prodops.stats.estimate import Estimate

NAME = "metrics"
FINDINGS_SHOWN = 15


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
    findings = tuple(f for unit in units() if unit.CODE.startswith("DAT") for f in unit.check(ledger))
    conflicting = conflicting_share.measure(ledger)
    rest = len(findings) - FINDINGS_SHOWN
    shown: tuple[Block, ...] = tuple(claim(one) for one in findings[:FINDINGS_SHOWN]) or (Words("Nothing."),)
    return Metrics(
        name=NAME,
        title="Metrics",
        lead=f"{definitions:,} metric definitions; {len(findings):,} findings.",
        version=ledger.version,
        sections=(
            Section("How far the metrics can be trusted", _figures(ledger, conflicting)),
            Section("What was found", shown + ((Words(f"{rest:,} more.", "quiet"),) if rest > 0 else ())),
            Section("Numbers checked again by hand", _rechecks(ledger)),
        ),
        definitions=definitions,
        conflicting=conflicting,
        findings=findings,
    )


def _figures(ledger: Ledger, conflicting: Estimate) -> tuple[Block, ...]:
    return (
        Figure(
            "Repeated names that contradict themselves", conflicting, "Two products may differ on purpose."
        ),
        Figure("Definitions without an owner", no_owner_share.measure(ledger), "Alone it predicts little."),
        Figure("Indicators without a target", no_target_share.measure(ledger)),
        Figure("Freshness checks that found data older than promised", stale_share.measure(ledger)),
        Figure("Uses that are re-checks by hand", recheck_share.measure(ledger)),
    )


def _rechecks(ledger: Ledger) -> tuple[Block, ...]:
    each = [(name, share) for name, share in recheck_share.each(ledger).items() if share.value]
    each.sort(key=lambda one: (-(one[1].low or 0.0), one[0]))
    table = Table(
        "Metrics that are checked again by hand",
        ("Metric", "Uses that are re-checks", "Uses"),
        tuple((name, share, share.n) for name, share in each[:30]),
        empty="No usage log is known. Export one with the columns user, metric, used at, kind, minutes.",
        left_out=max(0, len(each) - 30),
    )
    if not each:
        return (table,)
    return (
        forest(f"{each[0][0]} is checked again most often", each, axis="Uses that are re-checks, percent"),
        table,
    )
