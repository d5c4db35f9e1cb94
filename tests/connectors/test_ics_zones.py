"""Time zones of calendar files: by name, by VTIMEZONE, by Windows name, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.connectors.ics.moments import to_utc
from prodops.connectors.ics.zones import FileZone, Zones, file_zone, zone_name

BERLIN = """BEGIN:VTIMEZONE
TZID:Somewhere
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
# As calendars of the United States had it until 2006, and since.
CHANGED = """BEGIN:VTIMEZONE
TZID:Changed
BEGIN:DAYLIGHT
DTSTART:20000402T020000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20001029T020000
RDATE:20011028T020000,20021027T020000,20031026T020000,20041031T020000,20051030T020000,20061029T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE
"""
years = st.datetimes(datetime(2000, 1, 1), datetime(2036, 12, 31))  # noqa: DTZ001 (local times)
walls = years.map(lambda wall: wall.replace(fold=0))


@cache
def zone_of(text: str) -> FileZone:
    zone = file_zone("Somewhere", text.encode())
    assert zone is not None
    return zone


def no_vtimezone(_name: str) -> None:
    return None


@settings(max_examples=400)
@given(walls)
def test_a_spelled_out_zone_is_the_zone_it_spells_out(wall: datetime) -> None:
    assert to_utc(wall, zone_of(BERLIN)) == to_utc(wall, ZoneInfo("Europe/Berlin"))


@settings(max_examples=150)
@given(walls)
def test_icalendar_makes_the_same_of_it_outside_the_hour_of_the_change(wall: datetime) -> None:
    component = icalendar.Timezone.from_ical(BERLIN.replace("\n", "\r\n"))
    assert isinstance(component, icalendar.Timezone)
    theirs = component.to_tz(lookup_tzid=False)
    around = {wall.replace(tzinfo=ZoneInfo("Europe/Berlin")) + timedelta(hours=hours) for hours in (-3, 3)}
    if len({moment.utcoffset() for moment in around}) == 1:
        assert to_utc(wall, zone_of(BERLIN)) == wall.replace(tzinfo=theirs).astimezone(UTC)


@given(walls.map(lambda wall: wall.replace(year=2001 + wall.year % 6, day=min(wall.day, 28))))
def test_dates_one_by_one_and_rules_that_end_are_read(wall: datetime) -> None:
    assert to_utc(wall, zone_of(CHANGED)) == to_utc(wall, ZoneInfo("America/New_York"))


def test_after_the_last_change_the_last_offset_stays() -> None:
    july = datetime(2020, 7, 1, 12)  # noqa: DTZ001 (local time)
    assert zone_of(CHANGED).utcoffset(july) == timedelta(hours=-5)
    assert zone_of(CHANGED).utcoffset(None) is None
    assert zone_of(CHANGED).dst(july) is None


def test_before_the_first_change_the_offset_before_it_holds() -> None:
    assert zone_of(CHANGED).utcoffset(datetime(1999, 1, 1)) == timedelta(hours=-5)  # noqa: DTZ001 (local time)


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VTIMEZONE\nTZID:Empty\nEND:VTIMEZONE\n",
        BERLIN.replace("TZOFFSETTO:+0", "TZOFFSETTO:0"),
        BERLIN.replace("TZOFFSETTO:+0", "TZOFFSETTO:+9"),
        BERLIN.replace("DTSTART", "X-START"),
        BERLIN.replace("YEARLY", "SOMETIMES"),
        "",
    ],
)
def test_a_zone_that_does_not_say_what_time_it_is_is_none(text: str) -> None:
    assert file_zone("Broken", text.encode()) is None


def test_a_known_name_is_not_looked_up_in_the_file() -> None:
    assert Zones(no_vtimezone).find("Europe/Berlin") == ZoneInfo("Europe/Berlin")
    assert Zones(no_vtimezone).find('"/Europe/Berlin"') == ZoneInfo("Europe/Berlin")


def test_utc_has_several_names() -> None:
    assert {Zones(no_vtimezone).find(name) for name in ("UTC", "Etc/UTC", "GMT", "Z")} == {UTC}


def test_windows_names_and_names_with_a_program_before_them_are_known() -> None:
    zones = Zones(no_vtimezone)
    assert zones.find("W. Europe Standard Time") == ZoneInfo("Europe/Berlin")
    assert zones.find("/freeassociation.sourceforge.net/Europe/Berlin") == ZoneInfo("Europe/Berlin")


def test_the_files_own_spelling_wins_over_a_windows_name() -> None:
    zone = Zones(lambda _name: BERLIN.encode()).find("India Standard Time")
    assert to_utc(datetime(2024, 7, 1, 12), zone) == datetime(2024, 7, 1, 10, tzinfo=UTC)  # noqa: DTZ001 (local time)


@pytest.mark.parametrize("name", ["", "Mars/Olympus_Mons", "../../etc/passwd", "Europe", "x" * 500, "\0"])
def test_an_unknown_name_is_no_zone(name: str) -> None:
    assert Zones(no_vtimezone).find(name) is None


def test_records_name_a_zone_as_it_is_known() -> None:
    assert zone_name(ZoneInfo("Europe/Berlin")) == "Europe/Berlin"
    assert zone_name(UTC) == "UTC"
    assert zone_name(None) == ""
    assert zone_name(zone_of(BERLIN)) == zone_of(BERLIN).tzname(None) == "Somewhere"
