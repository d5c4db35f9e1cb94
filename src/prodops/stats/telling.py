"""Estimates in words: the number, its interval and its n, never one without the others."""

from __future__ import annotations

import math

from prodops.stats.estimate import Estimate

SHARE = "share"
"""The unit of a proportion; told as percent."""


def told(estimate: Estimate, *, with_n: bool = True) -> str:
    """An estimate in one phrase: `35% (31% to 39%, n = 412)`, or why there is none."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return f"not known: {estimate.because}"
    n = f", n = {estimate.n:,}" if with_n else ""
    return f"{quantity(estimate.value, estimate.unit)} ({interval(estimate)}{n})"


def interval(estimate: Estimate) -> str:
    """The interval of a known estimate: `31% to 39%`, `at least 4.2`."""
    if estimate.low is None or estimate.high is None:
        return "no interval"
    bare = "" if estimate.unit == SHARE else estimate.unit
    low = number(estimate.low, estimate.unit)
    if math.isinf(estimate.high):
        return f"at least {low}"
    return f"{low} to {number(estimate.high, estimate.unit)}" if bare or estimate.unit == SHARE else low


def quantity(value: float, unit: str) -> str:
    """A value with its unit: `35%`, `4.2 hours a week`."""
    return number(value, unit) if unit == SHARE else f"{number(value, unit)} {unit}".strip()


def number(value: float, unit: str = "") -> str:
    """A value rounded to what a reader can use: about three figures, percent for shares."""
    if math.isinf(value):
        return "∞"
    if unit == SHARE:
        percent = 100 * value
        return f"{percent:.1f}%" if 0 < abs(percent) < 10 or 90 < percent < 100 else f"{percent:.0f}%"
    if value == 0 or float(value).is_integer():
        return f"{value:,.0f}"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f}"
