"""Rituals decide as they should, but hardly anybody keeps minutes.

Required: abstain, and never name ritual rot: a missing file is not a missing decision.
"""

from __future__ import annotations

from prodops.simulate.scenario import Required, Scenario
from prodops.simulate.scenarios.healthy import HEALTHY
from prodops.simulate.settings import Range, RitualSettings

SCENARIO = Scenario(
    name="missing-minutes",
    says="Decisions are taken in every ritual, and nearly no minutes exist.",
    plant=HEALTHY,
    rituals=RitualSettings(
        noted_shared=Range(0.0, 0.08, each=0.5),
        noted_teams=Range(0.0, 0.10, each=0.5),
        unnoted_teams=0.7,
        transcribed=0.0,
    ),
    required=Required(
        named=(None,), because="minutes are missing, decisions are not", not_named=("ritual_rot",)
    ),
)
