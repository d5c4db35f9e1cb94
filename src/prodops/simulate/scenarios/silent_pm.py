"""One PM has neither a calendar nor an interview; everything else is as in `planted`, by a gap of 1.5 to 4.

Required: name what truly leads, or none; a PM without records counts as unknown, not as idle or as wasted.
"""

from __future__ import annotations

from prodops.simulate.scenario import TOP, Plant, Required, Scenario
from prodops.simulate.settings import CalendarSettings, Range

SCENARIO = Scenario(
    name="silent-pm",
    says="One PM logs nothing at all.",
    plant=Plant(gap=Range(1.5, 4.0)),
    calendars=CalendarSettings(silent_pms=1),
    required=Required(named=(TOP, None), because="one PM more or less does not change who leads"),
)
