"""What a ritual asks of people: whose hours, over which weeks, and what is not told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose, Record
from prodops.measures.rituals import noted_share, ritual_hours_each
from prodops.views.ritual_loads import RITUAL_LOADS
from views.given import (
    MONDAY,
    PMS,
    TODAY,
    invited,
    meeting,
    minutes,
    read,
    roster,
    rounded,
    shuffles,
    weekly,
    weeks,
)

COUNCIL = "Pricing council"


def _council(count: int = 10, people: tuple[str, ...] = PMS, **given: Any) -> list[Record]:
    return [*roster(), *weekly(COUNCIL, count, **given), *invited("pricing-council", people)]


def _of(records: list[Record], wanted: str) -> Any:
    (row,) = read(RITUAL_LOADS, records, wanted)
    return row


def test_hours_a_week_are_people_times_hours_times_their_chance_of_attending() -> None:
    hours, told, people = _of(_council(11), "pm_hours_week, pm_hours_told, people")
    assert 6 == people
    assert told == hours == pytest.approx(6 * 1.0 * 0.95 * 11 / 10)


def test_occurrences_are_counted_with_their_days_and_length() -> None:
    wanted = "planned, cancelled, occurrences, noted, weeks, hours_each, first_day, last_day"
    records = [*_council(11), *minutes(COUNCIL, weeks(4))]
    days = weeks(11)
    assert (11, 0, 11, 4, pytest.approx(11), 1.0, days[0], days[-1]) == _of(records, wanted)


def test_a_cancelled_occurrence_is_planned_and_costs_nothing() -> None:
    gone = meeting("gone", MONDAY + timedelta(days=77), series="pricing-council", invite="pricing-council",
                   title=Prose(COUNCIL), status="cancelled")  # fmt: skip
    planned, cancelled, occurrences, hours = _of(
        [*_council(11), gone], "planned, cancelled, occurrences, pm_hours_week"
    )
    assert (12, 1, 11) == (planned, cancelled, occurrences)
    assert hours == pytest.approx(6 * 0.95 * 11 / 10)


def test_hours_of_fewer_than_five_pms_are_not_told() -> None:
    hours, told, people = _of(_council(people=PMS[:4]), "pm_hours_week, pm_hours_told, people")
    assert (4, None) == (people, told)
    assert hours > 0
    assert _of(_council(people=PMS[:5]), "pm_hours_told")[0] is not None


@pytest.mark.parametrize(("count", "big"), [(4, False), (5, True)])
def test_a_ritual_of_fewer_than_five_people_is_not_big_enough(count: int, big: bool) -> None:  # noqa: FBT001 (a table of truth)
    assert (big,) == _of(_council(invited_count=count), "big_enough")
    assert (big,) == _of(minutes(COUNCIL, weeks(3), present_count=count), "big_enough")


def test_people_in_the_minutes_count_when_few_are_invited() -> None:
    held = [*_council(invited_count=3), *minutes(COUNCIL, weeks(3), present_count=6)]
    assert (True,) == _of(held, "big_enough")


def test_minutes_that_name_nobody_leave_the_size_open() -> None:
    assert (True, 0, None) == _of(
        minutes(COUNCIL, weeks(3), present_count=0), "big_enough, people, people_hours_week"
    )


def test_everybodys_hours_count_everybody_invited() -> None:
    (hours,) = _of(_council(11, people=PMS[:1], invited_count=9), "people_hours_week")
    assert hours == pytest.approx(9 * 11 / 10)


def test_a_ritual_that_ended_before_the_window_costs_nothing_now() -> None:
    old = _council(6, starts_at=MONDAY - timedelta(days=365))
    rows = read(RITUAL_LOADS, [*old, meeting("now", MONDAY)], "ritual, people, pm_hours_week, occurrences")
    assert [("pricing-council", 0, 0.0, 6)] == rows


def test_hours_of_the_window_add_up_over_a_renewed_series() -> None:
    renewed = [
        *_council(5), *weekly(COUNCIL, 6, name="again", starts_at=MONDAY + timedelta(days=35)),
        *invited("again"),
    ]  # fmt: skip
    assert _of(renewed, "pm_hours_week, occurrences") == (pytest.approx(6 * 0.95 * 11 / 10), 11)


def test_single_events_with_a_rhythm_have_hours_too() -> None:
    days = [MONDAY + timedelta(days=7 * k) for k in range(8)]
    singles = [meeting(f"m{k}", at, title=Prose(COUNCIL)) for k, at in enumerate(days)]
    records = [*roster(), *singles, *(one for k in range(8) for one in invited(f"m{k}"))]
    assert (8, 6) == _of(records, "occurrences, people")
    assert _of(records, "pm_hours_week")[0] == pytest.approx(6 * 0.95 * 8 / 7)


def test_minutes_without_a_calendar_cost_no_known_hours() -> None:
    assert (3, 0, None, 0.0, None) == _of(
        minutes(COUNCIL, weeks(3)), "occurrences, planned, hours_each, pm_hours_week, pm_hours_told"
    )


def test_what_is_planned_ahead_costs_nothing_yet() -> None:
    today, later = _council(11), _council(60)
    assert _of(today, "pm_hours_week") == pytest.approx(_of(later, "pm_hours_week"), rel=0.06)
    assert _of(later, "last_day")[0] <= TODAY.date()


def test_minutes_never_cover_more_than_was_held() -> None:
    twice = [*_council(2), *minutes(COUNCIL, [*weeks(2), *weeks(2, MONDAY + timedelta(days=3))])]
    share = noted_share.measure(Ledger.of(twice, today=TODAY))
    assert share.value is not None
    assert share.value <= 1


def test_order_and_repetition_of_records_do_not_matter() -> None:
    records = [*_council(9), *minutes(COUNCIL, weeks(5), [1]), *weekly("Board", 4), *invited("board")]
    for mixed in shuffles(records):
        assert rounded(read(RITUAL_LOADS, records)) == rounded(read(RITUAL_LOADS, mixed))


def test_a_fortnightly_ritual_takes_half_the_hours_of_a_weekly_one() -> None:
    every = Ledger.of(_council(9), today=TODAY)
    second = [one for one in _council(9) if not str(one.id).endswith(("-1", "-3", "-5", "-7"))]
    both = [
        ritual_hours_each.each(ledger)["pricing-council"]
        for ledger in (every, Ledger.of(second, today=TODAY))
    ]
    assert [9, 9] == [one.n for one in both]
    assert [6 * 0.95, 6 * 0.95 * 5 / 9] == pytest.approx([one.value for one in both])
