"""The feedback black hole is the largest sink; one ritual rots and some metrics are distrusted."""

from __future__ import annotations

from prodops.simulate.scenario import (
    DataSettings,
    FeedbackSettings,
    FlowSettings,
    Range,
    RitualSettings,
    Scenario,
    SideSettings,
)

SCENARIO = Scenario(
    name="planted-feedback",
    says="Requests vanish in two of four channels, are asked again and again, and a rule closes them.",
    rituals=RitualSettings(rotten=("cross-team-sync",)),
    feedback=FeedbackSettings(
        undecided=Range(0.68, 0.80),
        undecided_best=Range(0.15, 0.22),
        reasked=Range(0.56, 0.66),
        answer_minutes=Range(28, 36),
        decision_days=Range(45, 60),
    ),
    data=DataSettings(
        distrusted=Range(0.14, 0.20),
        rechecked=Range(0.28, 0.36),
        disputes_a_week=Range(0.02, 0.03),
        conflicting=Range(0.04, 0.06),
        ownerless=Range(0.14, 0.20),
        stale=Range(0.08, 0.12),
    ),
    sides=SideSettings(launch=Range(0.08, 0.16), tools=Range(0.08, 0.16), ai=Range(0.04, 0.10)),
    flow=FlowSettings(binding="insight"),
)
