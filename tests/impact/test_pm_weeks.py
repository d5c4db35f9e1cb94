"""The panel of PMs by weeks: what counts as a week, who is too few, and that labels name nobody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from impact.pm_calendars import START, WEEKS, calendars, ledger, meeting, monday, pm, roster, steady
from make import make
from prodops.impact.pm_weeks import TooFewPMsError, blind_panel, labelled, pm_weeks, seen_until
from prodops.ledger.record import Citation, RecordId
from prodops.ledger.rituals import Meeting

LAST = monday(WEEKS - 1) + timedelta(days=4)


def test_each_pm_has_every_week_with_hours_by_purpose() -> None:
    weeks = pm_weeks(ledger(*roster(6), *calendars(6)))
    assert (6, WEEKS) == weeks.seen.shape
    assert weeks.seen.all()
    assert LAST == weeks.until
    # Eleven hours of status in 40, accepted and so attended 19 times of 20, are read as overhead.
    assert 0.2 < weeks.values("c").mean() < 0.3
    assert 0.05 < weeks.values("a").mean() < 0.12
    assert weeks.values("met").mean() > 18


def test_fewer_than_five_pms_give_no_figure() -> None:
    with pytest.raises(TooFewPMsError, match="4 PMs"):
        pm_weeks(ledger(*roster(4), *calendars(4)))


def test_a_week_of_absence_is_left_out() -> None:
    weeks = pm_weeks(
        ledger(*roster(6), *calendars(6, lambda n, w: (0.0, 0.5) if (n, w) == (2, 7) else steady(n, w)))
    )
    # Sprint planning stays in the calendar, yet six hours of twenty are no week of work.
    assert [False] == weeks.seen[weeks.people.index(pm(2)), 7:8].tolist()
    assert weeks.seen.sum() == 6 * WEEKS - 1


def test_weeks_that_series_alone_reach_were_not_lived_yet() -> None:
    lived = [*roster(6), *calendars(6, weeks=range(30))]
    ahead = [
        make(
            Meeting, id=RecordId(f"ics:meeting:ahead-{week}"), cite=Citation("lead.ics", f"ahead {week}"),
            series=RecordId("ics:series:ahead"), invite=RecordId("ics:invite:lead-0-0-0"), uid="ahead",
            starts_at=START + timedelta(weeks=week, hours=5), invited_count=3,
            ends_at=START + timedelta(weeks=week, hours=6),
        )
        for week in range(30, 40)
    ]  # fmt: skip
    one = ledger(*lived, *ahead)
    assert pm_weeks(one).weeks == 30
    assert seen_until(one) == monday(29) + timedelta(days=4)


def test_a_week_that_is_not_over_is_left_out() -> None:
    wednesday = START + timedelta(weeks=20, days=2)
    assert pm_weeks(ledger(*roster(6), *calendars(6), today=wednesday)).weeks == 20


def test_without_calendars_nobody_was_seen() -> None:
    assert seen_until(ledger()) is None
    assert seen_until(ledger(*roster(6))) is None


def test_units_and_clusters_name_nobody_and_follow_no_order_of_names() -> None:
    weeks = pm_weeks(ledger(*roster(8), *calendars(8)))
    starts: dict[str, date | None] = {pm(n): monday(30) if n < 6 else None for n in range(8)}
    groups: dict[str, str] = {pm(n): f"Team {n}" for n in range(8)}
    blind = blind_panel(weeks, "c", starts, groups, until=monday(WEEKS), salt="one")
    assert tuple(f"PM {n}" for n in range(1, 9)) == blind.panel.units
    assert all(name.startswith("group ") for name in blind.panel.clusters)
    assert 6 == blind.panel.ever_treated.sum()
    other = blind_panel(weeks, "c", starts, groups, until=monday(WEEKS), salt="another")
    assert blind.people != other.people


def test_a_change_of_fewer_than_five_gives_no_panel() -> None:
    weeks = pm_weeks(ledger(*roster(8), *calendars(8)))
    groups: dict[str, str] = {pm(n): f"Team {n}" for n in range(8)}
    few: dict[str, date | None] = {pm(n): monday(30) for n in range(4)}
    with pytest.raises(TooFewPMsError, match="4 PMs of this change"):
        blind_panel(weeks, "c", few, groups, until=monday(WEEKS), salt="one")
    late: dict[str, date | None] = {pm(n): monday(50) for n in range(8)}
    with pytest.raises(TooFewPMsError, match="have begun"):
        blind_panel(weeks, "c", late, groups, until=monday(40), salt="one")


def test_labels_are_numbers_of_one_width() -> None:
    found = labelled([f"name {n}" for n in range(12)], "PM", "salt")
    assert {f"PM {n:02d}" for n in range(1, 13)} == set(found.values())


def test_a_meeting_without_length_is_none() -> None:
    assert [] == list(meeting(0, 0, 0, "Nothing", 0.0))
