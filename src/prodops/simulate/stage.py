"""What an organisation of a given size is like: three presets and what lies between them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from prodops.simulate.errors import SizeError

FEWEST, MOST = 20, 10_000
SHORTEST, LONGEST = 2, 520


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Magnitudes of an organisation.

    Attributes:
        people: Everybody.
        pms: Product managers.
        teams: Product teams.
        product_ops: People of product operations.
        rituals: Recurring meetings that somebody keeps minutes of, or could.
        meeting_hours: Hours a PM spends in meetings, a week.
        noted_share: Share of held meetings whose minutes exist.
        requests_a_month: Messages of customers.
        metrics: Metric definitions.
        dashboards: Dashboards that read them.
        issues_a_week: Pieces of work entering the tracker.
    """

    people: int
    pms: int
    teams: int
    product_ops: int
    rituals: int
    meeting_hours: float
    noted_share: float
    requests_a_month: float
    metrics: int
    dashboards: int
    issues_a_week: float


PRESETS: dict[int, tuple[float, ...]] = {
    50: (3, 4, 1, 8, 12.0, 0.35, 60, 25, 15, 6),
    400: (15, 14, 2, 55, 18.0, 0.50, 800, 300, 150, 24),
    2000: (65, 60, 8, 250, 22.0, 0.65, 6000, 3000, 1200, 100),
}
"""People -> the other magnitudes, in the order of `Stage`. The 50-person rate of minutes is above the
.20 of the literature, so that eight weeks of examples hold some."""


def stage(people: int, weeks: int) -> Stage:
    """The magnitudes for a number of people, between the presets on a logarithmic scale.

    Raises:
        SizeError: The numbers are outside what the presets can speak for.
    """
    if not FEWEST <= people <= MOST:
        raise SizeError(f"people is {people}; choose {FEWEST} to {MOST}")
    if not SHORTEST <= weeks <= LONGEST:
        raise SizeError(f"weeks is {weeks}; choose {SHORTEST} to {LONGEST}")
    values = [_between(people, column) for column in range(10)]
    return Stage(
        people=people,
        pms=max(2, round(values[0])),
        teams=max(2, round(values[1])),
        product_ops=max(1, round(values[2])),
        rituals=max(5, round(values[3])),
        meeting_hours=values[4],
        noted_share=values[5],
        requests_a_month=values[6],
        metrics=max(10, round(values[7])),
        dashboards=max(5, round(values[8])),
        issues_a_week=values[9],
    )


def _between(people: int, column: int) -> float:
    """One magnitude, log-linear in people between the two nearest presets, flat rates kept in bounds."""
    sizes = sorted(PRESETS)
    upper = next((size for size in sizes[1:] if people <= size), sizes[-1])
    lower = sizes[sizes.index(upper) - 1]
    share = (math.log(people) - math.log(lower)) / (math.log(upper) - math.log(lower))
    low, high = PRESETS[lower][column], PRESETS[upper][column]
    return math.exp(math.log(low) + share * (math.log(high) - math.log(low)))
