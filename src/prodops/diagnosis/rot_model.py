"""Which rituals are empty beyond what is usual here: healthy and rotten told apart, misreading included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from prodops.diagnosis.particles import posterior

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.random import Generator
    from numpy.typing import NDArray

PARTICLES = 500

UNKNOWNS = 16

LEARNS = 0.35
"""Chance that a ritual whose name tells no purpose is there to learn, where empty minutes are healthy."""

EACH_VOTE, VOTES_COUNTED = 2.5, 3
"""A PM who would stop a ritual raises its odds of being rotten so much; more than three say nothing new,
so that a loud survey cannot decide."""

CARRY_STRENGTH = 15.0

SHARE_IDLE = 0.02
"""Prior median of the share of rituals, rotten ones aside, that decide for others and give PMs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yield:
    """What the minutes of one ritual show.

    Attributes:
        purpose: decide, align or unknown.
        told: Whether its minutes are prose rather than marks.
        noted: Occurrences with minutes.
        empty: Expected number of them without decision or action, as read.
        open_items: Agenda items left open.
        came_back: How many of them came back.
        votes: PMs who named it as the one to stop.
        expected: PMs over the occurrences for which somebody was reported, as calendars have it.
        came: PMs reported there.
    """

    purpose: str
    told: bool
    noted: int
    empty: float
    open_items: float
    came_back: float
    votes: int
    expected: float = 0.0
    came: float = 0.0


class Excess(NamedTuple):
    """What each ritual takes beyond the healthy ones; both of shape (rituals, draws).

    Attributes:
        share: Share of its PM time, between 0 and 1; 0 where it is healthy in a draw.
        idle: Whether it gives others something and PMs nothing in a draw.
    """

    share: NDArray[float64]
    idle: NDArray[bool_]


def excess_empty(yields: list[Yield], rng: Generator, draws: int) -> Excess:
    """Draws of the share of each ritual's occurrences that are empty beyond the healthy ones of its purpose.

    A ritual is healthy or rotten. The share of its occurrences read as empty is Beta-binomial around a
    level: (1 - found) + (found - false) x true share, where `found` and `false` say how well outputs are
    read from marked and from told minutes. Healthy rituals of a purpose share their true level, rotten
    ones lie above it; open items come back more often in rotten ones. All levels are learned from the
    rituals together, under wide priors, so that the luckiest quarter does not pass for healthy.

    A third kind is idle for PMs: it decides as healthy ones do, for others. PMs stay away from rotten and
    from idle rituals, as far as reports of who was there tell, and name them as the ones to stop; an idle
    one takes all of their time there in excess.

    Source: Gelman and others, Bayesian Data Analysis, 3rd ed., section 22 (finite mixtures).
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    counts = _Counts(yields)
    at = posterior(lambda u: _each(counts, _Levels(u)).sum(axis=1), UNKNOWNS, rng, count=PARTICLES)
    at = at[rng.permutation(np.resize(np.arange(PARTICLES), draws))]
    levels = _Levels(at)
    healthy_chance, rotten_chance = _chances(counts, levels)
    dice = rng.random((draws, len(yields)))
    rotten = dice < rotten_chance
    idle = dice > rotten_chance + healthy_chance
    mean, strength = levels.rotten(counts), levels.rotten_strength
    seen = rng.beta(mean * strength + counts.empty, (1 - mean) * strength + counts.noted - counts.empty)
    found, false = levels.reading(counts)
    healthy = levels.healthy(counts)
    excess = np.clip((seen - healthy) / (found - false), 0.0, 1 - levels.true_level(counts))
    return Excess(np.asarray(np.where(idle, 1.0, rotten * excess).T), np.asarray(idle.T))


class _Counts:
    """The yields as arrays of shape (rituals,)."""

    def __init__(self, yields: list[Yield]) -> None:
        import numpy as np  # lazy: the command line's first screen must not pay for it

        self.noted = np.array([one.noted for one in yields], dtype=float)
        self.empty = np.minimum(np.array([one.empty for one in yields], dtype=float), self.noted)
        self.items = np.array([one.open_items for one in yields], dtype=float)
        self.again = np.minimum(np.array([one.came_back for one in yields], dtype=float), self.items)
        self.told = np.array([one.told for one in yields])
        self.decides = np.array([one.purpose == "decide" for one in yields])
        self.unsure = np.array([one.purpose == "unknown" for one in yields])
        votes = np.array([min(one.votes, VOTES_COUNTED) for one in yields], dtype=float)
        self.odds = votes * np.log(EACH_VOTE)
        self.came = np.array([one.came for one in yields], dtype=float)
        expected = np.array([one.expected for one in yields], dtype=float)
        # Answers to invitations say too little in some houses: more come than are expected.
        often = max(1.0, self.came.sum() / expected.sum()) if expected.sum() else 1.0
        self.expected = np.maximum(expected * often, self.came)


class _Levels:
    """Levels shared by all rituals; each has shape (particles, 1)."""

    def __init__(self, at: NDArray[float64]) -> None:
        import numpy as np  # lazy: the command line's first screen must not pay for it

        def share(place: int, centre: float, spread: float) -> NDArray[float64]:
            middle = np.log(centre / (1 - centre))
            return np.asarray(1 / (1 + np.exp(-(middle + spread * at[:, [place]]))))

        self.decide_empty = share(0, 0.08, 0.8)
        self.align_empty = share(1, 0.18, 0.8)
        self.learn_empty = share(2, 0.55, 0.6)
        self.healthy_strength = 12 * np.exp(0.5 * at[:, [3]])
        self.share_rotten = share(4, 0.15, 1.2)
        self.fallen = share(5, 0.7, 0.7)
        self.rotten_strength = 6 * np.exp(0.4 * at[:, [6]])
        self.found_marked = share(7, 0.97, 0.6)
        self.found_told = share(8, 0.72, 1.0)
        self.false = share(9, 0.12, 0.6)
        self.carried = share(10, 0.12, 0.6)
        self.carried_rotten = self.carried + (1 - self.carried) * share(11, 0.3, 0.7)
        self.present = share(12, 0.92, 0.6)
        self.present_shunned = self.present * (1 - share(13, 0.16, 0.6))
        self.present_strength = 60 * np.exp(0.6 * at[:, [14]])
        self.share_idle = share(15, SHARE_IDLE, 1.0)

    def reading(self, counts: _Counts) -> tuple[NDArray[float64], NDArray[float64]]:
        """Shares of true outputs found and of false ones, for each ritual's kind of minutes."""
        import numpy as np  # lazy: the command line's first screen must not pay for it

        found = np.where(counts.told, self.found_told, self.found_marked)
        return np.maximum(found, self.false + 0.2), self.false

    def true_level(self, counts: _Counts) -> NDArray[float64]:
        """True share of empty occurrences of a healthy ritual of the purpose; unknown ones as aligning."""
        import numpy as np  # lazy: the command line's first screen must not pay for it

        return np.where(counts.decides, self.decide_empty, self.align_empty)

    def _read(self, level: NDArray[float64], counts: _Counts) -> NDArray[float64]:
        found, false = self.reading(counts)
        return 1 - found + (found - false) * level

    def healthy(self, counts: _Counts) -> NDArray[float64]:
        """What a healthy ritual looks like as read."""
        return self._read(self.true_level(counts), counts)

    def learning(self, counts: _Counts) -> NDArray[float64]:
        """What a healthy ritual looks like that is there to learn."""
        return self._read(self.learn_empty, counts)

    def rotten(self, counts: _Counts) -> NDArray[float64]:
        """What a rotten ritual looks like as read, over a window that may hold its better days."""
        level = self.true_level(counts)
        return self._read(level + (1 - level) * self.fallen, counts)


def _terms(counts: _Counts, levels: _Levels) -> tuple[NDArray[float64], ...]:
    """Logarithms of each ritual as a healthy, a rotten and an idle one; shape (particles, rituals)."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    strength = levels.healthy_strength
    healthy = _beta_binomial(counts.empty, counts.noted, levels.healthy(counts), strength)
    if counts.unsure.any():
        learning = _beta_binomial(counts.empty, counts.noted, levels.learning(counts), strength / 2)
        either = np.logaddexp(np.log(1 - LEARNS) + healthy, np.log(LEARNS) + learning)
        healthy = np.where(counts.unsure, either, healthy)
    rotten = _beta_binomial(counts.empty, counts.noted, levels.rotten(counts), levels.rotten_strength)
    healthy = healthy + _beta_binomial(counts.again, counts.items, levels.carried, CARRY_STRENGTH)
    rotten = rotten + _beta_binomial(counts.again, counts.items, levels.carried_rotten, CARRY_STRENGTH)
    come = _beta_binomial(counts.came, counts.expected, levels.present, levels.present_strength)
    shun = _beta_binomial(counts.came, counts.expected, levels.present_shunned, levels.present_strength)
    sick = levels.share_rotten + (1 - levels.share_rotten) * levels.share_idle
    return (
        healthy + come + np.log1p(-sick),
        rotten + shun + np.log(levels.share_rotten) + counts.odds,
        healthy + shun + np.log(sick - levels.share_rotten) + counts.odds,
    )


def _each(counts: _Counts, levels: _Levels) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    return np.asarray(np.logaddexp.reduce(_terms(counts, levels)))


def _chances(counts: _Counts, levels: _Levels) -> tuple[NDArray[float64], NDArray[float64]]:
    """Probability that each ritual is healthy, and that it is rotten; what is left is idle for PMs."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    healthy, rotten, idle = _terms(counts, levels)
    all_three = np.logaddexp(np.logaddexp(healthy, rotten), idle)
    return np.exp(healthy - all_three), np.exp(rotten - all_three)


def _beta_binomial(
    hits: NDArray[float64],
    tries: NDArray[float64],
    mean: NDArray[float64],
    strength: NDArray[float64] | float,
) -> NDArray[float64]:
    """Logarithm of the likelihood up to a factor that does not depend on mean and strength."""
    from scipy.special import betaln  # lazy: scipy takes longer to load than the command line may

    first, second = mean * strength, (1 - mean) * strength
    return betaln(first + hits, second + tries - hits) - betaln(first, second)  # type: ignore[no-any-return]  # scipy has no types
