"""Ungoverned AI is the largest sink, by a gap of 1.5 to 4; all else is drawn as in `planted`.

Required: name it, or none; never another.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

SCENARIO = Scenario(
    name="planted-ai",
    says="PMs redo what assistants wrote and nobody reviewed.",
    plant=Plant(top="ungoverned_ai", gap=Range(1.5, 4.0)),
    required=Required(named=("ungoverned_ai", None), because="it leads by half or more"),
)
