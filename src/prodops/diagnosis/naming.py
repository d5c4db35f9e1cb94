"""The naming rule: when a sink is named, and which abstention is right when none is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from prodops.checks.finding import SINKS
from prodops.diagnosis.sink import Sink
from prodops.stats.telling import number, told

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

NAME_FROM_PROBABILITY = 0.8
NAME_FROM_SHARE = 0.01
"""A sink is named only from this probability of being the largest, and only when the lower 5% bound of
its hours is at least this share of PM hours (science: the naming rule)."""

LEAD = 1.15
"""Times the next sink from which the first is ahead of it: sinks that differ by less than a seventh are of
one size. Either is as good a place to begin, and one of two equal ones must not win by the luck of counts."""

HEALTHY_BELOW = 2.0
"""Times the floor: nothing is worth naming when the largest sink lies below the floor at even odds and below
this multiple of it in 95% of draws."""


HEALTHY_SILENT = 1
"""Sinks that may be without hours in an organisation that is called healthy."""


def verdict_of(
    top: Sink | None, totals: Mapping[str, NDArray[float64]], *, floor: float, outside: str
) -> str:
    """named, healthy, too_close, outside_reach or not_enough_evidence.

    Args:
        top: The sink that is the largest in most draws.
        totals: Draws of every sink with hours.
        floor: PM hours a week below which no sink is worth a name.
        outside: What is large and in none of the sinks, in words; empty when nothing is.
    """
    import numpy as np  # lazy: the command line's first screen must not pay for it

    # Where nobody is known to be a product manager, no hours are large or small against their time.
    if top is None or floor <= 0:
        return "not_enough_evidence"
    low = float(np.quantile(totals[top.name], 0.05))
    rivals = [drawn for name, drawn in totals.items() if name != top.name]
    ahead = _lead(totals[top.name], rivals) >= NAME_FROM_PROBABILITY
    if top.p_top >= NAME_FROM_PROBABILITY and ahead and low >= floor:
        return "named"
    draws = np.stack(list(totals.values()))
    largest = np.max(draws, axis=0)
    least, middle, most = (float(x) for x in np.quantile(largest, [0.05, 0.5, 0.95]))
    if outside and least < floor and middle < HEALTHY_BELOW * floor:
        return "outside_reach"
    if middle < floor and most < HEALTHY_BELOW * floor and len(SINKS) - len(draws) <= HEALTHY_SILENT:
        return "healthy"
    return "too_close" if least >= floor and not ahead else "not_enough_evidence"


def _lead(draws: NDArray[float64], rivals: Sequence[NDArray[float64]]) -> float:
    """Probability that a sink with these draws is `LEAD` times every rival that was measured."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    return float(np.mean(draws >= LEAD * np.max(np.stack([np.zeros_like(draws), *rivals]), axis=0)))


def says(verdict: str, top: Sink | None, known: list[Sink], *, floor: float, outside: str, binds: str) -> str:
    """The verdict in one or two sentences.

    Args:
        verdict: What `verdict_of` said.
        top: The sink that is the largest in most draws.
        known: Sinks with hours, the largest first.
        floor: PM hours a week below which no sink is worth a name.
        outside: What is large and in none of the sinks.
        binds: What the queues say when the named sink feeds the stage that binds; empty otherwise.
    """
    if top is None or verdict == "not_enough_evidence":
        return f"No constraint is named: {_missing(top, known, floor)}."
    if verdict == "healthy":
        return (
            "No constraint is named: no sink is likely to give back "
            f"{number(floor)} PM hours a week, which is 1% of PM time."
        )
    if verdict == "outside_reach":
        return f"No constraint is named: no sink is large, and {outside}, which lies in none of them."
    if verdict == "too_close":
        rivals = " and ".join(sink.title.partition(":")[0] for sink in _rivals(top, known))
        return (
            f"No constraint is named: {rivals} are too close to call ({top.p_top:.0%} for the first; "
            "a lead of less than a seventh counts as none)."
        )
    hours = told(top.hours, with_n=False)
    if binds:
        return f"The binding constraint is {top.title}: {hours}, largest in {top.p_top:.0%} of draws. {binds}"
    return (
        f"The largest reclaimable time sink is {top.title}: {hours}, largest in {top.p_top:.0%} of draws. "
        "It is not called binding: no queue that it feeds is shown to bind."
    )


def _missing(top: Sink | None, known: list[Sink], floor: float) -> str:
    """What the evidence does not show."""
    if top is None:
        return "no record tells the hours of any sink"
    if floor <= 0:
        return "no product manager is known, so that no hours can be held against PM time"
    silent = len(SINKS) - len(known)
    if silent and (top.hours.low or 0.0) >= floor:
        return (
            f"{top.title.partition(':')[0]} is large, and {silent} sinks of which no records are loaded may "
            f"be larger ({top.p_top:.0%} for the first)"
        )
    return f"the evidence does not show any sink above {number(floor)} PM hours a week with enough certainty"


def _rivals(top: Sink, known: list[Sink]) -> list[Sink]:
    others = sorted((sink for sink in known if sink.name != top.name), key=lambda sink: -sink.p_top)
    return [top, *others[:1]]
