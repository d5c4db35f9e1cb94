"""Seeded chance: one named stream for each part of the organisation."""

from __future__ import annotations

import hashlib
import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")

BUFFERED = 4096
"""Numbers drawn at once: a call into NumPy costs as much as a hundred numbers."""

SPLIT_ABOVE = 60.0
"""A Poisson mean above this is drawn as a sum, since exp(-mean) would run out of digits."""


def digest(*parts: object, length: int = 16) -> str:
    """A hexadecimal name of `length` characters for what is given; the same on every machine."""
    text = "\0".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=(length + 1) // 2).hexdigest()[:length]


class Dice:
    """One stream of chance, named, so that a change in one part leaves the others as they were.

    Only uniform and normal draws are taken from NumPy; everything else is computed from them here, so
    that the stream depends on as little of NumPy as possible.
    """

    __slots__ = ("_normals", "_rng", "_units")

    def __init__(self, seed: int, name: str) -> None:
        import numpy as np  # lazy: numpy is too slow for the command line's first screen

        key = hashlib.blake2b(f"{seed}\0{name}".encode(), digest_size=16).digest()
        self._rng: np.random.Generator = np.random.Generator(np.random.PCG64(int.from_bytes(key, "little")))
        self._units: list[float] = []
        self._normals: list[float] = []

    def unit(self) -> float:
        """A number from 0 up to, but not including, 1."""
        if not self._units:
            self._units = self._rng.random(BUFFERED).tolist()
        return self._units.pop()

    def normal(self) -> float:
        """A standard normal number."""
        if not self._normals:
            self._normals = self._rng.standard_normal(BUFFERED).tolist()
        return self._normals.pop()

    def chance(self, probability: float) -> bool:
        """True with the given probability."""
        return self.unit() < probability

    def between(self, low: float, high: float) -> float:
        """A number evenly spread between two bounds."""
        return low + (high - low) * self.unit()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, each as likely as the other."""
        return options[int(self.unit() * len(options))]

    def picks(self, options: Sequence[T], count: int) -> list[T]:
        """Up to `count` different options, in the order drawn."""
        rest = list(options)
        drawn: list[T] = []
        while rest and len(drawn) < count:
            drawn.append(rest.pop(int(self.unit() * len(rest))))
        return drawn

    def weighted(self, cumulative: Sequence[float]) -> int:
        """An index, by cumulative weights as `cumulate` gives them."""
        return min(bisect_right(cumulative, self.unit() * cumulative[-1]), len(cumulative) - 1)

    def poisson(self, mean: float) -> int:
        """A Poisson count."""
        if mean > SPLIT_ABOVE:
            return self.poisson(mean / 2) + self.poisson(mean / 2)
        return poisson_quantile(self.unit(), mean)

    def waiting(self, mean: float) -> float:
        """An exponential waiting time in the unit of `mean`."""
        return -mean * math.log(1.0 - self.unit())

    def around(self, median: float, spread: float) -> float:
        """A lognormal number with this median; `spread` is the standard deviation of its logarithm."""
        return median * math.exp(spread * self.normal())

    def rounded(self, value: float) -> int:
        """A whole number next to the value, whose mean is the value."""
        floor = math.floor(value)
        return floor + (self.unit() < value - floor)


def poisson_quantile(unit: float, mean: float) -> int:
    """The Poisson count at this quantile: rises with the mean, so that two runs can share their chance."""
    term = math.exp(-mean)
    total = term
    count = 0
    while total < unit and term > 0.0:
        count += 1
        term *= mean / count
        total += term
    return count


def cumulate(weights: Sequence[float]) -> tuple[float, ...]:
    """Running totals of weights, for `Dice.weighted`."""
    totals: list[float] = []
    running = 0.0
    for weight in weights:
        running += weight
        totals.append(running)
    return tuple(totals)


def falling(count: int, *, slope: float = 1.0) -> tuple[float, ...]:
    """Cumulative weights of a few popular and many rare things (Zipf): the k-th weighs 1 / k ** slope."""
    return cumulate([1.0 / (rank**slope) for rank in range(1, count + 1)])
