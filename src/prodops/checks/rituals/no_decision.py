"""A ritual that is meant to decide and, in its minutes, hardly ever does.

What it looks for: rituals with eight or more minutes in the last half year that show, with 95% posterior
probability, fewer decisions and actions than one in two occurrences. Missing minutes are left out; they do
not count as empty.

Why it costs: everybody invited pays the time, and the question comes back elsewhere. The hours are those of
PMs in occurrences that produced nothing, beyond what the healthy quarter of rituals here shows.

When it is wrong: the ritual is meant to align, learn or relate (declare its purpose); it decides and writes
the decision down elsewhere; its minutes are a bare agenda.

What to do: ask the people invited whether they could have skipped the last one. Then pause it for six weeks.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.gamma_poisson import Detection, posterior_rate_below
from prodops.stats.proportions import wilson
from prodops.stats.telling import told
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.ritual_yields import RITUAL_YIELDS

CODE = "RIT01"
SINK = "ritual_rot"

FEWER_THAN = 0.5
"""Outputs per occurrence below which a deciding ritual counts as one that produces next to nothing. At a
quarter, half a year of minutes of a dead weekly ritual is not enough to say so (decision 0003)."""

NOTED_FROM = 8
SURE_FROM = 0.95

READING = Detection(found_share=0.85, false_count=0.05)
"""How well outputs are read from minutes, on the safe side of what `bench/minutes.py` measures."""


def check(ledger: Ledger) -> Iterator[Finding]:
    """Rituals whose minutes show, with 95% probability, fewer than one output in two occurrences."""
    rows = ledger.sql(_SQL, views=[RITUAL_YIELDS, RITUAL_PURPOSES, RITUAL_LOADS])
    base = _base_rate([(float(empty), int(noted)) for _, _, noted, empty, *_ in rows])
    posterior = posterior_rate_below(
        [float(row[4]) for row in rows],
        [int(row[2]) for row in rows],
        threshold=FEWER_THAN,
        detection=READING,
    )
    for (ritual, title, noted, empty, _, pm_hours), sure in zip(rows, posterior.below, strict=True):
        if noted < NOTED_FROM or sure < SURE_FROM:
            continue
        share, notes = wilson(float(empty), int(noted)), _empty_notes(ledger, ritual)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=ritual,
            title=f"{title}: of {noted} noted occurrences {told(share, with_n=False)} produced nothing",
            evidence=cited(ledger, "note", notes),
            evidence_count=len(notes),
            hours=_hours(float(pm_hours), share),
            exposure=None if pm_hours else _fruitless(share),
            base_rate=base,
            remedy="Ask who could have skipped the last one, then pause it for six weeks",
        )


_SQL = """
select y.ritual, l.title, y.noted, y.empty, y.decisions + y.actions, coalesce(l.pm_hours_told, 0e0)
from ritual_yields y
join ritual_purposes p on p.ritual = y.ritual
join ritual_loads l on l.ritual = y.ritual
where p.purpose in ('decide', 'unknown') and l.big_enough
order by y.ritual
"""

_EMPTY_NOTES = """
with lasts as (
    select max(day) as last_day
    from occurrences
    where ritual = $ritual and noted and not cancelled
)
select o.note, o.day
from occurrences o
join lasts l on o.day > l.last_day - 182
where o.ritual = $ritual and o.noted and not o.cancelled and o.decisions + o.actions < 0.5
order by o.day desc
"""


def _empty_notes(ledger: Ledger, ritual: str) -> list[tuple[str, str]]:
    rows = ledger.sql(_EMPTY_NOTES, {"ritual": ritual}, views=[OCCURRENCES])
    return [(str(note), f"minutes of {day} without a decision or action") for note, day in rows]


def _hours(pm_hours_week: float, share: Estimate) -> Estimate | None:
    if pm_hours_week <= 0 or share.value is None or share.low is None or share.high is None:
        return None
    spent = (pm_hours_week * share.value, pm_hours_week * share.low, pm_hours_week * share.high)
    return Estimate(*spent, share.n, "PM hours a week", method="hours x share without output")


def _fruitless(share: Estimate) -> Estimate:
    low, mid, high = ((bound or 0.0) * share.n for bound in (share.low, share.value, share.high))
    return Estimate(mid, low, high, share.n, "occurrences without output", method=share.method)


def _base_rate(rows: list[tuple[float, int]]) -> str:
    noted = sum(n for _, n in rows)
    if noted == 0:
        return ""
    share = wilson(sum(empty for empty, _ in rows), noted)
    return f"over all {len(rows)} rituals judged, {told(share)} of the occurrences produced nothing"
