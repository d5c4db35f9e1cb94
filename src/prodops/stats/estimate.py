"""A number that cannot be told without its interval and its n."""

from __future__ import annotations

import math
from dataclasses import dataclass


class EstimateError(ValueError):
    """An estimate whose parts contradict each other."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A quantity with its interval, its n and its unit, or the reason why there is none.

    Attributes:
        value: The point estimate in `unit`; None when the data does not support one.
        low: Lower bound of the interval at `level`; None exactly when `value` is None.
        high: Upper bound of the interval; `math.inf` when the data sets no bound.
        n: How many observations stand behind it.
        unit: The unit in words: "hours a week", "share", "days".
        method: The name of the formula, as a textbook has it: "Wilson score".
        because: Why there is no value; empty when there is one.
        level: The confidence level of the interval.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    unit: str
    method: str = ""
    because: str = ""
    level: float = 0.95

    def __post_init__(self) -> None:
        """Refuse an estimate without its bounds, or with bounds that leave its value out."""
        if self.n < 0:
            raise EstimateError(f"n is a count, not {self.n}")
        if self.value is None:
            if self.low is not None or self.high is not None or not self.because:
                raise EstimateError("an estimate without a value has no bounds and says why")
            return
        if self.low is None or self.high is None:
            raise EstimateError("an estimate with a value has both bounds")
        if math.isnan(self.value) or not self.low <= self.value <= self.high:
            raise EstimateError(f"{self.value} is outside its interval {self.low} to {self.high}")

    @classmethod
    def unknown(cls, unit: str, *, because: str, n: int = 0) -> Estimate:
        """The estimate that declines: no value, and the reason in words a reader can act on."""
        return cls(None, None, None, n, unit, because=because)

    @property
    def known(self) -> bool:
        """Whether there is a value to show."""
        return self.value is not None
