"""Draws what is fixed for one organisation, from the half of each range that belongs to its family."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, TypeVar

from prodops.simulate.dice import cumulate, digest
from prodops.simulate.errors import UnknownScenarioError

T = TypeVar("T")

DEVELOPMENT, TEST = FAMILIES = ("development", "test")
"""Families of organisations: one to build with, one to be held against."""

CELLS: Final = 32
"""Every range is cut into so many cells; a hash of its name gives half of them to each family."""

DIGITS: Final = 13
STEPS: Final = 4_000
"""Steps in which the distribution of a share is tabled."""


class Setting:
    """The draws of one organisation: each has a name and does not depend on the order they are asked for.

    Attributes:
        seed: The organisation's seed.
        family: development or test. Every value of one family lies in cells the other never draws from.
    """

    def __init__(self, seed: int, family: str) -> None:
        """Refuses an unknown family.

        Raises:
            UnknownScenarioError: It is neither development nor test.
        """
        if family not in FAMILIES:
            raise UnknownScenarioError(f"no family {family!r}; choose one of: {', '.join(FAMILIES)}")
        self.seed = seed
        self.family = family

    def unit(self, name: str) -> float:
        """A number from 0 to 1, evenly spread over the family's cells of that name."""
        cells = _cells(name, self.family)
        place = self._chance(name) * len(cells)
        return (cells[int(place)] + place % 1.0) / CELLS

    def between(self, name: str, low: float, high: float) -> float:
        """A number evenly spread between two bounds."""
        return low + (high - low) * self.unit(name)

    def multiplied(self, name: str, low: float, high: float) -> float:
        """A number whose logarithm is evenly spread between those of two positive bounds."""
        return low * math.exp(math.log(high / low) * self.unit(name))

    def share(self, name: str, shape: tuple[float, float]) -> float:
        """A share with the Beta distribution of this shape, whose parameters are at least 1."""
        table = _beta_table(*shape)
        return bisect_left(table, self.unit(name) * table[-1]) / STEPS

    def happens(self, name: str, probability: float) -> bool:
        """True with the given probability; not split between families."""
        return self._chance(name) < probability

    def pick(self, name: str, options: Sequence[T]) -> T:
        """One of the options, each as likely as the other; not split between families."""
        return options[int(self._chance(name) * len(options))]

    def _chance(self, name: str) -> float:
        return float(int(digest(self.seed, self.family, name, length=DIGITS), 16) / 16**DIGITS)


@lru_cache(maxsize=1024)
def _cells(name: str, family: str) -> tuple[int, ...]:
    order = sorted(range(CELLS), key=lambda cell: digest("cell", name, cell))
    half = order[: CELLS // 2] if family == DEVELOPMENT else order[CELLS // 2 :]
    return tuple(sorted(half))


@lru_cache(maxsize=16)
def _beta_table(first: float, second: float) -> tuple[float, ...]:
    """Running sums of the density on equal steps; where a share of the sum is reached is a quantile."""
    middles = ((step + 0.5) / STEPS for step in range(STEPS))
    return cumulate([at ** (first - 1.0) * (1.0 - at) ** (second - 1.0) for at in middles])
