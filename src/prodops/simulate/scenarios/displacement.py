"""A rollout takes a third of the administration from PMs, and marketing and operations do all of it instead.

Required: abstain, and claim no net gain: what PMs no longer do, others do at a daily desk.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import Intervention

SCENARIO = Scenario(
    name="displacement",
    says="What a rollout takes from PMs, others have to do: the net is nothing.",
    plant=HEALTHY,
    interventions=(Intervention(name="handover desk", level=0.33, displaced=1.0),),
    required=Required(
        named=(None,), because="hours moved, none were freed", effect="net zero: displaced to others"
    ),
)
