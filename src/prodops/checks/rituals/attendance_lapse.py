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
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger, Row
from prodops.measures.rituals import attendance_lapse
from prodops.stats.estimate import Estimate
from prodops.stats.telling import number
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_loads import RITUAL_LOADS

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
        rows = ledger.sql(_PRESENT, {"ritual": ritual}, views=[OCCURRENCES])
        meetings = ledger.sql(_MEETINGS, {"ritual": ritual}, views=[OCCURRENCES])
        fallen = Estimate(-change.value, -change.high, -change.low, change.n, "share", method=change.method)
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=ritual,
            title=_told(titles[ritual], fallen),
            evidence=cited(ledger, "note", _shown(rows)) or cited(ledger, "meeting", _shown(meetings)),
            evidence_count=change.n,
            exposure=fallen,
            remedy="Ask those who left what they did not need, and invite only who decides",
        )


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


def _shown(rows: list[Row]) -> list[tuple[str, str]]:
    return [(str(one), f"{present} present on {day}") for one, day, present in rows]


def _told(title: str, fallen: Estimate) -> str:
    by = number(fallen.value or 0.0, fallen.unit)
    return f"Attendance of {title} fell by {by} over {fallen.n} occurrences"
