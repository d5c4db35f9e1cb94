"""Whole calendars read by us and by recurring-ical-events: the same meetings at the same times."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import icalendar
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.ics.parse import parse
from prodops.ledger.reading import SourceFile
from prodops.ledger.rituals import Meeting

ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Held(NamedTuple):
    """What both must agree on."""

    starts_at: datetime
    ends_at: datetime
    title: str


def calendar(*events: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *events, "END:VCALENDAR", ""])


def event(start: str, end: str, *lines: str, title: str = "Sync") -> str:
    times = (f"DTSTART{start}", f"DTEND{end}")
    stamped = ("BEGIN:VEVENT", "UID:u@example.com", "DTSTAMP:20250101T000000Z")
    return "\r\n".join([*stamped, *times, f"SUMMARY:{title}", *lines, "END:VEVENT"])


def ours(text: str) -> list[Held]:
    file = SourceFile(name="calendar.ics", content=text.encode())
    meetings = [one for entry in parse(file) for one in entry.records if isinstance(one, Meeting)]
    assert len({one.id for one in meetings}) == len(meetings)
    return sorted(Held(one.starts_at, one.ends_at, str(one.title)) for one in meetings)


def theirs(text: str) -> list[Held]:
    """The library's answer, with the exact length that RFC 5545 gives each occurrence of a DTEND.

    The library adds the length to the local time, which differs where the clock changes in a meeting.
    """
    found = icalendar.Calendar.from_ical(text)
    assert isinstance(found, icalendar.Calendar)
    lengths = {str(one["SUMMARY"]): utc(one.end) - utc(one.start) for one in found.events}
    query = recurring_ical_events.of(found)
    held = []
    for one in query.between(datetime(1990, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)):
        title, starts_at, ends_at = str(one["SUMMARY"]), utc(one.start), utc(one.end)
        exact = starts_at + lengths[title]
        assert exact == ends_at or changes_clock(one.start, one.end) or changes_clock_at_first(found, title)
        held.append(Held(starts_at, exact, title))
    return sorted(held)


def changes_clock(start: date, end: date) -> bool:
    return isinstance(start, datetime) and isinstance(end, datetime) and start.utcoffset() != end.utcoffset()


def changes_clock_at_first(found: icalendar.Calendar, title: str) -> bool:
    return any(changes_clock(one.start, one.end) for one in found.events if str(one["SUMMARY"]) == title)


def utc(moment: date) -> datetime:
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


class Drawn(NamedTuple):
    """A random series: how its times are written, and its other lines."""

    zone: str
    start: datetime
    minutes: int
    rule: str

    def at(self, wall: datetime) -> str:
        if self.zone == "day":
            return f";VALUE=DATE:{wall:%Y%m%d}"
        return f":{wall:%Y%m%dT%H%M%SZ}" if self.zone == "UTC" else f";TZID={self.zone}:{wall:%Y%m%dT%H%M%S}"

    @property
    def span(self) -> timedelta:
        return timedelta(days=1) if self.zone == "day" else timedelta(minutes=self.minutes)

    def event(self, *lines: str) -> str:
        return event(self.at(self.start), self.at(self.start + self.span), f"RRULE:{self.rule}", *lines)


@st.composite
def series(draw: st.DrawFn) -> Drawn:
    """Series near the hours at which clocks change."""
    zone = draw(st.sampled_from((*ZONES, "day")))
    start = draw(st.datetimes(datetime(2015, 1, 1), datetime(2024, 12, 31)))  # noqa: DTZ001 (local times)
    start = start.replace(minute=start.minute // 15 * 15, second=0, microsecond=0)
    start = (
        start.replace(hour=0, minute=0) if zone == "day" else start.replace(hour=draw(st.integers(0, 23)) % 9)
    )
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = [f"FREQ={frequency}", f"INTERVAL={draw(st.integers(1, 4))}"]
    if frequency == "WEEKLY" and draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=4, unique=True))
        parts += [f"BYDAY={','.join(days)}", f"WKST={draw(st.sampled_from(WEEKDAYS))}"]
    if frequency == "MONTHLY":
        place = draw(st.sampled_from([1, 2, 3, 4, -1]))
        parts += [f"BYDAY={place}{draw(st.sampled_from(WEEKDAYS))}"] if draw(st.booleans()) else []
    most = {"MONTHLY": 20, "YEARLY": 2}.get(frequency, 40)
    until = start + timedelta(days=draw(st.integers(-5, 900)), hours=draw(st.integers(0, 23)))
    end = draw(
        st.sampled_from(
            [f"COUNT={draw(st.integers(1, most))}", f"UNTIL={until:%Y%m%dT%H%M%SZ}", f"UNTIL={until:%Y%m%d}"]
        )
    )
    return Drawn(zone, start, draw(st.sampled_from([15, 60, 180, 600])), ";".join([*parts, end]))


@settings(max_examples=1_000)
@given(drawn=series())
def test_plain_series_take_place_at_the_same_times(drawn: Drawn) -> None:
    text = calendar(drawn.event())
    assert ours(text) == theirs(text)


@settings(max_examples=400)
@given(drawn=series(), data=st.data())
def test_excluded_and_extra_dates_are_the_same(drawn: Drawn, data: st.DataObject) -> None:
    walls = starts_of(drawn)
    gone = data.draw(st.lists(st.sampled_from(walls), max_size=4)) if walls else []
    more = data.draw(st.lists(st.integers(-20, 200), max_size=3))
    lines = [f"EXDATE{drawn.at(wall)}" for wall in gone]
    lines += [f"RDATE{drawn.at(drawn.start + timedelta(days=days))}" for days in more]
    text = calendar(drawn.event(*lines))
    assert ours(text) == theirs(text)


@settings(max_examples=400)
@given(drawn=series(), data=st.data())
def test_moved_occurrences_are_the_same(drawn: Drawn, data: st.DataObject) -> None:
    walls = starts_of(drawn)
    chosen = data.draw(st.lists(st.sampled_from(walls), max_size=3, unique=True)) if walls else []
    moved = []
    for number, wall in enumerate(chosen):
        start = wall + timedelta(days=data.draw(st.integers(-9, 9)), minutes=0 if drawn.zone == "day" else 45)
        moved.append(
            event(
                drawn.at(start),
                drawn.at(start + drawn.span),
                f"RECURRENCE-ID{drawn.at(wall)}",
                title=f"Moved {number}",
            )
        )
    text = calendar(drawn.event(), *moved)
    assert ours(text) == theirs(text)


@settings(max_examples=200)
@given(drawn=series(), hours=st.integers(-30, 30), place=st.integers(0, 5))
def test_a_change_of_this_and_all_later_occurrences_is_the_same(drawn: Drawn, hours: int, place: int) -> None:
    walls = starts_of(drawn)
    if not walls or drawn.zone == "day":
        return
    wall = walls[min(place, len(walls) - 1)]
    start = wall + timedelta(hours=hours)
    change = f"RECURRENCE-ID;RANGE=THISANDFUTURE{drawn.at(wall)}"
    text = calendar(
        drawn.event(), event(drawn.at(start), drawn.at(start + drawn.span), change, title="Later")
    )
    assert ours(text) == theirs(text)


def starts_of(drawn: Drawn) -> list[datetime]:
    """The local starts of a series, from the library."""
    query = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar(drawn.event())))
    found = query.between(datetime(1990, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC))
    return [datetime(*one.start.timetuple()[:6]) for one in found][:8]  # noqa: DTZ001 (local times)
