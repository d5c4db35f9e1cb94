"""A ritual that stands in calendars and is not held.

What it looks for: rituals with attendance reports for at least a third of their planned occurrences, of which
a quarter or more, by the interval's lower bound, left no trace: no report and no minutes. A cancelled
occurrence is not planned.

Why it costs: people keep the time free and wait; nobody can plan into it.

When it is wrong: reports are made by hand and forgotten; another room or link was used.

What to do: cancel the series, or halve its cadence and see whether it is then held.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.measures.rituals import held_share
from prodops.stats.estimate import Estimate
from prodops.stats.telling import told
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_loads import RITUAL_LOADS

CODE = "RIT02"
SINK = "ritual_rot"

MISSED_FROM = 0.25


def check(ledger: Ledger) -> Iterator[Finding]:
    """Rituals of which at least a quarter of the planned occurrences were not held."""
    loads = {row[0]: row[1:] for row in ledger.sql(_LOADS, views=[RITUAL_LOADS])}
    for ritual, held in sorted(held_share.each(ledger).items()):
        if held.high is None or held.value is None or held.low is None or 1 - held.high < MISSED_FROM:
            continue
        title, pm_hours, big_enough = loads[ritual]
        if not big_enough:
            continue
        missed = Estimate(1 - held.value, 1 - held.high, 1 - held.low, held.n, "share", method=held.method)
        untraced = _untraced(ledger, ritual)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=ritual,
            title=f"{title}: of {held.n} planned occurrences {told(missed, with_n=False)} were not held",
            evidence=cited(ledger, "meeting", untraced),
            evidence_count=len(untraced),
            hours=_hours(float(pm_hours), missed),
            exposure=None if pm_hours else missed,
            base_rate=_base_rate(held_share.measure(ledger)),
            remedy="Cancel the series, or halve its cadence",
        )


_LOADS = "select ritual, title, coalesce(pm_hours_told, 0e0), big_enough from ritual_loads"

_UNTRACED = """
with spans as (
    select min(day) as first_day, max(day) as last_day
    from occurrences
    where ritual = $ritual and reported
)
select o.meeting, o.day
from occurrences o
join spans s on o.day between s.first_day and s.last_day
where o.ritual = $ritual and o.planned and not o.cancelled and not o.reported and not o.noted
order by o.day desc
"""


def _untraced(ledger: Ledger, ritual: str) -> list[tuple[str, str]]:
    rows = ledger.sql(_UNTRACED, {"ritual": ritual}, views=[OCCURRENCES])
    return [
        (str(meeting), f"planned on {day}, nobody reported there and no minutes") for meeting, day in rows
    ]


def _hours(pm_hours_week: float, missed: Estimate) -> Estimate | None:
    if pm_hours_week <= 0 or missed.value is None or missed.low is None or missed.high is None:
        return None
    kept = (pm_hours_week * missed.value, pm_hours_week * missed.low, pm_hours_week * missed.high)
    return Estimate(*kept, missed.n, "PM hours a week", method="hours x share not held")


def _base_rate(held: Estimate) -> str:
    return f"over all rituals with reports {told(held)} were held" if held.known else ""
