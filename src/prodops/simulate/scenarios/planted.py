"""Ritual rot is the largest sink; the feedback black hole and data debt are real but smaller."""

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
    name="planted",
    says="Five company-wide rituals stopped deciding anything; feedback and metrics suffer less.",
    rituals=RitualSettings(
        rotten=(
            *("roadmap-review", "portfolio-status", "cross-team-sync"),
            *("launch-readiness", "dependency-review"),
        ),
    ),
    feedback=FeedbackSettings(
        undecided=Range(0.45, 0.60),
        undecided_best=Range(0.15, 0.22),
        reasked=Range(0.34, 0.42),
        decision_days=Range(30, 45),
    ),
    data=DataSettings(
        distrusted=Range(0.28, 0.36),
        rechecked=Range(0.35, 0.45),
        disputes_a_week=Range(0.03, 0.05),
        conflicting=Range(0.05, 0.08),
        ownerless=Range(0.18, 0.26),
        stale=Range(0.10, 0.16),
    ),
    sides=SideSettings(launch=Range(0.08, 0.18), tools=Range(0.08, 0.18), ai=Range(0.04, 0.10)),
    flow=FlowSettings(binding="decision"),
)
