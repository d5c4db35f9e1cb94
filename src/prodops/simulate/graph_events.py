"""Calendar entries as Microsoft Graph gives them: series with their exceptions, and single events."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from prodops.simulate.blocks import Guest
from prodops.simulate.dice import digest
from prodops.simulate.names import DOMAIN, plain
from prodops.simulate.period import DAY_MINUTES, HOME_ZONE, ZONES, iso, iso_day
from prodops.simulate.vcalendar import local_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prodops.simulate.blocks import Event, Occurrence
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.world import World

WINDOWS_ZONES = {HOME_ZONE: "W. Europe Standard Time", ZONES[1]: "GMT Standard Time"}
"""How Exchange names the zones."""

ANSWERS = {
    "ACCEPTED": "accepted",
    "NEEDS-ACTION": "notResponded",
    "TENTATIVE": "tentativelyAccepted",
    "DECLINED": "declined",
}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
GROUP = -1
"""The owner of a calendar that is no person's."""

Json = dict[str, object]


class Entry:
    """One event as it stands in the mailboxes of all who have it; only their own answer differs."""

    __slots__ = ("_answers", "_shared")

    def __init__(self, value: Json, guests: Iterable[Guest]) -> None:
        self._shared = json.dumps(value, ensure_ascii=False, separators=(",", ":"))[:-1]
        self._answers = [(guest.person, guest.response) for guest in guests]

    def copy(self, owner: int) -> str:
        """The event in the mailbox of a person, or of a group."""
        if owner == GROUP:
            return f"{self._shared}}}"
        organises = not self._answers or self._answers[0][0] == owner
        said = next((answer for person, answer in self._answers if person == owner), "NEEDS-ACTION")
        answer = "organizer" if organises and said != "DECLINED" else ANSWERS[said]
        own = json.dumps({"isOrganizer": organises, "responseStatus": {"response": answer}})
        return f"{self._shared},{own[1:]}"


class Events:
    """Writes the calendar entries of one organisation."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = world.roster.people
        self.changed = _moment(world.period.exported_at)
        self._attendees: dict[Guest, Json] = {}

    def series(self, ritual: Ritual, occurrences: Iterable[Occurrence]) -> Iterator[Entry]:
        """A recurring meeting, what was taken out of it, and each occurrence that differs from it."""
        guests = tuple(Guest(i.person, i.response, i.optional) for i in ritual.invited)
        first = self.world.period.monday(ritual.phase) + ritual.weekdays[0]
        gone: list[str] = []
        exceptions: list[Entry] = []
        for occurrence in occurrences:
            if occurrence.fate == "dropped":
                gone.append(f"OID.{_id(ritual.uid)}.{iso_day(occurrence.planned)}")
            elif occurrence.differs(ritual.start):
                exceptions.append(self._exception(ritual, occurrence))
        days = [DAYS[day] for day in ritual.weekdays]
        last = None
        if ritual.last_week is not None:
            last = self.world.period.monday(ritual.last_week) + ritual.weekdays[-1]
        more: Json = {
            "type": "seriesMaster",
            "recurrence": _recurrence(days, ritual.kind.every, first, last=last, zone=ritual.zone),
            "cancelledOccurrences": gone,
            **self._place(ritual),
        }
        times = _times(ritual.zone, first, ritual.start, ritual.kind.minutes)
        yield self._entry(ritual.uid, ritual.title, {**times, **more}, guests, key=ritual.uid)
        yield from exceptions

    def event(self, event: Event) -> Iterator[Entry]:
        """An entry that is no ritual."""
        busy = "free" if event.transparent else "tentative" if event.status == "TENTATIVE" else "busy"
        more: Json = {"type": "singleInstance"}
        if event.start < 0:
            more |= {"start": _midnight(event.day), "end": _midnight(event.day + event.minutes)}
            more |= {"isAllDay": True, "showAs": "oof"}
        else:
            more |= {**_times(HOME_ZONE, event.day, event.start, event.minutes), "showAs": busy}
        if event.weekly:
            days = [DAYS[(event.day - self.world.period.first_monday) % 7]]
            more |= {"type": "seriesMaster", "recurrence": _recurrence(days, 1, event.day)}
        if event.private:
            more["sensitivity"] = "private"
        if event.status == "CANCELLED":
            more["isCancelled"] = True
        yield self._entry(event.uid, event.title, more, event.guests, key=event.uid, owner=event.owners[0])

    def _exception(self, ritual: Ritual, occurrence: Occurrence) -> Entry:
        """One occurrence that differs from its series."""
        guests = tuple(
            Guest(i.person, "DECLINED" if i.person in occurrence.declined else i.response, i.optional)
            for i in ritual.invited
        )
        planned = self.world.period.utc(occurrence.planned, ritual.start)
        more: Json = {
            **_times(ritual.zone, occurrence.day, occurrence.start, ritual.kind.minutes),
            "type": "exception",
            "seriesMasterId": _id(ritual.uid),
            "originalStart": iso(planned),
            "lastModifiedDateTime": _moment(planned - DAY_MINUTES),
            "isCancelled": occurrence.fate == "cancelled",
            **self._place(ritual),
        }
        return self._entry(ritual.uid, ritual.title, more, guests, key=f"{ritual.uid} {occurrence.planned}")

    def _entry(
        self, uid: str, title: str, more: Json, guests: tuple[Guest, ...], *, key: str, owner: int = GROUP
    ) -> Entry:
        """One event; what every event has comes first."""
        host = guests[0].person if guests else owner
        room = more.pop("room", None)
        value: Json = {
            "id": _id(key),
            "iCalUId": uid,
            "subject": title,
            "isAllDay": False,
            "isCancelled": False,
            "sensitivity": "normal",
            "showAs": "busy",
            "lastModifiedDateTime": self.changed,
            "organizer": {"emailAddress": self._address(Guest(host, "ACCEPTED"))},
            "attendees": [*(self._attendee(guest) for guest in _listed(guests)), *([room] if room else [])],
            **more,
        }
        return Entry(value, guests)

    def _place(self, ritual: Ritual) -> Json:
        """The room, which stands among the attendees as well, or the address of the call."""
        if ritual.room < 0:
            return {"onlineMeeting": {"joinUrl": f"https://meet.{DOMAIN}/{ritual.key}"}}
        rooms = self.world.texts.calendar.rooms
        name = rooms[ritual.room % len(rooms)]
        address = {"name": name, "address": f"{plain(name)}@{DOMAIN}"}
        room = {"type": "resource", "status": {"response": "accepted"}, "emailAddress": address}
        return {"location": {"displayName": name}, "room": room}

    def _attendee(self, guest: Guest) -> Json:
        """One attendee; kept, for the same people meet again and again."""
        if guest not in self._attendees:
            self._attendees[guest] = {
                "type": "optional" if guest.optional else "required",
                "status": {"response": ANSWERS[guest.response]},
                "emailAddress": self._address(guest),
            }
        return self._attendees[guest]

    def _address(self, guest: Guest) -> Json:
        """Name and address."""
        if guest.person < 0:
            return {"name": guest.outside, "address": guest.outside}
        person = self.people[guest.person]
        return {"name": person.name, "address": person.email}


def _listed(guests: tuple[Guest, ...]) -> tuple[Guest, ...]:
    """Who stands among the attendees: the organiser only to say that this time they will not come."""
    return guests if guests and guests[0].response == "DECLINED" else guests[1:]


def mailbox(owner: str, copies: Iterable[str]) -> Iterator[str]:
    """The list of events of one mailbox, an event a line."""
    context = f"https://graph.microsoft.com/v1.0/$metadata#users('{owner.replace('@', '%40')}')/events"
    yield f'{{"@odata.context":"{context}","value":[\n'
    yield ",\n".join(copies)
    yield "\n]}\n"


def _recurrence(
    days: list[str], every: int, first: int, *, last: int | None = None, zone: str = HOME_ZONE
) -> Json:
    """How a series repeats."""
    ends: Json = {"type": "noEnd"} if last is None else {"type": "endDate", "endDate": iso_day(last)}
    return {
        "pattern": {"type": "weekly", "interval": every, "daysOfWeek": days, "firstDayOfWeek": "monday"},
        "range": {**ends, "startDate": iso_day(first), "recurrenceTimeZone": WINDOWS_ZONES[zone]},
    }


def _times(zone: str, day: int, start: int, minutes: int) -> Json:
    """Start and end."""
    return {"start": _local(zone, day, start), "end": _local(zone, day, start + minutes)}


def _local(zone: str, day: int, minute: int) -> Json:
    """A local minute of headquarters on the wall clock of a zone."""
    clock = local_stamp(zone, day, minute).partition("T")[2]
    written = f"{iso_day(day)}T{clock[:2]}:{clock[2:4]}:00.0000000"
    return {"dateTime": written, "timeZone": WINDOWS_ZONES[zone]}


def _midnight(day: int) -> Json:
    """The beginning of a day that has no time."""
    return {"dateTime": f"{iso_day(day)}T00:00:00.0000000", "timeZone": "UTC"}


def _moment(moment: int) -> str:
    """A moment the way Graph writes it."""
    return iso(moment).replace("Z", ".0000000Z")


def _id(key: str) -> str:
    """Graph's own id of an event."""
    return f"AAMk{digest(key, length=24)}"
