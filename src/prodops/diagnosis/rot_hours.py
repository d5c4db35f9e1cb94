"""Ritual rot in hours: PM time in occurrences that are empty beyond the healthy ones here, and preparing."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.avoidable import avoidable
from prodops.diagnosis.own_time import OwnTime, own_time
from prodops.diagnosis.rot_model import Excess, Yield, excess_empty
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.ledger.ledger import Ledger
from prodops.measures.rituals import carry_over
from prodops.text.words import normal_title
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.ritual_years import RITUAL_YEARS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "ritual_rot"

JUDGED = ("decide", "align", "unknown")
"""Purposes that are judged by what they produce; learning and relating are not."""

ALIKE = 40.0
"""Strength of the Beta by which the avoidable share of one ritual lies around that of the organisation."""

PRESENT_STRENGTH = 30.0
"""PM attendances that an organisation's own mean counts for when the share present in a ritual is drawn."""

PREPARED = (2.0, 1.0)
"""Beta prior of where the preparation that a rotten ritual gives back lies, between its excess share (the
ritual is mended) and all of it (it is ended, and nobody prepares for what has ended)."""

SERVES_BELOW = 0.5
"""Share of empty occurrences below which a ritual gives somebody something most of the time."""

HELD = (18.0, 1.2)
"""Beta prior of the share of planned occurrences of a rotting ritual that are held at all."""


class _Ritual(NamedTuple):
    ritual: str
    title: str
    purpose: str
    pm_hours_week: float
    people: int
    noted: int
    empty: float
    told: bool
    pms_expected: float
    pms_present: float


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week per ritual.

    (hours x share of PMs present + preparation) x excess share of empty occurrences x avoidable share, over
    the last year. Of a ritual that decides for others, and that PMs leave and would stop, all their time is
    in excess. Rituals without minutes are not weighed: missing minutes are not missing decisions.
    """
    rituals = [_Ritual(*row) for row in ledger.sql(_SQL, views=[RITUAL_YEARS, RITUAL_PURPOSES])]
    if not any(one.pm_hours_week > 0 for one in rituals):
        return Weighed(
            name=SINK, because="no calendar shows PMs in recurring meetings, so hours are not known"
        )
    noted = [one for one in rituals if one.noted > 0]
    if not noted:
        return Weighed(
            name=SINK, because="no minutes are known, and missing minutes do not mean missing decisions"
        )
    excess = excess_empty(_yields(ledger, noted), rng, DRAWS)
    return _weighed(noted, excess, own_time(ledger), rng, left_out=len(rituals) - len(noted))


_SQL = """
select y.ritual, y.title, p.purpose, y.pm_hours_week, y.people, y.noted, y.empty, y.told, y.pms_expected,
    y.pms_present
from ritual_years y
join ritual_purposes p on p.ritual = y.ritual
where p.purpose in ('decide', 'align', 'unknown')
order by y.ritual
"""

_VOTES = """
select says
from interview_answer
where category like '%stop%' and says <> ''
order by id
"""


def _yields(ledger: Ledger, rituals: list[_Ritual]) -> list[Yield]:
    """What minutes, agendas and interviews show of each ritual."""
    items = {ritual: (share.n, share.n * share.value) for ritual, share in _carried(ledger).items()}
    votes = _votes(ledger, rituals)
    return [
        Yield(
            purpose=one.purpose,
            told=one.told,
            noted=one.noted,
            empty=one.empty,
            open_items=items.get(one.ritual, (0, 0.0))[0],
            came_back=items.get(one.ritual, (0, 0.0))[1],
            votes=votes[one.ritual],
            expected=one.pms_expected,
            came=one.pms_present,
        )
        for one in rituals
    ]


class _Share(NamedTuple):
    n: int
    value: float


def _carried(ledger: Ledger) -> dict[str, _Share]:
    return {
        ritual: _Share(share.n, share.value)
        for ritual, share in carry_over.each(ledger).items()
        if share.value is not None
    }


def _votes(ledger: Ledger, rituals: list[_Ritual]) -> Counter[str]:
    """How many PMs named each ritual as the one to stop; the longest title that is said counts."""
    names = sorted(((normal_title(one.title), one.ritual) for one in rituals), key=lambda one: -len(one[0]))
    said = [normal_title(str(row[0])) for row in ledger.sql(_VOTES)]
    named = (next((ritual for name, ritual in names if name and name in words), "") for words in said)
    return Counter(ritual for ritual in named if ritual)


def _weighed(
    rituals: list[_Ritual], excess: Excess, own: OwnTime, rng: Generator, *, left_out: int
) -> Weighed:
    shared, trial = avoidable(SINK, rng)
    house = _house_present(rituals)
    parts, idle_hours = [], shared * 0
    for one, share, idle in zip(rituals, excess.share, excess.idle, strict=True):
        if one.pm_hours_week <= 0:
            continue
        met = one.pm_hours_week * _present(one, house, rng)
        spent = met * share + _preparing(one, rituals, own, rng) * _prepared(share, rng)
        draws = spent * rng.beta(shared * ALIKE, (1 - shared) * ALIKE)
        idle_hours = idle_hours + draws * idle
        parts.append(
            Part(
                subject=one.ritual,
                title=one.title,
                draws=draws,
                touches=one.people,
                serves_others=one.empty < SERVES_BELOW * one.noted,
            )
        )
    noted = sum(one.noted for one in rituals)
    silent = f"; {left_out} without any minutes are not judged" if left_out else ""
    return Weighed(
        name=SINK,
        parts=tuple(parts),
        n=noted,
        because=f"{noted:,} occurrences with minutes in {len(rituals):,} rituals meant to yield{silent}",
        unsure=(trial, _whose(idle_hours)),
    )


def _prepared(share: NDArray[float64], rng: Generator) -> NDArray[float64]:
    """Draws of the share of its preparation that a ritual gives back."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    return np.where(share > 0, share + (1 - share) * rng.beta(*PREPARED, DRAWS), 0.0)


def _whose(idle_hours: NDArray[float64]) -> Unsure:
    return Unsure(
        what="whether PMs get anything out of rituals that decide for others (prior: all but about 2% do)",
        ask="Ask each PM which ritual would not miss them, and what they last took from it",
        draws=idle_hours,
        asking_hours=2.0,
    )


def _house_present(rituals: list[_Ritual]) -> float:
    """PMs present over PMs expected, over all rituals with reports; 1 without any."""
    expected = sum(one.pms_expected for one in rituals)
    return (sum(one.pms_present for one in rituals) + 20) / (expected + 20)


def _present(one: _Ritual, house: float, rng: Generator) -> NDArray[float64]:
    """Draws of the share of planned PM hours that were truly spent there."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    shape = one.pms_present + PRESENT_STRENGTH * house
    seen = rng.gamma(shape, 1 / (one.pms_expected + PRESENT_STRENGTH), DRAWS)
    return np.asarray(np.minimum(seen * rng.beta(*HELD, DRAWS), 1.0))


def _preparing(one: _Ritual, rituals: list[_Ritual], own: OwnTime, rng: Generator) -> NDArray[float64]:
    """Draws of PM hours a week under titles that name the ritual."""
    name = normal_title(one.title)
    longer = [other for r in rituals if name in (other := normal_title(r.title)) and other != name]
    return own.hours(lambda title: name in title and not any(other in title for other in longer), rng, DRAWS)
