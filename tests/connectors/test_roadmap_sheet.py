"""A roadmap beside the tracker: the same items once more, and each time they were typed again."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.roadmap_sheet.parse import parse, recognises
from prodops.ledger.delivery import Issue, IssueChange
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id


def test_an_items_first_row_is_an_issue_of_the_sheet() -> None:
    undo, jam, other = records(read_well(parse, case("roadmap_sheet", "roadmap.csv")), Issue)
    assert (undo.tracker, undo.key, undo.title, undo.project) == (
        "sheet",
        "ORCH-1",
        "Undo for pears",
        "Orchard",
    )
    assert (undo.status, undo.status_group, undo.links) == ("Idea", "open", ("ORCH-1",))
    assert undo.created_at == datetime(2030, 1, 8, 9, 10, tzinfo=UTC)
    assert (jam.title, jam.status_group, jam.resolved_at) == (
        "Jam, exported",
        "done",
        datetime(2030, 1, 22, tzinfo=UTC),
    )
    assert (other.title, other.project, other.reporter) == ("Undo for pears", "Press", None)
    assert other.id != undo.id


def test_every_later_row_is_a_change_typed_once_more() -> None:
    entries = read_well(parse, case("roadmap_sheet", "roadmap.csv"))
    again, moved = records(entries, IssueChange)
    assert again.issue == moved.issue == records(entries, Issue)[0].id
    assert (again.field, again.after) == ("note", "same as in the tracker")
    assert (moved.field, moved.before, moved.after) == ("status", "Idea", "In build")
    assert moved.author == person_id("bo@example.com")
    assert codes(entries) == ["no_item", "bad_date"]
    assert counts(entries) == (5, 0, 2)


def test_a_table_of_messages_or_of_tools_is_not_taken_for_a_roadmap() -> None:
    assert recognises(text_file("title,created,status\nx,2030-01-01,open\n")) < MINE
    assert recognises(text_file("item,stage,date\nx,open,2030-01-01\n")) < MINE
    assert codes(list(parse(text_file("a,b\n1,2\n")))) == ["no_columns"]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(file=damaged(cases("roadmap_sheet")))
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0.0 <= recognises(file) <= 1.0
    read_well(parse, file)
