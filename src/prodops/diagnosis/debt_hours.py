"""Data debt in hours: numbers checked again by hand, beyond what is usual for trusted metrics here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.sink import DRAWS, Part, Weighed
from prodops.ledger.ledger import Ledger
from prodops.views.metric_uses import METRIC_USES

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "data_debt"

MINUTES_MEDIAN, MINUTES_SIGMA = 20.0, 0.5
"""Lognormal prior of the minutes of one re-check, where none is recorded: 20, between 8 and 53."""

REFERENCE_USES = 8
"""Uses that a metric needs before it serves as a trusted reference."""


class _Metric(NamedTuple):
    reads: str
    uses: int
    rechecks: int
    recheck_minutes: float | None
    uses_week: float
    people: int


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week per metric: uses x max(0, P(re-check) - reference) x minutes."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    metrics = [_Metric(*row) for row in ledger.sql(_SQL, views=[METRIC_USES])]
    rechecks = sum(one.rechecks for one in metrics)
    if rechecks == 0:
        return Weighed(name=SINK, because="no record says how often a number is checked again by hand")
    timed = [one.recheck_minutes for one in metrics if one.recheck_minutes is not None]
    minutes = (
        rng.normal(np.mean(timed), np.std(timed) / np.sqrt(len(timed)) + 0.5, DRAWS)
        if timed
        else rng.lognormal(np.log(MINUTES_MEDIAN), MINUTES_SIGMA, DRAWS)
    )
    reference = _reference(metrics, rng)
    parts = tuple(
        Part(
            subject=one.reads,
            title=one.reads,
            draws=_hours(one, np.maximum(minutes, 0.0), reference, rng),
            touches=one.people,
        )
        for one in metrics
        if one.rechecks > 0
    )
    assumed = () if timed else ("the minutes of one re-check (prior 8 to 53)",)
    uses = sum(one.uses for one in metrics)
    return Weighed(
        name=SINK,
        parts=parts,
        n=uses,
        because=f"{uses:,} dated uses of {len(metrics):,} metrics, {rechecks:,} of them re-checks by hand",
        assumed=assumed,
    )


_SQL = "select reads, uses, rechecks, recheck_minutes, uses_week, people from metric_uses order by reads"


def _reference(metrics: list[_Metric], rng: Generator) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    solid = sorted(
        (one for one in metrics if one.uses >= REFERENCE_USES), key=lambda one: one.rechecks / one.uses
    )
    if len(solid) < 4:
        return np.asarray(rng.beta(1.0, 9.0, DRAWS))
    best = solid[: max(1, len(solid) // 4)]
    rechecks, uses = sum(one.rechecks for one in best), sum(one.uses for one in best)
    return np.asarray(rng.beta(1 + rechecks, 9 + uses - rechecks, DRAWS))


def _hours(
    one: _Metric, minutes: NDArray[float64], reference: NDArray[float64], rng: Generator
) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    share = rng.beta(0.5 + one.rechecks, 4.5 + one.uses - one.rechecks, DRAWS)
    return np.asarray(one.uses_week * np.maximum(0.0, share - reference) * minutes / 60)
