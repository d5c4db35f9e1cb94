"""Hours by leaf rest on calendars first, on interviews inside their bounds, and on nobody alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pytest

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Record, person_id
from prodops.ledger.time import InterviewAnswer, SharedTotal
from prodops.measures.time import leaf_hours
from prodops.views.block_purposes import LEAVES
from prodops.views.hours_by_leaf import Bounded, combined
from prodops.views.stated_shares import STATED_SHARES
from views.block_weeks import TODAY, Week, ledger_of, lived, pms

WEEK: Week = [("Weekly status report", 4.0, 20), ("User interview", 3.0, 4), ("Sprint planning", 4.0, 9)]

OVERHEAD: Week = [
    (title, 8, 20)
    for title in ("Weekly status report", "Monthly reporting", "KPI report", "Status update", "Status deck")
]
ASKED_ON = TODAY.date()


def interviewed(
    people: Iterable[str], shares: Mapping[str, float], asked_on: date = ASKED_ON
) -> list[Record]:
    """Interviews of some people, each with the same shares."""
    return [
        make(
            InterviewAnswer, id=f"{one}:{leaf}:{asked_on}", person=person_id(one), asked_on=asked_on,
            category=leaf, stated_share=share,
        )
        for one in people
        for leaf, share in shares.items()
    ]  # fmt: skip


def test_interviews_narrow_what_calendars_leave_open() -> None:
    calendars = list(lived(pms(5), WEEK))
    open_hours = leaf_hours.each(Ledger.of(calendars, today=TODAY))["C3"]
    told = interviewed(pms(5), {"C3": 0.05, "A1": 0.35, "B2": 0.35, "C1": 0.25})
    asked = leaf_hours.each(Ledger.of([*calendars, *told], today=TODAY))["C3"]
    assert open_hours.high is not None
    assert asked.high is not None
    assert asked.high == pytest.approx((0.05 * 1.4 + 0.01) * 200)
    assert open_hours.high > 4 * asked.high
    assert "5 PMs stated" in asked.method


def test_calendars_hold_where_interviews_contradict_them() -> None:
    calendars = list(lived(pms(5), OVERHEAD))
    before = leaf_hours.each(Ledger.of(calendars, today=TODAY))["C1"]
    after = leaf_hours.each(Ledger.of([*calendars, *interviewed(pms(5), {"A1": 1.0})], today=TODAY))["C1"]
    assert (before.low, before.high) == (after.low, after.high)
    assert "contradict" in after.method


def test_all_leaves_have_hours_of_all_pms_together() -> None:
    hours = leaf_hours.each(ledger_of(lived(pms(5), WEEK)))
    assert list(LEAVES) == list(hours)
    assert all(one.unit == "PM hours a week" and one.n == 5 for one in hours.values())
    assert sum(one.value or 0 for one in hours.values()) < 5 * 11 + 5


def test_four_interviews_say_nothing_and_the_sixth_waits_for_four_more() -> None:
    for count, counted in ((4, 0), (5, 5), (6, 5), (9, 5), (10, 10)):
        told = interviewed(pms(count), {"C1": 0.4, "A1": 0.6})
        rows = Ledger.of(told, today=TODAY).sql(
            "select count(distinct person) from stated_shares", views=[STATED_SHARES]
        )
        assert [(counted,)] == rows


def test_two_looks_never_differ_by_fewer_than_five_people() -> None:
    seen: list[set[str]] = []
    for count in range(1, 21):
        days = [TODAY.date() - timedelta(days=40 - i) for i in range(count)]
        told = [
            one
            for who, day in zip(pms(count), days, strict=True)
            for one in interviewed([who], {"A1": 1}, day)
        ]
        ledger = Ledger.of(told, today=TODAY)
        seen.append({row[0] for row in ledger.sql("select person from stated_shares", views=[STATED_SHARES])})
    differences = {len(one ^ other) for one in seen for other in seen}
    assert differences == {0, 5, 10, 15, 20}


def test_the_newest_interview_of_a_person_counts_and_what_falls_short_is_unknown() -> None:
    old = interviewed(pms(5), {"A1": 1.0}, TODAY.date() - timedelta(days=90))
    new = interviewed(pms(5), {"C1": 0.4, "C2": 0.2})
    ledger = Ledger.of([*old, *new], today=TODAY)
    rows = ledger.sql("select leaf, avg(stated) from stated_shares group by leaf", views=[STATED_SHARES])
    found = {leaf: share for leaf, share in rows if share}
    assert found == pytest.approx({"C1": 0.4, "C2": 0.2, "X": 0.4})


def test_shares_above_a_whole_are_brought_back_to_it() -> None:
    ledger = Ledger.of(interviewed(pms(5), {"C1": 0.9, "A1": 0.9}), today=TODAY)
    rows = ledger.sql("select leaf, avg(stated) from stated_shares group by leaf", views=[STATED_SHARES])
    assert {leaf: share for leaf, share in rows if share} == pytest.approx({"C1": 0.5, "A1": 0.5})


def test_an_interview_of_an_age_that_is_past_does_not_count() -> None:
    old = interviewed(pms(5), {"A1": 1.0}, TODAY.date() - timedelta(days=800))
    new = interviewed(pms(5, first=5), {"C1": 1.0})
    ledger = Ledger.of([*old, *new], today=TODAY)
    assert [(0.0,)] == ledger.sql(
        "select avg(stated) from stated_shares where leaf = 'A1'", views=[STATED_SHARES]
    )


def test_one_kind_of_evidence_alone_stands_as_it_is() -> None:
    one = Bounded(0.2, 0.1, 0.3, 6, "calendars")
    assert combined(one, None) == one
    assert combined(None, one) == one
    assert combined(None, None) is None


def test_totals_handed_over_stand_in_where_no_calendar_is_loaded() -> None:
    roster = [one for one in lived(pms(5), WEEK) if isinstance(one, Person)]
    handed = [
        make(
            SharedTotal, id=f"{who}:{leaf}", person=person_id(who), leaf=leaf, hours=hours, weeks=1,
            first_on=ASKED_ON, last_on=ASKED_ON,
        )
        for number, who in enumerate(pms(5))
        for leaf, hours in (("C1", 8.0 + number), ("X", 32.0 - number))
    ]  # fmt: skip
    hours = leaf_hours.each(Ledger.of([*roster, *handed], today=TODAY))["C1"]
    assert hours.value == pytest.approx(10 * 5)
    assert hours.high == pytest.approx(200, rel=0.1)
    assert "audited alone" in hours.method
