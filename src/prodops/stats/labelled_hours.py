"""How the hours of a period divide among purposes, where a random sample of their blocks was labelled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from prodops.stats.estimate import Estimate
from prodops.stats.prediction_powered import LabelledPeriod, labelled_period, level, ratio, ratio_change

NOT_ASKED = -1
"""Stands for a label where there is none."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledHours:
    """The blocks of a period.

    Attributes:
        leaves: Names of the purposes; the first letter is the group.
        hours: Hours of each block, shape (blocks,).
        chances: Predicted probability that the block was spent on each purpose, shape (blocks, leaves);
            what is missing to 1 was spent on none of them, or nobody can say.
        labels: Place of the purpose that a block was labelled with; as many as there are leaves for a block
            that was spent on none of them; `NOT_ASKED` where there is no label. Shape (blocks,).
        strata: Inside which blocks were drawn at random, shape (blocks,).
        groups: What each was read as: strata of a group are joined where one of them lacks labels; shape
            (blocks,).
        people: Whose block each is, shape (blocks,).
        inclusion: Probability with which each was drawn, over 0 where a label is; shape (blocks,).
        working_hours: Hours that people worked in the period, with and without a block.
    """

    leaves: tuple[str, ...]
    hours: Floats
    chances: Floats
    labels: NDArray[np.intp]
    strata: NDArray[np.intp]
    groups: NDArray[np.intp]
    people: NDArray[np.intp]
    inclusion: Floats
    working_hours: float

    @property
    def headings(self) -> tuple[str, ...]:
        """The groups of the leaves, in their order."""
        return tuple(dict.fromkeys(leaf[0] for leaf in self.leaves))


def shares(period: LabelledHours) -> dict[str, Estimate]:
    """Shares of working hours by group, leaf and X, and by group and leaf among the hours that are known.

    Keys are those of `divided_hours.shares`, and `readable C1` for leaves. A share of all working hours has
    the labels' variance and the unknown in its bounds: low as if none, high as if all of the unknown were of
    that purpose. Unknown are hours without a block, blocks labelled as such, and what nobody attended.
    """
    inside = float(period.hours.sum()) / period.working_hours if period.working_hours > 0 else 0.0
    known = level(_spent(period, period.leaves))
    found = {"X": _complement(known, inside)}
    for purpose in (*period.headings, *period.leaves):
        own = [leaf for leaf in period.leaves if leaf.startswith(purpose)]
        others = [leaf for leaf in period.leaves if leaf not in own]
        found[purpose] = _bounded(level(_spent(period, own)), level(_spent(period, others)), inside)
    return found | {f"readable {purpose}": share for purpose, share in known_shares(period).items()}


def known_shares(period: LabelledHours) -> dict[str, Estimate]:
    """Shares by group and leaf of the hours whose purpose is known, with the labels' variance."""
    return {
        purpose: ratio(*_part_and_whole(period, purpose)) for purpose in (*period.headings, *period.leaves)
    }


def changes(before: LabelledHours, after: LabelledHours) -> dict[str, Estimate]:
    """By how much the share of each group and leaf among the known hours moved, labels counted in both.

    Args:
        before: The first period.
        after: The second period.
    """
    return {
        purpose: ratio_change(_part_and_whole(before, purpose), _part_and_whole(after, purpose))
        for purpose in (*before.headings, *before.leaves)
    }


def _part_and_whole(period: LabelledHours, purpose: str) -> tuple[LabelledPeriod, LabelledPeriod]:
    own = [leaf for leaf in period.leaves if leaf.startswith(purpose)]
    return _spent(period, own), _spent(period, period.leaves)


def _spent(period: LabelledHours, leaves: Iterable[str]) -> LabelledPeriod:
    """The blocks valued by whether they were spent on one of some leaves."""
    places = [period.leaves.index(leaf) for leaf in leaves]
    told = np.isin(period.labels, places).astype(float)
    return labelled_period(
        np.clip(period.chances[:, places].sum(axis=1), 0.0, 1.0),
        np.where(period.labels == NOT_ASKED, np.nan, told),
        strata=_layers(period),
        clusters=period.people,
        weights=period.hours,
        inclusion=period.inclusion,
    )


def _layers(period: LabelledHours) -> NDArray[np.intp]:
    """The strata; those of a group become one where one of them has fewer than two labels and blocks beyond.

    The blocks of a PM who answered nothing are then corrected by what others said of blocks that were read
    alike, each weighted by how seldom it was drawn.
    """
    labels = np.bincount(period.strata, weights=period.labels != NOT_ASKED)
    sizes = np.bincount(period.strata)
    thin = (labels < 2) & (labels < sizes)
    joined = np.isin(period.groups, period.groups[thin[period.strata]])
    layers: NDArray[np.intp] = np.where(joined, len(sizes) + period.groups, period.strata)
    return layers


def _bounded(own: Estimate, others: Estimate, inside: float) -> Estimate:
    """A share of the blocks as a share of all working hours, of which the others leave the rest."""
    if own.value is None or own.low is None or others.low is None:
        return Estimate.unknown(own.unit, because=own.because, n=own.n)
    value, low = own.value * inside, own.low * inside
    high = max(1 - others.low * inside, value)
    return Estimate(value, low, high, own.n, own.unit, own.method)


def _complement(known: Estimate, inside: float) -> Estimate:
    if known.value is None or known.low is None or known.high is None:
        return Estimate.unknown(known.unit, because=known.because, n=known.n)
    value, low, high = (max(1 - share * inside, 0.0) for share in (known.value, known.high, known.low))
    return Estimate(value, low, high, known.n, known.unit, known.method)
