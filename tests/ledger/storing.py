"""Records to store, and what a reader then sees of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from prodops.ledger.decisions import Decision
from prodops.ledger.people import Person
from prodops.ledger.reading import Entry, Problem
from prodops.ledger.record import Citation, PersonId, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Meeting, Note, Outcome
from prodops.ledger.store import Store

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """Says the same moment until it is moved."""

    def __init__(self) -> None:
        """Begin on a Monday morning."""
        self.now = START

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def pass_hours(self, hours: float) -> datetime:
        """Move on; gives the moment before the move."""
        before = self.now
        self.now += timedelta(hours=hours)
        return before


def meeting(key: str, source: str, title: str = "Weekly sync", revised_at: datetime | None = None) -> Meeting:
    """A meeting of half an hour."""
    return Meeting(
        id=RecordId(f"ics:meeting:{key}"),
        cite=Citation(source, f"UID {key}"),
        uid=key,
        invite=RecordId(f"ics:meeting:{key}"),
        title=Prose(title),
        starts_at=START,
        ends_at=START + timedelta(minutes=30),
        organiser=person_id("ann.smith@corp.example"),
        revised_at=revised_at,
    )


def person(name: str, email: str, source: str = "roster.csv") -> Person:
    """A line of a roster."""
    return Person(
        id=RecordId(f"roster:person:{person_id(email)}"),
        cite=Citation(source, "row 2"),
        person=person_id(email),
        named=person_id(name),
        name=Prose(name),
        email=Prose(email),
        role="PM",
        manager=person_id("ann.smith@corp.example"),
    )


def note(key: str, source: str, title: str = "Minutes") -> Note:
    """The minutes of a meeting."""
    return Note(
        id=RecordId(f"minutes:note:{key}"),
        cite=Citation(source, "line 1"),
        ritual="sync",
        held_on=date(2026, 3, 2),
        title=Prose(title),
        form="prose",
        words=100,
    )


def outcome(key: str, source: str, words: str, owners: tuple[str, ...] = ()) -> Outcome:
    """A line of the minutes."""
    return Outcome(
        id=RecordId(f"minutes:outcome:{key}"),
        cite=Citation(source, "line 5"),
        note=RecordId("minutes:note:1"),
        kind="action",
        words=Prose(words),
        owners=owners,
    )


def decision(key: str, chosen: str = "Pause the sync", owner: str = "ann.smith@corp.example") -> Decision:
    """A decision that somebody declares."""
    return Decision(
        id=RecordId(f"decision:{key}"),
        cite=Citation("declared", key),
        question=Prose("What about the weekly sync?"),
        chosen=Prose(chosen),
        options=(Prose("do nothing"), Prose(chosen)),
        decided_on=date(2026, 3, 2),
        owner=person_id(owner),
        declared_at=START,
    )


def entries(records: Iterable[Record]) -> list[Entry]:
    """One entry for each record."""
    return [Entry(locator=record.cite.locator, records=(record,)) for record in records]


def sha(content: object) -> str:
    """A digest that differs when the content does."""
    return hashlib.sha256(repr(content).encode("utf-8", "replace")).hexdigest()


def load(
    store: Store,
    files: Mapping[str, Sequence[Record]],
    *,
    covers: Literal["snapshot", "increment"] = "snapshot",
    connector: str = "ics",
) -> None:
    """Load files of records in one go."""
    with store.load() as loading:
        for name, records in files.items():
            loading.file(
                name,
                sha256=sha(records),
                size_bytes=len(records),
                connector=connector,
                covers=covers,
                entries=entries(records),
            )


def titles(store: Store, as_of: datetime | None = None) -> dict[str, tuple[str, str]]:
    """Every meeting's title and source by its key."""
    ledger = store.ledger(today=START, as_of=as_of)
    found = ledger.sql("select id, title, cite_source from meeting")
    return {key.removeprefix("ics:meeting:"): (title, source) for key, title, source in found}


def told(store: Store) -> list[tuple[str, str]]:
    """Code and source of every problem."""
    return [(one.code, one.cite.source) for one in store.problems()]


def all_problems(store: Store) -> list[Problem]:
    """Every problem."""
    return store.problems(limit=1_000)


def pseudonym(handle: str) -> PersonId:
    """The pseudonym of a handle."""
    return person_id(handle)
