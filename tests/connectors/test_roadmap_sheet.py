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
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.tooling import RoadmapEntry


def test_every_row_is_one_time_an_item_was_typed() -> None:
    entries = read_well(parse, case("roadmap_sheet", "roadmap.csv"))
    found = records(entries, RoadmapEntry)
    assert [(one.item, one.area, one.stage, one.first) for one in found] == [
        ("Undo for pears", "Orchard", "Idea", True),
        ("Undo for pears", "Orchard", "Idea", False),
        ("Undo for pears", "Orchard", "In build", False),
        ("Jam, exported", "Press", "Shipped", True),
        ("Undo for pears", "Press", "Idea", True),
    ]
    assert codes(entries) == ["no_item", "bad_date"]
    assert counts(entries) == (5, 0, 2)


def test_an_entry_says_when_and_by_whom_and_what_the_tracker_calls_it() -> None:
    first, second, *_, last = records(read_well(parse, case("roadmap_sheet", "roadmap.csv")), RoadmapEntry)
    assert first.entered_at == datetime(2030, 1, 8, 9, 10, tzinfo=UTC)
    assert (first.person, first.issue_key) == (person_id("ada@example.com"), "ORCH-1")
    assert (second.words, last.person, last.issue_key) == ("same as in the tracker", None, "")


def test_a_table_of_messages_or_of_tools_is_not_taken_for_a_roadmap() -> None:
    assert recognises(text_file("title,created,status\nx,2030-01-01,open\n")) < MINE
    assert recognises(text_file("item,stage,date\nx,open,2030-01-01\n")) < MINE
    assert codes(list(parse(text_file("a,b\n1,2\n")))) == ["no_columns"]


def test_an_empty_row_is_not_used_and_an_open_quote_costs_its_row() -> None:
    text = 'item,stage,updated on,updated by\n,,,\n"Jam,Idea,2030-01-01,ada\nPlum,Idea,2030-01-01,ada\n'
    entries = read_well(parse, text_file(text))
    assert [entry.unused for entry in entries] == ["empty row", "", ""]
    assert codes(entries) == ["bad_row"]
    assert [one.item for one in records(entries, RoadmapEntry)] == ["Plum"]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(file=damaged(cases("roadmap_sheet")))
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0.0 <= recognises(file) <= 1.0
    read_well(parse, file)
