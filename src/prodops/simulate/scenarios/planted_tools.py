"""Tool overlap is the largest sink, by a gap of 1.5 to 4; all else is drawn as in `planted`.

Required: name it, or none; never another.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

SCENARIO = Scenario(
    name="planted-tools",
    says="The same things are kept in two tools, entry by entry.",
    plant=Plant(top="tool_overlap", gap=Range(1.5, 4.0)),
    required=Required(named=("tool_overlap", None), because="it leads by half or more"),
)
