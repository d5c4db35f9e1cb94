"""Nothing is planted: every sink takes less than one percent of PM time, as in any working organisation.

Required: abstain. Naming any sink is wrong.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range

HEALTHY = Plant(hours=Range(0.05, 0.22), gap=Range(1.05, 3.0), sound=True, stageless=1.0)
"""Hours so small that none of them is worth a name."""

SCENARIO = Scenario(
    name="healthy",
    says="Every ritual gives what it is for, requests are decided, metrics are trusted: no sink to name.",
    plant=HEALTHY,
    required=Required(named=(None,), because="no sink takes one percent of PM time"),
)
