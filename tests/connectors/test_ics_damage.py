"""iCalendar files with everything that can be wrong with them, and files cut, flipped and shuffled."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.given_calendars import (
    PATHS,
    at,
    calendar,
    case,
    codes,
    meetings,
)
from prodops.connectors.ics.parse import parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.rituals import Meeting

# What can be wrong with an event


def test_one_bad_event_never_loses_another() -> None:
    file = case("what_goes_wrong.ics")
    impossible = ["bad_date", "ends_before_start", "no_start"]
    assert sorted(codes(file, lost=True)) == sorted([*impossible, "duplicate_id", "truncated", "truncated"])
    assert {str(one.title) for one in meetings(file)} >= {"The newer copy", "After the torn one"}


def test_a_problem_names_its_line_and_what_to_do() -> None:
    problems = [one for entry in parse(case("what_goes_wrong.ics")) for one in entry.problems if one.lost]
    assert problems[0].cite.locator == "line 4, UID backwards"
    assert all(one.remedy and one.says and one.cite.source == "what_goes_wrong.ics" for one in problems)


def test_of_two_copies_the_one_revised_last_counts() -> None:
    assert [one.title for one in meetings(case("what_goes_wrong.ics")) if one.uid == "twice"] == [
        "The newer copy"
    ]
    stamped = [
        f"UID:a\nDTSTAMP:2024010{day}T000000Z\nDTSTART:20240101T100000Z\nSUMMARY:{day}" for day in (1, 3, 2)
    ]
    file = calendar(*stamped)
    assert [one.title for one in meetings(file)] == ["3"]
    assert codes(file) == ["duplicate_id", "duplicate_id"]


def test_a_rule_that_cannot_be_read_leaves_the_first_and_the_extra_meetings() -> None:
    file = case("what_goes_wrong.ics")
    odd = [one for one in meetings(file) if one.uid == "odd-rule"]
    assert [one.starts_at.day for one in odd] == [3, 4]
    found = [one.code for entry in parse(file) if "odd-rule" in entry.locator for one in entry.problems]
    assert found == ["bad_rule", "exrule", "bad_date", "bad_date"]


def test_markup_and_formulas_stay_text() -> None:
    titles = {str(one.title) for one in meetings(case("what_goes_wrong.ics"))}
    assert {'=HYPERLINK("http://example.com")', "<b>bold</b> and <script>alert(1)</script>"} <= titles


def test_an_event_without_uid_is_named_by_what_it_says() -> None:
    event = "DTSTART:20240101T100000Z\nSUMMARY:Nameless\nDTSTAMP:{}T000000Z"
    first, again = (calendar(event.format(day)) for day in ("20240101", "20240202"))
    assert [one.id for one in meetings(first)] == [one.id for one in meetings(again)]
    assert codes(first) == ["no_uid"]
    assert codes(calendar(event, event)) == ["duplicate_id", "no_uid"]


@pytest.mark.parametrize("uid", ["x" * 5_000, "with\x07bell", "two\\nlines"])
def test_an_unwieldy_uid_is_shortened_to_a_digest(uid: str) -> None:
    (one,) = meetings(calendar(f"UID:{uid}\nDTSTART:20240101T100000Z"))
    assert one.uid.startswith("digest-")
    assert len(one.id) < 100


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ("UID:a\nDTSTART:20240101T100000Z\nDURATION:-PT1H", "ends_before_start"),
        ("UID:a\nDTSTART:20240101T100000Z\nDURATION:soon", "bad_date"),
        ("UID:a\nDTSTART:99991231T100000Z\nDURATION:P9D", "bad_date"),
        ("UID:a\nDTSTART:20240101T100000Z\nDTEND:99999999", "bad_date"),
        ("UID:a\nRECURRENCE-ID:never\nDTSTART:20240101T100000Z", "bad_date"),
        ("UID:a\nDTSTART;TZID=Asia/Tokyo:00010101T000000", "bad_date"),
    ],
)
def test_an_event_whose_time_is_impossible_is_lost(event: str, code: str) -> None:
    assert codes(calendar(event)) == [code]


def test_small_faults_lose_nothing() -> None:
    event = (
        "UID:a\nDTSTART:20240101T100000Z\nDTEND:20240101T103000Z\nSEQUENCE:many\nLAST-MODIFIED:yesterday\n"
        "RDATE;VALUE=PERIOD:20240102T100000Z/20240101T100000Z\nSTATUS:MAYBE"
    )
    (one,) = meetings(calendar(event))
    assert (one.revised_at, one.status) == (None, "confirmed")
    assert codes(calendar(event)) == ["bad_date"]


def test_the_same_fault_is_told_once_and_many_faults_are_not_told_endlessly() -> None:
    same = calendar("UID:a\nDTSTART:20240101T100000Z\nEXDATE:never,never\nEXDATE:never")
    assert codes(same) == ["bad_date"]
    many = ",".join(f"bad{number}" for number in range(5_000))
    assert len(codes(calendar(f"UID:a\nDTSTART:20240101T100000Z\nEXDATE:{many}"))) == 50


def test_a_day_that_ends_at_a_time_starts_at_midnight() -> None:
    (one,) = meetings(calendar("UID:a\nDTSTART;VALUE=DATE:20240101\nDTEND;TZID=Asia/Tokyo:20240101T100000"))
    assert (one.starts_at, one.ends_at) == (at("2023-12-31 15:00"), at("2024-01-01 01:00"))


def test_an_event_without_an_end_is_a_moment_or_a_day() -> None:
    moment, day = meetings(calendar("UID:a\nDTSTART:20240101T100000Z", "UID:b\nDTSTART;VALUE=DATE:20240101"))
    assert (moment.ends_at - moment.starts_at, day.ends_at - day.starts_at) == (
        timedelta(),
        timedelta(days=1),
    )


def test_a_meeting_in_the_hour_that_spring_leaves_out_does_not_end_before_it_starts() -> None:
    times = "DTSTART;TZID=Europe/Berlin:20240324T023000\nDTEND;TZID=Europe/Berlin:20240324T030000"
    weekly = calendar(f"UID:a\n{times}\nRRULE:FREQ=WEEKLY;COUNT=2")
    assert [one.ends_at - one.starts_at for one in meetings(weekly)] == [timedelta(minutes=30)] * 2
    hourly = "UID:a\nDTSTART;TZID=Europe/Berlin:20240331T000000\nRRULE:FREQ=HOURLY;COUNT=5"
    assert len({one.id for one in meetings(calendar(hourly))}) == 4


# What can be wrong with a file


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\r\n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"Subject: hello\n\nno calendar here", "not_a_calendar"),
    ],
)
def test_what_is_no_calendar_is_one_problem(content: bytes, code: str) -> None:
    file = SourceFile(name="calendar.ics", content=content)
    (entry,) = parse(file)
    assert (entry.locator, [one.code for one in entry.problems]) == ("file", [code])
    assert recognises(file) == 0.0


def test_a_calendar_without_events_is_no_problem() -> None:
    assert list(parse(calendar())) == [Entry(locator="file", unused="a calendar without events")]


def test_whole_events_before_the_cut_are_read() -> None:
    whole = case("team.ics").content
    cut = SourceFile(name="team.ics", content=whole[: whole.index(b"Floating in")])
    assert len(meetings(cut)) == len(meetings(case("team.ics"))) - 1
    assert codes(cut) == ["truncated", "truncated"]


@pytest.mark.parametrize("name", ["sixteen_bits.ics", "western.ics"])
def test_other_encodings_are_read(name: str) -> None:
    (one,) = meetings(case(name))
    assert str(one.title).startswith("Überblick")
    assert codes(case(name)) == (["not_utf8"] if name == "western.ics" else [])


def test_a_fold_inside_a_character_loses_nothing() -> None:
    assert [one.title for one in meetings(case("folded_character.ics"))] == ["Café"]


def test_line_ends_of_old_computers_and_a_byte_order_mark_are_read() -> None:
    content = b"\xef\xbb\xbf" + case("gus@example.com.ics").content.replace(b"\n", b"\r")
    assert len(meetings(SourceFile(name="old.ics", content=content))) == 3


def test_events_without_a_calendar_around_them_are_read() -> None:
    content = b"BEGIN:VEVENT\nUID:a\nDTSTART:20240101T100000Z\nEND:VEVENT\n"
    file = SourceFile(name="bare.ics", content=content)
    assert len(meetings(file)) == 1
    assert recognises(file) == 0.9


def test_a_gigantic_line_is_read_and_shortened() -> None:
    event = f"UID:a\nDTSTART:20240101T100000Z\nSUMMARY:{'x' * 3_000_000}\nX-ALT-DESC:{'y' * 3_000_000}"
    (one,) = meetings(calendar(event))
    assert len(one.title) == 1_000


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VEVENT\n" * 20_000,
        b"BEGIN:VCALENDAR\nX-A:b\n" * 20_000,
        b"BEGIN:VEVENT\n" + b"BEGIN:VALARM\n" * 100_000 + b"END:VEVENT\n",
        b"BEGIN:VEVENT\nSUMMARY:a\n" + b" \n" * 300_000 + b"END:VEVENT\n",
        b"BEGIN:VEVENT\nUID:" + b"\n x" * 100_000 + b"\nDTSTART:20240101\nEND:VEVENT\n",
        b"BEGIN:VTIMEZONE\nTZID:a\nBEGIN:STANDARD\n" + b"X:a\n" * 100_000,
    ],
    ids=["events", "calendars", "alarms", "folds", "folds in a UID", "zone"],
)
def test_a_file_made_to_be_slow_is_read_in_time(content: bytes) -> None:
    """Work that grows with the square of these sizes would take hours."""
    assert len(list(parse(SourceFile(name="slow.ics", content=content)))) > 0


def test_header_lines_between_events_are_read_and_bounded() -> None:
    between = "X-WR-TIMEZONE:Asia/Tokyo\n" + "X-NOTE:a\n" * 20_000
    text = f"BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTODO\n{between}BEGIN:VTODO\nEND:VTODO\n{between}"
    file = SourceFile(
        name="a.ics",
        content=f"{text}BEGIN:VEVENT\nDTSTART:20240101T100000\nUID:a\nEND:VEVENT\nEND:VCALENDAR".encode(),
    )
    assert [one.starts_at for one in meetings(file)] == [at("2024-01-01 01:00")]


def test_a_calendar_is_known_by_its_content_and_not_by_its_ending() -> None:
    assert recognises(SourceFile(name="export.txt", content=case("team.ics").content)) == 1.0
    assert recognises(SourceFile(name="notes.ics", content=b"# Minutes\n\nWe met.")) == 0.0
    quoted = b"# How to\n" + b"words\n" * 1_000 + b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n"
    assert recognises(SourceFile(name="howto.md", content=quoted)) == 0.3


def test_real_calendars_of_a_working_group_are_read(shared_data: Path) -> None:
    paths = sorted((shared_data / "rituals" / "ics").glob("*.ics"))
    files = [SourceFile(name=path.name, content=path.read_bytes()) for path in paths]
    assert [len(meetings(file)) for file in files] == [12, 12, 12, 12]
    assert all(one.starts_at.astimezone(UTC).hour in {16, 17} for file in files for one in meetings(file))
    assert [codes(file) for file in files] == [[], [], [], []]


# Whatever happens to a file


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
    assert recognises(case(path.name)) == 1.0


@settings(max_examples=200)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_a_file_cut_anywhere_never_raises(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    check(SourceFile(name=path.name, content=content[: data.draw(st.integers(0, len(content)))]))


@settings(max_examples=300)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_flipped_bytes_never_raise(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=12)):
        content[place] = data.draw(st.integers(0, 255))
    check(SourceFile(name=path.name, content=bytes(content)))


LINES = sorted({line for path in PATHS for line in path.read_bytes().replace(b"\r", b"").split(b"\n")})


@settings(max_examples=300)
@given(st.lists(st.sampled_from(LINES), max_size=40).map(b"\n".join))
def test_lines_in_any_order_never_raise(content: bytes) -> None:
    check(SourceFile(name="shuffled.ics", content=b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + content))
