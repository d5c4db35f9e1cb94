"""iCalendar files: what becomes of a series, of its people, and of every trap of real calendars."""

from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.given_calendars import (
    all_series,
    at,
    calendar,
    case,
    codes,
    invitees,
    meetings,
    titled,
)
from prodops.connectors.ics.parse import MOST_IN_FILE, parse
from prodops.ledger.record import person_id

# What a series is


def test_a_series_knows_its_rule_its_zone_and_its_people() -> None:
    (series,) = all_series(case("team.ics"))
    assert (series.rule, series.tz, series.title) == (
        "FREQ=WEEKLY;COUNT=6;BYDAY=MO",
        "Europe/Berlin",
        "Weekly sync, product",
    )
    assert (series.starts_at, series.until) == (at("2024-03-04 09:00"), at("2024-04-08 08:00"))
    assert (series.organiser, series.invited_count) == (person_id("ada@example.com"), 3)
    assert series.revised_at == at("2024-03-01 09:00")


def test_occurrences_keep_their_local_time_when_clocks_change() -> None:
    held = [one.starts_at for one in meetings(case("team.ics")) if one.series]
    assert at("2024-03-04 09:00") in held
    assert at("2024-04-01 08:00") in held


def test_an_excluded_occurrence_is_no_meeting() -> None:
    days = {one.starts_at.date().isoformat() for one in meetings(case("team.ics")) if one.series}
    assert days == {"2024-03-04", "2024-03-12", "2024-03-18", "2024-04-01", "2024-04-08"}


def test_a_moved_occurrence_keeps_its_id_and_has_its_own_people() -> None:
    moved = titled(case("team.ics"), "Weekly sync, product (moved)")
    assert moved.id == "ics:meeting:weekly-sync@google.example:20240311T090000Z"
    assert moved.invite == "ics:invite:weekly-sync@google.example:20240311T090000Z"
    assert (moved.starts_at, moved.invited_count) == (at("2024-03-12 13:00"), 2)
    answers = {one.person: one.response for one in invitees(case("team.ics")) if one.invite == moved.invite}
    assert answers == {person_id("ada@example.com"): "accepted", person_id("bob@example.com"): "declined"}


def test_a_cancelled_occurrence_is_a_cancelled_meeting_and_takes_the_rest_from_its_series() -> None:
    (gone,) = [one for one in meetings(case("team.ics")) if one.status == "cancelled"]
    assert gone.id == "ics:meeting:weekly-sync@google.example:20240318T090000Z"
    assert (gone.title, gone.invited_count) == ("Weekly sync, product", 3)
    assert gone.invite == "ics:invite:weekly-sync@google.example"


def test_rooms_are_neither_recorded_nor_counted() -> None:
    series = [
        one for one in invitees(case("team.ics")) if one.invite == "ics:invite:weekly-sync@google.example"
    ]
    assert {(one.person, one.response, one.role) for one in series} == {
        (person_id("ada@example.com"), "accepted", "required"),
        (person_id("bob@example.com"), "tentative", "optional"),
        (person_id("cyd@example.com"), "none", "required"),
    }


def test_a_private_event_keeps_its_time_and_loses_its_title() -> None:
    (private,) = [one for one in meetings(case("team.ics")) if one.private]
    assert (private.title, private.starts_at, private.invited_count) == ("", at("2024-03-05 15:00"), 2)
    assert private.ends_at - private.starts_at == timedelta(minutes=45)
    assert "Salary" not in repr(list(parse(case("team.ics"))))


def test_days_and_free_times_are_recorded_with_their_flags() -> None:
    offsite = titled(case("team.ics"), "Offsite")
    assert (offsite.all_day, offsite.busy) == (True, False)
    assert (offsite.id, offsite.starts_at) == (
        "ics:meeting:offsite@google.example:20240306",
        at("2024-03-06 00:00"),
    )
    assert offsite.ends_at - offsite.starts_at == timedelta(days=2)


def test_floating_times_are_those_of_the_calendars_zone() -> None:
    floating = titled(case("team.ics"), "Floating in the calendar's own zone")
    assert (floating.starts_at, floating.status) == (at("2024-03-07 08:00"), "tentative")
    assert "naive_time" not in codes(case("team.ics"))


# Outlook


def test_outlook_names_its_organiser_apart_and_still_has_him_there() -> None:
    sync = titled(case("outlook.ics"), "Zahlen durchgehen")
    assert (sync.invited_count, sync.organiser) == (2, person_id("finn@example.com"))
    (finn,) = [one for one in invitees(case("outlook.ics")) if one.person == person_id("finn@example.com")]
    assert (finn.response, finn.role) == ("accepted", "chair")


def test_google_lists_everybody_who_comes() -> None:
    head = "PRODID:-//Google Inc//Google Calendar 70.9054//EN\n"
    event = (
        "UID:a\nDTSTART:20240101T100000Z\nORGANIZER:mailto:ada@example.com\nATTENDEE:mailto:bob@example.com"
    )
    assert [one.person for one in invitees(calendar(event, head=head))] == [person_id("bob@example.com")]


def test_windows_zones_are_read_from_the_file_and_known_without_it() -> None:
    starts = [one.starts_at for one in meetings(case("outlook.ics")) if one.title == "Zahlen durchgehen"]
    assert starts == [at("2024-03-20 09:00"), at("2024-03-27 09:00"), at("2024-04-03 08:00")]
    assert titled(case("outlook.ics"), "Call with the team in Pune").starts_at == at("2024-03-21 04:00")
    windows = titled(case("outlook.ics"), "A Windows zone that the file does not spell out")
    assert windows.starts_at == at("2024-03-22 16:00")


def test_outlook_marks_free_and_whole_days_in_its_own_way() -> None:
    assert titled(case("outlook.ics"), "Call with the team in Pune").busy is False
    day_off = titled(case("outlook.ics"), "A day off")
    assert (day_off.all_day, day_off.busy) == (True, True)


# Whose calendar it is


def test_a_block_on_ones_own_calendar_is_ones_own() -> None:
    file = case("gus@example.com.ics")
    focus = titled(file, "Writing the strategy")
    (block,) = [one for one in invitees(file) if one.invite == focus.invite]
    assert (block.person, block.response, block.own_copy) == (person_id("gus@example.com"), "accepted", True)
    assert (block.id, focus.invited_count) == (f"ics:invitee:focus-1:{block.person}:own", 0)


def test_ones_own_answer_is_marked_as_ones_own_copy() -> None:
    found = {
        one.person: one
        for one in invitees(case("gus@example.com.ics"))
        if one.invite == "ics:invite:shared-1"
    }
    gus = found[person_id("gus@example.com")]
    assert (gus.response, gus.own_copy, gus.id.endswith(":own")) == ("declined", True, True)
    assert found[person_id("hal@example.com")].own_copy is False


def test_who_is_invited_by_way_of_a_list_has_not_answered() -> None:
    file = case("gus@example.com.ics")
    gus = next(one for one in invitees(file) if one.invite == "ics:invite:by-list-1" and one.own_copy)
    assert (gus.person, gus.response) == (person_id("gus@example.com"), "none")
    assert titled(file, "All hands").invited_count == 2


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("X-WR-CALNAME:gus@example.com\n", "basic.ics"),
        ("X-OWNER;CN=Gus:mailto:gus@example.com\n", "basic.ics"),
        ("", "exports/gus@example.com.ics"),
        ("", "gus@example.com/basic.ics"),
        ("X-WR-CALNAME:Work\n", "gus@example.com"),
    ],
)
def test_the_owner_is_found_in_the_calendar_or_in_its_name(head: str, name: str) -> None:
    block = "UID:a\nDTSTART:20240101T100000Z\nDTEND:20240101T110000Z"
    assert [one.person for one in invitees(calendar(block, head=head, name=name))] == [
        person_id("gus@example.com")
    ]


def test_a_calendar_beside_ones_own_is_not_ones_own() -> None:
    block = "UID:a\nDTSTART:20240101T100000Z\nDTEND:20240101T110000Z"
    assert invitees(calendar(block, name="gus@example.com/Team.ics")) == []


@pytest.mark.parametrize("owner", ["Team", "c_4f@group.calendar.google.com", "a b@example.com"])
def test_a_calendar_of_a_group_has_no_owner(owner: str) -> None:
    block = "UID:a\nDTSTART:20240101T100000Z\nDTEND:20240101T110000Z"
    assert invitees(calendar(block, head=f"X-WR-CALNAME:{owner}\n")) == []


def test_the_same_meeting_in_two_peoples_exports_has_the_same_ids() -> None:
    event = (
        "UID:both\nDTSTART:20240101T100000Z\nDTEND:20240101T110000Z\nRRULE:FREQ=DAILY;COUNT=2\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:mailto:ada@example.com\nATTENDEE;PARTSTAT=TENTATIVE:mailto:bob@example.com"
    )
    ada, bob = (calendar(event, name=f"{who}@example.com.ics") for who in ("ada", "bob"))
    assert [(one.id, one.starts_at) for one in meetings(ada)] == [
        (one.id, one.starts_at) for one in meetings(bob)
    ]
    assert {one.id for one in invitees(ada) + invitees(bob)} == {
        f"ics:invitee:both:{person_id(f'{who}@example.com')}{own}"
        for who in ("ada", "bob")
        for own in ("", ":own")
    }


@pytest.mark.parametrize(
    ("attendee", "handle"),
    [
        ("ATTENDEE;CN=Ada:mailto:ada@example.com", "ada@example.com"),
        ("ATTENDEE;CN=Ada Example:invalid:nomail", "Ada Example"),
        ("ATTENDEE;CN=Ada;EMAIL=ada@example.com:urn:uuid:8b0e", "ada@example.com"),
        ("ATTENDEE;CN=Ada;EMAIL=ada@example.com:/8b0e/principal/", "ada@example.com"),
        ("ATTENDEE:ada@example.com", "ada@example.com"),
    ],
)
def test_people_are_found_however_they_are_written(attendee: str, handle: str) -> None:
    event = f"UID:a\nDTSTART:20240101T100000Z\n{attendee}\nATTENDEE:invalid:nomail"
    assert [one.person for one in invitees(calendar(event))] == [person_id(handle)]


def test_a_person_listed_twice_counts_once_with_the_answer() -> None:
    twice = "ATTENDEE:mailto:a@example.com\nATTENDEE;PARTSTAT=DELEGATED:mailto:A@example.com"
    (one,) = invitees(calendar(f"UID:a\nDTSTART:20240101T100000Z\n{twice}"))
    assert one.response == "declined"


# Kinds of entries


def test_every_component_gives_one_entry_and_says_why_it_is_not_used() -> None:
    entries = list(parse(case("many_kinds.ics")))
    assert [entry.unused for entry in entries if entry.unused] == [
        "a task, not a meeting",
        "a journal entry, not a meeting",
        "free and busy times without a meeting",
        "a component that is no meeting",
    ]
    assert len(entries) == 7


def test_alarms_are_counted_apart_from_their_event() -> None:
    entries = list(parse(case("team.ics")))
    assert [entry.locator for entry in entries if entry.unused] == ["line 8, VALARM 1"]


def test_extra_dates_may_have_a_length_of_their_own() -> None:
    held = [one for one in meetings(case("many_kinds.ics")) if one.title == "Lower case is allowed"]
    assert [(one.starts_at.day, (one.ends_at - one.starts_at) / timedelta(hours=1)) for one in held] == [
        (2, 1.0),
        (9, 0.5),
        (16, 2.0),
        (23, 1.0),
    ]
    assert all_series(case("many_kinds.ics"))[0].rule == "RDATE"


def test_two_rules_of_one_event_are_added_up() -> None:
    days = [one.starts_at.day for one in meetings(case("many_kinds.ics")) if one.title == "Twice a week"]
    assert days == [1, 4, 8, 11]


def test_an_occurrence_without_its_series_belongs_to_that_series() -> None:
    alone = titled(case("many_kinds.ics"), "Invited to one occurrence")
    assert alone.id == "ics:meeting:one-occurrence-only:20240415T100000Z"
    assert (alone.series, alone.invited_count) == ("ics:series:one-occurrence-only", 2)


def test_an_answer_to_an_invitation_is_not_used_and_a_cancellation_cancels() -> None:
    entries = list(parse(case("reply.ics")))
    assert [entry.unused for entry in entries] == ["an answer to an invitation, not an invitation", ""]
    assert [one.status for one in meetings(case("reply.ics"))] == ["cancelled"]


def test_an_occurrence_that_is_moved_and_then_excluded_is_no_meeting() -> None:
    series = "UID:a\nDTSTART:20240101T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20240102T100000Z"
    moved = "UID:a\nRECURRENCE-ID:20240102T100000Z\nDTSTART:20240102T120000Z"
    entries = list(parse(calendar(series, moved)))
    assert "its series excludes the occurrence that it would replace" in {entry.unused for entry in entries}
    assert len(meetings(calendar(series, moved))) == 2


def test_an_occurrence_may_be_named_by_its_local_time_or_its_day() -> None:
    series = "UID:a\nDTSTART;TZID=Asia/Tokyo:20240101T100000\nRRULE:FREQ=DAILY;COUNT=3"
    by_wall = "UID:a\nRECURRENCE-ID:20240102T100000\nDTSTART;TZID=Asia/Tokyo:20240102T120000"
    by_day = "UID:a\nRECURRENCE-ID;VALUE=DATE:20240103\nDTSTART;TZID=Asia/Tokyo:20240103T120000"
    held = meetings(calendar(series, by_wall, by_day))
    assert [one.starts_at.hour for one in sorted(held, key=lambda one: one.id)] == [1, 3, 3]
    assert len(held) == 3


def test_an_excluded_day_excludes_whatever_is_on_it() -> None:
    event = "UID:a\nDTSTART:20240101T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20240102,20240103"
    assert [one.starts_at.day for one in meetings(calendar(event))] == [1]


# How far a rule is read


def test_a_rule_without_end_is_read_to_the_horizon_of_the_file_and_said_once() -> None:
    file = case("feed_without_stamps.ics")
    standups = [one for one in meetings(file) if one.title == "Stand-up without end"]
    assert (
        standups[-1].starts_at
        < at("2024-01-12 16:00") + timedelta(weeks=13)
        <= standups[-1].starts_at + timedelta(weeks=1)
    )
    (note,) = [one for entry in parse(file) for one in entry.problems if one.code == "no_end"]
    assert (note.says.endswith("entry: 2"), note.lost, note.cite.locator) == (True, False, "file")
    assert {series.until for series in all_series(file) if "COUNT" not in series.rule} == {None}


def test_the_newest_stamp_sets_the_horizon_and_a_far_placeholder_does_not() -> None:
    endless = "UID:a\nDTSTAMP:20240110T000000Z\nDTSTART:20240101T100000Z\nRRULE:FREQ=WEEKLY"
    placeholder = "UID:b\nDTSTART:20990101T100000Z\nSUMMARY:Retire"
    last = max(one.starts_at for one in meetings(calendar(endless, placeholder)) if one.series)
    assert last == at("2024-04-08 10:00")
    soon = "UID:c\nDTSTART;VALUE=DATE:20240301"
    assert max(one.starts_at for one in meetings(calendar(endless, soon)) if one.series) == at(
        "2024-05-27 10:00"
    )


def test_without_any_stamp_a_rule_without_end_is_read_for_a_year() -> None:
    found = meetings(calendar("UID:a\nDTSTART:20240101T100000Z\nRRULE:FREQ=WEEKLY"))
    assert (len(found), found[-1].starts_at) == (53, at("2024-12-30 10:00"))
    absurd = "DTSTAMP:99991399T000000Z\nCREATED:80000101T000000Z"
    assert len(meetings(calendar(f"UID:a\n{absurd}\nDTSTART:20240101T100000Z\nRRULE:FREQ=WEEKLY"))) == 53


def test_a_series_that_starts_past_the_horizon_takes_place_once() -> None:
    event = "UID:a\nDTSTAMP:20230101T000000Z\nDTSTART:20240101T100000Z\nRRULE:FREQ=WEEKLY"
    assert len(meetings(calendar(event))) == 1


def test_thirty_years_of_days_are_read_for_ten_years_and_the_rest_is_counted() -> None:
    file = calendar("UID:a\nDTSTART:19960101T100000Z\nRRULE:FREQ=DAILY;COUNT=10957")
    found = meetings(file)
    assert (len(found), found[0].starts_at, found[-1].starts_at) == (
        3_654,
        at("1996-01-01 10:00"),
        at("2006-01-01 10:00"),
    )
    (problem,) = [one for entry in parse(file) for one in entry.problems]
    assert (problem.code, problem.lost) == ("too_many", False)
    assert "3654 occurrences" in problem.says
    assert "7303 were left out" in problem.says


def test_of_a_long_series_the_years_up_to_the_files_own_time_are_read() -> None:
    event = (
        "UID:a\nDTSTAMP:20240110T000000Z\nDTSTART:20050101T100000Z\nRRULE:FREQ=MONTHLY;UNTIL=20991231T000000Z"
    )
    found = meetings(calendar(event))
    assert (found[0].starts_at, found[-1].starts_at) == (at("2014-04-01 10:00"), at("2024-04-01 10:00"))
    assert codes(calendar(event)) == ["too_many"]


@pytest.mark.parametrize("frequency", ["SECONDLY", "MINUTELY"])
@pytest.mark.parametrize(
    "end", ["", ";COUNT=999999999", ";UNTIL=99991231T235959Z", ";BYMONTH=12", ";BYMONTHDAY=30;BYMONTH=2"]
)
def test_a_rule_of_every_second_does_not_hang(frequency: str, end: str) -> None:
    file = calendar(f"UID:a\nDTSTART:20240101T100000Z\nRRULE:FREQ={frequency}{end}")
    assert 1 <= len(meetings(file)) <= 5_000


def test_a_rule_given_up_without_a_match_is_said() -> None:
    assert codes(calendar("UID:a\nDTSTART:20240101T100000Z\nRRULE:FREQ=SECONDLY;COUNT=9;BYMONTH=12")) == [
        "too_many"
    ]
    endless = calendar("UID:a\nDTSTART:20240101T100000Z\nRRULE:FREQ=SECONDLY;BYMONTH=12")
    assert codes(endless) == ["too_many", "no_end"]


def test_many_such_rules_do_not_hang_either(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prodops.connectors.ics.parse.MOST_IN_FILE", 7_000)
    assert MOST_IN_FILE == 5_000_000
    events = [
        f"UID:{number}\nDTSTART:20240101T100000Z\nRRULE:FREQ=SECONDLY;COUNT=86400" for number in range(9)
    ]
    file = calendar(*events)
    assert len(meetings(file)) == 7_000 + 7
    assert codes(file) == ["too_many"] * 9


def test_a_series_at_the_end_of_the_calendar_is_lost_and_what_replaces_it_is_not() -> None:
    series = "UID:a\nDTSTART;TZID=America/New_York:99991201T230000\nRRULE:FREQ=DAILY;COUNT=40"
    single = "UID:a\nRECURRENCE-ID;TZID=America/New_York:99991202T230000\nDTSTART:99991202T100000Z"
    file = calendar(series, single, "UID:b\nDTSTART:20240101T100000Z")
    assert [one.starts_at.year for one in meetings(file)] == [9999, 2024]
    assert codes(file) == ["bad_date"]
    later = single.replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;").replace(
        "T100000Z", "T100000Z\nDURATION:P20D"
    )
    assert codes(calendar(series.replace("T230000", "T010000"), later)) == ["bad_date"]
