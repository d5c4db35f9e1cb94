"""A rollout takes 45% of the administration away at first, and half of what is left of that every five weeks.

Required: abstain, and claim at most the latest horizon, never the mean or the first weeks.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import Intervention

SCENARIO = Scenario(
    name="fading-effect",
    says="A rollout works at first and fades within a quarter.",
    plant=HEALTHY,
    interventions=(Intervention(name="focus days", level=0.45, start=0.4, half_life_weeks=5.0),),
    required=Required(
        named=(None,), because="no sink leads", effect="only what is left at the latest horizon"
    ),
)
