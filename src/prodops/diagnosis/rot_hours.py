"""Ritual rot in hours: PM time in occurrences that produce nothing, beyond what healthy rituals here do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.sink import DRAWS, Part, Weighed
from prodops.ledger.ledger import Ledger
from prodops.views.ritual_loads import RITUAL_LOADS
from prodops.views.ritual_purposes import RITUAL_PURPOSES
from prodops.views.ritual_yields import RITUAL_YIELDS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "ritual_rot"

JUDGED = ("decide", "unknown")
"""Purposes that are judged by what they produce; aligning, learning and relating are not."""

REFERENCE_NOTED = 6
"""Noted occurrences that a ritual needs before it serves as a healthy reference."""

AVOIDABLE = (6.0, 4.0)
"""Beta prior of the share of an occurrence's time that is given back when it produced nothing and is
dropped or shortened: about .6, between .3 and .86. Only a trial narrows it."""


class _Ritual(NamedTuple):
    ritual: str
    title: str
    pm_hours_week: float
    people: int
    noted: int
    empty: float


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week per ritual.

    hours x max(0, P(no output) - P(no output in healthy rituals here)) x avoidable share. P(no output) is
    Beta-binomial over noted occurrences, drawn together towards all judged rituals; missing minutes leave
    it wide instead of counting as empty.
    """
    rituals = [
        _Ritual(*row) for row in ledger.sql(_SQL, views=[RITUAL_LOADS, RITUAL_YIELDS, RITUAL_PURPOSES])
    ]
    noted = sum(one.noted for one in rituals)
    if not any(one.pm_hours_week > 0 for one in rituals):
        return Weighed(
            name=SINK, because="no calendar shows PMs in recurring meetings, so hours are not known"
        )
    if noted == 0:
        return Weighed(
            name=SINK, because="no minutes are known, and missing minutes do not mean missing decisions"
        )
    prior = _prior(rituals)
    reference = _reference(rituals, prior, rng)
    parts = tuple(
        Part(
            subject=one.ritual,
            title=one.title,
            draws=one.pm_hours_week * _excess(one, prior, reference, rng) * rng.beta(*AVOIDABLE, DRAWS),
            touches=one.people,
        )
        for one in rituals
        if one.pm_hours_week > 0
    )
    return Weighed(
        name=SINK,
        parts=parts,
        n=noted,
        because=f"{noted:,} occurrences with minutes in {len(rituals):,} rituals meant to produce something",
        assumed=("how much of an empty occurrence is given back when it is dropped (prior .3 to .86)",),
    )


_SQL = """
select l.ritual, l.title, l.pm_hours_week, l.people, coalesce(y.noted, 0), coalesce(y.empty, 0e0)
from ritual_loads l
join ritual_purposes p on p.ritual = l.ritual
left join ritual_yields y on y.ritual = l.ritual
where p.purpose in ('decide', 'unknown')
order by l.ritual
"""


def _prior(rituals: list[_Ritual]) -> tuple[float, float]:
    """Beta prior of P(no output) by moments over noted rituals; weak when there are few."""
    shares = [one.empty / one.noted for one in rituals if one.noted >= REFERENCE_NOTED]
    total, empty = sum(one.noted for one in rituals), sum(one.empty for one in rituals)
    mean = (empty + 1) / (total + 2)
    if len(shares) < 5:
        return 2 * mean, 2 * (1 - mean)
    centre = sum(shares) / len(shares)
    spread = sum((share - centre) ** 2 for share in shares) / (len(shares) - 1)
    strength = min(20.0, max(1.0, mean * (1 - mean) / max(spread, 1e-6) - 1))
    return strength * mean, strength * (1 - mean)


def _reference(rituals: list[_Ritual], prior: tuple[float, float], rng: Generator) -> NDArray[float64]:
    """Draws of P(no output) in the healthy quarter of the noted rituals."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    solid = sorted(
        (one for one in rituals if one.noted >= REFERENCE_NOTED), key=lambda one: one.empty / one.noted
    )
    if len(solid) < 4:
        return np.asarray(rng.beta(3.0, 7.0, DRAWS))
    best = solid[: max(1, len(solid) // 4)]
    empty, noted = sum(one.empty for one in best), sum(one.noted for one in best)
    return np.asarray(rng.beta(prior[0] * 0.5 + empty, prior[1] * 0.5 + noted - empty, DRAWS))


def _excess(
    one: _Ritual, prior: tuple[float, float], reference: NDArray[float64], rng: Generator
) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    share = rng.beta(prior[0] + one.empty, prior[1] + one.noted - one.empty, DRAWS)
    return np.asarray(np.maximum(0.0, share - reference))
