"""The feedback black hole is the largest sink, by a gap of 1.5 to 4; all else is drawn as in `planted`.

Required: name it, or none; never another.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

SCENARIO = Scenario(
    name="planted-feedback",
    says="Requests vanish in weak channels and are asked again and again.",
    plant=Plant(top="feedback_black_hole", gap=Range(1.5, 4.0)),
    required=Required(named=("feedback_black_hole", None), because="it leads by half or more"),
)
