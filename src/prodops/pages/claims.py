"""Findings as claims on a page."""

from __future__ import annotations

from prodops.checks.finding import Finding
from prodops.pages.blocks import Claim


def claim(finding: Finding) -> Claim:
    """A finding as a page shows it."""
    return Claim(
        code=finding.code,
        text=finding.title,
        evidence=finding.evidence,
        evidence_count=finding.evidence_count,
        hours=finding.hours,
        exposure=finding.exposure,
        remedy=finding.remedy,
        base_rate=finding.base_rate,
    )
