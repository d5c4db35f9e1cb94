"""PMs start when chance has given them most administration; the rollout does nothing, the chance passes.

Every group has 1.6 times its usual administration in the eight weeks before it starts.

Required: abstain, and claim nothing of the rollout.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import Intervention

SCENARIO = Scenario(
    name="regression-to-the-mean",
    says="Whoever looked worst starts first, and gets back to normal without any effect.",
    plant=HEALTHY,
    interventions=(
        Intervention(name="coaching", level=0.0, chosen="those who looked worst", bump=1.6, bump_weeks=8),
    ),
    required=Required(named=(None,), because="a bad spell is no sink", effect="none: regression to the mean"),
)
