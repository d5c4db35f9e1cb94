"""A stage day by day: who came, who left, who waited; and whether Little's law holds over these counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from prodops.ledger.ledger import Ledger
from prodops.views.stage_moves import STAGE_MOVES
from prodops.views.stage_visits import STAGE_VISITS

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

DAY_SECONDS = 86_400.0
WINDOW_DAYS = 364
"""The last year of the tracker is looked at: a queue that grew must be seen from before it did."""

RECENT_DAYS = 182
"""What comes and what can be served is that of the last half year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageDays:
    """One stage over the window, a value a calendar day.

    Attributes:
        arrivals: Pieces that came.
        departures: Pieces that left.
        waiting: Pieces there in the evening, by counting arrivals and departures.
        worked: Days on which anything moved in the tracker.
        visits: Stays that touch the window.
        stay_days: Days inside the window that all these stays took together.
        stay_spread: Standard deviation of these days between stays.
    """

    arrivals: NDArray[float64]
    departures: NDArray[float64]
    waiting: NDArray[float64]
    worked: NDArray[bool_]
    visits: int
    stay_days: float
    stay_spread: float

    @property
    def days(self) -> int:
        """Length of the window."""
        return len(self.arrivals)

    @property
    def little_ratio(self) -> float:
        """L over lambda times W: mean number waiting, over arrivals a day times the mean days of a stay.

        The first is counted from moves, the second follows each piece, so they agree only where histories are
        whole. Source: Little (1961), Operations Research 9:383; over a finite window, with stays cut at
        its ends, the law is an identity (Stidham 1974).
        """
        expected = self.stay_days / self.days
        counted = float(self.waiting.mean())
        return (counted + 1.0) / (expected + 1.0)


_MOVES = """
select stage, cast(floor(extract(epoch from moved_at) / 86400e0) as bigint) as day, step, count(*) as times
from stage_moves
where stage <> ''
group by 1, 2, 3
"""

_STAYS = """
select stage, count(*) as visits, round(sum(days), 6) as stay_days,
    coalesce(round(stddev_samp(days), 6), 0e0) as stay_spread
from (
    select
        stage,
        (
            least(coalesce(extract(epoch from left_at), $shuts), $shuts)
            - greatest(extract(epoch from entered_at), $opens)
        ) / 86400e0 as days
    from stage_visits
    where extract(epoch from entered_at) < $shuts
        and (left_at is null or extract(epoch from left_at) > $opens)
) as stays
group by stage
"""


def stage_days(ledger: Ledger) -> dict[str, StageDays]:
    """Every stage that the tracker shows, over the last year up to its newest move."""
    moves = ledger.columns(_MOVES, views=[STAGE_MOVES])
    if not len(moves["day"]):
        return {}
    last = int(moves["day"].max())
    first = max(int(moves["day"].min()), last - WINDOW_DAYS + 1)
    bounds: dict[str, object] = {"opens": first * DAY_SECONDS, "shuts": (last + 1) * DAY_SECONDS}
    stays = {stage: told for stage, *told in ledger.sql(_STAYS, bounds, views=[STAGE_VISITS])}
    inside = moves["day"] >= first
    worked = _by_day(moves, inside, first, last) > 0
    found: dict[str, StageDays] = {}
    for stage in sorted(set(moves["stage"].tolist())):
        own = moves["stage"] == stage
        arrivals = _by_day(moves, own & inside & (moves["step"] > 0), first, last)
        departures = _by_day(moves, own & inside & (moves["step"] < 0), first, last)
        before = float((moves["step"] * moves["times"])[own & ~inside].sum())
        visits, days, spread = stays.get(stage, (0, 0.0, 0.0))
        found[stage] = StageDays(
            arrivals=arrivals,
            departures=departures,
            waiting=before + (arrivals - departures).cumsum(),
            worked=worked,
            visits=int(visits),
            stay_days=float(days),
            stay_spread=float(spread),
        )
    return found


def _by_day(moves: dict[str, Any], chosen: NDArray[bool_], first: int, last: int) -> NDArray[float64]:
    import numpy as np  # lazy: the command line's first screen must not pay for it

    days = (moves["day"][chosen] - first).astype(int)
    times = moves["times"][chosen].astype(float)
    return np.asarray(np.bincount(days, weights=times, minlength=last - first + 1), dtype=float)
