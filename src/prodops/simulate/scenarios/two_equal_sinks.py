"""Two sinks of the same size lead all others.

Required: abstain: whichever were named, the other is as large.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

SCENARIO = Scenario(
    name="two-equal-sinks",
    says="Two sinks take the same, far more than the others.",
    plant=Plant(hours=Range(1.0, 2.2), gap=Range(1.0, 1.03), rest=Range(0.05, 0.35)),
    required=Required(named=(None,), because="two sinks are equally large"),
)
