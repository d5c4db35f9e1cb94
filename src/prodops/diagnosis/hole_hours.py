"""The feedback black hole in hours: handling messages that never reach a decision, and answering again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.sink import DRAWS, Part, Weighed
from prodops.ledger.ledger import Ledger
from prodops.views.channel_fates import CHANNEL_FATES

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "feedback_black_hole"

MINUTES_MEDIAN, MINUTES_SIGMA = 6.0, 0.5
"""Lognormal prior of a PM's minutes per message: 6, between 2.3 and 16. Timing sixty messages narrows it."""

REFERENCE_GROWN = 30
"""Messages with 90 days that a channel needs before it serves as the healthy reference."""

REFERENCE_PRIOR = (7.0, 3.0)
"""Beta prior of the share decided within 90 days in a working channel, where no channel is a reference."""


class _Channel(NamedTuple):
    channel: str
    items_week: float
    duplicates_week: float
    grown: int
    decided: int
    messages: int


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week per channel.

    messages a week x minutes x max(0, share decided in the best channel - share decided here), plus
    repeated messages x minutes. Shares are those decided within 90 days among messages that had 90 days.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    channels = [_Channel(*row) for row in ledger.sql(_SQL, views=[CHANNEL_FATES])]
    grown = sum(one.grown for one in channels)
    if not channels:
        return Weighed(name=SINK, because="no messages have been loaded")
    if grown == 0:
        return Weighed(name=SINK, because="no message has been observed for 90 days yet", n=0)
    minutes = rng.lognormal(np.log(MINUTES_MEDIAN), MINUTES_SIGMA, DRAWS)
    reference = _reference(channels, rng)
    parts = tuple(
        Part(subject=one.channel, title=one.channel, draws=_hours(one, minutes, reference, rng))
        for one in channels
        if one.grown > 0
    )
    return Weighed(
        name=SINK,
        parts=parts,
        n=grown,
        because=f"{grown:,} messages that had 90 days, in {len(channels):,} channels",
        assumed=("a PM's minutes per message (prior 2 to 16): time sixty of them",),
    )


_SQL = """
select channel, items_week, duplicates_week, grown, decided, messages
from channel_fates
order by channel
"""


def _reference(channels: list[_Channel], rng: Generator) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    solid = [one for one in channels if one.grown >= REFERENCE_GROWN]
    if len(solid) < 2:
        return np.asarray(rng.beta(*REFERENCE_PRIOR, DRAWS))
    best = max(solid, key=lambda one: one.decided / one.grown)
    return np.asarray(rng.beta(1 + best.decided, 1 + best.grown - best.decided, DRAWS))


def _hours(
    one: _Channel, minutes: NDArray[float64], reference: NDArray[float64], rng: Generator
) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    decided = rng.beta(1 + one.decided, 1 + one.grown - one.decided, DRAWS)
    stuck = one.items_week * np.maximum(0.0, reference - decided)
    return np.asarray((stuck + one.duplicates_week) * minutes / 60)
