"""The parts of a sink that may be told one by one: none about fewer than five people, nor by difference."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.sink import HOURS, Part
from prodops.ledger.ledger import Ledger
from prodops.ledger.view import View
from prodops.pages.judged import audited_ceiling
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import FEWEST, about_persons, tellable
from prodops.stats.telling import number
from prodops.views.channel_fates import CHANNEL_FATES
from prodops.views.metric_uses import METRIC_USES
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_names import RITUAL_NAMES
from prodops.views.ritual_yields import RITUAL_YIELDS
from prodops.views.sittings import SITTINGS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

OWN_AREAS = ("launch_friction", "tool_overlap")
"""Sinks whose parts are areas, which one PM alone may hold: told only where five and more are known. Channels
and metrics are nobody's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPart:
    """One ritual, channel or metric with the hours that it could give back.

    Attributes:
        sink: The sink it belongs to.
        subject: Its key.
        title: As a reader knows it.
        hours: Its hours with their interval; n counts the rows they rest on.
        spread: Its draws in words.
        touches: People it costs time; 0 where nobody can say.
    """

    sink: str
    subject: str
    title: str
    hours: Estimate
    spread: str
    touches: int

    @property
    def of(self) -> str:
        """What its rows are asked by."""
        return f"{self.sink}/{self.subject}"


@dataclass(frozen=True, slots=True)
class Parts:
    """What can be said of the parts of one sink.

    Attributes:
        told: Those that may be told, the largest first.
        hidden: How many others have hours.
    """

    told: tuple[ToldPart, ...]
    hidden: int


def parts_of(ledger: Ledger, verdict: Diagnosis, sink: str) -> Parts:
    """The parts of a sink that may be told, and how many others there are.

    Args:
        ledger: Where the people of each part are looked up.
        verdict: The diagnosis of that ledger.
        sink: The sink's name.
    """
    parts = verdict.parts.get(sink, ())
    if about_persons(verdict.pms) or not parts:
        return Parts((), len(parts))
    told = _tellable(ledger, sink, parts)
    counts, kept = _counts(ledger, sink), kept_share(ledger, verdict)
    return Parts(
        tuple(_told(sink, part, part.draws * kept, counts.get(part.subject, 0)) for part in told),
        len(parts) - len(told),
    )


def _tellable(ledger: Ledger, sink: str, parts: tuple[Part, ...]) -> list[Part]:
    """Parts of nobody or of five and more; the smallest go too while the hidden ones are about fewer.

    Otherwise the hours of a single hidden part would be what the sink has above the parts that are told.
    """
    titled = _titled(ledger) if sink == "ritual_rot" else None
    wanted = {
        part.subject: part
        for part in parts
        if _enough(sink, part) and (titled is None or part.subject in titled)
    }
    people = _people(ledger, sink) if len(wanted) < len(parts) else {}
    groups = {part.subject: people.get(part.subject, set()) for part in parts}
    return [wanted[subject] for subject in tellable(groups, wanted=list(wanted))]


def _enough(sink: str, part: Part) -> bool:
    """Whether a part is about five people or more, or about nobody in particular."""
    return part.touches >= FEWEST or (part.touches == 0 and sink not in OWN_AREAS)


def kept_share(ledger: Ledger, verdict: Diagnosis) -> NDArray[float64]:
    """Draws of the share of all parts' hours that the time audit leaves: no more is given back than is spent.

    The diagnosis cuts its sinks in the same way; their parts have to add up to them.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    parts = [part.draws for each in verdict.parts.values() for part in each]
    ceiling = audited_ceiling(ledger)
    if not parts or ceiling is None:
        return np.ones(1)
    every = np.sum(parts, axis=0)
    return np.asarray(np.minimum(1.0, ceiling / np.maximum(every, 1e-9)))


def _told(sink: str, part: Part, draws: NDArray[float64], n: int) -> ToldPart:
    return ToldPart(
        sink=sink,
        subject=part.subject,
        title=part.title,
        hours=estimate_of(draws, n),
        spread=spread_of(draws),
        touches=part.touches,
    )


def estimate_of(draws: NDArray[float64], n: int) -> Estimate:
    """Draws of hours as an estimate.

    Args:
        draws: PM hours a week.
        n: The rows they rest on.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    low, mid, high = (float(x) for x in np.quantile(draws, [0.025, 0.5, 0.975]))
    return Estimate(mid, low, high, n, HOURS, method=f"posterior median of {len(draws):,} draws")


def spread_of(draws: NDArray[float64]) -> str:
    """Draws in words: the middle half, and how often next to nothing comes back."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    low, high = (float(x) for x in np.quantile(draws, [0.25, 0.75]))
    little = float((draws < 0.25).mean())
    none = f"; in {little:.0%} it is less than a quarter of an hour" if little >= 0.005 else ""
    return f"Half of the {len(draws):,} draws lie between {number(low)} and {number(high)} {HOURS}{none}."


def _titled(ledger: Ledger) -> set[str]:
    rows = ledger.sql("select ritual from ritual_loads where big_enough", views=[RITUAL_LOADS])
    return {str(row[0]) for row in rows}


def _people(ledger: Ledger, sink: str) -> dict[str, set[str]]:
    people: dict[str, set[str]] = defaultdict(set)
    if sink in _PEOPLE:
        query, views = _PEOPLE[sink]
        for subject, person in ledger.sql(query, views=views):
            people[str(subject)].add(str(person))
    return people


def _counts(ledger: Ledger, sink: str) -> dict[str, int]:
    if sink not in _COUNTS:
        return {}
    query, views = _COUNTS[sink]
    return {str(subject): int(n) for subject, n in ledger.sql(query, views=views)}


_SAT = """
select distinct r.ritual, s.person
from sittings s
join ritual_names r
    on (r.trace = 'series' and r.name = s.series) or (
        r.trace = 'single' and s.series is null and r.name = s.title || '|' || s.organiser
    )
where s.counted
"""

_TYPED = """
select distinct coalesce(nullif(area, ''), 'second roadmap') as area, person
from roadmap_entry
where person is not null
"""

_REVIEWED = """
select distinct coalesce(nullif(r.agent, ''), nullif(o.agent, ''), 'an agent') as agent, r.reviewer
from output_review r
left join agent_output o on o.id = r.output
where r.reviewer is not null
"""

_PEOPLE: dict[str, tuple[str, list[View]]] = {
    "ritual_rot": (_SAT, [SITTINGS, RITUAL_NAMES]),
    "data_debt": ("select distinct reads, person from metric_use where person <> ''", []),
    "tool_overlap": (_TYPED, []),
    "ungoverned_ai": (_REVIEWED, []),
}

_REMINDERS = """
select coalesce(nullif(l.product, ''), 'launches') as product, count(*) as reminders
from launch_change c
left join launch l on l.id = c.launch
where c.kind = 'chased'
group by 1
"""

_ENTRIES = """
select coalesce(nullif(area, ''), 'second roadmap') as area, count(*) as entries
from roadmap_entry
group by 1
"""

_REVIEWS = """
select coalesce(nullif(r.agent, ''), nullif(o.agent, ''), 'an agent') as agent, count(*) as reviews
from output_review r
left join agent_output o on o.id = r.output
group by 1
"""

_COUNTS: dict[str, tuple[str, list[View]]] = {
    "ritual_rot": ("select ritual, noted from ritual_yields", [RITUAL_YIELDS]),
    "feedback_black_hole": ("select channel, grown from channel_fates", [CHANNEL_FATES]),
    "data_debt": ("select reads, uses from metric_uses", [METRIC_USES]),
    "launch_friction": (_REMINDERS, []),
    "tool_overlap": (_ENTRIES, []),
    "ungoverned_ai": (_REVIEWS, []),
}
"""What the hours of each part were counted from."""
