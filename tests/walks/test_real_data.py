"""Real public records, from file to figure: what the issue's bars ask of them."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prodops.connectors.minutes.extract import rows_of
from prodops.ledger.ledger import Ledger
from prodops.ledger.reading import SourceFile
from prodops.ledger.store import open_store
from prodops.measures.feedback import first_answer_hours
from prodops.serve.intake.load import FileReport, Intake
from prodops.text.words import fold
from prodops.views.listing_lives import LISTING_LIVES
from prodops.views.metric_conflicts import METRIC_CONFLICTS, plain_expression

pytestmark = pytest.mark.shared

TODAY = datetime(2026, 11, 23, tzinfo=UTC)


def load(folder: Path, *paths: Path) -> tuple[Ledger, list[FileReport]]:
    """The ledger of some real files, and what became of each."""
    with open_store(folder / ".prodops") as store:
        intake = Intake(store=store, hints=lambda _file: {}, progress=lambda *_: None)
        reports = list(intake.take(paths))
        return store.ledger(today=TODAY), reports


def test_the_loop_of_firefox_support_is_as_fast_through_the_ledger(shared_data: Path, tmp_path: Path) -> None:
    ledger, _ = load(tmp_path, shared_data / "feedback" / "sumo-firefox-2021" / "truth" / "first_answer.csv")
    median = first_answer_hours.measure(ledger)
    assert median.value is not None
    assert 3.57 <= median.value <= 3.85
    (curve,) = first_answer_hours.curves(ledger).values()
    assert curve.at(6).value == pytest.approx(0.42, abs=0.02)
    assert 22_651 == median.n


def test_every_contradiction_that_metric_hub_proves_is_found_and_no_other(
    shared_data: Path, tmp_path: Path
) -> None:
    hub = shared_data / "metrics" / "mozilla-metric-hub-2024-07"
    ledger, _ = load(tmp_path, hub)
    expressions: dict[str, set[str]] = defaultdict(set)
    for path in sorted(hub.rglob("*.toml")):
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except tomllib.TOMLDecodeError:
            continue
        for name, metric in document.get("metrics", {}).items():
            if isinstance(metric, dict) and metric.get("select_expression"):
                expressions[name].add(plain_expression(metric["select_expression"]))
    proven = {name for name, known in expressions.items() if len(known) > 1}
    found = {
        row[0] for row in ledger.sql("select distinct name from metric_conflicts", views=[METRIC_CONFLICTS])
    }
    assert len(proven) > 30
    assert proven == found


def test_missing_owners_of_metric_hub_are_counted_exactly(shared_data: Path, tmp_path: Path) -> None:
    hub = shared_data / "metrics" / "mozilla-metric-hub-2024-07"
    ledger, _ = load(tmp_path, hub)
    rows = list(csv.DictReader((hub / "truth" / "metrics.csv").open(encoding="utf-8")))
    truth = sum(row["owner_present"] == "0" for row in rows)
    counted = ledger.sql(
        "select count(*), sum(case when owners = '[]' then 1 else 0 end) from metric_definition"
    )
    assert [(len(rows), truth)] == counted


def test_rituals_that_left_the_registry_are_seen_to_end(shared_data: Path, tmp_path: Path) -> None:
    ledger, _ = load(tmp_path, shared_data / "rituals" / "k8s-sigs")
    lives = {
        (fold(group), fold(title)): (ended, last)
        for group, title, ended, last in ledger.sql(
            "select group_name, title, ended, last_seen from listing_lives", views=[LISTING_LIVES]
        )
    }
    truth = csv.DictReader(
        (shared_data / "rituals" / "k8s-sigs" / "truth" / "meeting_lifecycle.csv").open(encoding="utf-8")
    )
    snapshots = [f"{year}-01" for year in range(2018, 2023)]
    alive = [
        row for row in truth
        if not row["end"] and any(row["first_seen"] <= one <= row["last_seen"] for one in snapshots)
    ]  # fmt: skip
    wrongly_ended = [
        row for row in alive if lives.get((fold(row["group"]), fold(row["meeting"])), (False, None))[0]
    ]
    # The record of ends calls this one alive; no later snapshot lists it.
    assert {"wg-lts"} >= {row["group"] for row in wrongly_ended}
    assert sum(ended for ended, _ in lives.values()) >= 35


@pytest.mark.parametrize("folder", ["rituals", "feedback", "metrics", "launches", "tooling", "pm-time"])
def test_no_real_file_is_dropped_in_silence(folder: str, shared_data: Path, tmp_path: Path) -> None:
    ledger, reports = load(tmp_path, shared_data / folder)
    files = [path for path in (shared_data / folder).rglob("*") if path.is_file()]
    assert len(files) == len(reports)
    for report in reports:
        assert report.entries == report.used + report.unused + report.lost
        assert report.entries > 0, f"{report.name} has no entry"
    listed = {row[0] for row in ledger.sql("select distinct cite_source from problem where lost")}
    assert {report.name for report in reports if report.lost} == listed
    assert [] == ledger.sql("select cite_source from problem where code = 'reader_failed'")


def f1_of_w3c(shared_data: Path, truth_column: str, *, decided: bool, ignore_marks: bool) -> float:
    """F1 of "the item has one" over the agenda items that a working group's scribes marked themselves."""
    folder = shared_data / "rituals" / "w3c-json-ld-wg"
    found: set[tuple[str, str]] = set()
    for path in sorted(folder.glob("**/*.md")):
        for row in rows_of(SourceFile(name=path.name, content=path.read_bytes()), ignore_marks=ignore_marks):
            if row.decided if decided else row.action:
                found.add((path.name, row.section))
    with (folder / "truth" / "items.csv").open(encoding="utf-8") as stream:
        truth = {(row["file"], row["section"]) for row in csv.DictReader(stream) if int(row[truth_column])}
    return 2 * len(found & truth) / (len(found) + len(truth))


def test_marked_resolutions_and_actions_are_read(shared_data: Path) -> None:
    assert f1_of_w3c(shared_data, "n_resolutions", decided=True, ignore_marks=False) >= 0.98
    assert f1_of_w3c(shared_data, "n_actions", decided=False, ignore_marks=False) >= 0.95


def test_resolutions_are_read_without_their_marks(shared_data: Path) -> None:
    assert f1_of_w3c(shared_data, "n_resolutions", decided=True, ignore_marks=True) >= 0.92
