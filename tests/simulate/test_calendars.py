"""Calendars are read back with the icalendar library, which knows nothing of the simulator."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from prodops.simulate.catalogue import ONE_TO_ONE
from prodops.simulate.vcalendar import escape, fold, fold_ascii
from simulate.conftest import Exports


def calendars(exports: Exports, pattern: str = "calendars/*.ics") -> Iterator[tuple[Path, Calendar]]:
    for path in exports.files(pattern):
        yield path, Calendar.from_ical(path.read_bytes())


def entries(calendar: Calendar) -> list[Any]:
    """The events of a calendar; the library's types say less than its documentation."""
    return list(calendar.walk("VEVENT"))


@pytest.fixture(scope="module")
def read(exports: Exports) -> dict[str, Calendar]:
    """Every PM's calendar by the owner's address."""
    return {path.stem: calendar for path, calendar in calendars(exports)}


def test_every_pm_has_a_calendar_named_after_the_address(exports: Exports, read: dict[str, Calendar]) -> None:
    people = exports.world.roster.people
    assert set(read) == {people[pm].email for pm in exports.world.roster.pms}
    assert all(str(calendar["X-WR-CALNAME"]) == owner for owner, calendar in read.items())


def test_no_line_is_longer_than_75_octets_and_every_line_ends_as_the_standard_asks(exports: Exports) -> None:
    for path in exports.files("calendars/**/*.ics"):
        content = path.read_bytes()
        assert content.count(b"\n") == content.count(b"\r\n")
        assert max(len(line) for line in content.split(b"\r\n")) <= 75
        content.decode("utf-8")


def test_series_overrides_and_exceptions_are_those_that_were_lived(
    exports: Exports, read: dict[str, Calendar]
) -> None:
    world = exports.world
    masters: Counter[str] = Counter()
    overrides: Counter[str] = Counter()
    taken_out: Counter[str] = Counter()
    for calendar in read.values():
        for event in entries(calendar):
            uid = str(event["UID"])
            if "RECURRENCE-ID" in event:
                overrides[uid] += 1
            elif "RRULE" in event:
                masters[uid] += 1
                taken_out[uid] += len(event["EXDATE"].dts) if "EXDATE" in event else 0
    for ritual in world.rituals:
        owners = sum(guest.person in world.roster.pms for guest in ritual.invited)
        lived = [occurrence for occurrence in world.occurrences if occurrence.ritual == ritual.index]
        changed = [
            o
            for o in lived
            if o.fate == "cancelled"
            or (o.fate != "dropped" and (o.declined or (o.day, o.start) != (o.planned, ritual.start)))
        ]
        assert masters[ritual.uid] == owners
        assert overrides[ritual.uid] == owners * len(changed)
        assert taken_out[ritual.uid] == owners * sum(o.fate == "dropped" for o in lived)


def test_a_declined_occurrence_says_who_declined_it(exports: Exports, read: dict[str, Calendar]) -> None:
    world = exports.world
    declined = 0
    for occurrence in world.occurrences:
        ritual = world.rituals[occurrence.ritual]
        for pm in occurrence.declined if occurrence.fate != "dropped" else ():
            email = world.roster.people[pm].email
            moment = world.period.utc(occurrence.planned, ritual.start)
            own = [
                {str(guest): guest.params["PARTSTAT"] for guest in event["ATTENDEE"]}
                for event in entries(read[email])
                if "RECURRENCE-ID" in event
                and str(event["UID"]) == ritual.uid
                and int(event["RECURRENCE-ID"].dt.timestamp() // 60) == moment
            ]
            assert [answers[f"mailto:{email}"] for answers in own] == ["DECLINED"]
            declined += 1
    assert declined > 5


def test_the_same_invitation_reads_the_same_in_every_calendar(read: dict[str, Calendar]) -> None:
    copies: dict[tuple[str, str], set[bytes]] = defaultdict(set)
    times: Counter[tuple[str, str]] = Counter()
    for calendar in read.values():
        for event in entries(calendar):
            which = event.get("RECURRENCE-ID")
            key = (str(event["UID"]), str(which.dt) if which else "")
            copies[key].add(event.to_ical())
            times[key] += 1
    assert all(len(texts) == 1 for texts in copies.values())
    assert sum(count > 1 for count in times.values()) > 20


def test_expanding_a_series_gives_the_occurrences_that_stand_in_the_calendar(
    exports: Exports, read: dict[str, Calendar]
) -> None:
    world = exports.world
    pm = world.roster.pms[0]
    own = [r for r in world.rituals if any(guest.person == pm for guest in r.invited)]
    first = datetime.fromordinal(world.period.first_monday).replace(tzinfo=UTC)
    found: defaultdict[str, set[int]] = defaultdict(set)
    calendar = read[world.roster.people[pm].email]
    expanded: list[Any] = recurring_ical_events.of(calendar).between(first, first + timedelta(weeks=16))
    for event in expanded:
        start = event["DTSTART"].dt
        if isinstance(start, datetime) and str(event.get("STATUS")) != "CANCELLED":
            found[str(event["UID"])].add(int(start.timestamp() // 60))
    for ritual in own:
        lived = [o for o in world.occurrences if o.ritual == ritual.index]
        expected = {world.period.utc(o.day, o.start) for o in lived if o.fate not in {"dropped", "cancelled"}}
        assert found[ritual.uid] == expected, ritual.title


def test_meetings_are_kept_in_the_zones_of_their_teams(read: dict[str, Calendar]) -> None:
    zones = {
        str(event["DTSTART"].params.get("TZID"))
        for calendar in read.values()
        for event in entries(calendar)
        if "TZID" in event["DTSTART"].params
    }
    assert zones == {"Europe/Berlin", "Europe/London"}


def test_the_traps_of_real_calendars_are_there(read: dict[str, Calendar]) -> None:
    events = [event for calendar in read.values() for event in entries(calendar)]
    kinds: Counter[str] = Counter()
    for event in events:
        listed = event.get("ATTENDEE", [])
        for guest in listed if isinstance(listed, list) else [listed]:
            kinds[f"cutype {guest.params.get('CUTYPE', '')}"] += 1
            kinds[f"role {guest.params['ROLE']}"] += 1
            kinds[f"partstat {guest.params['PARTSTAT']}"] += 1
        kinds["solo"] += not listed
        kinds["outside"] += ".example" in str(listed)
        kinds["private"] += str(event.get("CLASS")) == "PRIVATE"
        kinds["free"] += str(event["TRANSP"]) == "TRANSPARENT"
        kinds["tentative"] += str(event["STATUS"]) == "TENTATIVE"
        kinds["cancelled"] += str(event["STATUS"]) == "CANCELLED"
        kinds["all day"] += not isinstance(event["DTSTART"].dt, datetime)
        kinds["duration"] += "DURATION" in event
        kinds["endless"] += "RRULE" in event and "UNTIL" not in event["RRULE"]
        kinds["ended"] += "RRULE" in event and "UNTIL" in event["RRULE"]
    for kind in (
        *("cutype ROOM", "cutype INDIVIDUAL", "role CHAIR", "role OPT-PARTICIPANT", "partstat DECLINED"),
        *("partstat NEEDS-ACTION", "partstat TENTATIVE", "solo", "outside", "private", "free"),
        *("tentative", "cancelled", "all day", "duration", "endless", "ended"),
    ):
        assert kinds[kind] > 0, kind


def test_single_entries_are_as_many_as_were_planted(exports: Exports, read: dict[str, Calendar]) -> None:
    rituals = {ritual.uid for ritual in exports.world.rituals}
    found = sum(str(event["UID"]) not in rituals for calendar in read.values() for event in entries(calendar))
    assert found == sum(len(event.owners) for event in exports.world.events)


def test_accepted_meetings_collide_now_and_then(exports: Exports) -> None:
    attended = {block.uid for block in exports.world.blocks}
    unattended = [
        event
        for event in exports.world.events
        if event.uid not in attended and len(event.guests) > 1 and event.guests[-1].response == "ACCEPTED"
    ]
    assert len(unattended) > 15


def test_shared_calendars_hold_every_ritual_also_those_without_a_pm(exports: Exports) -> None:
    found = {
        str(event["UID"])
        for _, calendar in calendars(exports, "calendars/shared/*.ics")
        for event in entries(calendar)
    }
    assert found == {ritual.uid for ritual in exports.world.rituals if ritual.kind is not ONE_TO_ONE}
    pms = set(exports.world.roster.pms)
    assert any(not pms & {guest.person for guest in ritual.invited} for ritual in exports.world.rituals)


def test_folding_never_cuts_a_character_in_two() -> None:
    for start in range(80):
        line = "x" * start + "üé" * 60
        folded = fold(line)
        assert folded.replace("\r\n ", "") == line + "\r\n"
        assert all(len(part) <= 75 for part in folded.encode().split(b"\r\n"))
    ascii_line = "SUMMARY:" + "abc" * 70
    assert fold(ascii_line) == fold_ascii(ascii_line)


def test_separators_in_a_title_are_escaped() -> None:
    assert escape("a,b;c\\d\ne") == "a\\,b\\;c\\\\d\\ne"
