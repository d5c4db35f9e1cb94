"""Booked hours: the exports of time trackers, amounts in every writing, and the real task hours."""

from __future__ import annotations

from collections import Counter
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
from prodops.connectors.booked_hours.amounts import AmountError, hours_between, hours_of
from prodops.connectors.booked_hours.parse import parse, recognises
from prodops.ledger.reading import Entry, SourceFile
from prodops.ledger.record import person_id
from prodops.ledger.time import TimeEntry

ROBIN = person_id("robin@example.org")


def booked(name: str) -> list[TimeEntry]:
    return records(read_well(parse, case("booked_hours", name)), TimeEntry)


def test_it_reads_a_plain_table() -> None:
    entries = read_well(parse, case("booked_hours", "plain.csv"))
    report, strategy, nothing = records(entries, TimeEntry)
    assert (report.person, report.booked_on, report.category, report.subcategory, report.hours) == (
        ROBIN, date(2030, 3, 6), "Reporting", "Weekly deck", 1.5,
    )  # fmt: skip
    assert (strategy.hours, nothing.hours, report.cite.locator) == (2.25, 0, "line 2")
    assert (counts(entries), entries[-1].unused) == ((3, 1, 0), "no hours booked")


def test_a_bare_number_is_no_person_of_another_source() -> None:
    assert booked("plain.csv")[2].person == person_id("person 7") != person_id("7")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "toggl.csv",
            [(date(2030, 3, 4), "Roadmap", "Planning", 1.5), (date(2030, 3, 4), "Roadmap", "Planning", 0.75)],
        ),
        ("clockify.csv", [(date(2030, 3, 14), "Ripeness", "Review", 2.0)]),
        (
            "kimai.csv",
            [
                (date(2030, 3, day), "Ripeness", "Meetings", hours)
                for day, hours in ((4, 2.0), (5, 1.0), (5, 1.0))
            ],
        ),
        ("harvest.csv", [(date(2030, 3, 4), "Brand", "Design", 1.5)]),
    ],
)
def test_it_reads_the_exports_of_time_trackers(name: str, wanted: list[tuple[date, str, str, float]]) -> None:
    found = booked(name)
    assert [(one.booked_on, one.category, one.subcategory, one.hours) for one in found] == wanted
    assert "private" not in repr(found)


def test_people_go_by_their_address_when_there_is_one() -> None:
    assert {one.person for name in ("toggl.csv", "clockify.csv") for one in booked(name)} == {ROBIN}
    assert (booked("kimai.csv")[0].person, booked("harvest.csv")[0].person) == (
        person_id("robin"),
        person_id("Robin Example"),
    )


def test_rows_alike_in_every_cell_are_as_many_bookings() -> None:
    first, second = booked("kimai.csv")[1:]
    assert second.id == f"{first.id}-2"


def test_rows_with_one_number_of_their_own_are_one_booking() -> None:
    text = "Entry ID,Date,Project,Hours\n5,2030-03-04,a,1\n5,2030-03-04,a,2\n"
    entries = read_well(parse, text_file(text))
    assert (counts(entries), codes(entries)) == ((1, 0, 1), ["duplicate_id"])


def test_the_same_booking_in_another_file_has_the_same_id() -> None:
    content = case("booked_hours", "harvest.csv").content
    first, second = (list(parse(SourceFile(name=name, content=content))) for name in ("a.csv", "b/c.csv"))
    assert first[0].records[0].id == second[0].records[0].id


HEADER = "person,date,category,hours,start time,end time\n"


def table(*rows: str) -> list[Entry]:
    return read_well(parse, text_file(HEADER + "\n".join(rows) + "\n"))


@pytest.mark.parametrize(
    ("row", "counted", "told"),
    [
        ("a,2030-03-04,x,-2,,", (0, 0, 1), ["bad_hours"]),
        ("a,2030-03-04,x,many,,", (0, 0, 1), ["bad_hours"]),
        ("a,2030-03-04,x,,2030-03-04 10:00,2030-03-04 09:00", (0, 0, 1), ["bad_hours"]),
        ("a,2030-03-04,x,,10:00,later", (0, 0, 1), ["bad_hours"]),
        ("a,2030-03-04,x,,10:00,", (0, 1, 0), []),
        ("a,2030-03-04,x,,10:00,11:00", (1, 0, 0), []),
        ("a,2019-09-38,x,1,,", (1, 0, 0), ["bad_date"]),
        ("a,,x,1,,", (1, 0, 0), []),
        (",2030-03-04,x,1,,", (1, 0, 0), []),
        ("a,2030-03-04,,1,,", (0, 1, 0), []),
        ("a,03/04/2030,x,1,,", (1, 0, 0), ["ambiguous_date"]),
        (",,,,,", (0, 1, 0), []),
        ('"a,2030-03-04', (0, 0, 1), ["bad_row"]),
        ("=cmd(),2030-03-04,<i>x</i>,1,,", (1, 0, 0), []),
    ],
)
def test_what_is_wrong_with_a_row_is_told(row: str, counted: tuple[int, int, int], told: list[str]) -> None:
    entries = table(row)
    assert (counts(entries), codes(entries)) == (counted, told)


def test_dates_in_doubt_are_told_once() -> None:
    entries = table("a,03/04/2030,x,1,,", "a,05/04/2030,x,1,,")
    assert [found.lost for found in problems(entries)] == [False]


def test_a_table_without_a_category_is_not_guessed_at() -> None:
    assert codes(read_well(parse, text_file("person,hours\na,1\n"))) == ["no_category"]
    assert codes(read_well(parse, text_file(""))) == ["empty"]


@pytest.mark.parametrize(
    ("written", "unit", "hours"),
    [
        ("1.5", "hours", 1.5),
        ("1,5", "hours", 1.5),
        ("90", "minutes", 1.5),
        ("5400", "seconds", 1.5),
        ("1.5", "duration", 1.5),
        ("1:30", "duration", 1.5),
        ("01:30:00", "duration", 1.5),
        ("125:00", "hours", 125),
        ("1h 30m", "duration", 1.5),
        ("1 hr 30 min", "hours", 1.5),
        ("90m", "hours", 1.5),
        ("PT1H30M", "duration", 1.5),
        ("2h", "minutes", 2),
        ("0", "hours", 0),
    ],
)
def test_an_amount_in_any_writing_becomes_hours(written: str, unit: str, hours: float) -> None:
    assert hours_of(written, unit) == pytest.approx(hours)


@pytest.mark.parametrize("written", ["", "soon", "-1", "1:75", "-0:30", "nan", "h", "PT"])
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(AmountError):
        hours_of(written, "hours")


def test_an_end_without_a_day_may_be_past_midnight() -> None:
    assert hours_between(("2030-03-04", "23:00"), ("", "01:00")) == 2
    assert hours_between(("", "23:00"), ("", "01:00")) == 2
    assert hours_between(("", "2030-03-04T23:00Z"), ("", "2030-03-05T01:00Z")) == 2


def test_whole_numbers_that_no_day_has_room_for_are_seconds() -> None:
    text = "Date,Project,Duration\n2030-03-04,a,{}\n2030-03-05,a,1800\n"
    for first, hours in (("5400", [1.5, 0.5]), ("1:30", [1.5, 1800.0])):
        assert [
            one.hours for one in records(read_well(parse, text_file(text.format(first))), TimeEntry)
        ] == hours


@pytest.mark.parametrize(
    "header",
    [
        "source,year,n,measure,value,method,url",
        "Issue key,Summary,Project,Time Spent,Created,Assignee",
        "Name,First Join,Last Leave,In-Meeting Duration,Email,Role",
        "person,date,category,stated,ideal",
        "name,email,title,department,manager",
        "date,person,notes",
        "id,created,title,content,tags,product",
        "Meeting,Duration",
        "Category,Hours",
    ],
)
def test_tables_about_something_else_are_not_bookings(header: str) -> None:
    assert recognises(text_file(header + "\na,b,c\n")) < MINE


def test_it_recognises_bookings_by_their_content() -> None:
    for file in cases("booked_hours"):
        assert recognises(replace(file, name="x.ics")) >= MINE
    assert recognises(text_file("Date,Task,Hours\n")) >= MINE
    assert recognises(text_file('{"hours": 3}')) == 0
    told = SourceFile(
        name="x", content=b"wann,was,std\n", hints={"date": "wann", "category": "was", "hours": "std"}
    )
    assert recognises(told) >= MINE


def test_no_bad_file_stops_it() -> None:
    survives_everything(parse, recognises)


@settings(max_examples=80)
@given(damaged(cases("booked_hours")))
def test_no_damage_stops_it(file: SourceFile) -> None:
    assert 0 <= recognises(file) <= 1
    read_well(parse, file)


@pytest.mark.shared
def test_the_real_task_hours_divide_as_their_publisher_says(shared_data: Path) -> None:
    path = shared_data / "pm-time" / "sip-task-hours.csv"
    entries = read_well(parse, SourceFile(name=path.name, content=path.read_bytes()))
    assert counts(entries) == (8_604, 0, 0)
    hours: Counter[str] = Counter()
    for one in records(entries, TimeEntry):
        hours[one.category] += one.hours  # type: ignore[assignment]  # a Counter of hours
    shares = {
        category: round(100 * booked_hours / hours.total(), 1) for category, booked_hours in hours.items()
    }
    assert shares == {"Development": 72.3, "Operational": 18.3, "Management": 9.5}


@pytest.mark.shared
def test_no_other_real_table_is_taken_for_bookings(shared_data: Path) -> None:
    for path in sorted(shared_data.rglob("*.csv")):
        mine = recognises(SourceFile(name=path.name, content=path.read_bytes())) >= MINE
        assert mine == (path.name == "sip-task-hours.csv"), path
