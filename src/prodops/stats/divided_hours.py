"""Hours divided among purposes that were read with errors, with all that makes the shares uncertain."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy import bool_, float64, int64
from numpy.random import Generator
from numpy.typing import NDArray

from prodops.stats.adjusted_counts import PRIOR, confusion_draws, split_draws, truth_behind

DRAWS = 600
SEED = 20_261

RATE_INVITATIONS = 30.0
"""An assumed attendance rate is worth so many observed invitations: .95 is .85 to 1, .75 is .58 to .88."""

DESIGN_EFFECT = 4.0
"""By how much less the held-out titles say of another organisation than of their own. The hands that wrote
them spread 1.3 times as much as chance; a whole organisation shares one vocabulary, and simulated ones asked
for more (bench/README.md)."""

X = 3
"""The place of the unknown beside the groups A, B and C."""

Found = dict[str, tuple[float, float, float]]
"""For each purpose its value and the bounds of its 95% interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """Hours that calendars show, by person, week, reading and sureness.

    Attributes:
        hours: Shape (persons, weeks, readings + 1, sorts); the last reading is of titles that say nothing.
        sure: Probability that an hour of each sort was spent so, shape (sorts,).
        met: Which sorts are meetings, shape (sorts,).
        dark_hours: Working hours without a block, shape (persons, weeks).
        present: Whose weeks count, shape (persons, weeks).
    """

    hours: NDArray[float64]
    sure: NDArray[float64]
    met: NDArray[bool_]
    dark_hours: NDArray[float64]
    present: NDArray[bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """The titles behind the hours, without those that say nothing.

    Attributes:
        hours: Expected hours, shape (titles,).
        reading: Place of the reading, shape (titles,).
        best: Place of the likeliest leaf inside each group, shape (titles, 3).
    """

    hours: NDArray[float64]
    reading: NDArray[int64]
    best: NDArray[int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Confusions:
    """Counts of the test corpus.

    Attributes:
        groups: True A, B, C, X by reading.
        leaves: For each group its true leaf by its likeliest leaf.
        names: For each group the names of its leaves.
    """

    groups: NDArray[float64]
    leaves: tuple[NDArray[float64], ...]
    names: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Split:
    """Hours as they are truly divided, at the point and in every draw.

    Attributes:
        groups: A, B, C and the unknown that was classified, shape (4,).
        blank: Hours of titles that say nothing and dark hours.
        posterior: True group given the reading, shape (readings, 4).
        group_draws: Shape (draws, 4).
        blank_draws: Shape (draws,).
    """

    groups: NDArray[float64]
    blank: float
    posterior: NDArray[float64]
    group_draws: NDArray[float64]
    blank_draws: NDArray[float64]


def shares(spent: Spent, titles: Titles, confusions: Confusions) -> Found:
    """Shares of working time by group, leaf and X, by group among the readable, and hours met.

    Keys are A, B, C, X and the leaves (shares of all working hours); `readable A`, `readable B` and
    `readable C` (shares of the hours whose purpose can be read); `met` (meeting hours of a PM in a week).
    """
    random = np.random.default_rng(SEED)
    weights = _cluster_weights(spent.present.shape, random)
    factors = _rate_draws(spent.sure, random)
    split = _split(spent, titles, confusions, (weights, factors), random)
    found = _group_shares(split)
    found |= _leaf_shares(split, titles, confusions, random)
    return found | _met_hours(spent, weights, factors)


def _cluster_weights(shape: tuple[int, ...], random: Generator) -> tuple[NDArray[float64], NDArray[float64]]:
    """How often each draw takes each person and each week; one of a kind is always taken once.

    One less is drawn than there are, so that few clusters do not seem to vary less (Rao and Wu 1988);
    persons and weeks apart, which errs to the wide side (Owen 2007).
    """
    drawn = []
    for count in shape:
        if count == 1:
            drawn.append(np.ones((DRAWS, 1)))
        else:
            times = random.multinomial(count - 1, np.full(count, 1 / count), size=DRAWS)
            drawn.append(times * count / (count - 1))
    return drawn[0], drawn[1]


def _rate_draws(sure: NDArray[float64], random: Generator) -> NDArray[float64]:
    """Draws of the attendance rates, shape (draws, sorts); a sort is wrong everywhere or nowhere."""
    shape = (DRAWS, len(sure))
    came, stayed_away = sure * RATE_INVITATIONS, np.maximum(1 - sure, 1e-9) * RATE_INVITATIONS
    rates: NDArray[float64] = random.beta(came, stayed_away, size=shape)
    return rates


def _drawn(cube: NDArray[float64], weights: tuple[NDArray[float64], NDArray[float64]]) -> NDArray[float64]:
    """Sums over drawn persons and weeks: (persons, weeks, ...) becomes (draws, ...)."""
    persons, weeks = cube.shape[:2]
    by_week = (weights[0] @ cube.reshape(persons, -1)).reshape(DRAWS, weeks, -1)
    drawn: NDArray[float64] = np.einsum("dwx,dw->dx", by_week, weights[1]).reshape(DRAWS, *cube.shape[2:])
    return drawn


def _split(
    spent: Spent,
    titles: Titles,
    confusions: Confusions,
    drawn: tuple[tuple[NDArray[float64], NDArray[float64]], NDArray[float64]],
    random: Generator,
) -> _Split:
    weights, rates = drawn
    hours = (spent.hours @ spent.sure).sum(axis=(0, 1))
    readings = len(hours) - 1
    matrix = _rows_to_one(confusions.groups)
    posterior = truth_behind(hours[:readings], matrix)
    hour_draws = np.einsum("dck,dk->dc", _drawn(spent.hours, weights), rates)
    # An hour not attended is dark, as long as the week is not full anyway.
    roomy = spent.hours.sum(axis=2) * (spent.dark_hours > 0)[:, :, None]
    missed = np.einsum("dk,dk->d", _drawn(roomy, weights), rates - spent.sure)
    dark = np.maximum(_drawn(spent.dark_hours, weights) - missed, 0)
    matrices = confusion_draws(confusions.groups, DRAWS, random, design_effect=DESIGN_EFFECT)
    units = _units(titles.hours, titles.reading, readings)
    splits = split_draws(hours[:readings], units, matrices, random)
    return _Split(
        groups=hours[:readings] @ posterior,
        blank=float(hours[readings] + spent.dark_hours.sum()),
        posterior=posterior,
        group_draws=np.einsum("dc,dcg->dg", hour_draws[:, :readings], splits),
        blank_draws=hour_draws[:, readings] + dark,
    )


def _units(hours: NDArray[float64], kinds: NDArray[int64], count: int) -> NDArray[int64]:
    """How many equally long titles would be as uncertain as these, for each kind (Kish)."""
    whole = np.bincount(kinds, weights=hours, minlength=count)
    squares = np.bincount(kinds, weights=hours**2, minlength=count)
    units = np.divide(whole**2, squares, out=np.zeros(count), where=squares > 0)
    return np.maximum(np.rint(units), whole > 0).astype(np.int64)


def _group_shares(split: _Split) -> Found:
    all_hours = split.groups.sum() + split.blank
    draws = split.group_draws.sum(axis=1) + split.blank_draws
    unknown = (split.groups[X] + split.blank) / all_hours
    unknown_draws = (split.group_draws[:, X] + split.blank_draws) / draws
    readable, readable_draws = split.groups[:X].sum(), split.group_draws[:, :X].sum(axis=1)
    found = {"X": _bounds(unknown, unknown_draws, unknown_draws)}
    for place, group in enumerate("ABC"):
        share = split.group_draws[:, place] / draws
        found[group] = _bounds(split.groups[place] / all_hours, share, share + unknown_draws)
        if readable > 0:
            among = split.group_draws[:, place] / np.maximum(readable_draws, 1e-12)
            found[f"readable {group}"] = _bounds(split.groups[place] / readable, among, among)
    return found


def _leaf_shares(split: _Split, titles: Titles, confusions: Confusions, random: Generator) -> Found:
    all_hours = split.groups.sum() + split.blank
    draws = split.group_draws.sum(axis=1) + split.blank_draws
    unknown_draws = (split.group_draws[:, X] + split.blank_draws) / draws
    found: Found = {}
    for group, (counts, names) in enumerate(zip(confusions.leaves, confusions.names, strict=True)):
        hours = titles.hours * split.posterior[titles.reading, group]
        seen = np.bincount(titles.best[:, group], weights=hours, minlength=len(names)).astype(float)
        whole = seen.sum()
        among = seen @ truth_behind(seen, _rows_to_one(counts)) / whole if whole > 0 else seen
        matrices = confusion_draws(counts, DRAWS, random, design_effect=DESIGN_EFFECT)
        units = _units(hours, titles.best[:, group], len(names))
        splits = split_draws(seen, units, matrices, random)
        among_draws = np.einsum("l,dlm->dm", seen / whole if whole > 0 else seen, splits)
        share_draws = among_draws * (split.group_draws[:, group] / draws)[:, None]
        for place, leaf in enumerate(names):
            value = among[place] * split.groups[group] / all_hours
            share = share_draws[:, place]
            found[leaf] = _bounds(value, share, share + unknown_draws)
    return found


def _met_hours(
    spent: Spent, weights: tuple[NDArray[float64], NDArray[float64]], rates: NDArray[float64]
) -> Found:
    met = spent.hours.sum(axis=2) * spent.met
    weeks = spent.present.sum()
    week_draws = _drawn(spent.present.astype(float)[:, :, None], weights)[:, 0]
    hour_draws = np.einsum("dk,dk->d", _drawn(met, weights), rates)
    kept = week_draws > 0
    a_week = hour_draws[kept] / week_draws[kept]
    return {"met": _bounds((met @ spent.sure).sum() / weeks, a_week, a_week)}


def _bounds(
    value: float, low_draws: NDArray[float64], high_draws: NDArray[float64]
) -> tuple[float, float, float]:
    low = float(np.quantile(low_draws, 0.025))
    high = float(np.quantile(high_draws, 0.975))
    return float(value), min(low, float(value)), max(high, float(value))


def _rows_to_one(counts: NDArray[float64]) -> NDArray[float64]:
    smoothed = counts + PRIOR / counts.shape[1]
    rows: NDArray[float64] = smoothed / smoothed.sum(axis=1, keepdims=True)
    return rows
