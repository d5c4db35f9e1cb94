"""From what a roster says of each person to records: pseudonyms, managers, doubles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from prodops.ledger.people import Person
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, PersonId, Prose, RecordId, person_id
from prodops.text.local_dates import day_comes_first, in_plain_order
from prodops.text.moments import MomentError, parse_day
from prodops.text.words import fold

_ADDRESS = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+")
_GONE = frozenset(
    [
        "inactive",
        "terminated",
        "left",
        "leaver",
        "false",
        "no",
        "0",
        "disabled",
        "deactivated",
        "suspended",
        "alumni",
    ]
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a roster says of one person, as written; a field that it lacks is empty.

    Attributes:
        locator: The place in the file.
        name: The written name.
        email: The address or account name.
        role: The job title.
        team: The team or department.
        manager: Address, name or number of the manager.
        location: Place or time zone.
        started: First day.
        left: Last day.
        status: Whether the person still works here, in the roster's words.
        number: The roster's own number of the person.
    """

    locator: str
    name: str = ""
    email: str = ""
    role: str = ""
    team: str = ""
    manager: str = ""
    location: str = ""
    started: str = ""
    left: str = ""
    status: str = ""
    number: str = ""


def entries(file: SourceFile, rows: Sequence[Found | Entry]) -> Iterator[Entry]:
    """Give an entry for each row: the person, or why there is none. Rows that are entries pass through.

    Managers are looked up among the rows, by number, address and name, and become the pseudonym of their
    address. No problem quotes a name or an address.
    """
    people = [row for row in rows if isinstance(row, Found)]
    handles = _handles(people)
    known = frozenset(handles.values())
    day_first = day_comes_first(written for row in people for written in (row.started, row.left))
    seen: set[PersonId] = set()
    for row in rows:
        if isinstance(row, Entry):
            yield row
            continue
        handle = _address(row.email) or _plain_name(row.name)
        if not handle:
            yield _lost(file, row.locator, "no_person", "the row has neither an address nor a name")
        elif person_id(handle) in seen:
            says = "a person with this address stands above; the first row is kept"
            yield _lost(file, row.locator, "duplicate_id", says)
        else:
            seen.add(person_id(handle))
            manager = _manager(row.manager, handles)
            stranger = bool(manager) and manager not in known and "@" not in manager
            yield _person(file, row, (handle, manager), stranger=stranger, day_first=day_first)


def _person(
    file: SourceFile, row: Found, handles: tuple[str, str], *, stranger: bool, day_first: bool | None
) -> Entry:
    handle, manager = handles
    name = _plain_name(row.name)
    started_on, notes = _day(file, row.locator, row.started, day_first=day_first)
    left_on, more = _day(file, row.locator, row.left, day_first=day_first)
    notes = (*notes, *more)
    if started_on and left_on and left_on < started_on:
        notes = (*notes, _note(file, row.locator, "ends_before_start", "the last day is before the first"))
        left_on = None
    if stranger:
        notes = (
            *notes,
            _note(file, row.locator, "unknown_manager", "the manager stands in no row of the roster"),
        )
    key = person_id(handle)
    record = Person(
        id=RecordId(f"roster:{key}"),
        cite=Citation(file.name, row.locator),
        person=key,
        named=person_id(name or handle),
        name=Prose(name or handle),
        email=Prose(_address(row.email)),
        role=row.role,
        team=row.team,
        manager=person_id(manager) if manager else None,
        location=row.location,
        started_on=started_on,
        left_on=left_on,
        active=fold(row.status) not in _GONE,
    )
    return Entry(locator=row.locator, records=(record,), problems=notes)


def _handles(people: list[Found]) -> dict[str, str]:
    """For each number, address and name of the roster the handle that stands for the person."""
    handles: dict[str, str] = {}
    for row in people:
        handle = _address(row.email) or _plain_name(row.name)
        for written in (row.number, _address(row.email), _plain_name(row.name)):
            if written and handle:
                handles.setdefault(fold(written), handle)
    return handles


def _manager(written: str, handles: dict[str, str]) -> str:
    address = _ADDRESS.search(written)
    if address:
        return handles.get(fold(address[0]), address[0])
    return handles.get(fold(written)) or handles.get(fold(_plain_name(written))) or _plain_name(written)


def _address(written: str) -> str:
    """The address in `Ann Example <ann@example.com>` or `mailto:...`; an account name stays as it is."""
    found = _ADDRESS.search(written.removeprefix("mailto:"))
    return found[0] if found else " ".join(written.split())


def _plain_name(written: str) -> str:
    """The name in the order in which minutes write it: `Example, Ann` becomes `Ann Example`."""
    last, comma, first = (part.strip() for part in written.partition(","))
    return " ".join(f"{first} {last}".split() if comma and first and "," not in first else written.split())


def _day(
    file: SourceFile, locator: str, written: str, *, day_first: bool | None
) -> tuple[date | None, tuple[Problem, ...]]:
    if not written:
        return None, ()
    try:
        return parse_day(in_plain_order(written, day_first=day_first)), ()
    except MomentError as error:
        return None, (_note(file, locator, "bad_date", str(error)[:120]),)


def _note(file: SourceFile, locator: str, code: str, says: str) -> Problem:
    return problem(file.name, locator, code, says=says, remedy="correct it in the roster", lost=False)


def _lost(file: SourceFile, locator: str, code: str, says: str) -> Entry:
    remedy = "remove or correct the row in the roster"
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
