"""Microsoft Graph events with everything that can be wrong with them."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.given_graph_events import (
    CASES,
    PATHS,
    at,
    case,
    codes,
    event,
    invitees,
    meetings,
    person,
    written,
)
from prodops.connectors.graph.parse import parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.rituals import Meeting

# What can be wrong


def test_one_bad_event_never_loses_another() -> None:
    file = case("what_goes_wrong.json")
    assert codes(file) == [
        "ends_before_start",
        "bad_date",
        "bad_date",
        "no_uid",
        "unknown_zone",
        "naive_time",
        "duplicate_id",
        "bad_rule",
        *["not_an_event"] * 4,
    ]
    assert [str(one.title) for one in meetings(file)] == ["=1+1", "<b>Naive</b>", "Newer", "Odd rule", ""]


def test_a_problem_names_its_place_and_what_to_do() -> None:
    problems = [one for entry in parse(case("what_goes_wrong.json")) for one in entry.problems]
    assert problems[0].cite.locator == "[0]"
    assert all(one.remedy and one.says for one in problems)


def test_of_two_copies_the_one_changed_last_counts() -> None:
    occurrence = event(type="occurrence", seriesMasterId="m", originalStart="2024-01-01T10:00:00Z")
    copies = [
        {**occurrence, "subject": day, "lastModifiedDateTime": f"2024-01-0{day}T00:00:00Z"} for day in "132"
    ]
    file = written(*copies, {**occurrence, "subject": "undated"})
    assert [one.title for one in meetings(file)] == ["3"]
    assert codes(file) == ["duplicate_id"] * 3


def test_half_a_character_is_written_as_a_question_mark() -> None:
    file = written(event(subject="\ud83d", attendees=[person("\ud83d@example.com")]))
    assert ([one.title for one in meetings(file)], len(invitees(file))) == (["?"], 1)


def test_times_with_an_offset_need_no_zone() -> None:
    start, end = {"dateTime": "2024-01-01T10:00:00+01:00"}, {"dateTime": "2024-01-01T10:00:00Z"}
    file = written(event(start=start, end=end))
    assert ([one.starts_at for one in meetings(file)], codes(file)) == ([at("2024-01-01 09:00")], [])


@pytest.mark.parametrize("year", ["0001", "9999", "1899"])
def test_a_date_of_another_age_is_no_date(year: str) -> None:
    start = {"dateTime": f"{year}-01-01T00:00:00", "timeZone": "Tokyo Standard Time"}
    assert codes(written(event(start=start))) == ["bad_date"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_json"),
        (b"\x00\xff\x00" * 50, "not_json"),
        (b"[1, 2", "not_json"),
        (b'{"value": [{]', "not_json"),
    ],
)
def test_what_is_no_json_is_a_problem(content: bytes, code: str) -> None:
    file = SourceFile(name="events.json", content=content)
    assert code in codes(file)
    assert recognises(file) == 0.0


def test_a_list_without_events_is_no_problem() -> None:
    assert list(parse(written())) == [Entry(locator="file", unused="a list without events")]


def test_a_cut_file_gives_the_events_before_the_cut() -> None:
    whole = case("series_only.json").content
    file = SourceFile(name="cut.json", content=whole[: whole.index(b'"Leap day"')])
    assert codes(file) == ["not_json"]
    assert {one.title for one in meetings(file)} == {"Daily", "Weekly", "Month end", "Last Thursday"}


def test_events_are_known_by_their_shape_and_not_by_the_ending() -> None:
    assert [recognises(SourceFile(name="a.txt", content=path.read_bytes())) for path in PATHS] == [1.0] * len(
        PATHS
    )
    google = {
        "items": [
            {"kind": "calendar#event", "summary": "Sync", "start": {"dateTime": "2024-01-01T10:00:00Z"}}
        ]
    }
    assert recognises(SourceFile(name="a.json", content=json.dumps(google).encode())) == 0.0
    hidden = {"id": 1, "note": '"start": {"dateTime": "x"}, "showAs": 1'}
    nested = {"id": 1, "inside": {"start": {"dateTime": "x"}, "showAs": 1}}
    assert recognises(SourceFile(name="a.json", content=json.dumps([hidden]).encode())) == 0.0
    assert recognises(SourceFile(name="a.json", content=json.dumps([nested]).encode())) == 0.3
    long = event(body={"content": "x" * 100_000}, showAs="busy")
    assert recognises(SourceFile(name="a.json", content=json.dumps([long]).encode())) == 0.9


def check(file: SourceFile) -> None:
    seen: set[str] = set()
    recognises(file)
    for entry in parse(file):
        for record in (*entry.records, *entry.problems):
            assert record.id not in seen
            seen.add(record.id)
            assert record.cite.source == file.name
        for record in entry.records:
            if isinstance(record, Meeting):
                assert record.starts_at.tzinfo is UTC
                assert record.starts_at <= record.ends_at


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_cases_have_unique_ids_and_read_the_same_twice(path: Path) -> None:
    check(case(path.name))
    assert list(parse(case(path.name))) == list(parse(case(path.name)))


@settings(max_examples=150)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_a_file_cut_anywhere_never_raises(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    check(SourceFile(name=path.name, content=content[: data.draw(st.integers(0, len(content)))]))


@settings(max_examples=250)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_flipped_bytes_never_raise(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    check(SourceFile(name=path.name, content=bytes(content)))


VALUES = [event(), *json.loads((CASES / "series_only.json").read_text("utf-8"))["value"]]
JUNK = st.sampled_from(
    [None, 7, -1, True, "", "x", [], {}, [None], {"dateTime": 3}, 10**30, "2024-01-01", "\ud800"]
).map(deepcopy)


@settings(max_examples=250)
@given(data=st.data())
def test_fields_of_any_type_never_raise(data: st.DataObject) -> None:
    damaged = []
    for _ in range(data.draw(st.integers(1, 4))):
        value = json.loads(json.dumps(data.draw(st.sampled_from(VALUES))))
        for name in data.draw(st.lists(st.sampled_from(sorted(value)), max_size=3)):
            inside = value[name]
            if isinstance(inside, dict) and inside and data.draw(st.booleans()):
                inside[data.draw(st.sampled_from(sorted(inside)))] = data.draw(JUNK)
            else:
                value[name] = data.draw(JUNK)
        damaged.append(value)
    check(written(*damaged))
