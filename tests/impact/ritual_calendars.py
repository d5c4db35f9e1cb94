"""Calendars of ten invented rituals that all PMs sit in, as long each week as a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from impact.pm_calendars import START, WEEKS, pm
from make import make
from prodops.ledger.record import Citation, Prose, Record, RecordId
from prodops.ledger.rituals import Invitee, Meeting

RITUALS = 10
Length = Callable[[int, int], float]


def ritual(number: int) -> str:
    return f"round-{'abcdefghij'[number]}"


def sat(pms: int, hours: Length, *, weeks: range = range(WEEKS)) -> Iterator[Record]:
    """Every week each ritual with all PMs in it, so long as the test says."""
    for number in range(RITUALS):
        for week in weeks:
            if (length := hours(number, week)) > 0:
                yield from _held(number, week, pms, length)


def _held(number: int, week: int, pms: int, hours: float) -> Iterator[Record]:
    key = f"{number}-{week}"
    at = START + timedelta(weeks=week, days=number % 5, hours=number // 5 * 4)
    invite = RecordId(f"ics:invite:round-{key}")
    yield make(
        Meeting, id=RecordId(f"ics:meeting:round-{key}"), cite=Citation("a.ics", f"UID {key}"), uid=key,
        invite=invite, title=Prose(f"Round {'abcdefghij'[number]}"), starts_at=at,
        ends_at=at + timedelta(hours=hours), invited_count=pms + 2,
    )  # fmt: skip
    for one in range(pms):
        yield make(
            Invitee, id=RecordId(f"ics:invitee:round-{key}-{one}"), cite=Citation("a.ics", f"UID {key}"),
            invite=invite, person=pm(one), response="accepted", own_copy=one == 0,
        )  # fmt: skip
