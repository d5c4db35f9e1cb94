"""The leaves of the time taxonomy and the sinks, as the truth counts them."""

from __future__ import annotations

from typing import Final

LEAVES: Final = ("A1", "A2", "A3", "B1", "B2", "B3", "B4", "C1", "C2", "C3", "C4", "C5", "C6", "C7")
"""True purposes of a block of time. There is no X: the truth knows what it is."""

A1, A2, A3, B1, B2, B3, B4, C1, C2, C3, C4, C5, C6, C7 = range(14)

SINKS: Final = (
    "ritual_rot",
    "feedback_black_hole",
    "data_debt",
    "launch_friction",
    "tool_overlap",
    "ungoverned_ai",
)
"""Where hours can be reclaimed; an hour belongs to one of them or to none."""

ROT, BLACK_HOLE, DATA_DEBT, LAUNCH, TOOLS, AI = range(6)
NO_SINK: Final = -1

STAGES: Final = ("signal", "insight", "decision", "spec", "launch", "learning")
"""What a customer's need passes through until somebody has learnt from it."""

USUAL_SHARES: Final = (
    *(0.11, 0.12, 0.08),
    *(0.14, 0.12, 0.07, 0.06),
    *(0.100, 0.030, 0.045, 0.040, 0.035, 0.035, 0.015),
)
"""Where a PM's week goes when nothing is wrong, before the sinks take their hours; in order of `LEAVES`."""

MEETING_SHARES: Final = (0.5, 0.6, 0.6, 0.45, 0.7, 0.85, 0.8, 0.3, 0.05, 0.15, 0.15, 0.4, 0.1, 0.05)
"""How much of each purpose is done together with others, rituals left out; in order of `LEAVES`."""
