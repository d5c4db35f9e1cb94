"""One family of findings as the diagnosis weighs it: draws of the PM hours a week it could give back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.checks.finding import Finding
from prodops.stats.estimate import Estimate

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

DRAWS = 4_000
"""Draws of the posterior; the standard error of a probability near .8 is then .006."""

HOURS = "PM hours a week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One place inside a sink that costs hours: a ritual, a channel, a metric.

    Attributes:
        subject: Its key, the same as in findings.
        title: As a reader knows it.
        draws: Draws of its reclaimable PM hours a week.
        touches: PMs it costs time.
    """

    subject: str
    title: str
    draws: NDArray[float64]
    touches: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A sink before ranking.

    Attributes:
        name: One of `checks.finding.SINKS`.
        parts: Where the hours are; empty when the evidence sets no hours.
        n: Records that the draws rest on.
        because: What the hours were computed from, or why there are none.
        assumed: Priors that the data did not overrule, in words: the first things to measure.
    """

    name: str
    parts: tuple[Part, ...] = ()
    n: int = 0
    because: str
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """A sink as ranked.

    Attributes:
        name: One of `checks.finding.SINKS`.
        title: Its name in words.
        hours: Reclaimable PM hours a week, or why they are not known.
        p_top: Probability that it is the largest.
        findings: What was found, the costliest first.
        exposure: What else is at stake, in words, beside the hours.
        because: What the hours were computed from, or why there are none.
        assumed: Priors that the data did not overrule.
    """

    name: str
    title: str
    hours: Estimate
    p_top: float
    findings: tuple[Finding, ...]
    exposure: str
    because: str
    assumed: tuple[str, ...]
