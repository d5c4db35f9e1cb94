"""What the diagnosis must beat: simpler ways to say which sink is the largest, and an ablation of its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from prodops.checks.finding import SINKS, Finding
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.ledger.rituals import Note
from prodops.views.channel_fates import CHANNEL_FATES
from prodops.views.metric_uses import METRIC_USES
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_yields import RITUAL_YIELDS

MINUTES: dict[str, object] = {
    "message": 10.0,
    "recheck": 20.0,
    "reminder": 15.0,
    "entry": 5.0,
    "mending": 15.0,
}
"""What one message, re-check, reminder, double entry or mending is taken to cost where it is not recorded."""


class Counts(NamedTuple):
    """Findings and the records behind them, by sink."""

    findings: dict[str, int]
    incidents: dict[str, int]


def raw_counts(findings: Iterable[Finding]) -> dict[str, dict[str, int]]:
    """How many findings each sink has, and how many incidents stand behind them: the loudest wins."""
    counts = Counts(dict.fromkeys(SINKS, 0), dict.fromkeys(SINKS, 0))
    for finding in findings:
        counts.findings[finding.sink] += 1
        counts.incidents[finding.sink] += finding.evidence_count
    return counts._asdict()


_LOST = """
select 'ritual_rot', sum(l.pm_hours_week * y.empty / y.noted)
from ritual_loads l join ritual_yields y on y.ritual = l.ritual
union all
select 'feedback_black_hole', sum((
    items_week * (1e0 - decided / (case when grown > 0 then grown end)) + duplicates_week
) * $message / 60e0)
from channel_fates
union all
select 'data_debt', sum(uses_week * rechecks / uses * coalesce(recheck_minutes, $recheck) / 60e0)
from metric_uses
union all
select 'launch_friction', sum(case when kind = 'chased' then $reminder end) / 60e0
    / greatest(1e0, (max("on") - min("on")) / 7e0)
from launch_change where "on" <= cast($today as date)
union all
select 'tool_overlap', count(*) * $entry / 60e0
    / greatest(1e0, (extract(epoch from max(entered_at)) - extract(epoch from min(entered_at))) / 604800e0)
from roadmap_entry where entered_at <= $today
union all
select 'ungoverned_ai',
    sum(coalesce(rework_minutes, case when verdict <> 'accepted' then $mending end)) / 60e0
    / greatest(1e0, (extract(epoch from max(reviewed_at)) - extract(epoch from min(reviewed_at))) / 604800e0)
from output_review where reviewed_at <= $today
"""


def hours_lost(ledger: Ledger) -> dict[str, float]:
    """Hours a week touched by each sink's symptoms: no reference, no avoidable share, no uncertainty."""
    views = [RITUAL_LOADS, RITUAL_YIELDS, CHANNEL_FATES, METRIC_USES]
    lost = {
        str(sink): round(float(hours or 0.0), 3) for sink, hours in ledger.sql(_LOST, MINUTES, views=views)
    }
    return dict.fromkeys(SINKS, 0.0) | lost


_UNNOTED = """
select ritual, day from occurrences where planned and not noted and not cancelled order by ritual, day
"""


def silence_as_no(ledger: Ledger) -> Ledger:
    """The ledger in which a held meeting without minutes is taken for one whose minutes hold nothing."""
    unnoted: list[tuple[str, date]] = [
        (str(ritual), day) for ritual, day in ledger.sql(_UNNOTED, views=[OCCURRENCES])
    ]
    return ledger.plus(
        Note(
            id=RecordId(f"silence:note:{ritual}:{day.isoformat()}"),
            cite=Citation("silence", f"{ritual} {day.isoformat()}"),
            ritual=ritual,
            held_on=day,
            title=Prose(ritual),
            form="headings",
            words=0,
        )
        for ritual, day in unnoted
    )
