"""A ritual that is meant to decide and leaves no minutes.

What it looks for: rituals meant to decide, with at least eight held occurrences in calendars and minutes for
fewer than one in ten of them. That is a finding of its own: no minutes is not the same as no decision.

Why it costs: nobody outside the room can know, rely on or contest what was decided, and no measure of the
ritual can tell whether it works.

When it is wrong: minutes exist where prodops was not pointed at.

What to do: point prodops at the minutes; or agree on one line per decision, written during the meeting.
"""

from __future__ import annotations

from collections.abc import Iterator

from prodops.checks.cited import cited
from prodops.checks.finding import Finding
from prodops.ledger.ledger import Ledger
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.stats.telling import told
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES

CODE = "RIT05"
SINK = "ritual_rot"

HELD_FROM = 8
NOTED_BELOW = 0.1


def check(ledger: Ledger) -> Iterator[Finding]:
    """Deciding rituals with minutes for fewer than one in ten occurrences."""
    rows = ledger.sql(_SQL, {"held_from": HELD_FROM}, views=[RITUAL_LOADS, RITUAL_PURPOSES])
    silent = [row for row in rows if row[3] < NOTED_BELOW * row[2]]
    base = wilson(len(silent), len(rows)) if rows else None
    for ritual, title, held, noted in silent:
        meetings = ledger.sql(_UNNOTED, {"ritual": ritual}, views=[OCCURRENCES])
        yield Finding(
            code=CODE,
            sink=SINK,
            subject=ritual,
            title=f"{title} was planned {held} times and has minutes of {noted}",
            evidence=cited(
                ledger, "meeting", [(str(one), f"held on {day}, no minutes known") for one, day in meetings]
            ),
            evidence_count=len(meetings),
            exposure=_unknown(int(held), int(noted)),
            base_rate=f"{told(base)} of the rituals meant to decide leave no minutes" if base else "",
            remedy="Point prodops at the minutes, or write one line per decision during the meeting",
        )


_SQL = """
select l.ritual, l.title, l.occurrences, l.noted
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
where p.purpose = 'decide' and l.big_enough and l.planned > 0 and l.occurrences >= $held_from
order by l.ritual
"""

_UNNOTED = """
select meeting, day
from occurrences
where ritual = $ritual and planned and not cancelled and not noted
order by day desc
"""


def _unknown(held: int, noted: int) -> Estimate:
    gone = float(held - noted)
    return Estimate(gone, gone, gone, held, "occurrences nobody can look up", method="count")
