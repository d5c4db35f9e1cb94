"""Who sat where for how long: what counts as a meeting, and what of overlapping ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.ledger.record import Record, RecordId, person_id
from prodops.views.audit_window import AUDIT_WINDOW
from prodops.views.sittings import SITTINGS
from views.given import MONDAY, hour, invited, meeting, read, roster, shuffles

ANA = "ana@example.com"


def _of(*records: Record, wanted: str = "meeting, hours, counted, left_out") -> list[tuple[Any, ...]]:
    return read(SITTINGS, [*roster([ANA]), *records], wanted)


def _answered(response: str = "accepted", **given: Any) -> list[tuple[Any, ...]]:
    one = meeting("m", hour(9), **given)
    return _of(one, *invited("m", [ANA], response))


def test_a_meeting_with_others_counts_with_its_hours() -> None:
    assert [("m", 1.5, True, "")] == _answered(hours=1.5)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"status": "cancelled"}, "cancelled"),
        ({"busy": False}, "free"),
        ({"all_day": True, "hours": 24}, "all day"),
        ({"hours": 24}, "a day or longer"),
        ({"invited_count": 1}, "own block"),
        ({"invited_count": 0}, "own block"),
    ],
)
def test_what_is_no_meeting_is_left_out_with_its_reason(given: dict[str, Any], why: str) -> None:
    (row,) = _answered(**given)
    assert (False, why) == row[2:]


def test_a_declined_meeting_is_left_out() -> None:
    assert (False, "declined") == _answered("declined")[0][2:]


def test_just_under_a_day_still_counts() -> None:
    assert _answered(hours=23.99)[0][2]


@pytest.mark.parametrize(
    ("response", "share"), [("accepted", 0.95), ("tentative", 0.6), ("none", 0.75), ("declined", 0.75)]
)
def test_each_answer_has_its_chance_of_attending(response: str, share: float) -> None:
    assert [(share,)] == _of(meeting("m", hour(9)), *invited("m", [ANA], response), wanted="attended")


def test_who_invites_attends() -> None:
    organised = meeting("m", hour(9), organiser=person_id(ANA))
    assert [(0.95,)] == _of(organised, *invited("m", [ANA], "none"), wanted="attended")


def test_ones_own_calendar_knows_ones_answer_best() -> None:
    others = invited("m", [ANA], "accepted")
    own = invited("m", [ANA], "declined", own_copy=True)
    assert (False, "declined") == _of(meeting("m", hour(9)), *others, *own)[0][2:]
    assert (False, "declined") == _of(meeting("m", hour(9)), *own, *others)[0][2:]


def test_in_the_calendars_of_others_an_answer_says_more_than_none() -> None:
    one = meeting("m", hour(9))
    copies = [
        copy for name, response in (("a", "none"), ("b", "tentative")) for copy in _copied(name, response)
    ]
    assert [(0.6,)] == _of(one, *copies, wanted="attended")


def _copied(name: str, response: str) -> list[Record]:
    """Ana's answer to one invitation, as one more calendar has it."""
    return [replace(one, id=RecordId(f"{one.id}:{name}")) for one in invited("m", [ANA], response)]


def test_of_overlapping_meetings_each_ends_where_the_next_begins() -> None:
    rows = _of(
        meeting("a", hour(9), 2), meeting("b", hour(10), 1), meeting("c", hour(10.5), 1),
        *(one for name in "abc" for one in invited(name, [ANA])),
    )  # fmt: skip
    assert [("a", 1.0, True, ""), ("b", 0.5, True, ""), ("c", 1.0, True, "")] == rows


def test_meetings_that_touch_do_not_overlap() -> None:
    rows = _of(meeting("a", hour(9)), meeting("b", hour(10)), *invited("a", [ANA]), *invited("b", [ANA]))
    assert [1.0, 1.0] == [row[1] for row in rows]


def test_of_two_at_the_same_moment_the_accepted_one_counts() -> None:
    rows = _of(
        meeting("a", hour(9)), meeting("b", hour(9)), *invited("a", [ANA]), *invited("b", [ANA], "none")
    )
    assert [("a", 1.0, True, ""), ("b", 0.0, False, "overlaps")] == rows


def test_a_declined_meeting_takes_no_time_from_one_that_counts() -> None:
    rows = _of(
        meeting("a", hour(9), 2),
        meeting("b", hour(10)),
        *invited("a", [ANA]),
        *invited("b", [ANA], "declined"),
    )
    assert ("a", 2.0, True, "") == rows[0]


def test_what_lies_ahead_is_planned_and_not_sat_in() -> None:
    assert [] == _of(meeting("m", hour(9, day=365)), *invited("m", [ANA]))


def test_who_is_no_pm_does_not_appear() -> None:
    assert [] == _of(meeting("m", hour(9)), *invited("m", ["eva@example.com"]))


def test_occurrences_of_a_series_share_its_invitees() -> None:
    two = [meeting(name, hour(9, day), invite=RecordId("s")) for name, day in (("m1", 0), ("m2", 7))]
    assert ["m1", "m2"] == [row[0] for row in _of(*two, *invited("s", [ANA]))]


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 12), st.sampled_from(["accepted", "none"])), max_size=7
    )
)
def test_nobody_sits_longer_than_the_time_that_meetings_cover(spans: list[tuple[int, int, str]]) -> None:
    records: list[Record] = []
    for place, (start, quarters, response) in enumerate(spans):
        records += [
            meeting(f"m{place}", hour(8 + start / 4), quarters / 4),
            *invited(f"m{place}", [ANA], response),
        ]
    covered = {quarter for start, quarters, _ in spans for quarter in range(start, start + quarters)}
    sat = sum(row[1] for row in _of(*records) if row[2])
    assert sat <= len(covered) / 4 + 1e-9


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records = [*roster(), *(one for name in "abcd" for one in invited(name))]
    records += [meeting(name, hour(9 + place / 2)) for place, name in enumerate("abcd")]
    for mixed in shuffles(records):
        assert read(SITTINGS, records) == read(SITTINGS, mixed)


def test_the_audit_speaks_of_the_last_half_year_of_the_calendars() -> None:
    old, new = meeting("old", MONDAY - timedelta(days=400)), meeting("new", MONDAY)
    assert [(MONDAY - timedelta(days=182), MONDAY, 26.0)] == [
        (row[0].replace(tzinfo=MONDAY.tzinfo), row[1].replace(tzinfo=MONDAY.tzinfo), row[2])
        for row in read(AUDIT_WINDOW, [old, new])
    ]


def test_a_short_calendar_is_a_week_and_no_calendar_is_no_window() -> None:
    assert [(1.0,)] == read(AUDIT_WINDOW, [meeting("m", MONDAY)], "weeks")
    assert [] == read(AUDIT_WINDOW, [])
    assert [] == read(AUDIT_WINDOW, [meeting("m", MONDAY, status="cancelled")])
    assert [] == read(AUDIT_WINDOW, [meeting("m", hour(9, day=365))])


def test_holidays_and_plans_do_not_widen_the_window() -> None:
    records = [
        meeting("a", MONDAY), meeting("b", MONDAY + timedelta(days=14)),
        meeting("holiday", MONDAY - timedelta(days=90), 24, all_day=True), meeting("plan", hour(9, day=400)),
    ]  # fmt: skip
    assert [(2.0,)] == read(AUDIT_WINDOW, records, "weeks")
