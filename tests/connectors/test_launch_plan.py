"""Launch plans: what was committed first, what is planned now, what happened, and what went on in between."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from connectors.given import (
    MINE,
    case,
    cases,
    codes,
    counts,
    damaged,
    problems,
    read_well,
    records,
    survives_everything,
    text_file,
)
from prodops.connectors.launch_plan.parse import parse, recognises
from prodops.ledger.launches import Launch, LaunchChange
from prodops.ledger.reading import SourceFile

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "launches" / "planned-vs-actual"


def test_a_plan_gives_launches_with_their_three_dates() -> None:
    entries = read_well(parse, case("launch_plan", "plan.csv"))
    first, second, third, _ = records(entries, Launch)
    assert (first.id, first.key, first.name, first.tier) == (
        "launch_plan:launch:l-1", "L-1", "Pear sorting", "Tier 1",
    )  # fmt: skip
    assert (first.first_planned_on, first.planned_on, first.launched_on) == (
        date(2030, 2, 4), date(2030, 3, 4), date(2030, 3, 6),
    )  # fmt: skip
    assert (first.owner, first.product, first.status) == ("ada@example.com", "Orchard", "Launched")
    assert (second.depends_on, second.launched_on) == (("L-1", "L-3"), None)
    assert (third.description, third.launched_on) == ("<b>bold</b> =1+1", None)


def test_a_date_that_does_not_exist_is_told_and_the_launch_is_read_without_it() -> None:
    entries = read_well(parse, case("launch_plan", "plan.csv"))
    jam = records(entries, Launch)[-1]
    assert (jam.name, jam.first_planned_on, jam.planned_on) == ("Plum jam", None, date(2030, 4, 1))
    assert codes(entries) == ["bad_date", "duplicate_id"]
    assert counts(entries) == (4, 1, 1)


def test_a_history_tells_what_happened_to_which_launch() -> None:
    entries = read_well(parse, case("launch_plan", "history.csv"))
    changes = records(entries, LaunchChange)
    assert [change.kind for change in changes] == [
        *("gate", "chased", "chased", "moved", "dependency", "status", "Handover")
    ]
    assert {change.launch for change in changes} == {"launch_plan:launch:l-1", "launch_plan:launch:l-2"}
    moved = changes[3]
    assert (moved.on, moved.before, moved.after) == (date(2030, 1, 30), "2030-02-04", "2030-03-04")
    assert (changes[1].subject, changes[1].words) == ("Legal review", "Asked Legal review again")
    assert codes(entries) == ["bad_date", "no_name"]


def test_a_milestone_of_a_release_is_told_by_both() -> None:
    entries = read_well(parse, case("launch_plan", "milestones.csv"))
    assert [launch.name for launch in records(entries, Launch)] == [
        *("7.1 code_freeze", "7.1 release", "7.2 code_freeze")
    ]
    (found,) = problems(entries)
    assert "2019-09-38" in found.says
    assert not found.lost


def test_the_users_own_names_of_columns_are_believed() -> None:
    text = "what,promised,now\nPear sorting,2030-02-04,2030-03-04\n"
    assert recognises(text_file(text)) < MINE
    hints = {"name": "what", "first": "promised", "planned": "now"}
    told = SourceFile(name="x", content=text.encode(), hints=hints)
    assert recognises(told) > MINE
    (launch,) = records(list(parse(told)), Launch)
    assert (launch.name, launch.first_planned_on) == ("Pear sorting", date(2030, 2, 4))


def test_a_quote_that_is_never_closed_costs_its_row() -> None:
    text = 'launch,first committed,current date\n"Pear,2030-02-04,2030-03-04\nPlum,2030-02-04,2030-03-04\n'
    entries = read_well(parse, text_file(text))
    assert codes(entries) == ["bad_row"]
    assert [launch.name for launch in records(entries, Launch)] == ["Plum"]


def test_a_plan_is_found_in_the_sheet_of_a_workbook() -> None:
    entries = read_well(parse, case("launch_plan", "plan.xlsx"))
    pears, cider = records(entries, Launch)
    assert (pears.name, pears.first_planned_on, cider.owner) == (
        "Pear sorting", date(2030, 2, 4), "bo@example.com",
    )  # fmt: skip
    assert pears.cite.locator == "sheet Plan, row 3"


def test_what_is_no_plan_is_refused_with_a_reason() -> None:
    (entry,) = read_well(parse, text_file("title,created,status\nx,2030-01-01,open\n"))
    assert codes([entry]) == ["no_columns"]


def test_it_survives_everything() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=60, deadline=None)
@given(file=damaged(cases("launch_plan")))
def test_damage_becomes_problems(file: SourceFile) -> None:
    assert 0.0 <= recognises(file) <= 1.0
    read_well(parse, file)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data are not beside the project")
def test_it_reads_milestones_of_real_projects() -> None:
    for name, rows in (("k8s.csv", 48), ("python.csv", 357)):
        file = SourceFile(name=name, content=(SHARED / name).read_bytes())
        assert recognises(file) > MINE
        launches = records(read_well(parse, file), Launch)
        assert len(launches) == rows
        slips = [
            (one.planned_on - one.first_planned_on).days
            for one in launches
            if one.planned_on and one.first_planned_on
        ]
        assert 0 < sum(slip > 0 for slip in slips) < len(slips)
