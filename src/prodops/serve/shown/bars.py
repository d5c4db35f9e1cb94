"""Estimates drawn in a terminal: a point on a line that is its interval, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from prodops.serve.shown.lines import harmless, padded, width, wrapped
from prodops.serve.shown.worded import NOT_KNOWN, bounds_of, value_of
from prodops.stats.estimate import Estimate
from prodops.stats.telling import SHARE, number

MAX_BARS = 15
WIDEST_LABEL = 30
NARROWEST_BAR = 16
GAP = "  "


def bar_lines(rows: Sequence[tuple[str, Estimate]], columns: int) -> list[str]:
    """One line an estimate: its label, its number, its interval in words and drawn; below them the scale.

    Args:
        rows: Labels and estimates; those that are not known are left out.
        columns: Columns to fit.
    """
    known = [(harmless(label), one) for label, one in rows if one.known][:MAX_BARS]
    if not known:
        return [NOT_KNOWN]
    values = [value_of(one, with_unit=False) for _, one in known]
    size = max(map(width, values))
    words = [
        f"{padded(value, size, right=True)} {bounds_of(one)}"
        for value, (_, one) in zip(values, known, strict=True)
    ]
    told = max(map(width, words))
    label = min(
        WIDEST_LABEL, max(width(name) for name, _ in known), max(10, columns - told - NARROWEST_BAR - 4)
    )
    room = columns - label - told - 2 * len(GAP)
    scale = _scale([one for _, one in known])
    lines: list[str] = []
    for (name, one), word in zip(known, words, strict=True):
        parts = wrapped(name, label)
        bar = _bar(one, scale, room) if room >= NARROWEST_BAR else ""
        lines.append(f"{padded(parts[0], label)}{GAP}{padded(word, told)}{GAP}{bar}".rstrip())
        lines += parts[1:]
    if room >= NARROWEST_BAR:
        unit = "" if known[0][1].unit == SHARE else f" {known[0][1].unit}"
        lines += _axis(scale, room, " " * (label + told + 2 * len(GAP)), known[0][1].unit, unit)
    return lines


def _scale(estimates: Sequence[Estimate]) -> tuple[float, float]:
    """From zero, or from the lowest bound below it, to the highest bound that is one."""
    bounds = [bound for one in estimates for bound in (one.low, one.value, one.high) if bound is not None]
    finite = [bound for bound in bounds if math.isfinite(bound)]
    low, high = min(0.0, *finite), max(finite)
    return (low, high) if high > low else (low, low + 1.0)


def _bar(one: Estimate, scale: tuple[float, float], room: int) -> str:
    low, mid, high = (_place(bound, scale, room) for bound in (one.low, one.value, one.high))
    line = [" "] * room
    line[low : high + 1] = ["─"] * (high + 1 - low)
    if low < mid:
        line[low] = "├"
    if high > mid:
        line[high] = "┤" if one.high is not None and math.isfinite(one.high) else "▶"
    line[mid] = "●"
    return "".join(line).rstrip()


def _place(bound: float | None, scale: tuple[float, float], room: int) -> int:
    low, high = scale
    at = high if bound is None or not math.isfinite(bound) else bound
    return min(room - 1, max(0, round((at - low) / (high - low) * (room - 1))))


def _axis(scale: tuple[float, float], room: int, before: str, unit: str, told: str) -> list[str]:
    left, right = number(scale[0], unit), number(scale[1], unit) + told
    if width(left) + width(right) + 1 > room:
        right = number(scale[1], unit)
    return [
        f"{before}╵{'─' * (room - 2)}╵",
        f"{before}{left}{padded(right, room - width(left), right=True)}",
    ]
