"""Builds small organisations of PMs whose weeks are given title by title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Record, person_id
from prodops.ledger.rituals import Invitee, Meeting

MONDAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = datetime(2026, 6, 30, tzinfo=UTC)

Week = Sequence[tuple[str, float, int]]
"""Entries of one PM's week: title, hours (at most 8), people invited."""


def pms(count: int, *, team: str = "Growth", first: int = 0) -> dict[str, str]:
    """So many PMs of a team, by address."""
    return {f"pm{i}@example.com": team for i in range(first, first + count)}


def lived(teams: Mapping[str, str], week: Week, *, weeks: int = 4, roster: bool = True) -> Iterator[Record]:
    """Records of PMs who all live the same week again and again, each in a calendar of their own."""
    for address, team in teams.items():
        person = person_id(address)
        if roster:
            yield make(
                Person, id=address, person=person, name=address.title(), email=address,
                role="Product Manager", team=team,
            )  # fmt: skip
        for number in range(weeks):
            for place, (title, hours, people) in enumerate(week):
                starts_at = MONDAY + timedelta(days=7 * number + place % 5, hours=8 * (place // 5))
                name = f"{address}-{number}-{place}"
                yield make(
                    Meeting, id=name, invite=name, title=title, starts_at=starts_at, invited_count=people,
                    ends_at=starts_at + timedelta(hours=hours), busy=True,
                )  # fmt: skip
                yield make(Invitee, id=name, invite=name, person=person, response="accepted", own_copy=True)


def ledger_of(*parts: Iterator[Record]) -> Ledger:
    """The ledger of all of them."""
    return Ledger.of([record for part in parts for record in part], today=TODAY)
