"""A season of reporting ends the baseline, and something that does nothing starts right after it.

Reporting about doubles for a fifth of the period; then a rollout with no effect begins, and the season ends.

Required: abstain, and claim nothing of the rollout: the fall is the season's.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import IntentSettings, Intervention

SCENARIO = Scenario(
    name="seasonal-peak",
    says="A reporting season ends where a rollout without effect begins.",
    plant=HEALTHY,
    intent=IntentSettings(season=0.3, season_share=0.2, season_rise=0.9),
    interventions=(Intervention(name="status notes", start=0.5, groups=4, every_weeks=1, level=0.0),),
    required=Required(named=(None,), because="a peak is no sink", effect="none: the season ended"),
)
