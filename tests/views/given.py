"""What the tests of views and of the diagnosis plant: PMs, rituals with calendars and minutes, messages."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from make import make
from prodops.ledger.ledger import Ledger
from prodops.ledger.people import Person
from prodops.ledger.record import Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Invitee, Meeting, Note, Outcome, Series
from prodops.ledger.view import View

TODAY = datetime(2026, 6, 30, tzinfo=UTC)
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)
PMS = tuple(f"pm{i}@example.com" for i in range(6))


def hour(of_day: float, day: int = 0) -> datetime:
    """A moment of the first week of 2026: hours after midnight of its Monday, days after that."""
    return MONDAY.replace(hour=0) + timedelta(days=day, hours=of_day)


def roster(people: Iterable[str] = PMS, role: str = "Product Manager") -> list[Record]:
    """One person of the roster for each address."""
    return [
        make(
            Person,
            id=RecordId(f"roster:{one}"),
            person=person_id(one),
            named=person_id(one),
            name=Prose(one),
            role=role,
            team="Core",
        )
        for one in people
    ]


def invited(
    invite: str, people: Iterable[str] = PMS, response: str = "accepted", **given: Any
) -> list[Record]:
    """The people of one invitation."""
    return [
        make(
            Invitee,
            id=RecordId(f"{invite}:{one}:{response}"),
            invite=RecordId(invite),
            person=person_id(one),
            response=response,
            **given,
        )
        for one in people
    ]


def meeting(name: str, starts_at: datetime, hours: float = 1.0, **given: Any) -> Meeting:
    """An event of its own, six people invited, titled after its name."""
    return make(
        Meeting,
        **{
            "id": RecordId(name),
            "uid": name,
            "invite": RecordId(name),
            "title": Prose(name),
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=hours),
            "invited_count": 6,
            **given,
        },
    )


def weekly(
    title: str, count: int, *, starts_at: datetime = MONDAY, name: str = "", **given: Any
) -> list[Record]:
    """A series of meetings of one hour, a week apart, whose occurrences share one list of invitees."""
    name = name or title.lower().replace(" ", "-")
    organiser = given.get("organiser")
    head = make(
        Series, id=RecordId(name), uid=name, title=Prose(title), starts_at=starts_at, organiser=organiser
    )
    days = [starts_at + timedelta(days=7 * k) for k in range(count)]
    shared = {"uid": name, "series": RecordId(name), "invite": RecordId(name), "title": Prose(title), **given}
    return [head, *(meeting(f"{name}-{k}", at, **shared) for k, at in enumerate(days))]


def minutes(ritual: str, days: Sequence[date], outputs: Sequence[int] = (), **given: Any) -> list[Record]:
    """Minutes of a ritual, each with as many decisions as `outputs` says; none where it says nothing."""
    found: list[Record] = []
    for place, day in enumerate(days):
        note = RecordId(f"note:{ritual}:{day}")
        found.append(
            make(Note, **{"id": note, "ritual": ritual, "held_on": day, "present_count": 6, **given})
        )
        found += [
            make(Outcome, id=RecordId(f"{note}:{k}"), note=note, kind="decision", words=Prose("We ship"))
            for k in range(outputs[place] if place < len(outputs) else 0)
        ]
    return found


def weeks(count: int, first: datetime = MONDAY) -> list[date]:
    """Days a week apart."""
    return [(first + timedelta(days=7 * k)).date() for k in range(count)]


def read(
    view: View, records: Iterable[Record], wanted: str = "*", today: datetime = TODAY
) -> list[tuple[Any, ...]]:
    """The rows of a view over records, in a fixed order."""
    return sorted(
        Ledger.of(records, today=today).sql(f"select {wanted} from {view.name}", views=[view]), key=repr
    )


def shuffles(records: Sequence[Record], times: int = 4) -> Iterator[list[Record]]:
    """The same records in other orders, some of them repeated."""
    for seed in range(times):
        dice = random.Random(seed)
        mixed = [*records, *dice.choices(records, k=5)]
        dice.shuffle(mixed)
        yield mixed


def rounded(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows whose sums may have been added up in another order, made comparable."""
    return [tuple(round(cell, 9) if isinstance(cell, float) else cell for cell in row) for row in rows]
