"""Figures of the diagnosis benchmark, computed from its rows: each with its standard error and its n."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import Any, NamedTuple

Row = dict[str, Any]

BINS = 10
RESAMPLES = 400
FAR_APART = 1.5
"""Gap of the true hours, first over second, from which a larger share must be right."""


class Figure(NamedTuple):
    """A number with its standard error.

    Attributes:
        value: The number; None where no row speaks of it.
        error: Its standard error.
        n: Rows behind it.
    """

    value: float | None
    error: float
    n: int

    def __str__(self) -> str:
        """As the tables show it: value (standard error)."""
        return "-" if self.value is None else f"{self.value:.3f} ({self.error:.3f})"


def share(hits: Iterable[bool]) -> Figure:
    """The share that holds; its error by Agresti and Coull, so that none of ten is not taken for never."""
    found = list(hits)
    n, k = len(found), sum(found)
    if not n:
        return Figure(None, 0.0, 0)
    near = (k + 2) / (n + 4)
    return Figure(k / n, math.sqrt(near * (1 - near) / (n + 4)), n)


def average(values: Iterable[float]) -> Figure:
    """The mean and its standard error."""
    found = list(values)
    n = len(found)
    if not n:
        return Figure(None, 0.0, 0)
    mean = sum(found) / n
    spread = sum((value - mean) ** 2 for value in found) / max(n - 1, 1)
    return Figure(mean, math.sqrt(spread / n), n)


def resampled(rows: Sequence[Row], figure: Callable[[Sequence[Row]], float | None]) -> Figure:
    """Any figure of rows; its error by the bootstrap over organisations, with a fixed seed."""
    value = figure(rows)
    if value is None:
        return Figure(None, 0.0, len(rows))
    dice = random.Random(1)  # noqa: S311 (a bootstrap, not a secret)
    again = [figure(dice.choices(rows, k=len(rows))) for _ in range(RESAMPLES)]
    known = [one for one in again if one is not None]
    return Figure(value, average(known).error * math.sqrt(len(known)), len(rows))


def planted(rows: Iterable[Row]) -> list[Row]:
    """Organisations with a sink that is large enough to be named."""
    return [row for row in rows if row["truth"]["top_sink"]]


def guessed(answer: Row) -> str | None:
    """The sink that the diagnosis holds for the largest, named or not; None when it knows no hours."""
    sinks = {name: one["p_top"] for name, one in answer["sinks"].items() if one["mid"] is not None}
    return max(sinks, key=lambda name: (sinks[name], name), default=None)


def right(row: Row) -> bool:
    """Whether the sink held for the largest is."""
    return bool(guessed(row["answer"]) == row["truth"]["top_sink"])


def top_one(rows: Sequence[Row]) -> Figure:
    """Share of planted organisations whose largest sink was held for the largest."""
    return share(right(row) for row in planted(rows))


def top_one_far(rows: Sequence[Row]) -> Figure:
    """The same where the largest sink is 1.5 times the second or more."""
    return share(right(row) for row in planted(rows) if (row["truth"]["gap"] or math.inf) >= FAR_APART)


def regret(rows: Sequence[Row]) -> Figure:
    """Share of the best sink's hours that is lost by choosing the one held for the largest."""
    return average(_lost(row) for row in planted(rows))


def _lost(row: Row) -> float:
    hours = row["truth"]["hours"]
    best = float(hours[row["truth"]["top_sink"]])
    chosen = guessed(row["answer"])
    return (best - float(hours[chosen] if chosen else 0.0)) / best


def named(rows: Sequence[Row]) -> Figure:
    """Share of organisations in which a sink was named."""
    return share(row["answer"]["named"] is not None for row in rows)


def named_share(rows: Sequence[Row]) -> Figure:
    """Share of planted organisations where a sink was named."""
    return share(row["answer"]["named"] is not None for row in planted(rows))


def precision(rows: Sequence[Row]) -> Figure:
    """Share of named sinks that are the largest; naming one where none is planted is wrong."""
    return share(row["answer"]["named"] == row["truth"]["top_sink"] for row in rows if row["answer"]["named"])


def healthy_named(rows: Sequence[Row]) -> Figure:
    """Share of organisations without a sink worth naming where one was named."""
    return share(row["answer"]["named"] is not None for row in rows if not row["truth"]["top_sink"])


class Bin(NamedTuple):
    """Organisations whose diagnosis was about as sure."""

    low: float
    sure: Figure
    right: Figure


def calibration(rows: Sequence[Row]) -> list[Bin]:
    """How often the first sink is the largest, by how sure the diagnosis was of it."""
    known = [row for row in planted(rows) if row["answer"]["p_top"] is not None]
    found: list[Bin] = []
    for number in range(BINS):
        own = [row for row in known if min(int(row["answer"]["p_top"] * BINS), BINS - 1) == number]
        if own:
            sure = average(row["answer"]["p_top"] for row in own)
            found.append(Bin(number / BINS, sure, share(right(row) for row in own)))
    return found


def calibration_error(rows: Sequence[Row]) -> Figure:
    """Mean distance of sureness and truth over the bins, weighted by their rows."""
    return resampled(rows, _calibration_error)


def _calibration_error(rows: Sequence[Row]) -> float | None:
    bins = calibration(rows)
    total = sum(one.sure.n for one in bins)
    if not total:
        return None
    return sum(abs((one.sure.value or 0.0) - (one.right.value or 0.0)) * one.sure.n for one in bins) / total


def calibration_by_chance(rows: Sequence[Row]) -> Figure:
    """What the same error would be, at this n, if every sureness were exactly true."""
    sures = [row["answer"]["p_top"] for row in planted(rows) if row["answer"]["p_top"] is not None]
    dice = random.Random(2)  # noqa: S311 (a simulation, not a secret)
    errors = []
    for _ in range(RESAMPLES if sures else 0):
        gaps: dict[int, float] = {}
        for sure in sures:
            number = min(int(sure * BINS), BINS - 1)
            gaps[number] = gaps.get(number, 0.0) + sure - (dice.random() < sure)
        errors.append(sum(abs(gap) for gap in gaps.values()) / len(sures))
    return Figure(average(errors).value, 0.0, len(sures))


def covered(rows: Sequence[Row], sinks: Iterable[str]) -> Figure:
    """Share of intervals of hours that hold the truth, over the sinks whose hours are told."""
    told = [(row, sink) for sink in sinks for row in rows if _interval(row, sink)["mid"] is not None]
    return share(
        _interval(row, sink)["low"] <= row["truth"]["hours"][sink] <= _interval(row, sink)["high"]
        for row, sink in told
    )


def bias(rows: Sequence[Row], sink: str) -> Figure:
    """Median ratio of the hours told and the true ones, where the sink is at least .3% of PM hours."""
    large = [
        row
        for row in rows
        if _interval(row, sink)["mid"] is not None
        and row["truth"]["hours"][sink] >= 0.003 * row["truth"]["pm_hours_a_week"]
    ]
    return resampled(large, lambda some: _ratio(some, sink))


def _ratio(rows: Sequence[Row], sink: str) -> float | None:
    ratios = [_interval(row, sink)["mid"] / row["truth"]["hours"][sink] for row in rows]
    return median(ratios) if ratios else None


def untold(rows: Sequence[Row], sink: str) -> Figure:
    """Share of organisations whose hours of this sink are said to be unknown."""
    return share(_interval(row, sink)["mid"] is None for row in rows)


def above_and_below(rows: Sequence[Row], sink: str) -> tuple[int, int]:
    """How often the whole interval lies above the truth, and how often below it."""
    told = [row for row in rows if _interval(row, sink)["mid"] is not None]
    above = sum(_interval(row, sink)["low"] > row["truth"]["hours"][sink] for row in told)
    below = sum(_interval(row, sink)["high"] < row["truth"]["hours"][sink] for row in told)
    return above, below


def _interval(row: Row, sink: str) -> dict[str, Any]:
    unknown = {"low": None, "mid": None, "high": None}
    found: dict[str, Any] = row["answer"]["sinks"].get(sink, unknown)
    return found


def _largest(sizes: dict[str, float]) -> str | None:
    best = max(sizes, key=lambda name: (sizes[name], name))
    return best if sizes[best] > 0 else None


RIVALS: dict[str, Callable[[Row], str | None]] = {
    "raw counts: findings": lambda row: _largest(row["rivals"]["raw_counts"]["findings"]),
    "raw counts: incidents": lambda row: _largest(row["rivals"]["raw_counts"]["incidents"]),
    "hours lost": lambda row: _largest(row["rivals"]["hours_lost"]),
    "missing minutes = no decision": lambda row: guessed(row["rivals"]["silence_as_no"]),
}
"""Simpler ways to say which sink is the largest; the last is our own with one thing taken away."""


def rival_top_one(rows: Sequence[Row], rival: str) -> Figure:
    """Top-1 of a simpler way on the same organisations."""
    return share(RIVALS[rival](row) == row["truth"]["top_sink"] for row in planted(rows))


def ahead_of(rows: Sequence[Row], rival: str) -> Figure:
    """By how much our top-1 is above that of a simpler way, paired by organisation."""
    return average(
        float(right(row)) - float(RIVALS[rival](row) == row["truth"]["top_sink"]) for row in planted(rows)
    )


def silent_named(rows: Sequence[Row]) -> Figure:
    """Share of organisations without a sink worth naming that the ablation names one in."""
    return share(
        row["rivals"]["silence_as_no"]["named"] is not None
        for row in rows
        if not row["truth"]["top_sink"] and "silence_as_no" in row["rivals"]
    )


def answered(rows: Sequence[Row]) -> Figure:
    """Share of organisations of adversarial scenarios whose required answer was given."""
    return share(
        meets(row["answer"], row["truth"]["required"]) for row in rows if row["truth"].get("required")
    )


def meets(answer: Row, required: Row) -> bool:
    """Whether an answer is one of those that the truth allows.

    What may be claimed of an intervention is not asked here: that is measured where effects are.
    """
    if answer["named"] not in required["named"] or answer["named"] in required["not_named"]:
        return False
    if answer["named"] is None and required["verdict"] and answer["verdict"] not in required["verdict"]:
        return False
    return not set(answer["quick_win"]) & set(required["quick_win_must_not_end"])


def stage_right(rows: Sequence[Row]) -> Figure:
    """Share of organisations with a binding stage where that stage was said."""
    return share(
        row["answer"]["stage"] == row["truth"]["binding_stage"]
        for row in rows
        if "stage" in row["answer"] and row["truth"]["binding_stage"]
    )


def stage_wrong(rows: Sequence[Row]) -> Figure:
    """Share of the same where another stage was said."""
    return share(
        row["answer"]["stage"] not in (None, row["truth"]["binding_stage"])
        for row in rows
        if "stage" in row["answer"] and row["truth"]["binding_stage"]
    )


def stage_invented(rows: Sequence[Row]) -> Figure:
    """Share of organisations in which no stage binds where one was said to."""
    return share(
        row["answer"]["stage"] is not None
        for row in rows
        if "stage" in row["answer"] and not row["truth"]["binding_stage"]
    )


def called_binding(rows: Sequence[Row], feeds: Mapping[str, Sequence[str]]) -> Figure:
    """Share of sinks called the binding constraint that are the largest and feed the stage that binds."""
    return share(
        row["answer"]["named"] == row["truth"]["top_sink"]
        and row["truth"]["binding_stage"] in feeds[row["answer"]["named"]]
        for row in rows
        if row["answer"].get("called_binding")
    )
