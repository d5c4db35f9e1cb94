"""Zendesk's exports: tickets with what became of them, and what happened on the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.zendesk.parse import parse, recognises
from prodops.connectors.zendesk.warehouse import TABLES, find_table
from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id

CASES = Path(__file__).parent / "cases" / "zendesk"
NAMES = sorted(path.name for path in CASES.iterdir())


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def export(value: object, name: str = "export.json") -> SourceFile:
    return SourceFile(name=name, content=json.dumps(value).encode())


def ticket(**fields: object) -> dict[str, object]:
    return {
        "id": 1,
        "created_at": "2026-02-01T08:00:00Z",
        "updated_at": "2026-02-02T08:00:00Z",
        "subject": "It stops",
        "description": "Please mend it",
        "status": "open",
        "requester_id": 9,
        "submitter_id": 9,
        "via": {"channel": "web"},
        "tags": [],
    } | fields


def messages(file: SourceFile) -> dict[str, Feedback]:
    found = [record for entry in parse(file) for record in entry.records if isinstance(record, Feedback)]
    return {message.id.rpartition(":")[2]: message for message in found}


def kinds(file: SourceFile) -> list[tuple[str, str]]:
    return [
        (record.feedback.rpartition(":")[2], record.kind)
        for entry in parse(file)
        for record in entry.records
        if isinstance(record, FeedbackEvent)
    ]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def unused(file: SourceFile) -> list[str]:
    return [entry.unused for entry in parse(file) if entry.unused]


def at(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


# Tickets


def test_pages_of_the_cursor_export_give_tickets_with_their_loop() -> None:
    found = messages(case("tickets_cursor.json"))
    assert set(found) == {"101", "102", "103"}
    solved = found["101"]
    assert solved.author == person_id("ann@orchard.example")
    assert (solved.company, solved.product, solved.channel) == ("Orchard Ltd", "Shop", "email")
    assert solved.text == "The export stops at 90 %"
    assert solved.first_answer_at == at(2, 1, 9, 30)
    assert (solved.closed_at, solved.closed_how) == (at(2, 1, 12), "solved")
    assert solved.answers_recorded


def test_silence_is_known_up_to_the_moment_in_the_cursor() -> None:
    assert {message.observed_until for message in messages(case("tickets_cursor.json")).values()} == {
        at(3, 4)
    }


def test_a_tag_tells_an_auto_close_and_a_merge() -> None:
    found = messages(case("tickets_cursor.json"))
    assert found["102"].closed_how == "auto_closed"
    assert found["102"].first_answer_at is None
    assert found["103"].closed_how == "merged"


def test_the_latest_state_of_a_ticket_is_read_and_the_earlier_one_unused() -> None:
    assert messages(case("tickets_cursor.json"))["103"].cite.locator == "page 2, tickets[0]"
    assert "an earlier state of a ticket that stands again in the file" in unused(case("tickets_cursor.json"))
    twice = export({"tickets": [ticket(status="open"), ticket(status="solved")]})
    assert messages(twice)["1"].status == "solved"


def test_a_deleted_ticket_is_unused() -> None:
    assert "a deleted ticket" in unused(case("tickets_cursor.json"))


def test_users_and_organisations_are_counted_and_read_with_the_tickets() -> None:
    told = unused(case("tickets_cursor.json"))
    assert told.count("users: read with the tickets") == 2
    assert "organizations: read with the tickets" in told


def test_lines_of_tickets_bring_their_comments() -> None:
    found = messages(case("tickets.jsonl"))
    assert found["301"].first_answer_at == at(2, 1, 10)
    assert found["301"].closed_at == at(2, 3, 8)
    assert found["301"].author == person_id("ann@orchard.example")
    assert kinds(case("tickets.jsonl")) == [("301", "other"), ("301", "answered")]


def test_a_ticket_alone_does_not_claim_that_nobody_answered() -> None:
    found = messages(case("tickets.jsonl"))["302"]
    assert found.first_answer_at is None
    assert not found.answers_recorded


def test_an_impossible_date_in_a_comment_does_not_cost_the_ticket() -> None:
    comment = {"id": 5, "author_id": 7, "public": True, "body": "x", "created_at": "2026-02-30T00:00:00Z"}
    file = export({"tickets": [ticket(comments=[comment])]})
    assert set(messages(file)) == {"1"}
    assert codes(file) == ["bad_date"]


def test_an_ended_ticket_with_no_word_on_when_ended_at_its_last_update() -> None:
    assert messages(export({"tickets": [ticket(status="closed")]}))["1"].closed_at == at(2, 2, 8)
    silent = messages(export({"tickets": [ticket(status="closed", updated_at=None)]}))["1"]
    assert (silent.closed_at, silent.closed_how) == (None, "")


def test_nothing_happens_before_its_creation() -> None:
    early = messages(export({"tickets": [ticket(status="closed", updated_at="2025-01-01T00:00:00Z")]}))["1"]
    assert early.closed_at == early.created_at


@pytest.mark.parametrize(
    "value",
    [
        {"ticket": ticket()},
        ticket(),
        [ticket()],
        {"results": [ticket(result_type="ticket")], "count": 1},
    ],
)
def test_every_wrapping_of_a_ticket_is_read(value: object) -> None:
    assert set(messages(export(value))) == {"1"}
    assert recognises(export(value)) >= 0.5


def test_metrics_that_stand_apart_are_joined_with_their_ticket() -> None:
    metrics = {
        "ticket_id": 1,
        "created_at": "2026-02-01T08:00:00Z",
        "reply_time_in_minutes": {"calendar": 60},
    }
    file = export({"tickets": [ticket()], "metric_sets": [metrics]})
    assert messages(file)["1"].first_answer_at == at(2, 1, 9)
    assert "the metrics of a ticket: read with the ticket" in unused(file)
    broken = {"ticket_id": 1, "solved_at": "2026-02-31T00:00:00Z"}
    assert messages(export({"tickets": [ticket()], "metric_sets": [broken]}))["1"].first_answer_at is None


# What happened


def test_audits_tell_answers_endings_merges_and_reopenings() -> None:
    assert kinds(case("ticket_audits.json")) == [
        ("201", "other"),
        ("201", "assigned"),
        ("201", "answered"),
        ("201", "auto_closed"),
        ("202", "other"),
        ("202", "merged"),
        ("203", "closed"),
        ("203", "reopened"),
    ]
    assert codes(case("ticket_audits.json")) == ["bad_date"]


def test_audits_beside_their_tickets_complete_them() -> None:
    audits = json.loads((CASES / "ticket_audits.json").read_text())["audits"][:7]
    tickets = [
        ticket(id=201, status="closed", requester_id=9001),
        ticket(id=202, status="closed", requester_id=9002),
    ]
    found = messages(export({"tickets": tickets, "audits": audits}))
    assert found["201"].first_answer_at == at(2, 1, 9, 30)
    assert (found["201"].closed_at, found["201"].closed_how) == (at(2, 10, 9, 30), "auto_closed")
    assert found["202"].closed_how == "merged"
    assert found["202"].duplicate_of == found["201"].id


def test_a_reopened_ticket_has_not_ended() -> None:
    audits = json.loads((CASES / "ticket_audits.json").read_text())["audits"][7:9]
    found = messages(export({"tickets": [ticket(id=203, status="open")], "audits": audits}))
    assert (found["203"].closed_at, found["203"].closed_how) == (None, "")


def test_incremental_events_and_metric_events_are_read() -> None:
    assert kinds(case("ticket_events.json")) == [
        ("401", "other"),
        ("401", "answered"),
        ("401", "closed"),
        ("401", "answered"),
    ]


def test_without_a_requester_only_a_known_agent_answers() -> None:
    comment = {
        "id": 5,
        "ticket_id": 8,
        "author_id": 7,
        "body": "Here you are",
        "created_at": "2026-02-01T00:00:00Z",
    }
    users = [{"id": 7, "role": "agent"}]
    assert kinds(export({"comments": [comment], "users": users})) == [("8", "answered")]
    assert kinds(export({"comments": [comment]})) == [("8", "other")]


def test_a_comment_of_no_ticket_and_a_repeated_event_are_told() -> None:
    comment = {"id": 5, "author_id": 7, "body": "Here you are", "created_at": "2026-02-01T00:00:00Z"}
    assert unused(export({"comments": [comment]})) == ["a comment that does not name its ticket"]
    audit = {"id": 3, "ticket_id": 8, "created_at": "2026-02-01T00:00:00Z", "events": []}
    assert codes(export({"audits": [audit, audit]})) == ["duplicate_id"]


def test_an_event_without_a_moment_is_a_problem() -> None:
    assert codes(export({"audits": [{"id": 3, "ticket_id": 8, "events": []}]})) == ["no_date"]


# Warehouse tables


def test_a_landed_ticket_table_gives_tickets() -> None:
    found = messages(case("ticket_data.csv"))
    assert set(found) == {"501", "502"}
    assert (found["501"].closed_at, found["501"].closed_how) == (at(2, 3, 8), "solved")
    assert found["501"].observed_until is None
    assert not found["501"].answers_recorded
    assert codes(case("ticket_data.csv")) == ["duplicate_id", "no_id", "bad_date"]
    assert unused(case("ticket_data.csv")) == ["a deleted ticket"]


def test_in_a_landed_comment_table_the_first_to_write_asked() -> None:
    assert kinds(case("ticket_comment_data.csv")) == [("501", "answered"), ("501", "other"), ("501", "other")]
    assert codes(case("ticket_comment_data.csv")) == ["bad_value"]


def test_a_landed_field_history_tells_endings_and_reopenings() -> None:
    assert [kind for _, kind in kinds(case("ticket_field_history_data.csv"))] == [
        "other",
        "assigned",
        "closed",
        "reopened",
        "closed",
        "other",
    ]
    assert codes(case("ticket_field_history_data.csv")) == ["no_date"]


def test_other_landed_tables_are_named_and_unused() -> None:
    assert unused(case("ticket_tag_data.csv")) == ["table ticket_tag: not used"]
    empty = SourceFile(name="tags.csv", content=b"tag,ticket_id,_fivetran_synced\n")
    assert unused(empty) == ["table ticket_tag: not used"]


def test_a_repeated_row_and_an_empty_table_are_problems() -> None:
    content = (CASES / "ticket_comment_data.csv").read_bytes().splitlines(keepends=True)
    assert codes(SourceFile(name="c.csv", content=content[0] + content[1] + content[1])) == ["duplicate_id"]
    assert codes(SourceFile(name="c.csv", content=content[0])) == ["no_rows"]
    assert codes(SourceFile(name="c.csv", content=b"a,b\n1,2\n")) == ["unknown_table"]


def test_each_table_is_found_by_its_own_columns() -> None:
    for name, columns in TABLES:
        found = find_table(sorted(columns | {"_fivetran_synced"}))
        assert found is not None
        assert found.name == name
    assert find_table(["tag", "user_id"]) is None


# Bad input


@pytest.mark.parametrize("name", NAMES)
def test_its_own_cases_are_recognised_whatever_they_are_called(name: str) -> None:
    assert recognises(SourceFile(name="thing.bin", content=case(name).content)) >= 0.85


@pytest.mark.parametrize(
    "content",
    [
        b'{"requester_id": 1, "submitter_id": 2, "via": 1, "fr_escalated": false}',
        b'{"issues": [{"key": "A-1"}]}',
        b"name,email\nAnn,a@x.example\n",
        b"\x89PNG\x00\x00",
        b"",
        b"[1, 2, 3]",
    ],
)
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="x.json", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b'{"tickets": []}', "empty_file"),
        (b'{"tickets": [{"id": 1', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"tickets": [1]}', "bad_value"),
        (b'{"tickets": [{"id": 1, "created_at": [1], "requester_id": {}}]}', "no_date"),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="x.json", content=content))[:1] == [code]


def test_tickets_before_the_cut_of_a_truncated_export_are_read() -> None:
    whole = json.dumps({"tickets": [ticket(id=1), ticket(id=2), ticket(id=3)]})
    file = SourceFile(name="x.json", content=whole[:-40].encode())
    assert set(messages(file)) == {"1", "2"}
    assert codes(file) == ["bad_json"]


@settings(max_examples=60)
@given(data=st.data())
def test_damage_never_raises(data: st.DataObject) -> None:
    content = bytearray(case(data.draw(st.sampled_from(NAMES))).content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    file = SourceFile(name="x", content=bytes(content[: data.draw(st.integers(0, len(content)))]))
    assert 0.0 <= recognises(file) <= 1.0
    once = list(parse(file))
    assert once == list(parse(file))
    assert all(isinstance(entry, Entry) for entry in once)
    ids = [record.id for entry in once for record in entry.records]
    assert len(ids) == len(set(ids))


# Real data


@pytest.mark.shared
def test_every_row_of_the_landed_tables_is_read_unused_or_told(shared_data: Path) -> None:
    folder = shared_data / "feedback" / "zendesk-shaped"
    rows = read = lost = 0
    for path in sorted(folder.glob("*.csv")):
        file = SourceFile(name=path.name, content=path.read_bytes())
        assert recognises(file) >= 0.9, path.name
        entries = list(parse(file))
        rows += len(entries)
        read += sum(bool(entry.records) for entry in entries)
        lost += sum(not entry.records and not entry.unused for entry in entries)
    assert (rows, read, lost) == (272, 57, 3)
