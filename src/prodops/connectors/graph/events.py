"""One Graph event as it stands, read into an `Event`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from prodops.connectors.graph.fields import Object, inner, moment, said, several, text, word, zone
from prodops.connectors.graph.patterns import Pattern, PatternError, read_pattern
from prodops.ledger.record import PersonId, Prose, person_id

SINGLE, MASTER, OCCURRENCE, EXCEPTION = "singleinstance", "seriesmaster", "occurrence", "exception"
_KINDS = frozenset({SINGLE, MASTER, OCCURRENCE, EXCEPTION})
_GLOBAL_ID = re.compile(r"(040000008200E00074C5B7101A82E008)[0-9A-F]{8}", re.IGNORECASE)
_OCCURRENCE_ID = re.compile(r"OID\..*\.(\d{4})-(\d\d)-(\d\d)", re.ASCII | re.DOTALL)
_PLACED = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$", re.IGNORECASE | re.ASCII)
_LONGEST_KEY = 300
_PRIVATE = frozenset({"private", "confidential", "personal"})
_FREE = frozenset({"free", "workingelsewhere"})
_RESPONSES = {
    "accepted": "accepted",
    "organizer": "accepted",
    "declined": "declined",
    "tentativelyaccepted": "tentative",
}


class EventError(ValueError):
    """An event that cannot be read; `code`, `says` and `remedy` make the problem."""

    def __init__(self, code: str, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.says = says
        self.remedy = remedy


class Flaw(NamedTuple):
    """Something wrong with an event that was read all the same, as `Problem` has it."""

    code: str
    says: str
    remedy: str


class Invited(NamedTuple):
    """One person on one invitation; the fields are those of `Invitee`."""

    person: PersonId
    response: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event.

    Attributes:
        uid: What all occurrences of a series and all copies of an invitation share.
        key: Graph's own id, by which occurrences name their series.
        master_key: The id of its series; empty for a single event.
        kind: singleinstance, seriesmaster, occurrence or exception.
        original: When it was to start by its series.
        starts_at: When it starts.
        ends_at: When it ends.
        all_day: Whether it is a day or a span of days.
        title: Its subject; empty for a private event.
        organiser: Who invites.
        people: Who is invited, rooms left out.
        answer: What the owner of the mailbox answered; empty when it does not say.
        is_organiser: Whether the owner of the mailbox invites.
        status: confirmed, tentative or cancelled.
        busy: Whether it blocks time.
        private: Whether it is marked as private.
        revised_at: When it was last changed.
        pattern: How it recurs, for a series.
        gone: Days on which a series does not take place.
        flaws: What was wrong with it.
    """

    uid: str
    key: str
    master_key: str
    kind: str
    original: datetime
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    title: Prose
    organiser: PersonId | None
    people: tuple[Invited, ...]
    answer: str
    is_organiser: bool
    status: str
    busy: bool
    private: bool
    revised_at: datetime | None
    pattern: Pattern | None
    gone: frozenset[str]
    flaws: tuple[Flaw, ...]

    @property
    def stamp(self) -> str:
        """How ids name an occurrence: by its first start, so that one that is moved keeps its id."""
        return stamp(self.original, all_day=self.all_day)


def stamp(original: datetime, *, all_day: bool) -> str:
    """A moment as ids have it: `20240105T100000Z`, and `20240105` for a day."""
    return f"{original:%Y%m%d}" if all_day else f"{original:%Y%m%dT%H%M%SZ}"


def is_event(value: Object) -> bool:
    """Whether an object is an event of Graph, whole or removed."""
    if "@removed" in value:
        return True
    start = value.get("start")
    dated = isinstance(start, dict) and isinstance(start.get("dateTime"), str)
    return dated and any(name in value for name in ("iCalUId", "subject", "showAs", "isAllDay"))


def read_event(value: Object) -> Event:
    """Read one event.

    Raises:
        EventError: It does not say when it is or which it is, or ends before it starts.
    """
    flaws: list[Flaw] = []
    all_day = said(value, "isAllDay")
    starts_at, ends_at = _moments(value, flaws, all_day=all_day)
    kind = word(value, "type") if word(value, "type") in _KINDS else SINGLE
    if kind == SINGLE and inner(value, "recurrence"):
        kind = MASTER
    private = word(value, "sensitivity") in _PRIVATE
    people, organiser = _people(value)
    original = moment(text(value, "originalStart")) if kind in {OCCURRENCE, EXCEPTION} else None
    return Event(
        uid=_uid(value),
        key=_key(text(value, "id")),
        master_key=_key(text(value, "seriesMasterId")),
        kind=kind,
        original=original or starts_at,
        starts_at=starts_at,
        ends_at=ends_at,
        all_day=all_day,
        title=Prose("" if private else text(value, "subject")),
        organiser=organiser,
        people=people,
        answer=_answer(value),
        is_organiser=said(value, "isOrganizer"),
        status=_status(value),
        busy=word(value, "showAs") not in _FREE,
        private=private,
        revised_at=moment(text(value, "lastModifiedDateTime")) or moment(text(value, "createdDateTime")),
        pattern=_pattern(value, flaws, all_day=all_day) if kind == MASTER else None,
        gone=frozenset(_gone(value)),
        flaws=tuple(flaws),
    )


def _answer(value: Object) -> str:
    if "responseStatus" not in value:
        return ""
    return _RESPONSES.get(word(inner(value, "responseStatus"), "response"), "none")


def _status(value: Object) -> str:
    if said(value, "isCancelled"):
        return "cancelled"
    return "tentative" if word(value, "showAs") == "tentative" else "confirmed"


def _uid(value: Object) -> str:
    """The UID of the invitation; Exchange writes the day of an occurrence into it, which is taken out.

    The day stands in bytes 16 to 19 of a Global Object ID (MS-OXOCAL, 2.2.1.27); with zeros there it is
    the id of the series, which is also what calendar files carry.
    """
    uid = text(value, "uid") or text(value, "iCalUId")
    if uid:
        return _key(_GLOBAL_ID.sub(r"\g<1>00000000", uid, count=1))
    key = text(value, "seriesMasterId") or text(value, "id")
    if not key:
        raise EventError("no_uid", "it has neither iCalUId nor id", "Ask Graph for iCalUId too ($select).")
    return _key(key)


def _key(written: str) -> str:
    return "".join(written.split())[:_LONGEST_KEY]


def _moments(value: Object, flaws: list[Flaw], *, all_day: bool) -> tuple[datetime, datetime]:
    starts_at = _moment(inner(value, "start"), flaws, all_day=all_day)
    if starts_at is None:
        raise EventError("bad_date", "its start is no date and time", "Export the events again.")
    if not inner(value, "end"):
        return starts_at, starts_at + timedelta(days=int(all_day))
    ends_at = _moment(inner(value, "end"), flaws, all_day=all_day)
    if ends_at is None:
        raise EventError("bad_date", "its end is no date and time", "Export the events again.")
    if ends_at < starts_at:
        raise EventError("ends_before_start", "it ends before it starts", "Correct its end in the calendar.")
    return starts_at, ends_at


def _moment(written: Object, flaws: list[Flaw], *, all_day: bool) -> datetime | None:
    """A start or an end; days stand as they are, wherever they are."""
    if all_day:
        return moment(text(written, "dateTime"))
    name = text(written, "timeZone")
    place = zone(name)
    flaw = None
    if place is None:
        flaw = Flaw(
            "unknown_zone",
            f"nobody knows the time zone {name[:80]!r}; its times were taken for UTC",
            'Ask Graph for times in UTC (Prefer: outlook.timezone="UTC").',
        )
    elif not name and not _PLACED.search(text(written, "dateTime")):
        flaw = Flaw(
            "naive_time",
            "its times name no time zone; they were taken for UTC",
            "Ask Graph for whole events.",
        )
    if flaw and flaw not in flaws:
        flaws.append(flaw)
    return moment(text(written, "dateTime"), place)


def _people(value: Object) -> tuple[tuple[Invited, ...], PersonId | None]:
    """Who is invited, rooms left out, and who invites; Graph does not list its organiser among the others."""
    people: dict[PersonId, Invited] = {}
    for attendee in several(value, "attendees"):
        handle = _handle(attendee)
        if handle and word(attendee, "type") != "resource":
            response = _RESPONSES.get(word(inner(attendee, "status"), "response"), "none")
            role = "optional" if word(attendee, "type") == "optional" else "required"
            one = Invited(person_id(handle), response, role)
            people.setdefault(one.person, one)
    inviting = _handle(inner(value, "organizer"))
    if not inviting:
        return tuple(people.values()), None
    who = person_id(inviting)
    if people and who not in people:
        people[who] = Invited(who, "accepted", "chair")
    return tuple(people.values()), who


def _handle(holder: Object) -> str:
    address = inner(holder, "emailAddress")
    return text(address, "address") or text(address, "name")


def _pattern(value: Object, flaws: list[Flaw], *, all_day: bool) -> Pattern | None:
    try:
        pattern = read_pattern(value)
    except PatternError as error:
        flaws.append(
            Flaw(
                "bad_rule",
                f"how it repeats cannot be read: {error}; what repeats by it is missing",
                "Export the occurrences (calendarView) and not only the series.",
            )
        )
        return None
    # Days stand as they are, wherever they are.
    return replace(pattern, zone=UTC) if all_day else pattern


def _gone(value: Object) -> Iterator[str]:
    listed = value.get("cancelledOccurrences")
    for each in listed if isinstance(listed, list) else ():
        match = _OCCURRENCE_ID.fullmatch(each) if isinstance(each, str) else None
        if match:
            yield "-".join(match.groups())
