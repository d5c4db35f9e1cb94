"""PMs lose a fifth of their time to escalations of customers, and engineering has too little capacity.

None of the six sinks is large: what is lost lies in B3, and the launch stage, served by engineering, binds.

Required: abstain, with the verdict that the loss is outside what is measured, or that the sinks are healthy.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import FlowSettings, IntentSettings

SCENARIO = Scenario(
    name="out-of-model",
    says="Escalations of customers take what no sink takes, and engineering capacity binds.",
    plant=HEALTHY,
    intent=IntentSettings(more=(("B3", 4.5),)),
    flow=FlowSettings(binding="launch"),
    required=Required(
        named=(None,),
        because="what is lost is in none of the six sinks",
        verdict=("outside_reach", "healthy"),
    ),
)
