"""Minutes give meetings, agenda items and what came of them, marked or not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from prodops.connectors.minutes.extract import rows_of
from prodops.connectors.minutes.parse import parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import Record, person_id
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome

CASES = Path(__file__).parent / "cases" / "minutes"


def _file(name: str) -> SourceFile:
    return SourceFile(name=f"minutes/{name}", content=(CASES / name).read_bytes())


def _text(words: str, name: str = "council/2026-03-04.md") -> SourceFile:
    return SourceFile(name=name, content=words.encode())


def _records(file: SourceFile) -> list[Record]:
    return [record for entry in parse(file) for record in entry.records]


def _of(file: SourceFile, kind: type) -> list[Record]:
    return [record for record in _records(file) if isinstance(record, kind)]


def test_front_matter_names_the_series_and_the_day() -> None:
    (note,) = _of(_file("pricing-council-2026-03-04.md"), Note)
    assert isinstance(note, Note)
    assert ("Pricing council", date(2026, 3, 4), 3, 2) == (
        note.ritual,
        note.held_on,
        note.present_count,
        note.items_count,
    )


def test_marks_are_read_with_their_owners() -> None:
    outcomes = [
        one for one in _of(_file("pricing-council-2026-03-04.md"), Outcome) if isinstance(one, Outcome)
    ]
    assert [("decision", True), ("action", True)] == [(one.kind, one.marked) for one in outcomes]
    assert ("Ben Sample",) == outcomes[1].owners


def test_an_item_without_outcome_is_a_fact_of_its_own() -> None:
    items = [
        one for one in _of(_file("pricing-council-2026-03-04.md"), NoteItem) if isinstance(one, NoteItem)
    ]
    assert [True, False] == [one.decided for one in items]


def test_those_present_stand_under_pseudonyms() -> None:
    present = {
        one.person
        for one in _of(_file("pricing-council-2026-03-04.md"), Attendance)
        if isinstance(one, Attendance)
    }
    assert {person_id("Ana Sample"), person_id("Ben Sample"), person_id("Cleo Sample")} == present


def test_lists_of_decisions_and_actions_are_read() -> None:
    kinds = {
        one.kind for one in _of(_file("roadmap-review-2026-03-05.md"), Outcome) if isinstance(one, Outcome)
    }
    assert {"decision", "action"} == kinds


def test_a_file_of_a_year_gives_a_note_a_meeting_and_no_note_for_a_cancelled_one() -> None:
    file = _file("steering-notes-2025.md")
    days = [one.held_on for one in _of(file, Note) if isinstance(one, Note)]
    assert [date(2025, 2, 3), date(2025, 3, 3)] == days
    assert ["the meeting was not held"] == [entry.unused for entry in parse(file) if entry.unused]


def test_prose_is_read_with_a_probability() -> None:
    outcomes = [one for one in _of(_file("steering-notes-2025.md"), Outcome) if isinstance(one, Outcome)]
    assert outcomes
    assert all(not one.marked and 0 < one.probability < 1 for one in outcomes)


def test_minutes_without_a_day_are_kept_and_told() -> None:
    file = _text("# Council\n\nPresent: Ana Sample\n\n## Seats\n\nDECISION: yes\n", name="council/notes.md")
    (entry,) = [entry for entry in parse(file) if entry.records]
    (note,) = [record for record in entry.records if isinstance(record, Note)]
    assert note.held_on is None
    assert ["no_date"] == [found.code for found in entry.problems]


def test_a_bare_template_is_told_to_be_empty() -> None:
    file = _text("# Council 2026-03-04\n")
    codes = [found.code for entry in parse(file) for found in entry.problems]
    assert codes in (["empty_minutes"], ["no_meeting"])


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 500, b"a" * 200_000, b"- " * 20_000, "\u202e# x\n".encode() * 500]
)
def test_what_is_no_minutes_never_raises(content: bytes) -> None:
    file = SourceFile(name="x.md", content=content)
    assert all(isinstance(entry, Entry) for entry in parse(file))
    assert recognises(file) < 0.5


def test_other_formats_are_left_to_others() -> None:
    for words in (
        '{"issues": []}',
        "BEGIN:VCALENDAR\n",
        "WEBVTT\n\n",
        "id,created,title\n1,2026-01-01,x\n",
        "<html></html>",
    ):
        assert recognises(_text(words)) < 0.5


def test_rows_stand_in_the_order_of_the_agenda() -> None:
    rows = rows_of(_file("pricing-council-2026-03-04.md"), ignore_marks=False)
    assert [(True, True), (False, False)] == [(row.decided, row.action) for row in rows]
    assert ("Ben Sample",) == rows[0].owners
    assert "limit of ten seats" in rows[0].evidence
    assert [row.section for row in rows] == [
        row.section for row in rows_of(_file("pricing-council-2026-03-04.md"), ignore_marks=True)
    ]


def test_without_its_marks_an_item_says_less() -> None:
    file = _text("# Council 2026-03-04\n\n## Seats\n\nWe looked at seats.\n\nRESOLVED: ten seats\n")
    assert [True] == [row.decided for row in rows_of(file, ignore_marks=False)]
    assert [False] == [row.decided for row in rows_of(file, ignore_marks=True)]
