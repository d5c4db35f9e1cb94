"""The panel of rituals by weeks: what each takes of PM time, for a change rolled out ritual by ritual."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np

from prodops.impact.pm_weeks import SCALE, PmWeeks, TooFewPMsError, last_week
from prodops.impact.trials import members_of
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.stats.small_groups import FEWEST
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.sittings import SITTINGS

OUTCOME = "ritual_hours"
"""The one outcome of a rollout over rituals: hours that PMs sit in them."""


def ritual_weeks(ledger: Ledger, change: Intervention) -> PmWeeks:
    """Hours that PMs sat in each ritual of a change, week by week; a week without it counts as none.

    A ritual's weeks begin with the first in which a PM sat in it, so that one that is ended shows as hours
    that fell to nothing and not as weeks that are missing.

    Args:
        ledger: Where the calendars are.
        change: A change that is rolled out ritual by ritual.

    Raises:
        TooFewPMsError: Fewer than five PMs sit in its rituals, or no calendar shows them.
    """
    members = members_of(change)
    if len({person for _, person in members}) < FEWEST:
        raise TooFewPMsError("Fewer than five PMs sit in these rituals, so there is no figure, ever.")
    rituals = tuple(sorted({ritual for ritual, _ in members}))
    rows = ledger.sql(_SAT, {"rituals": list(rituals)}, views=[SITTINGS, RITUAL_NAMES])
    if not rows:
        raise TooFewPMsError("No calendar shows a PM in these rituals, so there is no figure.")
    places = [SCALE.place(_day(week)) for _, week, _ in rows]
    first, last = min(places), max(last_week(ledger), min(places))
    hours = np.zeros((len(rituals), last - first + 1))
    seen = np.zeros(hours.shape, dtype=bool)
    for (ritual, _, told), place in zip(rows, places, strict=True):
        if place <= last:
            row = rituals.index(str(ritual))
            hours[row, place - first] = float(told)
            seen[row, place - first :] = True
    return PmWeeks(rituals, rituals, first, {"recurring": hours}, seen, fewest=1)


def begun_with_five(change: Intervention, begun: Sequence[str]) -> bool:
    """Whether five PMs and more sit in the rituals that have begun.

    Args:
        change: The change.
        begun: Keys of the rituals that have.
    """
    return len({person for ritual, person in members_of(change) if ritual in begun}) >= FEWEST


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


_SAT = """
select r.ritual, s.week, sum(s.hours * s.attended) as hours
from sittings s
join ritual_names r
    on (r.trace = 'series' and r.name = s.series) or (
        r.trace = 'single' and s.series is null and r.name = s.title || '|' || s.organiser
    )
where s.counted and r.ritual in (select unnest($rituals))
group by r.ritual, s.week
order by r.ritual, s.week
"""
