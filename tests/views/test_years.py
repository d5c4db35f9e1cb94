"""Rituals, channels and metrics over the last year that is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from make import make
from prodops.ledger.data import MetricUse
from prodops.ledger.feedback import Feedback
from prodops.ledger.record import Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance
from prodops.views.channel_years import CHANNEL_YEARS
from prodops.views.metric_years import METRIC_YEARS
from prodops.views.ritual_years import RITUAL_YEARS
from views.given import MONDAY, PMS, TODAY, invited, minutes, read, roster, weekly, weeks

COUNT = 20


def council() -> list[Record]:
    """Twenty weekly meetings of six PMs, ten of them with minutes, four of which are empty."""
    noted = minutes("Pricing council", weeks(10), [1] * 6)
    return [*roster(), *weekly("Pricing council", COUNT), *invited("pricing-council"), *noted]


def test_a_ritual_has_its_hours_people_and_empty_minutes() -> None:
    wanted = "ritual, people, noted, empty, told, round(pm_hours_week, 1)"
    assert [("pricing-council", 6, 10, 4.0, False, 6.0)] == read(RITUAL_YEARS, council(), wanted)


def test_who_was_reported_there_is_held_against_who_was_expected() -> None:
    came = [
        make(Attendance, ritual="Pricing council", held_on=day, person=person_id(one), note=None)
        for day in weeks(5)
        for one in PMS[:3]
    ]
    (row,) = read(RITUAL_YEARS, [*council(), *came], "round(pms_expected, 1), pms_present")
    assert float(row[0]) == pytest.approx(5 * 6 * 0.95)
    assert row[1] == 15


def test_what_is_older_than_a_year_does_not_count() -> None:
    old = weekly("Pricing council", 10, starts_at=MONDAY - timedelta(days=700), name="old")
    records = [*council(), *old, *invited("old")]
    assert read(RITUAL_YEARS, council(), "people, noted") == read(RITUAL_YEARS, records, "people, noted")


def message(number: int, company: str, title: str, day: float, **given: object) -> Record:
    """One message of a channel."""
    return make(
        Feedback,
        id=RecordId(f"m{number}"),
        channel="email",
        company=company,
        product="search",
        title=Prose(title),
        created_at=MONDAY + timedelta(days=day),
        observed_until=MONDAY + timedelta(days=170),
        **given,
    )


def test_the_same_company_under_the_same_subject_repeats_itself() -> None:
    first = [message(k, f"c{k}", "Export to CSV", k) for k in range(8)]
    again = [message(k + 20, f"c{k}", "export to csv", 40 + k) for k in range(4)]
    other = [message(k + 40, f"c{k}", f"Another {k}", 60 + k) for k in range(8)]
    ((again_seen, chance, marked),) = read(CHANNEL_YEARS, [*first, *again, *other], "again, chance, marked")
    assert (4, 0) == (int(again_seen), marked)
    assert 3 < chance < 7


def test_who_asks_again_elsewhere_asks_again_and_a_merged_message_is_marked() -> None:
    first = [message(k, f"c{k}", f"Export {k}", k) for k in range(6)]
    again = [message(k + 20, f"c{k}", f"export {k}", 40 + k) for k in range(3)]
    moved = [replace(one, channel="chat", closed_how="merged") for one in again if isinstance(one, Feedback)]
    rows = read(CHANNEL_YEARS, [*first, *moved], "channel, again, marked")
    assert [("chat", 3.0, 3), ("email", 0.0, 0)] == sorted(rows)


def test_a_source_without_companies_says_nothing_about_repeats() -> None:
    assert [(-1.0,)] == read(CHANNEL_YEARS, [message(1, "", "Export", 1)], "again")


def test_a_message_waits_thirteen_weeks_at_most() -> None:
    decided = MONDAY + timedelta(days=8)
    records = [message(1, "a", "x", 1, decided_at=decided), message(2, "b", "y", 1)]
    assert [(14.0, 1, 2)] == read(CHANNEL_YEARS, records, "round(waiting_weeks, 6), decided, grown")


def test_a_metric_has_its_views_rechecks_and_minutes() -> None:
    uses = [
        make(
            MetricUse,
            reads="churn",
            kind="recheck" if k < 3 else "view",
            used_at=TODAY - timedelta(days=k),
            minutes=10.0 * k if k in (1, 2) else None,
            person="p" if k else "",
        )
        for k in range(15)
    ]
    assert [(12, 3, 30.0, 2, 500.0, 1, 2.0)] == read(
        METRIC_YEARS, uses, "views, rechecks, minutes, timed, minutes_squared, people, weeks"
    )
