"""Real exports give a message for every row that an independent reader counts."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prodops.connectors.feedback_table.parse import parse, recognises
from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.reading import SourceFile


def messages(file: SourceFile) -> list[Feedback]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, Feedback)]


def events(file: SourceFile) -> list[FeedbackEvent]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, FeedbackEvent)]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def rows_of(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as opened:
        return sum(1 for row in csv.reader(opened) if row) - 1


def shared(folder: Path, name: str) -> SourceFile:
    return SourceFile(name=name, content=(folder / name).read_bytes())


@pytest.mark.shared
def test_every_row_of_a_year_of_support_questions_becomes_a_message(shared_data: Path) -> None:
    folder = shared_data / "feedback" / "sumo-firefox-2021"
    read = wordless = 0
    for path in sorted(folder.glob("2021-*.csv")):
        found = messages(shared(folder, path.name))
        assert len(found) == rows_of(path)
        assert all(message.product for message in found)
        wordless += sum(not message.title + message.text for message in found)
        assert all(message.observed_until is None for message in found)
        assert not any(message.answers_recorded for message in found)
        read += len(found)
    assert read == 22_651
    assert wordless == 1, "one question is nothing but a picture"


@pytest.mark.shared
def test_the_first_answers_of_the_year_are_read_with_their_silence(shared_data: Path) -> None:
    folder = shared_data / "feedback" / "sumo-firefox-2021" / "truth"
    found = messages(shared(folder, "first_answer.csv"))
    assert len(found) == 22_651
    assert sum(message.first_answer_at is None for message in found) == 8_613
    assert all(message.observed_until for message in found)


@pytest.mark.shared
def test_a_service_log_gives_its_events_and_incidents(shared_data: Path) -> None:
    file = shared(shared_data / "feedback" / "servicenow-incident-log", "incident_event_log.csv")
    assert len(events(file)) == 5_998
    found = messages(file)
    assert len(found) == 890
    assert min(message.created_at for message in found) == datetime(2016, 2, 29, 1, 16, tzinfo=UTC)
    assert codes(file) == ["naive_times"]


@pytest.mark.shared
def test_a_pipeline_of_proposals_gives_its_decisions(shared_data: Path) -> None:
    found = messages(shared(shared_data / "feedback" / "peps-pipeline", "peps.csv"))
    assert len(found) == 453
    rejected = [message for message in found if message.status == "Rejected"]
    assert len(rejected) == 94
    assert all(message.decided_at and message.decision in {"no", "later", "yes"} for message in rejected)


@pytest.mark.shared
@pytest.mark.parametrize("name", ["banking77.csv", "nlupp_banking.csv", "nlupp_hotels.csv"])
def test_labelled_messages_are_recognised_and_unused(shared_data: Path, name: str) -> None:
    file = shared(shared_data / "feedback", name)
    entries = list(parse(file))
    assert recognises(file) == 0.55
    assert len(entries) == rows_of(shared_data / "feedback" / name)
    assert all(entry.unused for entry in entries)
    assert codes(file) == ["no_date"]


@pytest.mark.shared
def test_no_other_table_of_the_real_data_is_claimed(shared_data: Path) -> None:
    claimed = [
        str(path.relative_to(shared_data))
        for path in sorted(shared_data.rglob("*.csv"))
        if recognises(SourceFile(name=path.name, content=path.read_bytes())) >= 0.5
    ]
    assert all(name.startswith("feedback/") for name in claimed)
    assert not any(name.endswith(("bug_links.csv", "escalated.csv", "incidents.csv")) for name in claimed)
