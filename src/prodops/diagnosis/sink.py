"""One family of findings as the diagnosis weighs it: draws of the PM hours a week it could give back."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
        serves_others: Whether people who are no PMs get something out of it most of the time, so that it
            may not be ended for everybody.
    """

    subject: str
    title: str
    draws: NDArray[float64]
    touches: int = 0
    serves_others: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """Something that the hours of a sink rest on and that asking would settle.

    Attributes:
        what: What is not known, in words with its prior.
        ask: The label, trial or export that would tell, as an instruction.
        draws: Draws of it, aligned with those of the parts.
        asking_hours: Hours of work that asking takes.
        noise: How far the answer would still be off, as a share of the spread of the draws.
    """

    what: str
    ask: str
    draws: NDArray[float64]
    asking_hours: float
    noise: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A sink before ranking.

    Attributes:
        name: One of `checks.finding.SINKS`.
        parts: Where the hours are; empty when the evidence sets no hours.
        n: Records that the draws rest on.
        because: What the hours were computed from, or why there are none.
        unsure: What the data did not settle: the first things to measure.
        spent: Draws of all PM hours a week that the sink takes inside its leaf of the time taxonomy,
            avoidable or not; None where its time lies across leaves.
    """

    name: str
    parts: tuple[Part, ...] = ()
    n: int = 0
    because: str
    unsure: tuple[Unsure, ...] = ()
    spent: NDArray[float64] | None = None

    @property
    def assumed(self) -> tuple[str, ...]:
        """What was assumed where the data did not overrule it, in words."""
        return tuple(one.what for one in self.unsure)

    def total(self) -> NDArray[float64]:
        """Draws of its reclaimable PM hours a week over all parts."""
        import numpy as np  # lazy: the command line's first screen must not pay for it

        return np.asarray(np.sum([part.draws for part in self.parts], axis=0))

    def at(self, places: NDArray[float64]) -> Weighed:
        """The same with its draws taken at these places, all together."""
        return replace(
            self,
            parts=tuple(replace(part, draws=part.draws[places]) for part in self.parts),
            unsure=tuple(replace(one, draws=one.draws[places]) for one in self.unsure),
            spent=None if self.spent is None else self.spent[places],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sink:
    """A sink as ranked.

    Attributes:
        name: One of `checks.finding.SINKS`.
        title: Its name in words.
        hours: Reclaimable PM hours a week, or why they are not known.
        p_top: Probability that it is the largest of those with hours.
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
