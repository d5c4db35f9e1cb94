"""Calendar entries as text: a series with its overrides, and single events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.simulate.blocks import Guest
from prodops.simulate.names import DOMAIN, plain
from prodops.simulate.period import DAY_MINUTES, HOME_ZONE
from prodops.simulate.vcalendar import (
    WEEKDAY_NAMES,
    day_stamp,
    escape,
    fold,
    fold_ascii,
    local_stamp,
    utc_stamp,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prodops.simulate.blocks import Event, Occurrence
    from prodops.simulate.rituals import Ritual
    from prodops.simulate.world import World

RESOURCE_ROOM = 5
"""The room that calendars list as a resource, which is the other way rooms are written."""


class Entries:
    """Writes the calendar entries of one organisation; equal for everybody who has them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people = world.roster.people
        self.stamp = f"DTSTAMP:{utc_stamp(world.period.exported_at)}\r\n"
        self._attendees: dict[tuple[Guest, bool], str] = {}

    def series(self, ritual: Ritual, occurrences: Iterable[Occurrence]) -> str:
        """A recurring meeting: its rule, what was taken out of it, and what was changed in it."""
        taken_out: list[str] = []
        overrides: list[str] = []
        for occurrence in occurrences:
            planned = local_stamp(ritual.zone, occurrence.planned, ritual.start)
            if occurrence.fate == "dropped":
                taken_out.append(planned)
            elif occurrence.differs(ritual.start):
                overrides.append(self._override(ritual, occurrence, planned))
        guests = tuple(Guest(i.person, i.response, i.optional) for i in ritual.invited)
        first = self.world.period.monday(ritual.phase) + ritual.weekdays[0]
        lines = [*self._times(ritual.zone, first, ritual.start, ritual.kind.minutes), self._rule(ritual)]
        if taken_out:
            lines.append(fold(f"EXDATE;TZID={ritual.zone}:{','.join(taken_out)}"))
        return self._ritual_text(ritual, lines, guests) + "".join(overrides)

    def event(self, event: Event) -> str:
        """An entry that is no ritual."""
        if event.start < 0:
            lines = [
                f"DTSTART;VALUE=DATE:{day_stamp(event.day)}\r\n",
                f"DTEND;VALUE=DATE:{day_stamp(event.day + event.minutes)}\r\n",
                "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n",
            ]
        elif any(guest.outside for guest in event.guests):
            start = self.world.period.utc(event.day, event.start)
            lines = [
                f"DTSTART:{utc_stamp(start)}\r\n",
                f"DTEND:{utc_stamp(start + event.minutes)}\r\n",
            ]
        elif not event.guests:
            begins = local_stamp(HOME_ZONE, event.day, event.start)
            lines = [f"DTSTART;TZID={HOME_ZONE}:{begins}\r\n", f"DURATION:PT{event.minutes}M\r\n"]
        else:
            lines = self._times(HOME_ZONE, event.day, event.start, event.minutes)
        if event.weekly:
            lines.append("RRULE:FREQ=WEEKLY\r\n")
        if event.private:
            lines.append("CLASS:PRIVATE\r\n")
        lines += self._guests(event.guests)
        return self._text(event.uid, event.title, lines, status=event.status, free=event.transparent)

    def _override(self, ritual: Ritual, occurrence: Occurrence, planned: str) -> str:
        """One occurrence that differs from its series."""
        guests = tuple(
            Guest(i.person, "DECLINED" if i.person in occurrence.declined else i.response, i.optional)
            for i in ritual.invited
        )
        changed = self.world.period.utc(occurrence.planned, ritual.start) - DAY_MINUTES
        lines = [
            fold_ascii(f"RECURRENCE-ID;TZID={ritual.zone}:{planned}"),
            *self._times(ritual.zone, occurrence.day, occurrence.start, ritual.kind.minutes),
            f"LAST-MODIFIED:{utc_stamp(changed)}\r\n",
            "SEQUENCE:1\r\n",
        ]
        status = "CANCELLED" if occurrence.fate == "cancelled" else "CONFIRMED"
        return self._ritual_text(ritual, lines, guests, status=status)

    def _ritual_text(
        self, ritual: Ritual, lines: list[str], guests: tuple[Guest, ...], *, status: str = "CONFIRMED"
    ) -> str:
        """A series or an override, with its room and its description."""
        more = [*lines, *self._guests(guests)]
        if ritual.room >= 0:
            room = self.world.texts.calendar.rooms[ritual.room % len(self.world.texts.calendar.rooms)]
            kind = "RESOURCE" if ritual.room == RESOURCE_ROOM else "ROOM"
            more.append(
                fold(
                    f"ATTENDEE;CUTYPE={kind};ROLE=NON-PARTICIPANT;PARTSTAT=ACCEPTED;CN={room}:"
                    f"mailto:{plain(room)}@{DOMAIN}"
                )
            )
            more.append(fold(f"LOCATION:{escape(room)}"))
        else:
            more.append(
                fold(f"DESCRIPTION:Agenda and notes\\, as usual:\\nhttps://meet.{DOMAIN}/{ritual.key}")
            )
        return self._text(ritual.uid, ritual.title, more, status=status, free=False)

    def _text(self, uid: str, title: str, lines: Iterable[str], *, status: str, free: bool) -> str:
        """A VEVENT."""
        return "".join(
            (
                "BEGIN:VEVENT\r\n",
                fold_ascii(f"UID:{uid}"),
                self.stamp,
                *lines,
                fold(f"SUMMARY:{escape(title)}"),
                f"STATUS:{status}\r\n",
                "TRANSP:TRANSPARENT\r\n" if free else "TRANSP:OPAQUE\r\n",
                "END:VEVENT\r\n",
            )
        )

    def _times(self, zone: str, day: int, start: int, minutes: int) -> list[str]:
        """Start and end."""
        return [
            f"DTSTART;TZID={zone}:{local_stamp(zone, day, start)}\r\n",
            f"DTEND;TZID={zone}:{local_stamp(zone, day, start + minutes)}\r\n",
        ]

    def _rule(self, ritual: Ritual) -> str:
        """The recurrence rule; the end of one that ends lies in UTC, as the standard asks."""
        days = ",".join(WEEKDAY_NAMES[day] for day in ritual.weekdays)
        every = f"INTERVAL={ritual.kind.every};" if ritual.kind.every > 1 else ""
        until = ""
        if ritual.last_week is not None:
            last = self.world.period.monday(ritual.last_week) + ritual.weekdays[-1]
            until = f";UNTIL={utc_stamp(self.world.period.utc(last, ritual.start))}"
        return fold_ascii(f"RRULE:FREQ=WEEKLY;{every}BYDAY={days}{until}")

    def _guests(self, guests: tuple[Guest, ...]) -> list[str]:
        """Organiser and attendees; the organiser comes first."""
        if not guests:
            return []
        lines = [self._attendee(guest, chair=number == 0) for number, guest in enumerate(guests)]
        host = self.people[guests[0].person]
        return [fold(f"ORGANIZER;CN={host.name}:mailto:{host.email}"), *lines]

    def _attendee(self, guest: Guest, *, chair: bool) -> str:
        """One attendee; the text is kept, for the same people meet again and again."""
        key = (guest, chair)
        if key not in self._attendees:
            role = "CHAIR" if chair else "OPT-PARTICIPANT" if guest.optional else "REQ-PARTICIPANT"
            # An individual is what an attendee is unless said otherwise, and many calendars do not say it.
            kind = "CUTYPE=INDIVIDUAL;" if chair else ""
            person = self.people[guest.person] if guest.person >= 0 else None
            name, email = (person.name, person.email) if person else (guest.outside, guest.outside)
            self._attendees[key] = fold(
                f"ATTENDEE;{kind}ROLE={role};PARTSTAT={guest.response};CN={name}:mailto:{email}"
            )
        return self._attendees[key]
