"""Shares of PM time: they add up, the unknown widens them, few people get none."""

from __future__ import annotations

import pytest

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import person_id
from prodops.ledger.rituals import Invitee, Meeting
from prodops.views.block_purposes import LEAVES
from prodops.views.blocks_by_purpose import BLOCKS_BY_PURPOSE, PURPOSES
from views.block_weeks import MONDAY, TODAY, Week, ledger_of, lived, pms

MIXED: Week = [
    ("Roadmap strategy and bets", 3, 5),
    ("User interview", 2, 3),
    ("Sprint planning", 4, 8),
    ("Daily stand-up", 1, 8),
    ("Weekly status report", 3, 20),
    ("Jira cleanup", 2, 0),
    ("Busy", 2, 0),
]

Share = tuple[float, float, float]


def told(ledger: Ledger) -> dict[str, Share]:
    query = "select purpose, value, low, high from blocks_by_purpose where value is not null"
    rows = ledger.sql(query, views=[BLOCKS_BY_PURPOSE])
    return {purpose: (value, low, high) for purpose, value, low, high in rows}


def refused(ledger: Ledger) -> str:
    rows = ledger.sql("select value, because from blocks_by_purpose", views=[BLOCKS_BY_PURPOSE])
    assert {None} == {value for value, _ in rows}
    assert len(PURPOSES) == len(rows)
    return str(rows[0][1])


def test_groups_and_the_unknown_are_the_whole() -> None:
    shares = told(ledger_of(lived(pms(6), MIXED)))
    assert 1 == pytest.approx(sum(shares[group][0] for group in "ABCX"))
    for group in "ABC":
        assert shares[group][0] == pytest.approx(sum(shares[leaf][0] for leaf in LEAVES if leaf[0] == group))
    assert 1 == pytest.approx(sum(shares[f"readable {group}"][0] for group in "ABC"))


def test_every_value_lies_in_its_interval() -> None:
    for purpose, (value, low, high) in told(ledger_of(lived(pms(6), MIXED))).items():
        assert 0 <= low <= value <= high <= (1.0001 if purpose != "met" else 60)


def test_time_without_an_entry_is_unknown() -> None:
    shares = told(ledger_of(lived(pms(5), [("Weekly status report", 4, 20)])))
    # 4 hours at .95 of each 40-hour week; the last week of the window has one day.
    weeks = 3 * 40 + 8
    assert shares["X"][0] == pytest.approx(1 - 4 * 4 * 0.95 / weeks, abs=1e-6)
    assert shares["C"][0] == pytest.approx(4 * 4 * 0.95 / weeks, abs=1e-6)


def test_a_full_week_has_no_dark_time_left() -> None:
    week = [("Weekly status report", 8, 20)] * 5 + [("Sprint planning", 6, 20)] * 5
    shares = told(ledger_of(lived(pms(5), week, weeks=1)))
    assert shares["X"][0] == pytest.approx(0, abs=0.02)


def test_an_unknown_entry_beyond_a_full_week_widens_every_interval() -> None:
    full: Week = [("Weekly status report", 8, 20), ("Sprint planning", 8, 9), ("User interview", 8, 4)] * 2
    known = told(ledger_of(lived(pms(6), full)))
    wider = told(ledger_of(lived(pms(6), [*full, ("Hold", 6, 9)])))
    for group in "ABC":
        assert wider[group][2] - wider[group][1] > known[group][2] - known[group][1]
    assert wider["X"][0] > known["X"][0]


def test_low_is_none_and_high_is_all_of_the_unknown() -> None:
    shares = told(ledger_of(lived(pms(6), [("Busy", 8, 0)] * 5)))
    assert (0.0, 0.0) == (shares["C"][0], shares["C"][1])
    assert shares["C"][2] == pytest.approx(1)
    assert "readable C" not in shares


def test_without_a_readable_title_no_share_of_the_readable_is_told() -> None:
    ledger = ledger_of(lived(pms(6), [("Busy", 8, 0)]))
    rows = ledger.sql(
        "select because from blocks_by_purpose where purpose = 'readable C'", views=[BLOCKS_BY_PURPOSE]
    )
    assert [("no title says what its time was for",)] == rows


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records = list(lived(pms(5), MIXED, weeks=2))
    forwards = told(Ledger.of(records, today=TODAY))
    assert forwards == told(Ledger.of([*reversed(records), *records[:9]], today=TODAY))


def test_fewer_than_five_pms_get_no_figure() -> None:
    assert "fewer than five PMs (4)" in refused(ledger_of(lived(pms(4), MIXED)))
    assert "fewer than five PMs (1)" in refused(ledger_of(lived(pms(1), MIXED)))
    assert "fewer than five PMs (3)" in refused(ledger_of(lived(pms(3), MIXED, roster=False)))


def test_one_person_may_audit_a_calendar_of_their_own() -> None:
    ledger = ledger_of(lived(pms(1), MIXED, roster=False))
    assert told(ledger)["C"][0] > 0
    rows = ledger.sql("select distinct people, method from blocks_by_purpose", views=[BLOCKS_BY_PURPOSE])
    assert all(people == 1 and "for that person alone" in method for people, method in rows)


def test_no_calendar_is_said_to_be_missing() -> None:
    assert "no calendar" in refused(Ledger.of([], today=TODAY))


def everybody(people: int) -> Ledger:
    """A calendar in which nobody is known as a PM."""
    meeting = make(Meeting, id="m", invite="m", title="Weekly status report", starts_at=MONDAY,
                   ends_at=MONDAY.replace(hour=10), invited_count=people, busy=True)  # fmt: skip
    guests = [
        make(Invitee, id=f"i{i}", invite="m", person=person_id(f"p{i}@example.com")) for i in range(people)
    ]
    return Ledger.of([meeting, *guests], today=TODAY)


def test_where_no_pm_is_known_everybody_invited_stands_for_them_and_it_says_so() -> None:
    ledger = everybody(7)
    shares = told(ledger)
    assert 1 == pytest.approx(shares["C"][0], abs=1e-6)
    assert "met" not in shares
    rows = ledger.sql("select people, method from blocks_by_purpose where purpose = 'C'")
    assert 7 == rows[0][0]
    assert "no PM is known" in rows[0][1]


def test_where_no_pm_is_known_and_few_are_invited_there_is_no_figure() -> None:
    assert "only 3 people" in refused(everybody(3))


def test_more_people_and_weeks_make_meeting_hours_surer_only_where_they_agree() -> None:
    alike = told(ledger_of(lived(pms(12), [("Sprint planning", 4, 8)])))["met"]
    mixed = told(
        ledger_of(
            lived(pms(6), [("Sprint planning", 1, 8)]), lived(pms(6, first=6), [("Sprint planning", 7, 8)])
        )
    )["met"]
    assert alike[0] == pytest.approx(3.8)
    assert mixed[0] == pytest.approx(3.8)
    assert mixed[2] - mixed[1] > alike[2] - alike[1]
