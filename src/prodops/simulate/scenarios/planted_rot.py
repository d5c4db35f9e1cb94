"""Ritual rot is the largest sink, by a gap of 1.5 to 4; all else is drawn as in `planted`.

Required: name it, or none; never another.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

SCENARIO = Scenario(
    name="planted-rot",
    says="Rituals stopped deciding anything, and PMs still prepare and attend them.",
    plant=Plant(top="ritual_rot", gap=Range(1.5, 4.0)),
    required=Required(named=("ritual_rot", None), because="it leads by half or more"),
)
