"""The top-down frame: how many PMs there are, and how many hours a week the audit says are overhead."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.measures.time import overhead_share
from prodops.views.pms import PMS

HOURS_EACH = 40.0
"""Working hours a PM week, where nothing says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditedHours:
    """What the time audit bounds.

    Attributes:
        pms: PMs of the roster, or owners of calendars.
        pm_hours: Their working hours a week.
        ceiling: The most that the audit allows to be overhead, in hours a week; None without an audit.
        missing: What would sharpen it; empty when nothing.
    """

    pms: int
    pm_hours: float
    ceiling: float | None
    missing: str = ""


def audited_hours(ledger: Ledger) -> AuditedHours:
    """PMs, their hours, and the ceiling that the time audit sets on the sum of all sinks."""
    pms = int(ledger.sql("select count(*) from pms", views=[PMS])[0][0])
    share = overhead_share.measure(ledger)
    if share.high is None:
        return AuditedHours(
            pms=pms, pm_hours=pms * HOURS_EACH, ceiling=None, missing=f"the time audit: {share.because}"
        )
    return AuditedHours(
        pms=pms,
        pm_hours=pms * HOURS_EACH,
        ceiling=share.high * pms * HOURS_EACH,
        missing="labels of sampled blocks: the audit reads purposes from titles alone",
    )
