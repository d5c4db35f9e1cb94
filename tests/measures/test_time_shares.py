"""Measures of PM time agree with the view they read, with each other, and with simulated truth."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import pytest

from prodops.connectors.ics import parse as calendars
from prodops.connectors.roster import parse as roster
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.measures.time import (
    core_share,
    meeting_hours,
    overhead_share,
    readable_overhead_share,
    strategic_share,
    unknown_share,
)
from prodops.simulate.organisation import simulate
from prodops.views.block_purposes import GROUPS
from views.block_weeks import ledger_of, lived, pms

WEEK = [("Weekly status report", 4.0, 20), ("User interview", 3.0, 4), ("Sprint planning", 4.0, 9)]
SHARES = {"A": strategic_share, "B": core_share, "C": overhead_share}


@pytest.mark.parametrize(("group", "unit"), SHARES.items())
def test_each_is_the_leaves_of_its_group(group: str, unit: ModuleType) -> None:
    each = unit.each(ledger_of(lived(pms(6), WEEK)))
    assert {"A": 3, "B": 4, "C": 7}[group] == len(each)
    assert all(leaf[0] == group and share.known and share.n == 6 for leaf, share in each.items())


@pytest.mark.parametrize("unit", SHARES.values())
def test_teams_are_told_by_each_share(unit: ModuleType) -> None:
    ledger = ledger_of(lived(pms(5), WEEK, weeks=2), lived(pms(5, team="Core", first=5), WEEK, weeks=2))
    assert ["Core", "Growth"] == list(unit.by_team(ledger))


def test_the_method_says_that_it_is_a_range_without_labels() -> None:
    ledger = ledger_of(lived(pms(5), WEEK))
    for unit in SHARES.values():
        assert "without labels: a range, grade D" in unit.measure(ledger).method
    assert "attendance" in meeting_hours.measure(ledger).method
    assert "of what can be read" in readable_overhead_share.measure(ledger).method


class Simulated:
    """A simulated organisation, audited from its calendars, and its truth in the audit window."""

    def __init__(self, folder: Path, scenario: str) -> None:
        out, apart = folder / "exports", folder / "truth"
        simulate(out, apart, people=120, weeks=12, seed=77, scenario=scenario)
        with (apart / "blocks.csv").open(encoding="utf-8", newline="") as lines:
            self.blocks = list(csv.DictReader(lines))
        truth = json.loads((apart / "truth.json").read_text(encoding="utf-8"))
        today = datetime.fromisoformat(truth["last_day"]).replace(hour=23, tzinfo=UTC)
        self.ledger = Ledger.of(_records(out), today=today)

    def share(self, group: str, *, dark: bool) -> float:
        """The true share of a group in all time, or in what stands in calendars."""
        minutes: Counter[str] = Counter()
        for block in self.blocks:
            if dark or block["medium"] != "dark":
                minutes[block["leaf"][0]] += int(block["minutes"])
        return minutes[group] / minutes.total()


def _records(out: Path) -> Iterator[Record]:
    for path in [out / "roster.csv", *sorted((out / "calendars").rglob("*.ics"))]:
        file = SourceFile(name=path.name, content=path.read_bytes())
        for entry in (roster if path.name == "roster.csv" else calendars).parse(file):
            yield from entry.records


@pytest.fixture(scope="module", params=["healthy", "planted"])
def simulated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Simulated:
    return Simulated(tmp_path_factory.mktemp("audited"), str(request.param))


def test_the_true_shares_of_a_simulated_organisation_lie_inside(simulated: Simulated) -> None:
    for group in GROUPS:
        share = SHARES[group].measure(simulated.ledger)
        assert share.low is not None
        assert share.high is not None
        assert share.low <= simulated.share(group, dark=True) <= share.high
    readable = readable_overhead_share.measure(simulated.ledger)
    assert readable.low is not None
    assert readable.high is not None
    assert readable.low <= simulated.share("C", dark=False) <= readable.high
    assert readable.high - readable.low < 0.5


def test_most_time_of_a_simulated_organisation_is_unknown_and_said_to_be(simulated: Simulated) -> None:
    unknown = unknown_share.measure(simulated.ledger)
    assert unknown.value is not None
    assert 0.4 < unknown.value < 0.8
