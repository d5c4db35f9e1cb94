"""The diagnosis as JSON, for programs that judge or act on it."""

from __future__ import annotations

from typing import Any

from prodops.checks.finding import Finding
from prodops.diagnosis.sink import Sink
from prodops.pages.brief import Brief
from prodops.serve.shown.plain import plain

CITED = 20
CITED_EACH = 3
"""Records cited for each finding beside its sink; the evidence of the named sink stands in full."""


def as_verdict(brief: Brief) -> dict[str, Any]:
    """The verdict with its sinks, rivals and evidence.

    `named` is a sink or null; `verdict` is named, healthy, too_close, outside_reach or not_enough_evidence;
    hours are PM hours a week, null where the evidence sets none; `binding_stage` is the stage whose queue
    binds, or null, and `binding` says whether the named sink feeds it.
    """
    found = brief.diagnosis
    first = [f for f in found.findings if f.sink == found.named] if found.named else list(found.findings)
    return {
        "named": found.named,
        "verdict": found.verdict,
        "says": found.says,
        "p_top": found.p_top,
        "binding_stage": found.queue.binding,
        "binding": found.binding,
        "queues": found.queue.says,
        "margin_hours": plain(found.margin),
        "pms": found.pms,
        "pm_hours_week": found.pm_hours,
        "strategic_share": plain(brief.strategic),
        "overhead_share": plain(brief.overhead),
        "sinks": [_sink(one) for one in found.sinks],
        "evidence": [one for finding in first[:CITED] for one in _evidence(finding)][: 5 * CITED],
        "findings": [_finding(one) for one in found.findings],
        "quick_win": plain(brief.win),
        "operating_model": plain(brief.model),
        "would_change": list(found.would_change),
        "asks": [plain(one) for one in found.asks],
        "stage": plain(brief.stage),
        "seed": found.seed,
        "version": brief.version,
    }


def _sink(sink: Sink) -> dict[str, Any]:
    return {
        "name": sink.name,
        "id": sink.name,
        "title": sink.title,
        "hours_low": sink.hours.low,
        "hours_mid": sink.hours.value,
        "hours_high": sink.hours.high,
        "n": sink.hours.n,
        "p_top": sink.p_top,
        "because": sink.because,
        "assumed": list(sink.assumed),
        "exposure": sink.exposure,
        "findings": [f"{finding.code} {finding.subject}" for finding in sink.findings],
        "evidence": [one for finding in sink.findings[:CITED] for one in _evidence(finding)[:CITED_EACH]],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "sink": finding.sink,
        "subject": finding.subject,
        "title": finding.title,
        "hours": plain(finding.hours),
        "exposure": plain(finding.exposure),
        "base_rate": finding.base_rate,
        "remedy": finding.remedy,
        "evidence_count": finding.evidence_count,
    }


def _evidence(finding: Finding) -> list[dict[str, str]]:
    return [
        {
            "finding": f"{finding.code} {finding.subject}",
            "record": one.record,
            "source": one.cite.source,
            "locator": one.cite.locator,
            "says": one.says,
        }
        for one in finding.evidence
    ]
