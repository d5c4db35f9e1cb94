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

MESSAGE_MINUTES, RECHECK_MINUTES = 10.0, 20.0
"""What a message and a re-check are taken to cost where nothing is recorded."""


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
) * $message_minutes / 60e0)
from channel_fates
union all
select 'data_debt', sum(uses_week * rechecks / uses * coalesce(recheck_minutes, $recheck_minutes) / 60e0)
from metric_uses
"""


def hours_lost(ledger: Ledger, findings: Iterable[Finding]) -> dict[str, float]:
    """Hours a week touched by each sink's symptoms: no reference, no avoidable share, no uncertainty."""
    lost = dict.fromkeys(SINKS, 0.0)
    for finding in findings:
        if finding.hours is not None and finding.hours.value is not None:
            lost[finding.sink] += finding.hours.value
    minutes: dict[str, object] = {"message_minutes": MESSAGE_MINUTES, "recheck_minutes": RECHECK_MINUTES}
    views = [RITUAL_LOADS, RITUAL_YIELDS, CHANNEL_FATES, METRIC_USES]
    lost |= {sink: float(hours or 0.0) for sink, hours in ledger.sql(_LOST, minutes, views=views)}
    return {sink: round(hours, 3) for sink, hours in lost.items()}


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
