"""Nothing is planted: the diagnosis must abstain."""

from __future__ import annotations

from prodops.simulate.scenario import Scenario

SCENARIO = Scenario(
    name="healthy",
    says="Every ritual gives what it is for, requests are decided, metrics are trusted: no sink to name.",
)
