"""Series that go on under another title are known by their people, their day and their length."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from impact.pm_calendars import pm, roster
from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Prose, Record, RecordId
from prodops.ledger.rituals import Invitee, Meeting
from prodops.views.pm_weeks import PM_WEEKS
from prodops.views.retitled_series import RETITLED_SERIES

START = datetime(2026, 1, 5, 9, tzinfo=UTC)


def series(
    name: str,
    titles: list[str],
    *,
    first: int,
    pms: range = range(6),
    day: int = 0,
    hour: int = 0,
    hours: float = 1.0,
) -> list[Record]:
    """A weekly series, one title a week."""
    invite = RecordId(f"ics:invite:{name}")
    records: list[Record] = [
        make(
            Invitee, id=RecordId(f"ics:invitee:{name}-{n}"), invite=invite, person=pm(n), response="accepted",
            own_copy=True,
        )
        for n in pms
    ]  # fmt: skip
    for place, title in enumerate(titles):
        at = START + timedelta(weeks=first + place, days=day, hours=hour)
        records.append(
            make(
                Meeting, id=RecordId(f"ics:meeting:{name}-{place}"), uid=name,
                series=RecordId(f"ics:series:{name}"), invite=invite, title=Prose(title), starts_at=at,
                ends_at=at + timedelta(hours=hours), invited_count=len(pms),
            )
        )  # fmt: skip
    return records


def retitled(*records: Record) -> dict[str, str]:
    ledger = Ledger.of([*roster(8), *records], today=datetime(2026, 6, 30, tzinfo=UTC))
    rows = ledger.sql("select series, title from retitled_series", views=[RETITLED_SERIES])
    return {str(name).removeprefix("ics:series:"): str(title) for name, title in rows}


STATUS = ["Status report"] * 8
BETS = ["Strategy bets"] * 8


def test_a_series_that_changes_its_title_in_place_keeps_its_first_one() -> None:
    assert {"one": "Status report"} == retitled(*series("one", STATUS + BETS, first=0))


def test_a_series_that_follows_another_keeps_the_first_title_of_both() -> None:
    assert {"new": "Status report"} == retitled(
        *series("old", STATUS, first=0), *series("new", BETS, first=9)
    )


@pytest.mark.parametrize(
    "other",
    [
        series("new", BETS, first=9, pms=range(5, 8)),
        series("new", BETS, first=9, day=2),
        series("new", BETS, first=9, hours=2.0),
        series("new", BETS, first=16),
        series("new", BETS, first=4, hour=3),
        series("new", STATUS, first=9),
    ],
    ids=["other people", "another day", "another length", "much later", "beside it", "the same title"],
)
def test_others_are_series_of_their_own(other: list[Record]) -> None:
    assert {} == retitled(*series("old", STATUS, first=0), *other)


def test_hours_are_read_by_the_first_title_as_well() -> None:
    records = [*series("old", STATUS, first=0), *series("new", BETS, first=9)]
    ledger = Ledger.of([*roster(8), *records], today=datetime(2026, 6, 30, tzinfo=UTC))
    rows = ledger.sql("select week, c, c_first from pm_weeks order by week", views=[PM_WEEKS])
    early, late = rows[0], rows[-1]
    assert early[1] == pytest.approx(early[2])
    assert late[1] < 0.5 * late[2]
