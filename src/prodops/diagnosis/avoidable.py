"""How much of what a sink takes above the healthy level comes back when it is mended, until trials tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.diagnosis.sink import DRAWS, Unsure

if TYPE_CHECKING:
    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

PRIOR = (5.6, 2.4)
"""Beta prior of the avoidable share of a sink: .70 on average, between .36 and .94."""

_TRIALS = {
    "ritual_rot": ("Pause the emptiest ritual for six weeks and see which hours come back", 6.0),
    "feedback_black_hole": ("Give one channel an owner for six weeks and count what is asked again", 10.0),
    "data_debt": ("Mend the three most doubted metrics and count their re-checks for six weeks", 16.0),
    "launch_friction": ("Run two launches with a named owner for each gate and count the reminders", 10.0),
    "tool_overlap": ("Let one team keep its roadmap in the tracker alone for six weeks", 8.0),
    "ungoverned_ai": ("Let one team use a reviewed template for six weeks and time the rework", 8.0),
}
"""Per sink: the small trial that would tell, and the hours that it takes to run and read."""


def avoidable(sink: str, rng: Generator) -> tuple[NDArray[float64], Unsure]:
    """Draws of a sink's avoidable share, and what would narrow it."""
    import numpy as np  # lazy: the command line's first screen must not pay for it

    drawn = np.clip(rng.beta(*PRIOR, DRAWS), 0.02, 0.98)
    ask, asking_hours = _TRIALS[sink]
    what = "how much of the excess comes back when it is mended (prior .3 to .95)"
    return drawn, Unsure(what=what, ask=ask, draws=drawn, asking_hours=asking_hours, noise=0.3)
