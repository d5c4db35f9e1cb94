"""The outline of minutes: which lines are agenda items, which are not, and what belongs where."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

import pytest

from prodops.connectors.minutes.extract import rows_of
from prodops.connectors.minutes.parse import parse, recognises
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome

R = TypeVar("R", bound=Record)


def _text(words: str, name: str = "council/2026-03-04.md") -> SourceFile:
    return SourceFile(name=name, content=words.encode())


def _of(words: str, kind: type[R], name: str = "council/2026-03-04.md") -> list[R]:
    records = [record for entry in parse(_text(words, name)) for record in entry.records]
    return [record for record in records if isinstance(record, kind)]


def _titles(words: str) -> list[str]:
    return [one.title for one in _of(words, NoteItem)]


def _codes(file: SourceFile) -> list[str]:
    return [found.code for entry in parse(file) for found in entry.problems]


def test_a_topic_with_nothing_but_a_list_of_actions_is_a_topic() -> None:
    words = (
        "# Sync 2026-03-04\n\n## Seats\n\n### Actions\n\n- Ana Sample to count them\n\n## Plans\n\nTalk.\n"
    )
    rows = rows_of(_text(words), ignore_marks=False)
    assert [(False, True), (False, False)] == [(row.decided, row.action) for row in rows]
    assert ["Seats", "Plans"] == _titles(words)


def test_a_heading_that_only_holds_others_is_no_item() -> None:
    words = "# Sync 2026-03-04\n\n## Old business\n\n### Seats\n\nTalk.\n\n### Plans\n\nTalk.\n"
    assert ["Seats", "Plans"] == _titles(words)


def test_notes_below_a_topic_are_the_topics_own() -> None:
    words = "# Sync 2026-03-04\n\n## Seats\n\nWhy.\n\n### Notes\n\nWe agreed to keep ten seats.\n"
    assert [True] == [row.decided for row in rows_of(_text(words), ignore_marks=False)]


def test_a_list_of_actions_under_a_deeper_heading_belongs_to_its_topic() -> None:
    words = "# Sync 2026-03-04\n\n## Seats\n\nTalk.\n\n### Decisions\n\n- Ten.\n\n### Actions\n\n- Ana: do\n"
    assert [(True, True)] == [(row.decided, row.action) for row in rows_of(_text(words), ignore_marks=False)]


def test_what_a_closing_list_repeats_counts_once() -> None:
    words = (
        "# Sync 2026-03-04\n\n## Seats\n\nAna Sample will count the seats of all partners by Friday.\n\n"
        "## Plans\n\nTalk.\n\n## Actions\n\n- Ana Sample will count the seats of all partners by Friday\n"
    )
    outcomes = [one for one in _of(words, Outcome) if one.kind == "action"]
    assert [(True, "minutes:item:council/2026-03-04:1")] == [(one.marked, one.item) for one in outcomes]


def test_the_agenda_is_no_part_of_the_minutes_when_they_follow() -> None:
    words = (
        "# Sync 2026-03-04\n\n## Agenda\n\n- Seats\n- Plans\n\n## Minutes\n\n- Seats: talk\n- Plans: talk\n"
    )
    assert ["Seats: talk", "Plans: talk"] == _titles(words)


def test_an_agenda_before_its_topics_is_no_item() -> None:
    words = "# Sync 2026-03-04\n\n## Agenda\n\n- Seats\n- Plans\n\n## Seats\n\nTalk.\n\n## Plans\n\nTalk.\n"
    assert ["Seats", "Plans"] == _titles(words)


def test_bullets_that_hold_the_agenda_are_opened() -> None:
    words = "# Sync 2026-03-04\n\n- Attendees: Ana Sample\n- Agenda\n  - Seats\n    - talk\n  - Plans\n"
    assert ["Seats", "Plans"] == _titles(words)


def test_bullets_below_a_label_are_what_it_says_they_are() -> None:
    words = (
        "# Sync 2026-03-04\n\nAttendees:\n- Ana Sample\n- Bo Sample\n\nThree open points:\n- one\n- two\n\n"
        "Action items:\n- Ana Sample to write\n"
    )
    assert ["Three open points:", "Action items:"] == _titles(words)
    assert 2 == len(_of(words, Attendance))


def test_one_bold_line_above_many_bullets_is_a_remark_and_no_heading() -> None:
    words = "# Sync 2026-03-04\n\n**Welcome back**\n\n- Seats\n- Plans\n- Prices\n"
    assert 3 == len([title for title in _titles(words) if title in {"Seats", "Plans", "Prices"}])


def test_bold_lines_are_headings_where_there_are_no_others() -> None:
    words = "Sync 2026-03-04\n\n**Seats**\n\nTalk.\n\n**Plans**\n\nTalk.\n\n**A whole sentence.**\n\nMore.\n"
    assert ["Seats", "Plans"] == _titles(words)


def test_a_long_record_of_single_bullets_is_cut_at_its_empty_lines() -> None:
    first = "".join(f"- Ana said thing {at}\n" for at in range(6))
    second = "".join(f"- Bo said thing {at}\n" for at in range(6))
    words = f"# Sync 2026-03-04\n\n{first}\n{second}"
    assert ["Ana said thing 0", "Bo said thing 0"] == _titles(words)


def test_paragraphs_that_follow_each_other_are_one_item() -> None:
    assert ["We met."] == _titles("# Sync 2026-03-04\n\nWe met.\n\nWe talked.\n")


def test_a_scribes_log_keeps_its_numbers_and_counts_only_its_marks() -> None:
    words = (
        "---\nlayout: minutes\ndate: 2026-03-04\ntitle: Seat group\n---\n\n# Seat group\n\n"
        "**Scribe(s):** Ana Sample\n\n### 1. Seats\n\nAna Sample: I will write it.\n"
        "> *Proposed resolution: ten seats* (Ana)\n> *Bo:* +1\n> *Cleo:* +1\n\n"
        "#### ***Resolution #1: ten seats***\n\n"
        "### 1.1. Partners\n\nTalk.\n\n### 2. Resolutions\n\n* Resolution #1: ten seats\n"
    )
    rows = rows_of(_text(words), ignore_marks=False)
    assert [("1", True, False), ("1.1", False, False)] == [
        (row.section, row.decided, row.action) for row in rows
    ]
    assert [True, False] == [row.decided for row in rows_of(_text(words), ignore_marks=True)]


@pytest.mark.parametrize(
    "words",
    [
        "Skipped this time, no quorum.",
        "Cancelled.",
        "Not held, too few people came.",
        "Nobody but the note taker joined.",
        "Quorum was not met.",
    ],
)
def test_a_meeting_that_was_not_held_has_no_items(words: str) -> None:
    file = _text(f"# Sync 2026-03-04\n\n{words}\n")
    assert [] == rows_of(file, ignore_marks=False)
    assert ["the meeting was not held"] == [entry.unused for entry in parse(file)]


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Sync 4 March 2026", date(2026, 3, 4)),
        ("Sync 4th of March, 2026", date(2026, 3, 4)),
        ("Sync 04-Mar-2026", date(2026, 3, 4)),
        ("Sync March 4, 2026", date(2026, 3, 4)),
        ("Sync 3/4/2026", date(2026, 3, 4)),
        ("Sync 4.3.2026", date(2026, 3, 4)),
        ("Sync 20260304", date(2026, 3, 4)),
        ("Sync 2026/3/4", date(2026, 3, 4)),
    ],
)
def test_days_are_read_as_they_are_written(title: str, day: date) -> None:
    (note,) = _of(f"# {title}\n\n## Seats\n\nTalk.\n", Note, name="notes/x.md")
    assert day == note.held_on


def test_a_day_without_a_year_takes_that_of_the_file() -> None:
    words = "# Steering\n\n## March 4\n\n- Seats\n\n## March 18\n\n- Plans\n"
    days = [one.held_on for one in _of(words, Note, name="steering-2026.md")]
    assert [date(2026, 3, 4), date(2026, 3, 18)] == days


def test_an_impossible_day_is_told_and_the_next_one_taken() -> None:
    file = _text("# Sync 2026-02-31\n\n## Seats\n\nTalk.\n", name="notes/x.md")
    assert ["bad_date"] == _codes(file)


def test_front_matter_with_a_list_names_those_present() -> None:
    words = (
        "---\nseries: Seat council\ndate: 2026-03-04\nattendees:\n  - Ana\n  - Bo\n---\n\n## Seats\n\nTalk.\n"
    )
    (note,) = _of(words, Note)
    assert ("Seat council", 2) == (note.ritual, note.present_count)


def test_front_matter_that_never_ends_is_text() -> None:
    assert [] != _of("---\nSync 2026-03-04\n\n- Seats: talk\n", Note)


def test_a_pandoc_title_is_a_title() -> None:
    (note,) = _of("% Seat council 2026-03-04\n\n## Seats\n\nTalk.\n", Note, name="x.md")
    assert ("Seat council", date(2026, 3, 4)) == (note.ritual, note.held_on)


def test_a_title_that_says_nothing_gives_way_to_the_folder_and_then_to_the_file() -> None:
    words = "# Meeting notes\n\n## Seats\n\nTalk.\n"
    assert ["seat-council"] == [one.ritual for one in _of(words, Note, name="seat-council/2026-03-04.md")]
    assert ["pricing"] == [one.ritual for one in _of(words, Note, name="notes/pricing-2026-03-04.md")]


def test_what_stands_outside_the_dated_meetings_is_not_used() -> None:
    words = "# Steering 2026\n\nThe link is below.\n\n## 2026-03-04\n\n- Seats\n\n## 2026-03-18\n\n- Plans\n"
    assert ["text outside the dated meetings"] == [
        entry.unused for entry in parse(_text(words, "steering-2026.md")) if entry.unused
    ]


def test_the_same_minutes_twice_in_a_file_are_told() -> None:
    held = "## 2026-03-04\n\n- Seats: talk\n\n"
    file = _text(f"# Steering\n\n{held}## 2026-03-18\n\n- Plans\n\n{held}", "steering.md")
    assert ["duplicate_id"] == _codes(file)


def test_binary_bad_bytes_and_gigantic_lines_are_told() -> None:
    assert ["not_text"] == _codes(SourceFile(name="x.md", content=b"\x00\x01" * 400))
    latin = SourceFile(name="2026-03-04.md", content=b"# Sync 2026-03-04\n\n## Caf\xe9 \x81\n\nTalk.\n")
    assert "not_utf8" in _codes(latin)
    assert ["long_line"] == _codes(_text("# Sync 2026-03-04\n\n## Seats\n\n" + "x " * 15_000 + "\n"))
    assert [] == rows_of(SourceFile(name="x.md", content=b"\x00\x01" * 400), ignore_marks=False)


def test_headings_underlined_and_rows_of_tables_are_read() -> None:
    words = "Sync 2026-03-04\n===============\n\nSeats\n-----\n\n| who | what |\n|---|---|\n| Ana | talk |\n"
    assert ["Seats"] == _titles(words)


def test_comments_and_attribute_lines_are_left_out() -> None:
    words = "# Sync 2026-03-04\n{:.x}\n<!-- DECISION: no\n-->\n\n## Seats\n\nTalk\n> \n...\n***\n"
    assert [] == _of(words, Outcome)


def test_a_release_and_a_page_of_settings_are_no_minutes() -> None:
    assert recognises(_text("# Release 2.3.1 (2026-03-04)\n\n- fixed\n", "CHANGELOG.md")) < 0.5
    assert recognises(_text("a: 1\nb: 2\nc: 3\nd: 4\n", "settings.txt")) < 0.5
    assert recognises(_text("name | age\na | 1\nb | 2\n", "x.txt")) < 0.5
    assert recognises(_text("x", "x.txt")) < 0.5
    assert recognises(_text("14:00 <ana> hi\n14:01 <bo> hi\n14:02 <ana> so\n14:03 <bo> yes\n", "x.log")) < 0.5
