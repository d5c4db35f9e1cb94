"""Totals that PMs handed over: told for five and more, and nobody's hours follow from a difference."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Record, person_id
from prodops.ledger.time import SharedTotal
from prodops.pages.time import time
from prodops.serve.shown.as_json import as_json
from prodops.views.shared_hours import SHARED_HOURS
from views.block_weeks import TODAY, Week, lived, pms

WEEK: Week = [("Weekly status report", 4, 20)]
LAST = date(2026, 6, 28)


def handed(people: Sequence[str], *, first: int = 0, weeks: int = 4, last_on: date = LAST) -> list[Record]:
    """Audits of some people: the n-th of all spends 10 + n hours a week on reporting."""
    found: list[Record] = []
    for number, one in enumerate(people, start=first):
        for leaf, hours in (("C1", 10.0 + number), ("A2", 5.0), ("X", 25.0 - number)):
            found.append(
                make(
                    SharedTotal, id=f"{one}:{leaf}:{last_on}", person=person_id(one), leaf=leaf, weeks=weeks,
                    hours=hours * weeks, first_on=last_on - timedelta(days=27), last_on=last_on,
                )
            )  # fmt: skip
    return found


def told(records: Sequence[Record]) -> dict[str, tuple[float, float, float, int]]:
    rows = Ledger.of(records, today=TODAY).sql("select * from shared_hours", views=[SHARED_HOURS])
    return {row[0]: row[1:] for row in rows}


def test_the_mean_of_five_is_told_with_its_interval_and_n() -> None:
    found = told(handed(list(pms(5))))
    assert found["C1"][0] == pytest.approx(12)
    # Standard deviation sqrt(2.5), Student's t 2.776 of four degrees.
    assert found["C1"][2] == pytest.approx(12 + 2.776445 * (2.5 / 5) ** 0.5)
    assert (found["C"], found["A2"][3]) == (found["C1"], 5)
    assert found["A"][:3] == (5, 5, 5)


def test_four_are_never_told() -> None:
    assert told(handed(list(pms(4)))) == {}


def test_the_newest_audit_of_a_person_counts_once() -> None:
    old = handed(list(pms(5)), first=20, last_on=LAST - timedelta(days=60))
    assert told([*old, *handed(list(pms(5)))]) == told(handed(list(pms(5))))
    assert told([*handed(list(pms(4))), *handed(list(pms(4)), last_on=LAST - timedelta(days=60))]) == {}


def test_weeks_of_different_count_are_hours_a_week() -> None:
    assert told(handed(list(pms(5)), weeks=8))["C1"] == told(handed(list(pms(5))))["C1"]


def test_no_two_looks_differ_by_the_hours_of_fewer_than_five() -> None:
    everybody = [
        record
        for number, one in enumerate(pms(17))
        for record in handed([one], first=number, last_on=LAST - timedelta(days=20 - number))
    ]
    sums = []
    for count in range(18):
        found = told(everybody[: 3 * count])
        sums.append((found["C1"][3], found["C1"][0] * found["C1"][3]) if found else (0, 0.0))
    for (people, one), (more, other) in itertools.combinations(sums, 2):
        assert more - people in (0, 5, 10, 15)
        assert more != people or one == pytest.approx(other)


@pytest.mark.parametrize(
    ("calendars", "shared", "known"),
    [(5, 5, True), (6, 5, False), (9, 5, False), (10, 5, True), (5, 10, True), (7, 10, False), (0, 5, True)],
)
def test_nobodys_hours_follow_from_the_difference_to_the_calendars(
    calendars: int, shared: int, *, known: bool
) -> None:
    records = [*lived(pms(calendars), WEEK), *handed(list(pms(shared)))]
    assert bool(told(records)) == known
    page = str(as_json(time.page(Ledger.of(records, today=TODAY))))
    assert ("Overhead takes" in page) == known
    assert ("Some PMs handed over" in page) != known


def test_the_time_page_tells_them_also_without_a_calendar() -> None:
    page = str(as_json(time.page(Ledger.of(handed(list(pms(5))), today=TODAY))))
    assert "Overhead takes 12 hours a PM week" in page
    assert "handed over" not in str(as_json(time.page(Ledger.of([], today=TODAY))))
