"""Every occurrence of every ritual: planned, cancelled, noted, attended, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from make import make
from prodops.ledger.record import Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome
from prodops.views.agenda_items import AGENDA_ITEMS
from prodops.views.occurrences import OCCURRENCES
from prodops.views.ritual_yields import RITUAL_YIELDS
from views.given import MONDAY, meeting, minutes, read, shuffles, weekly, weeks

DAY = MONDAY.date()
COUNCIL = "Pricing council"


def _of(*records: Record, wanted: str = "day, planned, cancelled, noted, decisions") -> list[tuple[Any, ...]]:
    return read(OCCURRENCES, records, wanted)


def test_a_planned_occurrence_has_its_length_and_its_people() -> None:
    rows = _of(
        *weekly(COUNCIL, 1), wanted="ritual, day, planned, cancelled, hours, invited, meeting, noted, present"
    )
    assert [("pricing-council", DAY, True, False, 1.0, 6, "pricing-council-0", False, None)] == rows


def test_minutes_of_the_day_belong_to_the_occurrence() -> None:
    assert [(DAY, True, False, True, 2.0)] == _of(*weekly(COUNCIL, 1), *minutes(COUNCIL, [DAY], [2]))


@pytest.mark.parametrize("apart", [-1, 1])
def test_minutes_a_day_off_are_the_same_occurrence(apart: int) -> None:
    off = DAY + timedelta(days=apart)
    assert [(DAY, True, False, True, 1.0)] == _of(*weekly(COUNCIL, 1), *minutes(COUNCIL, [off], [1]))


def test_minutes_two_days_off_are_an_occurrence_of_their_own() -> None:
    other = DAY + timedelta(days=2)
    rows = _of(*weekly(COUNCIL, 1), *minutes(COUNCIL, [other]))
    assert [(DAY, True, False, False, 0.0), (other, False, False, True, 0.0)] == rows


def test_minutes_of_a_daily_ritual_stay_on_their_own_day() -> None:
    days = [
        *weekly("Triage", 1, name="a"),
        *weekly("Triage", 1, name="b", starts_at=MONDAY + timedelta(days=1)),
    ]
    rows = _of(*days, *minutes("triage", [DAY + timedelta(days=1)], [1]))
    assert [False, True] == [row[3] for row in rows]


def test_a_cancelled_occurrence_takes_no_minutes_of_the_next_day() -> None:
    cancelled = weekly(COUNCIL, 1, status="cancelled")
    rows = _of(*cancelled, *minutes(COUNCIL, [DAY + timedelta(days=1)]))
    assert [(DAY, True, True, False, 0.0), (DAY + timedelta(days=1), False, False, True, 0.0)] == rows


def test_an_occurrence_is_cancelled_only_when_all_its_copies_are() -> None:
    gone, held = weekly(COUNCIL, 1, name="a", status="cancelled"), weekly(COUNCIL, 1, name="b")
    assert [(DAY, True, False, False, 0.0)] == _of(*gone, *held)


def test_minutes_without_a_calendar_are_occurrences_without_hours() -> None:
    rows = _of(*minutes(COUNCIL, [DAY]), wanted="ritual, planned, hours, invited, noted, present")
    assert [("pricing-council", False, None, None, True, 6)] == rows


def test_minutes_without_a_day_or_of_the_future_are_no_occurrence() -> None:
    assert [] == _of(make(Note, ritual=COUNCIL, held_on=None), *minutes(COUNCIL, [date(2027, 1, 4)]))


def test_what_is_planned_ahead_is_no_occurrence_yet() -> None:
    assert [] == _of(*weekly(COUNCIL, 1, starts_at=MONDAY + timedelta(days=365)))


def test_people_are_counted_by_attendance_reports_before_minutes() -> None:
    seen = [make(Attendance, ritual=COUNCIL, held_on=DAY, person=person_id(f"p{k}")) for k in (1, 2, 2)]
    wanted = "present, reported, planned, noted"
    assert [(2, True, True, True)] == _of(*weekly(COUNCIL, 1), *minutes(COUNCIL, [DAY]), *seen, wanted=wanted)
    assert [(2, True, True, False)] == _of(*weekly(COUNCIL, 1), *seen, wanted=wanted)


def test_who_the_minutes_name_is_no_attendance_report() -> None:
    note = minutes(COUNCIL, [DAY], present_count=4)
    named = make(Attendance, ritual=COUNCIL, held_on=DAY, note=note[0].id)
    assert [(4, False)] == _of(*weekly(COUNCIL, 1), *note, named, wanted="present, reported")


def test_minutes_that_name_nobody_do_not_say_that_nobody_came() -> None:
    assert [(None,)] == _of(*minutes(COUNCIL, [DAY], present_count=0), wanted="present")


def test_of_two_files_of_one_occurrence_the_one_that_tells_more_counts() -> None:
    agenda = make(Note, id=RecordId("a-agenda"), ritual=COUNCIL, held_on=DAY)
    told = minutes(COUNCIL, [DAY], [2])
    assert [(DAY, True, False, True, 2.0)] == _of(*weekly(COUNCIL, 1), agenda, *told)
    last = make(Note, id=RecordId("z-agenda"), ritual=COUNCIL, held_on=DAY)
    assert [(DAY, True, False, True, 2.0)] == _of(*weekly(COUNCIL, 1), last, *told)


def _read_as(note: str, *probabilities: float) -> list[Record]:
    return [
        make(Outcome, note=RecordId(note), kind="decision", words=Prose("x"), probability=one)
        for one in probabilities
    ]


def _yields(*records: Record) -> list[tuple[Any, ...]]:
    return read(RITUAL_YIELDS, records, "noted, empty, decisions, actions")


def test_an_occurrence_is_empty_as_surely_as_none_of_its_readings_is_right() -> None:
    note = make(Note, id=RecordId("n"), ritual=COUNCIL, held_on=DAY)
    assert [(1, 1.0, 0.0, 0.0)] == _yields(note)
    assert [(1, 0.0, 1.0, 0.0)] == _yields(note, *_read_as("n", 1.0))
    (row,) = _yields(note, *_read_as("n", 0.5, 0.6))
    assert (1, pytest.approx(0.2), pytest.approx(1.1), 0.0) == row


def test_an_action_is_an_output_too() -> None:
    note = make(Note, id=RecordId("n"), ritual=COUNCIL, held_on=DAY)
    assert [(1, 0.0, 0.0, 1.0)] == _yields(note, make(Outcome, note=RecordId("n"), kind="action"))


def test_missing_minutes_are_left_out_of_the_yield_and_not_counted_as_empty() -> None:
    planned = weekly(COUNCIL, 10)
    assert [] == _yields(*planned)
    assert [(3, 2.0, 1.0, 0.0)] == _yields(*planned, *minutes(COUNCIL, weeks(3), [1]))


def test_the_yield_speaks_of_the_half_year_up_to_the_newest_minutes() -> None:
    days = [DAY - timedelta(days=182), DAY - timedelta(days=181), DAY]
    assert [(2, 2.0, 0.0, 0.0)] == _yields(*minutes(COUNCIL, days, [5]))


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records = [
        *weekly(COUNCIL, 6), *minutes(COUNCIL, weeks(5), [1, 0, 2]),
        *_read_as("note:Pricing council:2026-01-12", 0.4),
        meeting("x", MONDAY), make(Note, ritual=COUNCIL, held_on=DAY),
        *(make(Attendance, ritual=COUNCIL, held_on=DAY, person=person_id(f"p{k}")) for k in range(3)),
    ]  # fmt: skip
    for mixed in shuffles(records):
        assert read(OCCURRENCES, records) == read(OCCURRENCES, mixed)
        assert read(RITUAL_YIELDS, records) == read(RITUAL_YIELDS, mixed)


def _item(title: str, day: date = DAY) -> list[Record]:
    note = RecordId(f"n:{title}:{day}")
    item = make(
        NoteItem, id=RecordId(f"i:{title}:{day}"), note=note, title=Prose(title), decided=True, acted=False
    )
    return [make(Note, id=note, ritual=COUNCIL, held_on=day), item]


@pytest.mark.parametrize(
    ("title", "folded", "topical"),
    [
        ("Seat limits", "seat limits", True),
        ("SEAT LIMITS #4", "seat limits", True),
        ("Announcements", "announcements", False),
        ("Approve minutes", "approve minutes", False),
        ("Any other business", "any other business", False),
        ("AOB", "aob", False),
        ("ok", "ok", False),
    ],
)
def test_an_agenda_item_is_followed_by_its_folded_title(title: str, folded: str, topical: bool) -> None:  # noqa: FBT001 (a table of truth)
    rows = read(AGENDA_ITEMS, _item(title), "ritual, day, title, topical, decided, acted")
    assert [("pricing-council", DAY, folded, topical, True, False)] == rows


def test_agenda_items_of_undated_or_future_minutes_cannot_be_followed() -> None:
    assert [] == read(AGENDA_ITEMS, _item("Seat limits", date(2027, 1, 1)))
