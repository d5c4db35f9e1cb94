"""How long until something happens, when for some it has not happened yet (Kaplan-Meier)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from prodops.stats.estimate import Estimate
from prodops.stats.event_counts import DurationError, greenwood_terms, log_log, none_yet_low, steps
from prodops.stats.normal import two_sided_z
from prodops.stats.quantiles import quantile

SHARE: Final = "share"

HOURS_TOLD: Final = (1, 6, 24, 72, 168)
"""After how many hours the share still waiting is told."""

Moments = Sequence[datetime | None] | NDArray[np.datetime64]
"""Moments of rows, missing ones None or NaT."""

_METHOD = "Kaplan-Meier, log-log interval"


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """The share for whom it has not happened yet, by duration.

    Attributes:
        times: The distinct durations, ascending; shape (k,).
        share: The share still without the event after each; shape (k,).
        low: Lower bound of the pointwise interval; shape (k,).
        high: Upper bound; shape (k,).
        at_risk: How many are under observation just before each; shape (k,).
        ended: How many events at each; shape (k,).
        n: How many were observed.
        events: How many events in all.
        unit: The unit of the durations in words.
        level: The confidence level.
    """

    times: NDArray[np.float64]
    share: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    at_risk: NDArray[np.int64]
    ended: NDArray[np.int64]
    n: int
    events: int
    unit: str
    level: float

    def at(self, duration: float) -> Estimate:
        """The share without the event at a duration; unknown past the longest observation."""
        if self.n == 0:
            return Estimate.unknown(SHARE, because="nothing was observed")
        if duration > self.times[-1] and self.share[-1] > 0:
            told = f"nothing was observed for longer than {self.times[-1]:.4g} {self.unit}"
            return Estimate.unknown(SHARE, because=told, n=self.n)
        place = int(np.searchsorted(self.times, duration, side="right")) - 1
        if place < 0:
            low = float(none_yet_low(self.n, self.level))
            return Estimate(1.0, low, 1.0, self.n, SHARE, _METHOD, level=self.level)
        share, low, high = (float(curve[place]) for curve in (self.share, self.low, self.high))
        return Estimate(share, low, high, self.n, SHARE, method=_METHOD, level=self.level)

    def quantile(self, share: float) -> Estimate:
        """By when it has happened for this share, with the interval of Brookmeyer and Crowley.

        The interval holds the durations at which the pointwise interval of the curve contains the
        remaining share; its upper end is infinite when the curve's upper bound never falls so low.

        Source: Brookmeyer and Crowley (1982), Biometrics 38:29, by the log-log transformation.
        """
        left = 1 - share
        if self.n == 0:
            return Estimate.unknown(self.unit, because="nothing was observed")
        # Rounding in a product of thousands of factors must not decide whether .5 was reached.
        reached = self.share <= left + 1e-12
        if not reached.any():
            told = f"it has happened to {1 - self.share[-1]:.0%} so far, fewer than {share:.0%}"
            return Estimate.unknown(self.unit, because=told, n=self.n)
        value = float(self.times[np.argmax(reached)])
        low = self._first_at_or_below(self.low, left)
        high = self._first_at_or_below(self.high, left)
        method = "Kaplan-Meier, Brookmeyer-Crowley log-log interval"
        return Estimate(value, min(low, value), max(high, value), self.n, self.unit, method, level=self.level)

    def median(self) -> Estimate:
        """By when it has happened for half."""
        return self.quantile(0.5)

    def restricted_mean(self, until: float) -> Estimate:
        """The mean time without the event during the first `until`; unknown past the longest observation.

        Source: Klein and Moeschberger, Survival Analysis, 2nd ed., equations 4.5.1 and 4.5.2.
        """
        if self.n == 0:
            return Estimate.unknown(self.unit, because="nothing was observed")
        if until > self.times[-1] and self.share[-1] > 0:
            told = f"nothing was observed for longer than {self.times[-1]:.4g} {self.unit}"
            return Estimate.unknown(self.unit, because=told, n=self.n)
        inside = self.times < until
        edges = np.concatenate(([0.0], self.times[inside], [until]))
        areas = np.concatenate(([1.0], self.share[inside])) * np.diff(edges)
        mean = float(areas.sum())
        after = (mean - np.cumsum(areas))[:-1]
        spread = float(np.sum(after**2 * greenwood_terms(self.at_risk, self.ended)[inside]))
        reach = two_sided_z(self.level) * math.sqrt(spread)
        low, high = max(0.0, mean - reach), min(float(until), mean + reach)
        method = "Kaplan-Meier restricted mean"
        return Estimate(mean, min(low, mean), max(high, mean), self.n, self.unit, method, level=self.level)

    def _first_at_or_below(self, curve: NDArray[np.float64], left: float) -> float:
        below = curve <= left + 1e-12
        return float(self.times[np.argmax(below)]) if below.any() else math.inf


def kaplan_meier(
    durations: ArrayLike, happened: ArrayLike, *, unit: str = "hours", level: float = 0.95
) -> SurvivalCurve:
    """The product-limit estimate with pointwise log-log (exponential Greenwood) intervals.

    Before the first event the lower bound is the exact one of "none of those at risk"; after the last
    one still at risk has had the event, the upper bound is the exact one of "all of them".

    Args:
        durations: How long each was observed, not negative; shape (n,).
        happened: Whether the event ended it; otherwise the observation did; shape (n,).
        unit: The unit of the durations in words.
        level: The confidence level.

    Raises:
        DurationError: A duration is negative or not finite, or the lengths differ.

    Source: Kaplan and Meier (1958), JASA 53:457; Kalbfleisch and Prentice, 2nd ed., equation 1.14.
    """
    counted = steps(durations, np.asarray(happened, dtype=bool))
    ended = counted.ended[0]
    share = np.cumprod(1 - ended / counted.at_risk)
    spread = np.cumsum(greenwood_terms(counted.at_risk, ended))
    low, high = log_log(share, spread, counted.at_risk, level)
    events = int(ended.sum())
    return SurvivalCurve(
        counted.times, share, low, high, counted.at_risk, ended, counted.n, events, unit, level
    )


@dataclass(frozen=True, slots=True)
class TimeToEvent:
    """How long items wait for an event, with those still waiting counted as waiting.

    Attributes:
        median: By when half have had the event (Kaplan-Meier), hours.
        share_open: The share still waiting after so many hours; unknown past the longest observation.
        median_of_ended: The median of those with the event alone, hours: what a report shows that forgets
            who is still waiting. It is too short, and stands here as a warning.
        n: Rows used.
        events: Rows used that have the event.
        open_rows: Rows used that have not had it when the observation ends.
        as_open: Rows whose event lies after the end of their observation; they count as still open there,
            so that the same export read at that moment would have said the same.
        left_out: Rows not used, by reason.
    """

    median: Estimate
    share_open: Mapping[int, Estimate]
    median_of_ended: Estimate
    n: int
    events: int
    open_rows: int
    as_open: int
    left_out: Mapping[str, int]


def time_to_event(
    starts: Moments, events: Moments, observed_until: Moments, *, level: float = 0.95
) -> TimeToEvent:
    """The waiting time of items that came in, were answered or not, and were looked at until some moment.

    Rows that contradict themselves are decided so, and counted:
    - no start, or an end of observation before the start: left out;
    - the event before the start (clocks that disagree): left out, for its duration is unknown;
    - the event after the end of observation: open at that end (`as_open`);
    - an event and no end of observation: used, since the duration is known;
    - no event and no end of observation: left out, for nobody knows how long it has waited.

    Args:
        starts: When each came in: aware datetimes, or an array of numpy datetimes in UTC; shape (n,).
        events: When each was answered, None or NaT where it was not; shape (n,).
        observed_until: When each was last looked at; shape (n,).
        level: The confidence level.

    Raises:
        DurationError: The lengths differ, or a datetime has no time zone.
    """
    start, event, until = (_unix_seconds(moments) for moments in (starts, events, observed_until))
    if not len(start) == len(event) == len(until):
        raise DurationError(f"{len(start)} starts, {len(event)} events and {len(until)} ends of observation")
    used, left_out = _usable(start, event, until)
    late = used & (event > until)
    happened = (used & ~np.isnan(event) & ~late)[used]
    hours = (np.where(np.isnan(event) | late, until, event) - start)[used] / 3600
    curve = kaplan_meier(hours, happened, unit="hours", level=level)
    return TimeToEvent(
        median=curve.median(),
        share_open=MappingProxyType({mark: curve.at(mark) for mark in HOURS_TOLD}),
        median_of_ended=quantile(hours[happened], 0.5, unit="hours", least=0.0, level=level),
        n=curve.n,
        events=curve.events,
        open_rows=curve.n - curve.events,
        as_open=int(late.sum()),
        left_out=MappingProxyType(left_out),
    )


def _usable(
    start: NDArray[np.float64], event: NDArray[np.float64], until: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], dict[str, int]]:
    """Which rows can be used, and how many cannot by the first reason that holds."""
    reasons = {
        "no start": np.isnan(start),
        "event before start": event < start,
        "observation ends before start": until < start,
        "neither event nor end of observation": np.isnan(event) & np.isnan(until),
    }
    used = np.ones(len(start), dtype=bool)
    left_out: dict[str, int] = {}
    for reason, rows in reasons.items():
        left_out[reason] = int(np.sum(rows & used))
        used &= ~rows
    return used, left_out


def _unix_seconds(moments: Moments) -> NDArray[np.float64]:
    """Moments as seconds since 1970, NaN where there is none."""
    if isinstance(moments, np.ndarray):
        if moments.dtype.kind != "M":
            raise DurationError(f"an array of moments holds datetimes, not {moments.dtype}")
        micros = moments.astype("datetime64[us]")
        return np.where(np.isnat(micros), np.nan, micros.astype(np.int64) / 1e6)
    seconds = np.empty(len(moments))
    for place, moment in enumerate(moments):
        if moment is not None and moment.tzinfo is None:
            raise DurationError(f"moment number {place} has no time zone")
        seconds[place] = math.nan if moment is None else moment.timestamp()
    return seconds
