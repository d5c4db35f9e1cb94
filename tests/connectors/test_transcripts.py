"""Transcripts and attendance reports: who was there, when, and for how long."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.transcripts.captions import read_captions
from prodops.connectors.transcripts.held import find_held, read_day
from prodops.connectors.transcripts.parse import parse, recognises
from prodops.connectors.transcripts.spans import read_minutes
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.rituals import Attendance

CASES = Path(__file__).parent / "cases" / "transcripts"
PATHS = sorted(CASES.iterdir())
ADA, BOB = person_id("ada@example.com"), person_id("bob@example.com")


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def written(text: str, name: str = "2024-03-04 Weekly sync.txt") -> SourceFile:
    return SourceFile(name=name, content=text.encode())


def came(file: SourceFile) -> list[Attendance]:
    return [one for entry in parse(file) for one in entry.records if isinstance(one, Attendance)]


def minutes(file: SourceFile) -> dict[str, float | None]:
    return {one.person: one.minutes_present for one in came(file)}


def codes(file: SourceFile) -> list[str]:
    return [one.code for entry in parse(file) for one in entry.problems]


def people(*names: str) -> list[str]:
    return [person_id(name) for name in names]


# Transcripts


def test_voice_tags_name_the_speakers() -> None:
    found = came(case("Weekly Sync-20240304_100000-Meeting Transcript.vtt"))
    assert [one.person for one in found] == people("Ada Example", "Bob O'Neil")
    assert {(one.ritual, one.held_on) for one in found} == {("Weekly Sync", date(2024, 3, 4))}


def test_a_transcript_does_not_say_how_long_somebody_was_there() -> None:
    assert {one.minutes_present for one in came(case("recording.vtt"))} == {None}


def test_a_torn_time_loses_nobody_else() -> None:
    assert codes(case("Weekly Sync-20240304_100000-Meeting Transcript.vtt")) == ["bad_cue"]


def test_names_before_a_colon_name_the_speakers_where_there_are_no_voice_tags() -> None:
    found = came(case("recording.vtt"))
    assert [one.person for one in found] == people("Ada Example", "Cyd van der Berg")


def test_the_header_names_the_meeting_and_its_day() -> None:
    assert {(one.ritual, one.held_on) for one in came(case("recording.vtt"))} == {
        ("Pricing council", date(2024, 3, 5))
    }


def test_subtitles_are_read_like_web_captions() -> None:
    found = came(case("2024-03-06 Design review.srt"))
    assert [one.person for one in found] == people("Dee Example", "Eve", "Finn")
    assert {(one.ritual, one.held_on) for one in found} == {("Design review", date(2024, 3, 6))}


@pytest.mark.parametrize(
    "line",
    [
        "Note: the date moved",
        "Speaker 2: hello",
        "SPEAKER_00: hello",
        "Unknown Speaker: hello",
        "the point is: hello",
        "https://example.com: hello",
        "One Two Three Four Five Six Seven: hello",
        "10: hello",
        "Ada:hello",
    ],
)
def test_what_is_no_name_is_no_speaker(line: str) -> None:
    assert read_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{line}\n").speakers == ()


def test_a_transcript_without_speakers_is_not_used() -> None:
    (entry,) = parse(written("WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n"))
    assert entry.unused == "a transcript that names no speaker"


def test_a_speaker_whose_name_is_written_in_two_ways_is_one_person() -> None:
    cues = "00:01.000 --> 00:02.000\nAda Example: one\n\n00:02.000 --> 00:03.000\nADA  EXAMPLE: two\n"
    assert len(came(written(f"WEBVTT\n\n{cues}"))) == 1


def test_a_transcript_without_a_day_or_a_title_says_what_to_do() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAda: hello\n"
    for name, code in (("Weekly sync.vtt", "no_date"), ("2024-03-04.vtt", "no_title")):
        (problem,) = [one for entry in parse(written(text, name)) for one in entry.problems]
        assert (problem.code, problem.lost) == (code, True)
        assert "2024-03-04 Weekly sync.vtt" in problem.remedy


# Reports


def test_teams_reports_tell_minutes_by_person() -> None:
    file = case("teams_report.csv")
    assert minutes(file) == {ADA: 31.47, BOB: 25.0, person_id("Gus"): 1.0}
    assert {(one.ritual, one.held_on) for one in came(file)} == {("Weekly sync", date(2024, 3, 4))}


def test_rows_that_are_not_about_a_person_say_what_they_are() -> None:
    unused = [entry.unused for entry in parse(case("teams_report.csv")) if entry.unused]
    assert unused.count("about the meeting") == 6
    assert unused.count("a heading") == 3
    assert unused.count("what somebody did during the meeting") == 2


def test_teams_reports_in_other_languages_are_read_by_the_order_of_their_columns() -> None:
    file = case("teams_bericht.csv")
    assert minutes(file) == {ADA: 31.47, BOB: 62.0}
    assert {(one.ritual, one.held_on) for one in came(file)} == {("Wochenrunde", date(2024, 3, 4))}


def test_old_teams_reports_tell_coming_and_going_apart() -> None:
    file = case("meetingAttendanceReport(Planning).csv")
    expected = {"Ada Example": 45.5, "Bob Example": 20.0, "Cyd Example": None}
    assert minutes(file) == {person_id(name): each for name, each in expected.items()}
    assert {(one.ritual, one.held_on) for one in came(file)} == {("Planning", date(2021, 3, 7))}
    assert codes(file) == ["bad_duration"]


def test_zoom_tells_who_waited_who_came_back_and_who_is_called_otherwise() -> None:
    file = case("participants_12345678901.csv")
    assert minutes(file) == {ADA: 31.0, person_id("Bob Example"): 20.0, person_id("Cyd"): 30.0}
    assert {(one.ritual, one.held_on) for one in came(file)} == {("Roadmap review", date(2024, 3, 8))}
    unused = [entry.unused for entry in parse(file) if entry.unused]
    assert unused[-3:] == [
        "the same person, told in an earlier row",
        "somebody in the waiting room",
        "a row without a name",
    ]


def test_meet_reports_take_their_day_and_title_from_the_files_name() -> None:
    file = case("2024-03-11 10_00 Launch council - Attendance Report.csv")
    assert minutes(file) == {ADA: 62.0, person_id("Bob Example"): 45.0}
    assert {(one.ritual, one.held_on) for one in came(file)} == {("Launch council", date(2024, 3, 11))}


def test_time_told_only_by_coming_and_going_is_their_difference() -> None:
    rows = "Name,Join time,Leave time\n,,\nAda,2024-03-04 10:00,2024-03-04 10:30\nBob,10:40,10:30\n"
    assert minutes(written(rows)) == {person_id("Ada"): 30.0, person_id("Bob"): None}


def test_times_that_cannot_be_read_are_added_up_by_row() -> None:
    rows = "Name,Join time,Leave time,Duration\nAda,a,b,10\nAda,c,d,5\nAda (Guest) (Host),e,f,soon\n"
    assert minutes(written(rows)) == {person_id("Ada"): 15.0}


def test_going_without_having_come_counts_nothing() -> None:
    rows = "Full Name\tUser Action\tTimestamp\nAda\tLeft\t3/7/2021, 10:00:00 AM\n"
    assert minutes(written(rows)) == {person_id("Ada"): None}


def test_a_row_whose_quote_is_never_closed_loses_itself_alone() -> None:
    rows = 'Name,Join time,Duration\nAda,10:00,5\n"Bob,10:00,5\nCyd,10:00,5\n'
    assert set(minutes(written(rows))) == {person_id("Ada"), person_id("Cyd")}
    assert codes(written(rows)) == ["bad_row"]


def test_markup_and_formulas_in_names_reach_no_record() -> None:
    rows = 'Name,Join time,Duration\n<script>alert(1)</script>,10:00,5\n"=HYPERLINK(""x"")",10:00,5\n'
    assert len(came(written(rows))) == 2
    assert "alert" not in repr(came(written(rows)))


# What a meeting was called, and when


@pytest.mark.parametrize(
    ("name", "title", "day"),
    [
        ("2024-03-04 Weekly sync.vtt", "Weekly sync", date(2024, 3, 4)),
        ("Weekly sync_2024-03-04.vtt", "Weekly sync", date(2024, 3, 4)),
        ("Weekly Sync-20240304_100000-Meeting Recording.vtt", "Weekly Sync", date(2024, 3, 4)),
        ("Weekly sync (2024-03-04 10_00 GMT+1) - Attendance Report.csv", "Weekly sync", date(2024, 3, 4)),
        ("Weekly sync - Attendance report 3-04-24.csv", "Weekly sync", date(2024, 3, 4)),
        ("2024-03-04 10.00.00 Sync 12345678901/GMT20240304-090000_Recording.vtt", "Sync", date(2024, 3, 4)),
        ("2024-03-04 1:1 Ada and Bob.vtt", "1:1 Ada and Bob", date(2024, 3, 4)),
        ("Roadmap 2030 2024-03-04.vtt", "Roadmap 2030", date(2024, 3, 4)),
        ("Recording council 2024.03.04.vtt", "Recording council", date(2024, 3, 4)),
    ],
)  # fmt: skip
def test_names_of_files_and_folders_say_what_a_meeting_was(name: str, title: str, day: date) -> None:
    held = find_held(written("", name), {})
    assert (held.title, held.day) == (title, day)


def test_what_the_file_says_comes_before_its_name() -> None:
    held = find_held(
        written("", "2024-03-04 A.vtt"), {"meeting title": "B", "start time": "3/5/2024, 10:00 AM"}
    )
    assert (held.title, held.day, held.key) == ("B", date(2024, 3, 5), "b:2024-03-05")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3/4/24, 10:00:12 AM", date(2024, 3, 4)),
        ("4/3/2024, 10:00:12", date(2024, 3, 4)),
        ("3/14/2024, 15:00", date(2024, 3, 14)),
        ("03/04/2024", date(2024, 3, 4)),
        ("2024-03-04T10:00:00Z", date(2024, 3, 4)),
        ("2024-09-38", None),
        ("99/99/2024, 10:00", None),
        ("10:00 AM", None),
    ],
)
def test_days_are_read_as_reports_write_them(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_a_day_that_does_not_exist_in_a_name_is_no_day() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nAda: hello\n"
    assert codes(written(text, "2019-09-38 Weekly sync.vtt")) == ["no_date"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1h 2m 3s", 62.05),
        ("58s", 58 / 60),
        ("1 hr 2 min", 62.0),
        ("1 Std. 2 Min.", 62.0),
        ("2 min, 30 sec", 2.5),
        ("1d 1h", 1_500.0),
        ("00:45:30", 45.5),
        ("1:30", 90.0),
        ("PT1H30M", 90.0),
        ("45", 45.0),
        ("12,5", 12.5),
        ("", None),
        ("soon", None),
        ("5 apples", None),
        ("PT", None),
        ("1h and a bit", None),
    ],
)
def test_lengths_of_time_are_read_as_reports_write_them(text: str, expected: float | None) -> None:
    assert read_minutes(text) == (pytest.approx(expected) if expected is not None else None)


# What can be wrong


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not_text"),
        (b"\x00\xff\x00" * 50, "not_text"),
        (b"a,b\n1,2\n", "no_table"),
        (b"Name,Join time\n", "no_table"),
    ],
)
def test_what_tells_nobody_is_a_problem(content: bytes, code: str) -> None:
    assert codes(SourceFile(name="2024-03-04 a.csv", content=content)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "name,email,role,team\nAda,ada@example.com,PM,Core\n",
        "User,Email,Start date,Start time,End time,Duration\nAda,a@example.com,2024-01-01,10:00,11:00,1:00\n",
        "created,text\n2024-01-01,Hello\n",
        "# Minutes\n\nAda: hello\n",
    ],
)  # fmt: skip
def test_tables_and_texts_of_others_are_left_to_them(text: str) -> None:
    assert recognises(written(text)) == 0.0


def test_files_are_known_by_their_content_and_not_by_their_ending() -> None:
    renamed = [SourceFile(name="a.bin", content=path.read_bytes()) for path in PATHS]
    assert min(recognises(file) for file in renamed) >= 0.95


@pytest.mark.parametrize("line", ["<v" + "." * 50_000, "<v" + " " * 50_000, " " * 50_000, "<v a" * 20_000])
def test_a_line_made_to_be_slow_is_read_in_time(line: str) -> None:
    assert read_captions(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{line}\n").speakers == ()


def check(file: SourceFile) -> None:
    seen: set[str] = set()
    recognises(file)
    for entry in parse(file):
        for record in (*entry.records, *entry.problems):
            assert record.id not in seen
            seen.add(record.id)
            assert record.cite.source == file.name


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_cases_have_unique_ids_and_read_the_same_twice(path: Path) -> None:
    check(case(path.name))
    assert list(parse(case(path.name))) == list(parse(case(path.name)))


@settings(max_examples=200)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_a_file_cut_anywhere_never_raises(path: Path, data: st.DataObject) -> None:
    content = path.read_bytes()
    check(SourceFile(name=path.name, content=content[: data.draw(st.integers(0, len(content)))]))


@settings(max_examples=300)
@given(path=st.sampled_from(PATHS), data=st.data())
def test_flipped_bytes_never_raise(path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    check(SourceFile(name=path.name, content=bytes(content)))


@settings(max_examples=100)
@given(name=st.text(max_size=60), title=st.text(max_size=40))
def test_names_of_any_kind_never_raise(name: str, title: str) -> None:
    check(
        SourceFile(
            name=name,
            content=f"WEBVTT {title}\n\n00:01.000 --> 00:02.000\n<v {title}>x\n".encode(errors="replace"),
        )
    )


def test_minutes_with_a_numbered_list_and_long_sentences_are_no_report() -> None:
    said = "Ann: one, two, three, four, five, six, and seven\n" * 5
    listed = f"# Council 2026-03-04\n\n{said}\n1. We want ten seats\n{said}\n2. We want a rule\n{said}"
    assert recognises(SourceFile(name="council/2026-03-04.md", content=listed.encode())) == 0
