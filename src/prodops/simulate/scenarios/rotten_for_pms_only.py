"""Two rituals decide as ever, but all of it concerns engineering; the PMs who sit in them could be elsewhere.

What PMs spend there is ritual rot, though every occurrence has outputs.

Required: name ritual rot or none; a quick win must not end these rituals for everybody.
"""

from __future__ import annotations

from prodops.simulate.scenario import Plant, Required, Scenario
from prodops.simulate.settings import Range, RitualSettings

KINDS = ("cross-team-sync", "roadmap-review")

SCENARIO = Scenario(
    name="rotten-for-pms-only",
    says="Two rituals are vital for engineering and idle for the PMs who attend them.",
    plant=Plant(top="feedback_black_hole", hours=Range(0.05, 0.15), sound=True, stageless=1.0),
    rituals=RitualSettings(for_engineering=KINDS),
    required=Required(
        named=("ritual_rot", None),
        because="PMs could leave, engineering could not",
        must_stay=KINDS,
    ),
)
