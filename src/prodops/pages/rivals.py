"""Every sink beside the first: how far it lies below, and why it is not the one that is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.naming import NAME_FROM_PROBABILITY, NAME_FROM_SHARE
from prodops.diagnosis.sink import HOURS, Sink
from prodops.ledger.ledger import Ledger
from prodops.pages.parts import estimate_of, kept_share
from prodops.stats.estimate import Estimate
from prodops.stats.small_groups import about_persons
from prodops.stats.telling import number

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """A sink as it stands against the first.

    Attributes:
        sink: The sink.
        below: By how many hours it lies below the first; None for the first, and where hours are not known.
        why: Why it is not named, or that it is.
        has_rows: Whether the evidence has rows behind it.
    """

    sink: Sink
    below: Estimate | None
    why: str
    has_rows: bool


def rivals(ledger: Ledger, verdict: Diagnosis) -> tuple[Rival, ...]:
    """All sinks in their order, with what rejects each.

    Margins are differences of the same draws, so that what two sinks share (the audit's ceiling, the length
    of a week) does not count as doubt between them.

    Args:
        ledger: Where the audit's ceiling is looked up.
        verdict: The diagnosis of that ledger.
    """
    few = about_persons(verdict.pms)
    totals = {} if few else _totals(verdict, kept_share(ledger, verdict))
    first = next((sink for sink in verdict.sinks if sink.name in totals), None)
    return tuple(_rival(verdict, sink, first, totals, few=few) for sink in verdict.sinks)


def _rival(
    verdict: Diagnosis,
    sink: Sink,
    first: Sink | None,
    totals: dict[str, NDArray[float64]],
    *,
    few: bool,
) -> Rival:
    rows = bool(sink.findings) or (not few and sink.hours.known)
    if few:
        why = "fewer than five PMs: hours would be about persons"
        return Rival(sink=sink, below=None, why=why, has_rows=rows)
    if first is None or sink.name not in totals:
        return Rival(sink=sink, below=None, why=sink.because, has_rows=rows)
    if sink is first:
        return Rival(sink=sink, below=None, why=_why_first(verdict, sink, totals[sink.name]), has_rows=rows)
    gap = totals[first.name] - totals[sink.name]
    below = estimate_of(gap, first.hours.n + sink.hours.n)
    return Rival(sink=sink, below=below, why=_why_not(first, gap), has_rows=rows)


def _totals(verdict: Diagnosis, kept: NDArray[float64]) -> dict[str, NDArray[float64]]:
    """Draws of each sink's hours: the sums of those of its parts, as far as the time audit leaves them."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    totals = {}
    for sink in verdict.sinks:
        parts = verdict.parts.get(sink.name, ())
        if parts and sink.hours.known:
            totals[sink.name] = np.asarray(np.sum([part.draws for part in parts], axis=0) * kept)
    return totals


def _why_first(verdict: Diagnosis, sink: Sink, draws: NDArray[float64]) -> str:
    if verdict.named == sink.name:
        return "named: the largest, and surely above the floor"
    import numpy as np  # lazy: the command line's first screen must not pay for it

    floor = NAME_FROM_SHARE * verdict.pm_hours
    low = float(np.quantile(draws, 0.05))
    if low < floor:
        return (
            f"not named: its lower 5% bound, {number(low)} {HOURS}, lies below the floor of {number(floor)}, "
            "which is 1% of PM time"
        )
    if sink.p_top < NAME_FROM_PROBABILITY:
        needed = f"{NAME_FROM_PROBABILITY:.0%} are needed"
        return f"not named: the largest in {sink.p_top:.0%} of the draws, where {needed}"
    return f"not named: {verdict.says}"


def _why_not(first: Sink, gap: NDArray[float64]) -> str:
    smaller = float((gap > 0).mean())
    name = first.title.partition(":")[0]
    if smaller >= NAME_FROM_PROBABILITY:
        return f"smaller than {name} in {smaller:.0%} of the draws"
    return f"not rejected: larger than {name} in {1 - smaller:.0%} of the draws"
