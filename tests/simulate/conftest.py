"""Small organisations to look at, built once."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from prodops.simulate.organisation import Summary, simulate
from prodops.simulate.scenarios import named
from prodops.simulate.stage import stage
from prodops.simulate.world import World, build

Built = Callable[..., World]


@cache
def built(scenario: str = "planted", people: int = 400, weeks: int = 16, seed: int = 1) -> World:
    """An organisation in memory."""
    return build(seed, named(scenario), stage(people, weeks), weeks, tick=lambda _: None)


class Exports:
    """A written organisation: its files, what was said of them, and its truth."""

    def __init__(self, place: Path, world: World) -> None:
        self.out = place / "exports"
        self.apart = place / "truth"
        self.world = world
        self.summary: Summary = simulate(
            self.out,
            self.apart,
            people=world.stage.people,
            weeks=world.period.weeks,
            seed=world.seed,
            scenario=world.scenario.name,
        )
        self.truth: dict[str, Any] = json.loads((self.apart / "truth.json").read_text(encoding="utf-8"))

    def files(self, pattern: str) -> list[Path]:
        """Exported files by a pattern, sorted."""
        return sorted(self.out.glob(pattern))


@pytest.fixture(scope="session")
def world_of() -> Built:
    """Builds an organisation, or gives the one built before."""
    return built


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """An organisation of 400 over 16 weeks as files."""
    return Exports(tmp_path_factory.mktemp("simulated"), built())
