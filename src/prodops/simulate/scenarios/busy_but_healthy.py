"""PMs are busy and a good half of it looks administrative, yet every ritual decides and nothing is wasted.

About 45% of PM time is overhead by its purpose, weeks are long and full; no sink takes one percent.

Required: abstain. Volume is not waste.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import CalendarSettings, IntentSettings, Range

SCENARIO = Scenario(
    name="busy-but-healthy",
    says="Long weeks full of administration, all of it needed: every ritual decides.",
    plant=HEALTHY,
    intent=IntentSettings(overhead=Range(1.8, 2.2)),
    calendars=CalendarSettings(weekly_hours=47.0, double_booked=1.2, placeholders=2.0),
    required=Required(named=(None,), because="much administration and nothing of it reclaimable"),
)
