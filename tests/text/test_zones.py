"""Zone names of registries, of Windows and of the IANA database."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from prodops.text.windows_zones import WINDOWS_ZONES
from prodops.text.zones import find_zone

JULY = datetime(2024, 7, 1, 12)  # noqa: DTZ001 - the zones under test are put on it


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("PT (Pacific Time)", "America/Los_Angeles"),
        ("PT", "America/Los_Angeles"),
        ("PDT", "America/Los_Angeles"),
        ("Eastern Time (ET)", "America/New_York"),
        ("ET (Eastern Time)", "America/New_York"),
        ("Eastern Standard Time (EST)", "America/New_York"),
        ("EST", "America/New_York"),
        ("Poland", "Poland"),
        ("Warsaw", "Europe/Warsaw"),
        ("Beijing", "Asia/Shanghai"),
        ("IST (Indian Standard Time)", "Asia/Kolkata"),
        ("CET (Central European Time)", "Europe/Berlin"),
        ("CEST (Central European Summer Time)", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("utc ", "UTC"),
        ("Z", "UTC"),
        ("GMT", "UTC"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("India Standard Time", "Asia/Kolkata"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("/example.org/20240101_1/Europe/Berlin", "Europe/Berlin"),
        ("tzone://Microsoft/Utc", "UTC"),
        ("UTC+2", "Etc/GMT-2"),
        ("GMT-0500", "Etc/GMT+5"),
        ("+01:00", "Etc/GMT-1"),
        ("UTC-0", "UTC"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern", "Etc/GMT-1"),
        ('"New York"', "America/New_York"),
    ],
)
def test_a_name_as_people_write_it_is_found(written: str, key: str) -> None:
    assert find_zone(written) == ZoneInfo(key)


@pytest.mark.parametrize(
    "name",
    ["", " ", "Middle-earth", "America", "../../etc/passwd", "/etc/localtime", "x\0", "Customized Time Zone",
     "UTC+99", "()", "x" * 10_000, "UTC+5:30"],
)  # fmt: skip
def test_what_nobody_can_place_is_none(name: str) -> None:
    assert find_zone(name) is None


@given(st.text(max_size=40))
def test_no_name_makes_it_fail(name: str) -> None:
    assert find_zone(name) is None or isinstance(find_zone(name), ZoneInfo)


def test_every_zone_of_the_database_is_found_by_its_own_name() -> None:
    # Some three-letter names are also words of registries, and there the registry's meaning wins.
    words = {"EST", "MST", "HST", "CET", "EET", "WET", "GMT", "Zulu", "Z", "UCT", "Etc/UTC", "posixrules"}
    for name in sorted(available_timezones() - words):
        if not name.startswith(("Factory", "localtime", "leapseconds")):
            zone = find_zone(name)
            assert zone is not None, name
            assert JULY.replace(tzinfo=zone).utcoffset() == JULY.replace(tzinfo=ZoneInfo(name)).utcoffset(), (
                name
            )


def test_windows_names_agree_with_the_table_of_the_unicode_consortium() -> None:
    for name, expected in WINDOWS_TO_OLSON.items():
        found, meant = find_zone(name), ZoneInfo(expected)
        assert found is not None, name
        for month in range(1, 13):
            day = datetime(2024, month, 15, 12)  # noqa: DTZ001 - the zones under test are put on it
            assert day.replace(tzinfo=found).utcoffset() == day.replace(tzinfo=meant).utcoffset(), name


def test_every_windows_name_leads_to_a_zone() -> None:
    assert len(WINDOWS_ZONES) >= 139
    assert all(isinstance(ZoneInfo(zone).utcoffset(JULY), timedelta) for zone in WINDOWS_ZONES.values())
