"""Data debt is the largest sink: numbers are distrusted and re-checked by hand before every use."""

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
    name="planted-data",
    says="Half of the metrics are distrusted, conflicting or stale, and PMs check them by hand.",
    rituals=RitualSettings(rotten=("cross-team-sync",)),
    feedback=FeedbackSettings(
        undecided=Range(0.35, 0.45),
        undecided_best=Range(0.15, 0.22),
        reasked=Range(0.18, 0.24),
        decision_days=Range(25, 35),
    ),
    data=DataSettings(
        distrusted=Range(0.45, 0.55),
        rechecked=Range(0.65, 0.78),
        recheck_minutes=38.0,
        disputes_a_week=Range(0.16, 0.22),
        conflicting=Range(0.12, 0.18),
        ownerless=Range(0.35, 0.45),
        stale=Range(0.24, 0.32),
    ),
    sides=SideSettings(launch=Range(0.08, 0.16), tools=Range(0.08, 0.16), ai=Range(0.04, 0.10)),
    flow=FlowSettings(binding="learning"),
)
