"""Microsoft Graph events: the same records as from calendar files, and everything that can be wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.graph.parse import parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import Record, person_id
from prodops.ledger.rituals import Invitee, Meeting, Series

CASES = Path(__file__).parent / "cases" / "graph"
PATHS = sorted(CASES.iterdir())
PAGES = "calendar_view_pages.jsonl"
ADA = person_id("ada@example.com")
SERIES = "040000008200E00074C5B7101A82E00800000000" + "00000000A1B2C3D4"


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def written(*events: dict[str, object], name: str = "events.json") -> SourceFile:
    return SourceFile(name=name, content=json.dumps({"value": list(events)}).encode())


def event(**fields: object) -> dict[str, object]:
    times = {"start": {"dateTime": "2024-01-01T10:00:00"}, "end": {"dateTime": "2024-01-01T11:00:00"}}
    zoned = {name: {**each, "timeZone": "UTC"} for name, each in times.items()}
    return {"iCalUId": "a", "id": "1", "subject": "Sync", "type": "singleInstance", **zoned, **fields}


def series(
    pattern: dict[str, object], span: dict[str, object] | None = None, **fields: object
) -> dict[str, object]:
    recurrence = {"pattern": pattern, "range": span or {"type": "numbered", "numberOfOccurrences": 3}}
    return event(type="seriesMaster", recurrence=recurrence, **fields)


def person(address: str, response: str = "none", kind: str = "required") -> dict[str, object]:
    return {"type": kind, "status": {"response": response}, "emailAddress": {"name": "", "address": address}}


def of_type(file: SourceFile, wanted: type[Record]) -> list[Record]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, wanted)]


def meetings(file: SourceFile) -> list[Meeting]:
    return [record for record in of_type(file, Meeting) if isinstance(record, Meeting)]


def invitees(file: SourceFile) -> list[Invitee]:
    return [record for record in of_type(file, Invitee) if isinstance(record, Invitee)]


def titled(file: SourceFile, title: str) -> list[Meeting]:
    return [one for one in meetings(file) if one.title == title]


def codes(file: SourceFile) -> list[str]:
    return [one.code for entry in parse(file) for one in entry.problems]


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def days(file: SourceFile, title: str = "Sync") -> list[str]:
    return [f"{one.starts_at:%m-%d %H}" for one in titled(file, title)]


# Calendar views


def test_a_series_is_not_repeated_where_its_occurrences_are_listed() -> None:
    (found,) = [one for one in of_type(case(PAGES), Series) if isinstance(one, Series)]
    assert (found.id, found.tz, found.title) == (
        f"graph:series:{SERIES}",
        "W. Europe Standard Time",
        "Weekly sync",
    )
    assert (found.starts_at, found.until) == (at("2024-03-04 09:00"), at("2024-04-08 08:00"))
    assert len([one for one in meetings(case(PAGES)) if one.series == found.id]) == 3


def test_occurrences_carry_the_uid_of_their_series_and_the_day_in_their_ids_is_taken_out() -> None:
    assert {one.uid for one in meetings(case(PAGES)) if one.series} == {SERIES}


def test_an_exception_keeps_its_id_and_has_its_own_people() -> None:
    (moved,) = titled(case(PAGES), "Weekly sync (moved)")
    assert moved.id == f"graph:meeting:{SERIES}:20240311T090000Z"
    assert moved.invite == f"graph:invite:{SERIES}:20240311T090000Z"
    assert (moved.starts_at, moved.invited_count) == (at("2024-03-12 13:00"), 2)


def test_a_cancelled_occurrence_is_a_cancelled_meeting() -> None:
    assert [one.starts_at for one in meetings(case(PAGES)) if one.status == "cancelled"] == [
        at("2024-03-18 09:00")
    ]


def test_rooms_are_left_out_and_the_organiser_is_there_though_not_listed() -> None:
    found = [one for one in invitees(case(PAGES)) if one.invite == f"graph:invite:{SERIES}"]
    assert {(one.person, one.response, one.role, one.own_copy) for one in found} == {
        (person_id("bob@example.com"), "tentative", "optional", False),
        (person_id("cyd@example.com"), "none", "required", False),
        (ADA, "accepted", "chair", True),
    }


def test_a_private_event_keeps_its_time_and_loses_its_title() -> None:
    (private,) = [one for one in meetings(case(PAGES)) if one.private]
    assert (private.title, private.starts_at, private.invited_count) == ("", at("2024-03-05 15:00"), 2)
    assert "Salary" not in repr(list(parse(case(PAGES))))


def test_the_owners_answer_is_that_of_the_mailbox() -> None:
    (own,) = [
        one
        for one in invitees(case(PAGES))
        if one.invite == "graph:invite:private-1@example.com" and one.own_copy
    ]
    assert (own.person, own.response) == (ADA, "declined")


def test_days_free_times_and_tentative_ones_are_recorded_with_their_flags() -> None:
    (offsite,) = titled(case(PAGES), "Offsite")
    assert (offsite.all_day, offsite.busy, offsite.status) == (True, False, "confirmed")
    assert (offsite.starts_at, offsite.ends_at) == (at("2024-03-06 00:00"), at("2024-03-08 00:00"))
    (writing,) = titled(case(PAGES), "Writing")
    assert (writing.starts_at, writing.status, writing.invited_count) == (
        at("2024-03-07 16:00"),
        "tentative",
        0,
    )


def test_a_block_without_attendees_is_the_owners_own() -> None:
    (block,) = [one for one in invitees(case(PAGES)) if one.invite == "graph:invite:focus@example.com"]
    assert (block.person, block.response, block.own_copy) == (ADA, "accepted", True)


def test_an_answer_to_one_occurrence_is_kept_with_that_occurrence() -> None:
    people = {"attendees": [person("gus@example.com"), person("hal@example.com")]}
    occurrence = event(type="occurrence", seriesMasterId="m", **people)
    first = {
        **occurrence,
        "originalStart": "2024-01-01T10:00:00Z",
        "responseStatus": {"response": "accepted"},
    }
    second = {
        **occurrence,
        "originalStart": "2024-01-02T10:00:00Z",
        "responseStatus": {"response": "declined"},
    }
    file = written(first, second, name="gus@example.com.json")
    own = {one.invite: one.response for one in invitees(file) if one.own_copy}
    assert own == {"graph:invite:a": "accepted", "graph:invite:a:20240102T100000Z": "declined"}


def test_occurrences_without_their_series_keep_together() -> None:
    one = event(type="occurrence", seriesMasterId="m", iCalUId="x", originalStart="2024-01-01T10:00:00Z")
    other = event(type="occurrence", seriesMasterId="m", iCalUId="y", originalStart="2024-01-08T10:00:00Z")
    assert {found.series for found in meetings(written(one, other))} == {"graph:series:x"}


# Whose mailbox


@pytest.mark.parametrize("name", ["gus@example.com.json", "gus@example.com/events.json", "gus@example.com"])
def test_the_owner_is_found_in_the_files_name(name: str) -> None:
    assert [one.person for one in invitees(written(event(), name=name))] == [person_id("gus@example.com")]


def test_the_owner_is_who_invites_as_the_owner() -> None:
    invites = {"emailAddress": {"address": "gus@example.com"}}
    file = written(event(isOrganizer=True, organizer=invites))
    assert [one.own_copy for one in invitees(file)] == [True]
    other = event(iCalUId="b", isOrganizer=True, organizer={"emailAddress": {"address": "hal@example.com"}})
    assert invitees(written(event(isOrganizer=True, organizer=invites), other)) == []


# Series without their occurrences


@pytest.mark.parametrize(
    ("title", "starts"),
    [
        ("Daily", ["01-31 09", "02-02 09", "02-04 09", "02-06 09"]),
        ("Weekly", ["01-31 09", "02-02 09", "02-07 09", "02-09 09"]),
        ("Month end", ["01-31 09", "02-29 09", "03-31 08", "04-30 08"]),
        ("Last Thursday", ["02-29 09", "03-28 09", "04-25 08"]),
        ("Leap day", ["02-29 09", "02-28 09", "02-28 09"]),
        ("First of November", ["11-04 09", "11-03 09"]),
    ],
)
def test_patterns_are_repeated_in_their_local_time(title: str, starts: list[str]) -> None:
    assert days(case("series_only.json"), title) == starts


def test_what_an_exception_replaces_and_what_was_deleted_is_not_repeated() -> None:
    starts = days(case("series_only.json"), "Without end")
    assert starts[:3] == ["01-31 09", "02-21 09", "02-28 09"]
    assert "02-15 12" in starts


def test_a_series_without_end_is_read_to_the_horizon_and_said_once() -> None:
    file = case("series_only.json")
    assert max(one.starts_at for one in titled(file, "Also without end")) == at("2024-05-31 08:00")
    notes = [one for entry in parse(file) for one in entry.problems if one.code == "no_end"]
    assert [(one.lost, one.says[:8]) for one in notes] == [(False, "2 series")]


def test_a_far_placeholder_does_not_set_the_horizon() -> None:
    endless = series(
        {"type": "daily", "interval": 1}, {"type": "noEnd"}, lastModifiedDateTime="2024-01-10T00:00:00Z"
    )
    far = {"dateTime": "2099-01-01T10:00:00", "timeZone": "UTC"}
    placed = meetings(written(endless, event(iCalUId="b", start=far, end=far)))
    assert max(one.starts_at for one in placed if one.series) == at("2024-04-09 10:00")
    assert len(meetings(written({**endless, "lastModifiedDateTime": None}))) == 366


def test_a_long_series_is_cut_and_said() -> None:
    daily = {"type": "daily", "interval": 1}
    file = written(series(daily, {"type": "numbered", "numberOfOccurrences": 10_000}))
    assert (len(meetings(file)), codes(file)) == (3_654, ["too_many"])
    file = written(series(daily, {"type": "endDate", "endDate": "2500-01-01"}))
    assert (len(meetings(file)), codes(file)) == (3_654, ["too_many"])


def test_the_last_day_of_a_series_is_part_of_it() -> None:
    file = written(series({"type": "daily", "interval": 1}, {"type": "endDate", "endDate": "2024-01-03"}))
    assert (days(file), codes(file)) == (["01-01 10", "01-02 10", "01-03 10"], [])


def test_a_series_of_days_stays_on_its_days() -> None:
    midnight = {"dateTime": "2024-01-01T00:00:00", "timeZone": "Pacific Standard Time"}
    span = {"type": "numbered", "numberOfOccurrences": 2, "recurrenceTimeZone": "Pacific Standard Time"}
    file = written(series({"type": "daily", "interval": 1}, span, isAllDay=True, start=midnight, end=None))
    assert [one.id for one in meetings(file)] == ["graph:meeting:a:20240101", "graph:meeting:a:20240102"]
    assert [one.ends_at - one.starts_at for one in meetings(file)] == [timedelta(days=1)] * 2


@pytest.mark.parametrize(
    "recurrence",
    [
        {"pattern": {"type": "lunar"}, "range": {}},
        {"pattern": {"type": "weekly", "daysOfWeek": ["someday"]}, "range": {}},
        {"pattern": {"type": "absoluteMonthly", "dayOfMonth": 32}, "range": {}},
        {"pattern": {"type": "absoluteYearly", "dayOfMonth": 1, "month": True}, "range": {}},
        {"pattern": {"type": "daily"}, "range": {"type": "numbered", "numberOfOccurrences": "three"}},
        {"pattern": {"type": "daily"}, "range": {"type": "endDate", "endDate": "0001-01-01"}},
        {"pattern": {"type": "relativeMonthly", "daysOfWeek": "monday", "index": "first"}, "range": {}},
        {"pattern": 7, "range": None},
    ],
)
def test_a_pattern_that_cannot_be_read_leaves_the_first_meeting(recurrence: object) -> None:
    file = written(event(recurrence=recurrence))
    assert (len(meetings(file)), codes(file)) == (1, ["bad_rule"])


def test_a_master_without_a_pattern_takes_place_once() -> None:
    assert days(written(event(type="seriesMaster"))) == ["01-01 10"]


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
)


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
