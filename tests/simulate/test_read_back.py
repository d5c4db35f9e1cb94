"""What the simulator writes is what connectors read: every file recognised, no entry lost, counts equal."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from typing import Any

import pytest

from prodops import connectors
from prodops.ledger.reading import SourceFile
from prodops.simulate.folder import README
from prodops.simulate.occurrences import HELD
from simulate.conftest import Exports

LIKELY = 0.5


@pytest.fixture(scope="module")
def read(exports: Exports) -> tuple[dict[str, str], Counter[str], list[str]]:
    """The connector of every file, records by type, and what was lost."""
    parsers: dict[str, Any] = {
        unit.name: importlib.import_module(f"{connectors.__name__}.{unit.name}.parse")
        for unit in pkgutil.iter_modules(connectors.__path__)
        if unit.ispkg
    }
    chosen: dict[str, str] = {}
    records: Counter[str] = Counter()
    lost: list[str] = []
    for path in sorted(exports.out.rglob("*.*")):
        name = path.relative_to(exports.out).as_posix()
        if path.is_dir() or name == README:
            continue
        file = SourceFile(name=name, content=path.read_bytes())
        likely = sorted(((parser.recognises(file), unit) for unit, parser in parsers.items()), reverse=True)
        if likely[0][0] < LIKELY or likely[1][0] >= likely[0][0]:
            chosen[name] = ""
            continue
        chosen[name] = likely[0][1]
        for entry in parsers[chosen[name]].parse(file):
            records.update(type(record).__name__ for record in entry.records)
            lost += [f"{name}: {problem.says}" for problem in entry.problems if problem.lost]
    return chosen, records, lost


def test_every_file_has_one_connector(read: tuple[dict[str, str], Counter[str], list[str]]) -> None:
    chosen, _, _ = read
    assert not [name for name, connector in chosen.items() if not connector]
    assert set(chosen.values()) == {
        *("roster", "ics", "minutes", "transcripts", "jira", "zendesk", "feedback_table"),
        *("metric_hub", "dbt", "metric_usage", "interview"),
        *("launch_plan", "tool_list", "roadmap_sheet", "ai_reviews", "otlp"),
    }


def test_no_entry_is_lost(read: tuple[dict[str, str], Counter[str], list[str]]) -> None:
    _, _, lost = read
    assert not lost


def test_as_many_records_are_read_as_were_written(
    exports: Exports, read: tuple[dict[str, str], Counter[str], list[str]]
) -> None:
    world = exports.world
    _, records, _ = read
    assert records["Person"] == len(world.roster.people)
    assert records["Feedback"] == len(world.feedback.requests)
    assert records["Issue"] == len(world.flow.needs)
    assert records["IssueChange"] >= sum(len(need.left) for need in world.flow.needs)
    held = sum(occurrence.noted and occurrence.fate in HELD for occurrence in world.occurrences)
    assert held <= records["Note"] <= len(exports.truth["minutes"])
    metrics = world.metrics.metrics
    assert records["MetricDefinition"] == len(metrics) + sum(metric.conflicting for metric in metrics)
    series = sum(
        any(guest.person in world.roster.pms for guest in ritual.invited) for ritual in world.rituals
    )
    assert records["Series"] >= series
