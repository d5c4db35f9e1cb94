"""The organisation's stage: what may be asked, shown and promised at its size."""

from __future__ import annotations

from dataclasses import dataclass

from prodops.ledger.ledger import Ledger
from prodops.views.pms import PMS

_ANCHORS = ((50, "startup"), (200, "formalising"), (600, "formalising"), (1_000, "large"))

_PROMISES = {
    "startup": "Too few PMs for a claim about their total time: prove one quick win on its own items.",
    "formalising": "A staggered rollout by area can show an effect with its interval within two quarters.",
    "large": "Areas can be compared with intervals; small groups stay suppressed.",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage and what follows from it.

    Attributes:
        name: startup, formalising or large; the nearer one between two.
        people: People in the roster who have not left; 0 without one.
        pms: PMs in the roster, or owners of calendars.
        says: What may be promised at this size.
        interpolated: Whether the size lies between two stages.
    """

    name: str
    people: int
    pms: int
    says: str
    interpolated: bool


def stage(ledger: Ledger) -> Stage:
    """The stage by people in the roster, or by ten people a PM where there is no roster."""
    people = int(ledger.sql(_PEOPLE)[0][0])
    pms = int(ledger.sql("select count(*) from pms", views=[PMS])[0][0])
    size = people or 10 * pms
    nearest = min(_ANCHORS, key=lambda anchor: abs(anchor[0] - size))
    inside = size <= 60 or 200 <= size <= 600 or size >= 1_000
    note = "" if inside else f" {size:,} people lie between two stages; this is read off the nearer one."
    return Stage(nearest[1], people, pms, _PROMISES[nearest[1]] + note, interpolated=not inside)


_PEOPLE = """
select count(distinct person)
from person
where active and (left_on is null or left_on >= cast($today as date))
"""
