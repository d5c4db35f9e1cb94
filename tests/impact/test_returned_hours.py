"""Hours that an exit gave back: counted in calendars, with weeks and interval, and never too early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from make import make
from pages import organisation as part
from prodops.impact.returned_hours import Returned, returned
from prodops.ledger.decisions import Intervention
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting, Series

STARTS = date(2026, 4, 6)
"""A Monday with thirteen weeks of calendars before it; those of the organisation end on 2026-06-15."""


def change(starts_on: date = STARTS, *, ended_on: date | None = None) -> Intervention:
    return make(
        Intervention, id=RecordId("intervention:exit_ritual:roadmap-review:20260406T090000000000"),
        name=Prose("Exit Roadmap review"), because=("RIT01 roadmap-review",), target="ritual_hours",
        expected=Prose("6 hours"), starts_on=starts_on, reads_out_on=starts_on + timedelta(days=91),
        ended_on=ended_on,
    )  # fmt: skip


def calendars(pms: int = 6, *, held_until: date = STARTS, few: bool = False) -> Iterator[Record]:
    """Calendars in which Roadmap review ends on a day, or goes on with three of its people."""
    series = {str(one.id): str(one.title) for one in part.calendars(pms) if isinstance(one, Series)}
    small = RecordId("ics:invite:few")
    for one in part.calendars(pms):
        roadmap = isinstance(one, Meeting) and series[str(one.series)] == "Roadmap review"
        if isinstance(one, Meeting) and roadmap and one.starts_at.date() >= held_until:
            if few:
                yield replace(one, invite=small)
        else:
            yield one
    for place in range(3) if few else ():
        yield make(
            Invitee, id=RecordId(f"ics:invitee:few-{place}"), cite=Citation("pm0.ics", "UID few"),
            invite=small, person=person_id(f"pm{place}@example.com"), response="accepted", own_copy=True,
        )  # fmt: skip


def single_entries() -> Iterator[Record]:
    """One entry a week that is no series, so that every week was lived when the calendar was exported."""
    for week in range(part.WEEKS):
        at = part.START + timedelta(weeks=week, days=2)
        yield make(
            Meeting, id=RecordId(f"ics:meeting:single-{week}"), uid=f"s{week}", series=None,
            invite=RecordId("ics:invite:0"), title=Prose("One of its own"), starts_at=at,
            ends_at=at + timedelta(hours=1), invited_count=6,
        )  # fmt: skip


def given_back(*records: Record, pms: int = 6, today: datetime = part.TODAY, **options: object) -> Returned:
    everything = [*part.people(pms), *calendars(pms, **options), *single_entries(), *records]  # type: ignore[arg-type]  # of this test's own
    (one,) = returned(Ledger.of(everything, today=today))
    return one


def test_a_ritual_that_went_gives_its_hours_back() -> None:
    one = given_back(change())
    assert one.ritual == "roadmap-review"
    assert one.hours.value == pytest.approx(5.7, abs=0.3)
    assert one.hours.low is not None
    assert one.hours.low > 4
    assert one.hours.n == one.weeks + 13


def test_a_ritual_that_is_still_held_gives_nothing_back() -> None:
    one = given_back(change(), held_until=date(2030, 1, 1))
    assert one.hours.value == pytest.approx(0, abs=0.2)


def test_nothing_is_said_before_four_weeks_have_passed() -> None:
    one = given_back(change(), today=datetime(2026, 4, 30, tzinfo=UTC))
    assert one.hours.value is None
    assert "3 of the 4 whole weeks" in one.hours.because


def test_an_exit_that_was_taken_back_counts_until_then() -> None:
    assert given_back(change(ended_on=date(2026, 4, 20))).hours.value is None
    assert given_back(change(ended_on=date(2026, 5, 18))).weeks == 6


def test_weeks_before_are_needed_to_compare() -> None:
    one = given_back(change(date(2026, 1, 19)))
    assert "2 weeks before" in one.hours.because


def test_a_ritual_of_few_pms_has_no_figure() -> None:
    one = given_back(change(), pms=4)
    assert one.hours.value is None
    assert "fewer than five" in one.hours.because


def test_a_ritual_that_goes_on_with_a_few_has_no_figure_that_would_tell_of_them() -> None:
    one = given_back(change(), few=True)
    assert one.hours.value is None
    assert "still sit" in one.hours.because


def test_without_an_exit_there_is_nothing_to_tell() -> None:
    assert returned(part.small()) == ()
    assert returned(part.ledger()) == ()


def test_an_exit_without_calendars_is_not_yet_known() -> None:
    (one,) = returned(Ledger.of([change()], today=part.TODAY))
    assert (one.weeks, one.hours.known) == (0, False)
