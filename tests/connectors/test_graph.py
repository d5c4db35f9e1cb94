"""Microsoft Graph events: the same records as from calendar files."""

from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.given_graph_events import (
    PAGES,
    SERIES,
    at,
    case,
    codes,
    days,
    event,
    invitees,
    meetings,
    of_type,
    person,
    series,
    titled,
    written,
)
from prodops.connectors.graph.parse import parse
from prodops.ledger.record import person_id
from prodops.ledger.rituals import Series

ADA = person_id("ada@example.com")

# Calendar views


def test_a_series_is_not_repeated_where_its_occurrences_are_listed() -> None:
    (found,) = [one for one in of_type(case(PAGES), Series) if isinstance(one, Series)]
    assert (found.id, found.tz, found.title) == (
        f"graph:series:{SERIES}",
        "W. Europe Standard Time",
        "Weekly sync",
    )
    assert (found.starts_at, found.until) == (at("2024-03-04 09:00"), at("2024-04-08 08:00"))
    assert len([one for one in meetings(case(PAGES)) if one.series == found.id]) == 3


def test_occurrences_carry_the_uid_of_their_series_and_the_day_in_their_ids_is_taken_out() -> None:
    assert {one.uid for one in meetings(case(PAGES)) if one.series} == {SERIES}


def test_an_exception_keeps_its_id_and_has_its_own_people() -> None:
    (moved,) = titled(case(PAGES), "Weekly sync (moved)")
    assert moved.id == f"graph:meeting:{SERIES}:20240311T090000Z"
    assert moved.invite == f"graph:invite:{SERIES}:20240311T090000Z"
    assert (moved.starts_at, moved.invited_count) == (at("2024-03-12 13:00"), 2)


def test_a_cancelled_occurrence_is_a_cancelled_meeting() -> None:
    assert [one.starts_at for one in meetings(case(PAGES)) if one.status == "cancelled"] == [
        at("2024-03-18 09:00")
    ]


def test_rooms_are_left_out_and_the_organiser_is_there_though_not_listed() -> None:
    found = [one for one in invitees(case(PAGES)) if one.invite == f"graph:invite:{SERIES}"]
    assert {(one.person, one.response, one.role, one.own_copy) for one in found} == {
        (person_id("bob@example.com"), "tentative", "optional", False),
        (person_id("cyd@example.com"), "none", "required", False),
        (ADA, "accepted", "chair", True),
    }


def test_a_private_event_keeps_its_time_and_loses_its_title() -> None:
    (private,) = [one for one in meetings(case(PAGES)) if one.private]
    assert (private.title, private.starts_at, private.invited_count) == ("", at("2024-03-05 15:00"), 2)
    assert "Salary" not in repr(list(parse(case(PAGES))))


def test_the_owners_answer_is_that_of_the_mailbox() -> None:
    (own,) = [
        one
        for one in invitees(case(PAGES))
        if one.invite == "graph:invite:private-1@example.com" and one.own_copy
    ]
    assert (own.person, own.response) == (ADA, "declined")


def test_days_free_times_and_tentative_ones_are_recorded_with_their_flags() -> None:
    (offsite,) = titled(case(PAGES), "Offsite")
    assert (offsite.all_day, offsite.busy, offsite.status) == (True, False, "confirmed")
    assert (offsite.starts_at, offsite.ends_at) == (at("2024-03-06 00:00"), at("2024-03-08 00:00"))
    (writing,) = titled(case(PAGES), "Writing")
    assert (writing.starts_at, writing.status, writing.invited_count) == (
        at("2024-03-07 16:00"),
        "tentative",
        0,
    )


def test_a_block_without_attendees_is_the_owners_own() -> None:
    (block,) = [one for one in invitees(case(PAGES)) if one.invite == "graph:invite:focus@example.com"]
    assert (block.person, block.response, block.own_copy) == (ADA, "accepted", True)


def test_an_answer_to_one_occurrence_is_kept_with_that_occurrence() -> None:
    people = {"attendees": [person("gus@example.com"), person("hal@example.com")]}
    occurrence = event(type="occurrence", seriesMasterId="m", **people)
    first = {
        **occurrence,
        "originalStart": "2024-01-01T10:00:00Z",
        "responseStatus": {"response": "accepted"},
    }
    second = {
        **occurrence,
        "originalStart": "2024-01-02T10:00:00Z",
        "responseStatus": {"response": "declined"},
    }
    file = written(first, second, name="gus@example.com.json")
    own = {one.invite: one.response for one in invitees(file) if one.own_copy}
    assert own == {"graph:invite:a": "accepted", "graph:invite:a:20240102T100000Z": "declined"}


def test_occurrences_without_their_series_keep_together() -> None:
    one = event(type="occurrence", seriesMasterId="m", iCalUId="x", originalStart="2024-01-01T10:00:00Z")
    other = event(type="occurrence", seriesMasterId="m", iCalUId="y", originalStart="2024-01-08T10:00:00Z")
    assert {found.series for found in meetings(written(one, other))} == {"graph:series:x"}


# Whose mailbox


@pytest.mark.parametrize("name", ["gus@example.com.json", "gus@example.com/events.json", "gus@example.com"])
def test_the_owner_is_found_in_the_files_name(name: str) -> None:
    assert [one.person for one in invitees(written(event(), name=name))] == [person_id("gus@example.com")]


def test_the_owner_is_who_invites_as_the_owner() -> None:
    invites = {"emailAddress": {"address": "gus@example.com"}}
    file = written(event(isOrganizer=True, organizer=invites))
    assert [one.own_copy for one in invitees(file)] == [True]
    other = event(iCalUId="b", isOrganizer=True, organizer={"emailAddress": {"address": "hal@example.com"}})
    assert invitees(written(event(isOrganizer=True, organizer=invites), other)) == []


# Series without their occurrences


@pytest.mark.parametrize(
    ("title", "starts"),
    [
        ("Daily", ["01-31 09", "02-02 09", "02-04 09", "02-06 09"]),
        ("Weekly", ["01-31 09", "02-02 09", "02-07 09", "02-09 09"]),
        ("Month end", ["01-31 09", "02-29 09", "03-31 08", "04-30 08"]),
        ("Last Thursday", ["02-29 09", "03-28 09", "04-25 08"]),
        ("Leap day", ["02-29 09", "02-28 09", "02-28 09"]),
        ("First of November", ["11-04 09", "11-03 09"]),
    ],
)
def test_patterns_are_repeated_in_their_local_time(title: str, starts: list[str]) -> None:
    assert days(case("series_only.json"), title) == starts


def test_what_an_exception_replaces_and_what_was_deleted_is_not_repeated() -> None:
    starts = days(case("series_only.json"), "Without end")
    assert starts[:3] == ["01-31 09", "02-21 09", "02-28 09"]
    assert "02-15 12" in starts


def test_a_series_without_end_is_read_to_the_horizon_and_said_once() -> None:
    file = case("series_only.json")
    assert max(one.starts_at for one in titled(file, "Also without end")) == at("2024-05-31 08:00")
    notes = [one for entry in parse(file) for one in entry.problems if one.code == "no_end"]
    assert [(one.lost, one.says[-8:]) for one in notes] == [(False, "entry: 2")]


def test_a_far_placeholder_does_not_set_the_horizon() -> None:
    endless = series(
        {"type": "daily", "interval": 1}, {"type": "noEnd"}, lastModifiedDateTime="2024-01-10T00:00:00Z"
    )
    far = {"dateTime": "2099-01-01T10:00:00", "timeZone": "UTC"}
    placed = meetings(written(endless, event(iCalUId="b", start=far, end=far)))
    assert max(one.starts_at for one in placed if one.series) == at("2024-04-09 10:00")
    assert len(meetings(written({**endless, "lastModifiedDateTime": None}))) == 366


def test_a_long_series_is_cut_and_said() -> None:
    daily = {"type": "daily", "interval": 1}
    file = written(series(daily, {"type": "numbered", "numberOfOccurrences": 10_000}))
    assert (len(meetings(file)), codes(file)) == (3_654, ["too_many"])
    file = written(series(daily, {"type": "endDate", "endDate": "2500-01-01"}))
    assert (len(meetings(file)), codes(file)) == (3_654, ["too_many"])


def test_the_last_day_of_a_series_is_part_of_it() -> None:
    file = written(series({"type": "daily", "interval": 1}, {"type": "endDate", "endDate": "2024-01-03"}))
    assert (days(file), codes(file)) == (["01-01 10", "01-02 10", "01-03 10"], [])


def test_a_series_of_days_stays_on_its_days() -> None:
    midnight = {"dateTime": "2024-01-01T00:00:00", "timeZone": "Pacific Standard Time"}
    span = {"type": "numbered", "numberOfOccurrences": 2, "recurrenceTimeZone": "Pacific Standard Time"}
    file = written(series({"type": "daily", "interval": 1}, span, isAllDay=True, start=midnight, end=None))
    assert [one.id for one in meetings(file)] == ["graph:meeting:a:20240101", "graph:meeting:a:20240102"]
    assert [one.ends_at - one.starts_at for one in meetings(file)] == [timedelta(days=1)] * 2


@pytest.mark.parametrize(
    "recurrence",
    [
        {"pattern": {"type": "lunar"}, "range": {}},
        {"pattern": {"type": "weekly", "daysOfWeek": ["someday"]}, "range": {}},
        {"pattern": {"type": "absoluteMonthly", "dayOfMonth": 32}, "range": {}},
        {"pattern": {"type": "absoluteYearly", "dayOfMonth": 1, "month": True}, "range": {}},
        {"pattern": {"type": "daily"}, "range": {"type": "numbered", "numberOfOccurrences": "three"}},
        {"pattern": {"type": "daily"}, "range": {"type": "endDate", "endDate": "0001-01-01"}},
        {"pattern": {"type": "relativeMonthly", "daysOfWeek": "monday", "index": "first"}, "range": {}},
        {"pattern": 7, "range": None},
    ],
)
def test_a_pattern_that_cannot_be_read_leaves_the_first_meeting(recurrence: object) -> None:
    file = written(event(recurrence=recurrence))
    assert (len(meetings(file)), codes(file)) == (1, ["bad_rule"])


def test_a_master_without_a_pattern_takes_place_once() -> None:
    assert days(written(event(type="seriesMaster"))) == ["01-01 10"]
