"""Calendars of invented PMs: every week the same three kinds of meeting, in hours that a test says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Citation, PersonId, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting

START = datetime(2025, 9, 1, 9, tzinfo=UTC)
"""A Monday; four months and more lie before the findings of the small organisation."""

WEEKS = 60
STATUS, STRATEGY, CORE = "Weekly status report", "Product strategy and bets", "Sprint planning"

Hours = Callable[[int, int], tuple[float, float]]
"""From the number of a PM and of a week to hours of status and of strategy."""


def pm(number: int) -> PersonId:
    """The pseudonym of a PM."""
    return person_id(f"lead{number}@example.com")


def steady(number: int, week: int) -> tuple[float, float]:
    """Hours of a PM whom nothing happens to: a level of one's own, and weeks that differ a little."""
    return 10.0 + number % 3 + noise(number, week), 4.0 + noise(number, week + 1000)


def noise(number: int, week: int) -> float:
    """Between -1 and 1, the same for the same PM and week."""
    digest = hashlib.sha256(f"{number}:{week}".encode()).digest()
    return (digest[0] + digest[1]) / 255 - 1


def roster(pms: int, teams: int = 0) -> Iterator[Record]:
    """PMs in teams by turns; each in a team of their own when no number is given."""
    for number in range(pms):
        address = f"lead{number}@example.com"
        yield make(
            Person, id=RecordId(f"roster:person:lead{number}"), cite=Citation("leads.csv", f"line {number}"),
            person=pm(number), named=person_id(f"Lead {number}"), name=Prose(f"Lead {number}"),
            email=Prose(address), role="Product Manager", team=f"Team {number % (teams or pms):02d}",
        )  # fmt: skip


def calendars(
    pms: int, hours: Hours = steady, *, weeks: range = range(WEEKS), status: str = STATUS
) -> Iterator[Record]:
    """Three single meetings a week of each PM."""
    for number in range(pms):
        for week in weeks:
            told = hours(number, week)
            for kind, (title, length) in enumerate(((status, told[0]), (STRATEGY, told[1]), (CORE, 6.0))):
                yield from meeting(number, week, kind, title, length)


def meeting(number: int, week: int, kind: int, title: str, hours: float) -> Iterator[Record]:
    """One meeting of one PM with two others."""
    if hours <= 0:
        return
    key = f"{number}-{week}-{kind}"
    at = START + timedelta(weeks=week, days=kind)
    invite = RecordId(f"ics:invite:lead-{key}")
    yield make(
        Meeting, id=RecordId(f"ics:meeting:lead-{key}"), cite=Citation("lead.ics", f"UID {key}"), uid=key,
        invite=invite, title=Prose(title), starts_at=at, ends_at=at + timedelta(hours=hours), invited_count=3,
    )  # fmt: skip
    yield make(
        Invitee, id=RecordId(f"ics:invitee:lead-{key}"), cite=Citation("lead.ics", f"UID {key}"),
        invite=invite, person=pm(number), response="accepted", own_copy=True,
    )  # fmt: skip


def monday(week: int) -> date:
    """The first day of a week."""
    return (START + timedelta(weeks=week)).date()


def ledger(*records: Record, today: datetime | None = None) -> Ledger:
    """A ledger at the end of all weeks."""
    return Ledger.of(records, today=today or START + timedelta(weeks=WEEKS, days=-1))
