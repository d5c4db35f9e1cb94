"""The roster: tables of personnel systems, SCIM, managers, doubles, and what is no roster."""

from __future__ import annotations

import json
from dataclasses import replace
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
from prodops.connectors.roster.parse import parse, recognises
from prodops.ledger.people import Person
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id
from text.workbook_bytes import xlsx

ROBIN, ALEX = person_id("robin@example.org"), person_id("alex@example.org")


def people(name: str) -> list[Person]:
    return records(read_well(parse, case("roster", name)), Person)


def test_it_reads_a_table_whatever_its_columns_are_called() -> None:
    entries = read_well(parse, case("roster", "people.csv"))
    robin, kim, alex = records(entries, Person)
    assert (robin.person, robin.named, robin.name, robin.email) == (
        ROBIN,
        person_id("Robin Example"),
        "Robin Example",
        "robin@example.org",
    )
    assert (robin.role, robin.team, robin.location, robin.manager) == (
        "Product Manager",
        "Growth",
        "Lisbon",
        ALEX,
    )
    assert (kim.person, kim.cite.locator) == (person_id("kim@example.org"), "line 4")
    assert alex.manager == person_id("boss@example.org")
    assert (counts(entries), codes(entries)) == ((3, 1, 0), [])


def test_one_date_tells_the_order_of_all_dates_of_the_table() -> None:
    assert [one.started_on for one in people("people.csv")] == [
        date(2030, 2, 3),
        date(2030, 2, 25),
        date(2029, 12, 1),
    ]


def test_a_name_with_its_last_part_first_is_turned_as_minutes_write_it() -> None:
    robin, alex = people("directory.tsv")
    assert (robin.name, robin.manager, robin.active) == ("Robin Example", ALEX, True)
    assert (alex.active, alex.left_on, alex.manager) == (False, date(2031, 1, 31), None)


def test_it_reads_scim_users_and_finds_their_manager_by_number() -> None:
    entries = read_well(parse, case("roster", "scim.json"))
    robin, alex = records(entries, Person)
    assert (robin.person, robin.name, robin.role, robin.team) == (
        ROBIN,
        "Robin Example",
        "Product Manager",
        "Growth",
    )
    assert (robin.manager, robin.location, robin.active) == (ALEX, "Europe/Lisbon", True)
    assert (alex.person, alex.location, alex.active) == (ALEX, "Lisbon, PT", False)
    assert (counts(entries), entries[-1].unused) == ((2, 1, 0), "not a user")


def test_it_reads_the_sheet_of_a_workbook_that_holds_people() -> None:
    entries = read_well(parse, case("roster", "people.xlsx"))
    robin, alex = records(entries, Person)
    assert (robin.person, robin.team, robin.manager, alex.role) == (ROBIN, "Growth", ALEX, "VP")
    assert robin.cite.locator == "sheet People, row 2"


def test_names_and_addresses_stand_in_their_two_fields_alone() -> None:
    for file in cases("roster"):
        for person in records(read_well(parse, file), Person):
            assert "Example" not in repr(replace(person, name="", email=""))  # type: ignore[arg-type]  # emptied to look
            assert "@" not in repr(replace(person, name="", email=""))  # type: ignore[arg-type]  # emptied to look


HEADER = "name,email,title,department,manager,start date,end date,status,employee id\n"


def table(*rows: str) -> list[Entry]:
    file = text_file(HEADER + "\n".join(rows) + "\n")
    assert recognises(file) >= MINE
    return read_well(parse, file)


def test_two_people_with_one_address_become_one_and_a_problem() -> None:
    entries = table("Robin,robin@example.org,PM,G,,,,,", "Rob,ROBIN@example.org,PM,G,,,,,")
    assert (counts(entries), codes(entries)) == ((1, 0, 1), ["duplicate_id"])
    assert "robin" not in problems(entries)[0].says.casefold()


def test_a_person_without_an_address_goes_by_the_name() -> None:
    (person,) = records(table("Robin Example,,PM,G,,,,,"), Person)
    assert (person.person, person.named, person.email) == (
        person_id("Robin Example"),
        person_id("Robin Example"),
        "",
    )


def test_a_manager_is_found_by_number_and_by_name_in_either_order() -> None:
    rows = (
        "Alex Example,alex@example.org,VP,P,,,,,9",
        "A,a@x.example,PM,G,9,,,,",
        'B,b@x.example,PM,G,"Example, Alex",,,,',
    )
    assert [one.manager for one in records(table(*rows), Person)] == [None, ALEX, ALEX]


@pytest.mark.parametrize(
    ("row", "counted", "told"),
    [
        ("A,a@x.example,PM,G,Nobody Known,,,,", (1, 0, 0), ["unknown_manager"]),
        ("A,a@x.example,PM,G,other@x.example,,,,", (1, 0, 0), []),
        ("A,a@x.example,PM,G,,2019-09-38,,,", (1, 0, 0), ["bad_date"]),
        ("A,a@x.example,PM,G,,2030-01-01,2029-01-01,,", (1, 0, 0), ["ends_before_start"]),
        (",,PM,G,,,,,", (0, 0, 1), ["no_person"]),
        (",,,,,,,,", (0, 1, 0), []),
        ("A,a@x.example", (1, 0, 0), []),
        ('"A,a@x.example,PM', (0, 0, 1), ["bad_row"]),
        ('<b>A</b>,"=HYPERLINK(1)",PM,G,,,,,', (1, 0, 0), []),
    ],
)
def test_what_is_wrong_with_a_row_is_told(row: str, counted: tuple[int, int, int], told: list[str]) -> None:
    entries = table(row)
    assert (counts(entries), codes(entries)) == (counted, told)


@pytest.mark.parametrize(
    ("status", "active"),
    [("Terminated", False), ("inactive", False), ("Active", True), ("", True), ("On leave", True)],
)
def test_a_status_says_who_left(status: str, active: bool) -> None:  # noqa: FBT001 - pytest gives it by name
    assert records(table(f"A,a@x.example,PM,G,,,,{status},"), Person)[0].active is active


def test_what_the_user_told_about_columns_comes_first() -> None:
    file = SourceFile(
        name="x.csv",
        content=b"Who,Contact,Title,Manager\nRobin,robin@example.org,PM,\n",
        hints={"name": "Who", "email": "Contact"},
    )
    assert recognises(replace(file, hints={})) < MINE <= recognises(file)
    assert records(read_well(parse, file), Person)[0].person == ROBIN


def test_scim_that_is_damaged_or_something_else_is_told() -> None:
    content = case("roster", "scim.json").content
    cut = read_well(parse, SourceFile(name="x", content=content[: content.index(b'"id": "u2"')]))
    assert (counts(cut), codes(cut)) == ((1, 0, 1), ["unknown_manager", "bad_json"])
    users = [{"userName": "a", "emails": [], "active": True}, {"x": 1}, 3]
    assert codes(read_well(parse, text_file(json.dumps(users)))) == ["wrong_type", "wrong_type"]


def test_a_table_without_the_columns_of_a_roster_is_not_guessed_at() -> None:
    assert codes(read_well(parse, text_file("name,hours\nRobin,3\n"))) == ["no_header"]


def test_a_workbook_that_cannot_be_read_becomes_a_problem() -> None:
    content = case("roster", "people.xlsx").content
    for broken in (
        content[:300],
        b"PK\x03\x04" + bytes(100),
        xlsx(Empty=""),
        b"PK\x03\x04" + bytes(21_000_000),
    ):
        file = SourceFile(name="x.xlsx", content=broken)
        assert recognises(file) == 0
        assert codes(read_well(parse, file)) == ["bad_workbook"]


@pytest.mark.parametrize(
    "header",
    [
        "id,active,created_at,email,external_id,locale,name,organization_id,phone,role,suspended,time_zone,url",
        "Name,Email,Subject,Description,Department",
        "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,Duration",
        "person,date,category,stated,ideal",
        "Name,First Join,Last Leave,In-Meeting Duration,Email,Role",
        "name,email,plan,mrr,city",
        "title,department,status",
        "name,email",
        "Name,Title,Status,Owner,Team",
        "Standard Name,Description,Category,Status,Deployment Type,Approval Expiration Date",
    ],
)
def test_tables_about_others_are_no_roster(header: str) -> None:
    assert recognises(text_file(header + "\na,b,c\n")) < MINE


def test_it_recognises_rosters_by_their_content() -> None:
    for file in cases("roster"):
        assert recognises(replace(file, name="x.ics")) >= MINE
    assert recognises(text_file('[{"userName": 3}]')) == 0
    assert recognises(text_file("[]")) == 0
    assert recognises(text_file("Employee Name,Job Title,Department,Manager Name,Hire Date\n")) >= MINE


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=80)
@given(damaged(cases("roster")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)


@pytest.mark.shared
def test_no_real_file_is_taken_for_a_roster(shared_data: Path) -> None:
    for path in sorted(shared_data.rglob("*.csv")):
        assert recognises(SourceFile(name=path.name, content=path.read_bytes())) < MINE, path
