"""A ritual that people leave.

What it looks for: rituals with at least nine occurrences that say who was present, where attendance in the
last third is, by the interval's upper bound, at least a fifth below the first third.

Why it costs: those who stopped coming have voted; those who stay cannot decide without them.

When it is wrong: the group itself became smaller; a reorganisation moved people; the report counts rooms.

What to do: ask those who left what they did not need, and invite only who decides.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Evidence, Finding
from prodops.ledger.ledger import Ledger, Row
from prodops.measures.rituals import attendance_lapse
from prodops.stats.estimate import Estimate
from prodops.stats.telling import number
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_names import RITUAL_NAMES

CODE = "RIT04"
SINK = "ritual_rot"

FALLEN_FROM = -0.2


def check(ledger: Ledger) -> Iterator[Finding]:
    """Rituals whose attendance fell by a fifth or more."""
    titles: dict[str, str] = dict(
        ledger.sql("select ritual, title from ritual_loads where big_enough", views=[RITUAL_LOADS])
    )
    for ritual, change in sorted(attendance_lapse.each(ledger).items()):
        if (
            ritual not in titles
            or change.value is None
            or change.low is None
            or change.high is None
            or change.high > FALLEN_FROM
        ):
            continue
        fallen = Estimate(-change.value, -change.high, -change.low, change.n, "share", method=change.method)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=ritual,
            title=_told(titles[ritual], fallen),
            evidence=_evidence(ledger, ritual),
            evidence_count=change.n,
            exposure=fallen,
            remedy="Ask those who left what they did not need, and invite only who decides",
        )


def _evidence(ledger: Ledger, ritual: str) -> tuple[Evidence, ...]:
    """The minutes that say who was present, else the meetings, else the attendance reports themselves."""
    for table, query in _CITED.items():
        rows = ledger.sql(query, {"ritual": ritual}, views=[OCCURRENCES, RITUAL_NAMES])
        if found := cited(ledger, table, _shown(rows)):
            return found
    return ()


_PRESENT = """
select note, day, present
from occurrences
where ritual = $ritual and present > 0 and not cancelled and note is not null
order by day desc
"""

_MEETINGS = """
select meeting, day, present
from occurrences
where ritual = $ritual and present > 0 and not cancelled and meeting is not null
order by day desc
"""

_REPORTED = """
select min(a.id), a.held_on, count(distinct a.person)
from attendance a
join ritual_names r on r.trace = 'attendance' and r.name = a.ritual
where r.ritual = $ritual and a.note is null and a.held_on <= cast($today as date)
group by a.held_on
order by a.held_on desc
"""

_CITED = {"note": _PRESENT, "meeting": _MEETINGS, "attendance": _REPORTED}
"""Where attendance is seen, by the table that is cited: what tells more comes first."""


def _shown(rows: list[Row]) -> list[tuple[str, str]]:
    return [(str(one), f"{present} present on {day}") for one, day, present in rows]


def _told(title: str, fallen: Estimate) -> str:
    by = number(fallen.value or 0.0, fallen.unit)
    return f"Attendance of {title} fell by {by} over {fallen.n} occurrences"
