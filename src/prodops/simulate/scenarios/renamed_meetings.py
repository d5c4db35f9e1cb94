"""A rollout that changes nothing is followed by new titles: reporting is called strategy from then on.

Required: abstain, and claim nothing of the rollout; the measurement gate must trip on the new titles.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import Intervention

SCENARIO = Scenario(
    name="renamed-meetings",
    says="After a rollout without effect, administrative meetings carry strategic titles.",
    plant=HEALTHY,
    interventions=(Intervention(name="meeting names", level=0.0, renamed=0.75),),
    required=Required(
        named=(None,), because="only the titles changed", effect="none: the measurement changed"
    ),
)
