"""One file per scenario, found by scanning; its name with dashes is what the user types."""

from __future__ import annotations

from prodops.simulate.errors import UnknownScenarioError
from prodops.simulate.scan import modules
from prodops.simulate.scenario import Scenario


def scenarios() -> dict[str, Scenario]:
    """Every scenario by its name."""
    found: list[Scenario] = [module.SCENARIO for module in modules(__name__)]
    return {scenario.name: scenario for scenario in found}


def named(name: str) -> Scenario:
    """The scenario of that name.

    Raises:
        UnknownScenarioError: There is none; the message lists those that exist.
    """
    known = scenarios()
    if name not in known:
        raise UnknownScenarioError(f"no scenario {name!r}; choose one of: {', '.join(sorted(known))}")
    return known[name]
