"""Titles of rituals, test family."""

from __future__ import annotations

from prodops.simulate.texts.library import RitualTexts

TEXTS = RitualTexts(
    titles={
        "roadmap-review": "Quarter horizon session",
        "cross-team-sync": "Squad touchpoint",
        "metrics-review": "Numbers hour",
        "demo-day": "Show and tell",
        "bets-review": "Investment board",
        "portfolio-status": "Programme update call",
        "launch-readiness": "Ship room",
        "customer-feedback-triage": "Voice of customer table",
        "design-critique": "Crit circle",
        "product-guild": "PM community hour",
        "product-leadership": "Product council",
        "discovery-share-out": "What we heard",
        "architecture-review": "Tech design forum",
        "pricing-committee": "Packaging board",
        "go-to-market-sync": "Market launch touchpoint",
        "support-sync": "Care desk huddle",
        "dependency-review": "Integration checkpoint",
        "incident-review": "Post-mortem circle",
        "analytics-office-hours": "Ask an analyst",
        "stand-up": "huddle",
        "refinement": "grooming",
        "planning": "iteration kick-off",
        "retro": "look back",
        "one-to-one": "{name} <> {other}",
    },
)
