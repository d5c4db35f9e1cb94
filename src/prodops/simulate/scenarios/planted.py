"""One of the six sinks leads, drawn by the seed, by a gap of 1.05 to 4; the others are real but smaller.

Required: name the sink that truly leads, or none. Naming another one is wrong. Where the gap is 1.5 or more
a diagnosis should name it in most organisations; where it is near 1 it should not.
"""

from __future__ import annotations

from prodops.simulate.scenario import TOP, Plant, Required, Scenario

SCENARIO = Scenario(
    name="planted",
    says="One of the six sinks leads, and the seed says which and by how much.",
    plant=Plant(),
    required=Required(
        named=(TOP, None), because="one sink leads; where it leads by little, none may be named"
    ),
)
