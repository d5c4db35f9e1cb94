"""The organisation's stage: what may be asked, shown and promised at its size."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from prodops.ledger.ledger import Ledger
from prodops.views.pms import PMS

STAGES = ("startup", "formalising", "large")

_ANCHORS = ((50, "startup"), (200, "formalising"), (600, "formalising"), (1_000, "large"))

SIZES = {
    "startup": "about 50 people, 2 to 5 PMs",
    "formalising": "200 to 600 people, 8 to 25 PMs",
    "large": "1,000 people and more, 50 to 90 PMs",
}
"""The sizes that each stage was calibrated at; those between them are interpolated."""

ASKED = {
    "startup": "One's own calendar and exports on a laptop; an interview with every PM.",
    "formalising": "Interviews with every PM, labels of a few blocks a week, what each ritual is for.",
    "large": "A roster with teams, labels in every area, an order of rollout that the tool draws.",
}
"""What is asked of people at each stage."""

SHOWN = {
    "startup": "Ranges of time, the ritual ledger, the longest waits; no hours of fewer than five PMs.",
    "formalising": "Hours by sink with intervals, conflicting metrics, signals without a decision, stances.",
    "large": "The same by area with intervals and no league table; groups of fewer than five never.",
}
"""What is shown at each stage."""

PROMISED = {
    "startup": "Too few PMs for a claim about their total time: prove one quick win on its own items.",
    "formalising": "A staggered rollout by area can show an effect with its interval within two quarters.",
    "large": "Areas can be compared with intervals; small groups stay suppressed.",
}
"""What is promised at each stage."""

DETECTABLE_POINTS = ((8, 19.1), (12, 13.3), (20, 9.5), (40, 6.2), (60, 5.0))
"""PMs, and the change of a share of their time, in points, that shows in 80% of cases after 8 weeks before
and 13 weeks after it: simulated by `bench/design.py`, with the jackknife that a readout uses. Whoever knew
the error of the estimate beforehand would need less with few PMs (13.9 with 8); nobody does."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage and what follows from it.

    Attributes:
        name: startup, formalising or large; the nearer one between two.
        people: People in the roster who have not left; 0 without one.
        pms: PMs in the roster, or owners of calendars.
        says: What may be promised at this size.
        interpolated: Whether the size lies between two stages.
        detectable: The smallest change of the share of PM time that can be shown, in words.
    """

    name: str
    people: int
    pms: int
    says: str
    interpolated: bool
    detectable: str = ""


def stage(ledger: Ledger) -> Stage:
    """The stage by people in the roster, or by ten people a PM where there is no roster."""
    people = int(ledger.sql(_PEOPLE)[0][0])
    pms = int(ledger.sql("select count(*) from pms", views=[PMS])[0][0])
    size = people or 10 * pms
    nearest = min(_ANCHORS, key=lambda anchor: abs(anchor[0] - size))
    inside = size <= 60 or 200 <= size <= 600 or size >= 1_000
    note = "" if inside else f" {size:,} people lie between two stages; this is read off the nearer one."
    return Stage(
        nearest[1],
        people,
        pms,
        PROMISED[nearest[1]] + note,
        interpolated=not inside,
        detectable=detectable_change(pms),
    )


def detectable_change(pms: int) -> str:
    """The smallest change of the share of PM time that so many PMs can show, in words.

    Between the simulated numbers it is interpolated along 1 / sqrt(PMs), as a standard error goes.
    """
    (fewest, _), (most, least) = DETECTABLE_POINTS[0], DETECTABLE_POINTS[-1]
    if pms < fewest:
        return f"With fewer than {fewest} PMs no change of the total can be shown: count items and minutes."
    weeks = "after 8 weeks before and 13 weeks after it, in four cases of five"
    known = dict(DETECTABLE_POINTS).get(pms)
    if known is not None:
        return f"With {pms} PMs a change of {known:.1f} points of PM time shows {weeks}."
    if pms > most:
        return f"With {pms} PMs a change of {least:.1f} points or less of PM time shows {weeks}."
    (below, wide), (above, narrow) = next(
        pair for pair in pairwise(DETECTABLE_POINTS) if pair[0][0] < pms < pair[1][0]
    )
    along = (below**-0.5 - pms**-0.5) / (below**-0.5 - above**-0.5)
    points = wide + along * (narrow - wide)
    between = f"interpolated between {below} and {above} PMs"
    return f"With {pms} PMs a change of {points:.1f} points of PM time shows {weeks} ({between})."


_PEOPLE = """
select count(distinct person)
from person
where active and (left_on is null or left_on >= cast($today as date))
"""
