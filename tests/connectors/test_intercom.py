"""Intercom's conversations: what a customer wrote, when a person answered, how it ended."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.intercom.parse import parse, recognises
from prodops.ledger.feedback import Feedback, FeedbackEvent
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id

CASES = Path(__file__).parent / "cases" / "intercom"
NAMES = sorted(path.name for path in CASES.iterdir())
BEGAN = datetime(2026, 2, 2, 2, 40, tzinfo=UTC)
SECONDS = int(BEGAN.timestamp())


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def export(value: object) -> SourceFile:
    return SourceFile(name="export.json", content=json.dumps(value).encode())


def conversation(**fields: object) -> dict[str, object]:
    return {
        "type": "conversation",
        "id": "9",
        "created_at": SECONDS,
        "updated_at": SECONDS + 60,
        "waiting_since": None,
        "source": {"type": "email", "body": "<p>Hello</p>", "author": {"type": "user", "id": "u"}},
        "state": "open",
        "tags": {"tags": []},
    } | fields


def messages(file: SourceFile) -> dict[str, Feedback]:
    found = [record for entry in parse(file) for record in entry.records if isinstance(record, Feedback)]
    return {message.id.rpartition(":")[2]: message for message in found}


def kinds(file: SourceFile) -> list[str]:
    return [
        event.kind for entry in parse(file) for event in entry.records if isinstance(event, FeedbackEvent)
    ]


def codes(file: SourceFile) -> list[str]:
    return [problem.code for entry in parse(file) for problem in entry.problems]


def test_a_list_of_conversations_gives_messages_with_their_loop() -> None:
    found = messages(case("conversations.json"))
    first = found["c1"]
    assert first.title == "Export fails"
    assert first.text == "It stops at 90 %"
    assert first.author == person_id("ann@orchard.example")
    assert (first.channel, first.topic, first.tags) == ("email", "Reports", ("export",))
    assert first.created_at == BEGAN
    assert first.first_answer_at == BEGAN + timedelta(hours=1)
    assert (first.closed_at, first.closed_how) == (BEGAN + timedelta(days=1), "closed")
    assert first.answers_recorded
    assert first.observed_until is None


def test_who_writes_under_one_domain_is_of_one_company_and_its_name_is_not_kept() -> None:
    def of(address: str) -> str:
        author = {"type": "user", "id": address, "email": address}
        written = conversation(source={"type": "email", "body": "Hello", "author": author})
        return messages(export({"type": "conversation.list", "conversations": [written]}))["9"].company

    assert of("ann@orchard.example") == of("Bob@Orchard.example") != of("ann@mill.example")
    assert "orchard" not in of("ann@orchard.example")
    assert of("ann@gmail.com") == of("ann") == ""


def test_a_bot_and_a_note_are_no_answer() -> None:
    events = kinds(case("conversations.json"))
    assert events[:5] == ["assigned", "answered", "closed", "reopened", "closed"]


def test_what_a_bot_closes_is_closed_by_itself() -> None:
    found = messages(case("conversations.json"))["c2"]
    assert (found.closed_how, found.first_answer_at) == ("auto_closed", None)


def test_a_message_to_customers_counts_from_their_reply_on() -> None:
    found = messages(case("conversations.json"))
    assert "c3" not in found
    assert found["c4"].text == "Search is slow"
    assert found["c4"].created_at == BEGAN + timedelta(hours=2)
    assert found["c4"].first_answer_at == BEGAN + timedelta(hours=2.5)
    assert [entry.unused for entry in parse(case("conversations.json")) if entry.unused] == [
        "a message to customers that none of them replied to",
        "what stands beside the conversations: totals and page marks",
    ]


def test_a_reply_that_is_not_in_the_export_still_counts_from_its_moment() -> None:
    opening = {"type": "conversation", "body": "News", "author": {"type": "admin", "id": "5"}}
    found = messages(export(conversation(source=opening, first_contact_reply={"created_at": SECONDS + 5})))
    assert found["9"].created_at == BEGAN + timedelta(seconds=5)
    assert found["9"].text == ""


def test_a_part_with_an_impossible_date_is_told_and_costs_nothing_else() -> None:
    (problem,) = [problem for entry in parse(case("conversations.json")) for problem in entry.problems]
    assert problem.code == "bad_date"
    assert not problem.lost
    assert problem.cite.locator == "conversations[0].conversation_parts[7]"


def test_a_single_conversation_and_lines_of_them_are_read() -> None:
    assert set(messages(case("one_conversation.json"))) == {"single"}
    assert set(messages(case("conversations.jsonl"))) == {"d1"}
    assert codes(case("conversations.jsonl")) == ["duplicate_id", "no_date", "no_id", "bad_date", "bad_json"]


def test_pages_one_after_another_are_told_apart() -> None:
    page = {"type": "conversation.list", "pages": {"next": None}, "conversations": [conversation()]}
    other = page | {"conversations": [conversation(id="10")]}
    file = SourceFile(name="x", content=(json.dumps(page, indent=1) + json.dumps(other, indent=1)).encode())
    assert [message.cite.locator for message in messages(file).values()] == [
        "conversations[0]",
        "page 2, conversations[0]",
    ]


def test_the_older_shape_without_statistics_is_read() -> None:
    old = conversation(state=None, open=False, tags=["vip", {"name": "auto-closed"}])
    old["conversation_message"] = old.pop("source")
    found = messages(export(old))["9"]
    assert (found.closed_how, found.tags) == ("auto_closed", ("vip", "auto-closed"))
    assert not found.answers_recorded


def test_an_open_conversation_has_no_end_and_an_end_without_a_moment_is_none() -> None:
    assert messages(export(conversation(statistics={"last_close_at": SECONDS})))["9"].closed_at is None
    gone = messages(export(conversation(state="closed", updated_at=None)))["9"]
    assert (gone.closed_at, gone.closed_how) == (None, "")
    early = messages(export(conversation(state="closed", updated_at=SECONDS - 5)))["9"]
    assert early.closed_at == early.created_at


def test_answers_are_found_in_the_parts_when_there_are_no_statistics() -> None:
    def part(number: int, by: str, **fields: object) -> dict[str, object]:
        return {
            "id": str(number),
            "part_type": "comment",
            "body": "x",
            "created_at": SECONDS + number,
            "author": {"type": by, "id": by},
        } | fields

    parts = [
        part(3, "admin"),
        part(2, "user"),
        part(4, "bot", part_type="merged_secondary"),
        part(3, "admin"),
    ]
    file = export(conversation(conversation_parts={"conversation_parts": parts}))
    assert messages(file)["9"].first_answer_at == BEGAN + timedelta(seconds=3)
    assert kinds(file) == ["answered", "merged"]


@pytest.mark.parametrize("name", NAMES)
def test_its_own_cases_are_recognised_whatever_they_are_called(name: str) -> None:
    assert recognises(SourceFile(name="thing.csv", content=case(name).content)) >= 0.9


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b'{"type": "conversation"}', b"a,b\n", b"\x00\x01" * 80, b'{"tickets": []}'],
)
def test_what_is_not_its_own_is_not_claimed(content: bytes) -> None:
    assert recognises(SourceFile(name="x.json", content=content)) < 0.5


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b'{"conversations": [{"id": "1"', "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b"[1]", "bad_value"),
        (b'{"some": "thing"}', "bad_value"),
        (b'{"type": "conversation", "id": "1", "created_at": [5]}', "no_date"),
    ],
)
def test_bad_input_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="x.json", content=content)) == [code]


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
