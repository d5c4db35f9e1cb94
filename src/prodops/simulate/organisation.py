"""Simulates an organisation and writes what it would export; its truth goes into a folder of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from prodops.simulate import writers
from prodops.simulate.folder import README, Folder, readme, refuse_exposed_truth, staged
from prodops.simulate.scan import modules
from prodops.simulate.scenario import Scenario
from prodops.simulate.scenarios import named
from prodops.simulate.setting import DEVELOPMENT
from prodops.simulate.stage import stage
from prodops.simulate.truth import blocks_csv, truth_of
from prodops.simulate.world import World, build

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PEOPLE, WEEKS, SEED = 400, 52, 1

NOTHING_REAL = (
    "Nothing here is real. The people, teams, customers and numbers in this folder were drawn at random by "
    "`prodops simulate`; names are put together from syllables, and every address ends in a domain that is "
    "reserved for examples."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was written; nothing of the truth.

    Attributes:
        scenario: Name of the scenario.
        seed: The seed.
        people: People of the organisation.
        pms: Product managers among them.
        weeks: Weeks simulated.
        ends_on: The day of the export; nothing is known after it.
        files: Files written into the folder of exports.
        size_bytes: Bytes they hold together.
    """

    scenario: str
    seed: int
    people: int
    pms: int
    weeks: int
    ends_on: date
    files: int
    size_bytes: int


def simulate(
    out: Path,
    truth: Path | None,
    *,
    people: int = PEOPLE,
    weeks: int = WEEKS,
    seed: int = SEED,
    scenario: str | Scenario = "planted",
    family: str | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> Summary:
    """Write the exports of an invented organisation, and apart from them what is true of it.

    The same arguments give the same bytes on every machine and every day. `out` appears whole or not at
    all; a former simulation in it is replaced, anything else is refused.

    Args:
        out: Folder for the exported files.
        truth: Folder for `truth.json` and `blocks.csv`; None writes no truth.
        people: Size of the organisation, 20 to 10,000.
        weeks: Weeks simulated, 2 to 520, ending with the scenario's last day.
        seed: The seed.
        scenario: Name of a scenario, or one made by hand.
        family: development or test: which half of every range, and which texts; None is the scenario's own.
        progress: Called with steps done, steps in all and a word for the step.

    Raises:
        SimulationError: A size, scenario or folder is not possible; the message says what to change.
    """
    settings = named(scenario) if isinstance(scenario, str) else scenario
    if family is not None:
        settings = replace(settings, family=family)
    size = stage(people, weeks)
    refuse_exposed_truth(out, truth)
    count = _Count(1 + weeks + len(modules(writers.__name__)), progress)
    return _write(lambda tick: build(seed, settings, size, weeks, tick=tick), out, truth, count)


def _write(
    world_of: Callable[[Callable[[str], None]], World], out: Path, truth: Path | None, count: _Count
) -> Summary:
    """Build and write an organisation; nothing stands at its place before all of it is written."""
    with staged(out) as folder:
        world = world_of(count.step)
        folder.withheld = _withheld(world)
        for unit in modules(writers.__name__):
            unit.write(world, folder)
            count.step(unit.__name__.rpartition(".")[2].replace("_", " "))
        folder.write(README, readme("An invented organisation", _explanation(world), folder))
        if truth is not None:
            with staged(truth) as apart:
                _write_truth(world, apart)
    return Summary(
        scenario=world.scenario.name,
        seed=world.seed,
        people=world.stage.people,
        pms=len(world.roster.pms),
        weeks=world.period.weeks,
        ends_on=world.period.ends_on,
        files=folder.files,
        size_bytes=folder.size,
    )


def _withheld(world: World) -> frozenset[str]:
    """The files of PMs who log nothing."""
    emails = [world.roster.people[pm].email for pm in world.silent]
    return frozenset(
        name
        for email in emails
        for name in (f"calendars/{email}.ics", f"calendars/{email}.json", f"interviews/{email}.yaml")
    )


class _Count:
    """Counts steps and tells them to whoever listens."""

    def __init__(self, total: int, listener: Callable[[int, int, str], None] | None) -> None:
        self.total = total
        self.listener = listener
        self.done = 0

    def step(self, word: str) -> None:
        """One more step is done."""
        self.done += 1
        if self.listener:
            self.listener(self.done, self.total, word)


def _explanation(world: World) -> list[str]:
    """What the readme of the exports says."""
    command = (
        f"prodops simulate --people {world.stage.people} --weeks {world.period.weeks} --seed {world.seed} "
        f"--scenario {world.scenario.name} {_family(world)}--out FOLDER --truth OTHER_FOLDER"
    )
    return [NOTHING_REAL, f"The same files come from: `{command}`"]


def _family(world: World) -> str:
    """The option of the family, where it is not the default."""
    return "" if world.scenario.family == DEVELOPMENT else f"--family {world.scenario.family} "


def _write_truth(world: World, folder: Folder) -> None:
    """Write what is true."""
    truth = json.dumps(truth_of(world), ensure_ascii=False, indent=1, sort_keys=True)
    folder.write("truth.json", truth + "\n")
    folder.write("blocks.csv", blocks_csv(world))
    words = ["The truth about a simulated organisation. What analyses the organisation must never read it."]
    folder.write(README, readme("Truth", words, folder))
