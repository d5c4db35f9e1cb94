"""The feedback black hole in hours: answering what is asked again, and reading again what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.avoidable import avoidable
from prodops.diagnosis.pieces import above_usual
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.ledger.ledger import Ledger
from prodops.views.channel_years import CHANNEL_YEARS

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

SINK = "feedback_black_hole"

ANSWER_MEDIAN, ANSWER_SIGMA = 22.0, 0.4
"""Lognormal prior of a PM's usual minutes to answer what is asked again: 22, between 10 and 48."""

REREAD_MEDIAN, REREAD_SIGMA = 0.35, 0.7
"""Lognormal prior of a PM's minutes a week on each message that waits: 0.35, between .09 and 1.4."""

MARKED = (6.0, 3.0)
"""Beta prior of the share of repeats that the source marks."""

MATCHED = (18.0, 2.0)
"""Beta prior of the share of repeats that come from one company under one subject."""

REFERENCE_MESSAGES = 30
"""Messages that a channel needs before it can be the healthy one."""

REFERENCE_SPREAD = 0.04
"""Standard deviation of a channel's rate above which it is too little known to be the healthy one."""

REPEATS_HEALTHY = (1.5, 38.0)
"""Beta prior of the share of messages that repeat an earlier one in a healthy channel: about .04."""

UNDECIDED_HEALTHY = (3.0, 12.0)
"""Beta prior of the share never decided in a healthy channel: about .2."""

REREAD_SHARE = 0.5
"""Strength of the binomial evidence on waiting messages: they are not independent of each other."""


class _Channel(NamedTuple):
    channel: str
    weeks: float
    messages: int
    marked: int
    again: float
    chance: float
    grown: int
    decided: int
    waiting_weeks: float


def weigh(ledger: Ledger, rng: Generator) -> Weighed:
    """Draws of reclaimable PM hours a week per channel.

    repeats x minutes of an answer x share that the best channel would not have, plus messages that wait x
    minutes of reading them again x share that the best channel would have decided; of both the share
    that is avoidable.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    channels = [_Channel(*row) for row in ledger.sql(_SQL, views=[CHANNEL_YEARS])]
    if not channels:
        return Weighed(name=SINK, because="no messages have been loaded")
    grown = sum(one.grown for one in channels)
    if grown == 0:
        return Weighed(name=SINK, because="no message has been observed for 90 days yet", n=0)
    answer = rng.lognormal(np.log(ANSWER_MEDIAN), ANSWER_SIGMA, DRAWS) * above_usual(rng)
    reread = rng.lognormal(np.log(REREAD_MEDIAN), REREAD_SIGMA, DRAWS)
    repeats = _repeats(channels, rng)
    answered = _avoidable(repeats, channels, rng)
    decided = _undecided(channels, rng)
    back, trial = avoidable(SINK, rng)
    spent = np.zeros(DRAWS)
    parts = []
    for place, one in enumerate(channels):
        answers = repeats[place] / one.weeks * answer / 60
        again = one.waiting_weeks / one.weeks * reread / 60
        spent += answers + again
        draws = (answers * answered[place] + again * decided[place]) * back
        parts.append(Part(subject=one.channel, title=one.channel, draws=draws))
    messages = sum(one.messages for one in channels)
    return Weighed(
        name=SINK,
        parts=tuple(parts),
        n=grown,
        because=f"{messages:,} messages of a year in {len(channels):,} channels, {grown:,} seen for 90 days",
        spent=spent,
        unsure=(trial, *_unsure(answer, reread)),
    )


def _unsure(answer: NDArray[float64], reread: NDArray[float64]) -> tuple[Unsure, Unsure]:
    return (
        Unsure(
            what="a PM's mean minutes to answer what is asked again (prior 11 to 61)",
            ask="Time sixty answers to repeated questions",
            draws=answer,
            asking_hours=4.0,
            noise=0.1,
        ),
        Unsure(
            what="a PM's minutes a week on a message that waits (prior .1 to 1.4)",
            ask="Count for two weeks how often waiting messages are opened again",
            draws=reread,
            asking_hours=3.0,
        ),
    )


_SQL = """
select channel, weeks, messages, marked, again, chance, grown, decided, waiting_weeks
from channel_years
order by channel
"""


def _repeats(channels: list[_Channel], rng: Generator) -> NDArray[float64]:
    """Draws of the true number of repeats in each channel; shape (channels, draws).

    Two witnesses, each with its own error: what the source marks, over the share that is ever marked, and
    what one company writes again under one subject, less what chance would match.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    marks, matches = rng.beta(*MARKED, DRAWS), rng.beta(*MATCHED, DRAWS)
    drawn = []
    for one in channels:
        marked = rng.gamma(one.marked + 0.5, 1.0, DRAWS) / marks
        if one.again < 0:
            drawn.append(np.minimum(marked, one.messages))
            continue
        noise = np.sqrt(max(one.again, 1.0) + (0.25 * one.chance) ** 2)
        matched = np.maximum(one.again - one.chance + noise * rng.standard_normal(DRAWS), 0.0) / matches
        sure = 1 / (noise / 0.9) ** 2
        doubtful = 1 / (0.3 * one.marked / (MARKED[0] / sum(MARKED)) + 2.0) ** 2
        # A channel whose source never marks a repeat says nothing by that.
        doubtful = doubtful if one.marked else 0.0
        both = (matched * sure + marked * doubtful) / (sure + doubtful)
        drawn.append(np.clip(np.maximum(both, one.marked), 0.0, one.messages))
    return np.stack(drawn)


def _avoidable(repeats: NDArray[float64], channels: list[_Channel], rng: Generator) -> NDArray[float64]:
    """Share of each channel's repeats that the best channel would not have had; shape (channels, draws)."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    tries = np.array([[one.messages] for one in channels], dtype=float)
    rates = rng.beta(0.5 + repeats, 8 + np.maximum(tries - repeats, 0.0))
    best = _best(rates, channels, rng.beta(*REPEATS_HEALTHY, DRAWS))
    worse = _differ(repeats.mean(axis=1), tries[:, 0], _solid(rates, channels))
    return np.clip(1 - best / rates, 0.0, 1.0) * (rng.random(rates.shape) < worse[:, None])


def _undecided(channels: list[_Channel], rng: Generator) -> NDArray[float64]:
    """Share of what waits in each channel that the best one would have decided; shape (channels, draws)."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    late = np.array([[one.grown - one.decided] for one in channels]) * REREAD_SHARE
    met = np.array([[one.decided] for one in channels]) * REREAD_SHARE
    rates = rng.beta(np.broadcast_to(1 + late, (len(channels), DRAWS)), 1 + met)
    best = _best(rates, channels, rng.beta(*UNDECIDED_HEALTHY, DRAWS))
    worse = _differ(late[:, 0], (late + met)[:, 0], _solid(rates, channels))
    return np.clip(1 - best / rates, 0.0, 1.0) * (rng.random(rates.shape) < worse[:, None])


def _best(rates: NDArray[float64], channels: list[_Channel], prior: NDArray[float64]) -> NDArray[float64]:
    """The lowest rate among channels that are known well; the prior where there are not two channels."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    solid = _solid(rates, channels)
    return np.asarray(rates[solid].min(axis=0)) if solid and len(channels) >= 2 else prior


def _solid(rates: NDArray[float64], channels: list[_Channel]) -> list[int]:
    """Places of channels with enough messages whose rate is known well."""
    spread = rates.std(axis=1)
    return [
        place
        for place, one in enumerate(channels)
        if one.grown >= REFERENCE_MESSAGES and float(spread[place]) <= REFERENCE_SPREAD
    ]


def _differ(hits: NDArray[float64], tries: NDArray[float64], solid: list[int]) -> NDArray[float64]:
    """Probability that each channel is worse than the best one, and not unlucky; shape (channels,).

    A Bayes factor of two binomial rates against one, both under a Beta(1, 4), at even odds: the lowest of
    several noisy rates is too low, and measuring the others against it would find a hole in every house.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it
    from scipy.special import betaln  # lazy: scipy takes longer to load than the command line may

    if not solid or len(hits) < 2:
        return np.ones(len(hits))
    misses = np.maximum(tries - hits, 0.0)
    best = min(solid, key=lambda place: float(hits[place]) / max(float(tries[place]), 1.0))

    def likely(first: NDArray[float64], second: NDArray[float64]) -> NDArray[float64]:
        return np.asarray(betaln(1 + first, 4 + second) - betaln(1, 4))

    apart = likely(hits, misses) + likely(hits[best], misses[best])
    same = likely(hits + hits[best], misses + misses[best])
    chance = 1 / (1 + np.exp(np.clip(same - apart, -50, 50)))
    chance[best] = 0.0
    return np.asarray(chance)
