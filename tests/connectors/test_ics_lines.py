"""Content lines and values: read as icalendar reads them, but for the few traps where it does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.parser import Contentline, Contentlines, unescape_backslash
from icalendar.prop import vDuration

from prodops.connectors.ics.lines import read_line, read_lines, unescaped, unfolded
from prodops.connectors.ics.moments import MomentError, compact, read_duration, read_when

CASES = Path(__file__).parent / "cases" / "ics"
MARKS = (
    ";",
    ":",
    "=",
    ",",
    '"',
    "\\",
    "^",
    "%",
    " ",
    "\t",
    ".",
    "'",
    "ü",
    "\x07",
    "^n",
    "%3A",
    "\\n",
    "\\,",
    "",
)
WORDS = ("ATTENDEE", "X-A", "CN", "TZID", "mailto:a@example.com", "PARTSTAT=ACCEPTED", '"Bix, Bob"', "A B")
PIECES = st.sampled_from(MARKS + WORDS)


def by_library(written: str) -> tuple[str, dict[str, str], str] | None:
    try:
        name, parameters, value = Contentline(written).raw_parts()  # type: ignore[no-untyped-call]  # no types
    except ValueError:
        return None
    joined = {key: each if isinstance(each, str) else ",".join(each) for key, each in parameters.items()}
    return name.upper(), joined, value


@settings(max_examples=300)
@given(st.lists(PIECES, min_size=1, max_size=14).map("".join))
def test_a_line_is_split_as_icalendar_splits_it(written: str) -> None:
    line = read_line(written)
    assert (tuple(line) if line else None) == by_library(written)


@settings(max_examples=200)
@given(st.lists(PIECES, min_size=1, max_size=8).map(lambda parts: "ATTENDEE;" + "".join(parts) + ":x"))
def test_parameters_are_read_as_icalendar_reads_them(written: str) -> None:
    line = read_line(written)
    assert (tuple(line) if line else None) == by_library(written)


@pytest.mark.parametrize("path", sorted(CASES.glob("*.ics")), ids=lambda path: path.name)
def test_the_lines_of_our_cases_are_read_as_icalendar_reads_them(path: Path) -> None:
    text, _ = unfolded(path.read_bytes())
    for written in text.replace("\r", "").split("\n"):
        line = read_line(written)
        assert (tuple(line) if line else None) == by_library(written)


@given(st.text(st.sampled_from('ab\\,;:nN\n" %'), max_size=20))
def test_escapes_are_undone_as_icalendar_does(text: str) -> None:
    assert unescaped(text) == unescape_backslash(text)


@given(st.text(st.sampled_from("ab\r\n \t"), max_size=30).map(lambda text: text + "\n"))
def test_lines_are_unfolded_as_icalendar_does(text: str) -> None:
    theirs = [str(line) for line in Contentlines.from_ical(text) if line]  # type: ignore[no-untyped-call]  # no types
    ours = [line.removesuffix("\r") for line in unfolded(text.encode())[0].split("\n")]
    assert [line for line in ours if line] == theirs


def test_a_fold_inside_a_character_is_joined() -> None:
    """RFC 5545 counts octets, so that a fold may split a character; icalendar loses it."""
    assert unfolded(b"SUMMARY:Caf\xc3\r\n \xa9") == ("SUMMARY:Café", True)


def test_what_is_not_utf8_is_read_and_said() -> None:
    assert unfolded("SUMMARY:Über".encode("cp1252")) == ("SUMMARY:Über", False)


def test_lines_of_an_alarm_are_not_those_of_its_event() -> None:
    text = "BEGIN:VEVENT\nBEGIN:VALARM\nSUMMARY:Alarm\nEND:VALARM\nSUMMARY:Event\nEND:VEVENT"
    lines, broken = read_lines(text, {"SUMMARY"})
    assert [line.value for line in lines] == ["Event"]
    assert broken == []


def test_a_wanted_line_that_nobody_can_read_is_named() -> None:
    huge = 'ATTENDEE;CN="' + "x" * 70_000
    lines, broken = read_lines(
        f"BEGIN:VEVENT\nATTENDEE;PARTSTAT\n{huge}\n SUMMARY ;A=b:Odd\nEND:VEVENT", {"ATTENDEE", "SUMMARY"}
    )
    assert broken == ["ATTENDEE", "ATTENDEE"]
    assert [line.value for line in lines] == ["Odd"]


def test_a_time_in_a_zone_is_that_of_the_zone() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    assert read_when("20240705T100000", berlin).utc() == datetime(2024, 7, 5, 8, tzinfo=UTC)
    assert read_when("20240705T100000Z", None).utc() == datetime(2024, 7, 5, 10, tzinfo=UTC)


def test_a_zone_beside_the_time_wins_over_a_z_behind_it() -> None:
    assert read_when("20240705T100000Z", ZoneInfo("Europe/Berlin")).utc() == datetime(
        2024, 7, 5, 8, tzinfo=UTC
    )


def test_a_day_is_a_day_whatever_zone_stands_beside_it() -> None:
    when = read_when("20240705", ZoneInfo("Europe/Berlin"))
    assert (when.is_day, when.utc()) == (True, datetime(2024, 7, 5, tzinfo=UTC))
    assert read_when("20240705T100000", None, is_day=True) == when


def test_a_leap_second_is_the_second_before_it() -> None:
    assert read_when("20161231T235960Z", None).utc() == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "soon", "20240938", "20240230T100000", "20240101T250000", "2024-01-01", "２０２４０１０１"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(MomentError):
        read_when(text, None)


def test_a_time_outside_the_calendar_is_refused() -> None:
    with pytest.raises(MomentError, match="outside the calendar"):
        read_when("00010101T000000", ZoneInfo("Asia/Tokyo")).utc()


@given(st.from_regex(r"[+-]?P(\d{1,2}W)?(\d{1,3}D)?(T(\d{1,2}H)?(\d{1,3}M)?(\d{1,3}S)?)?", fullmatch=True))
def test_lengths_of_time_are_those_of_icalendar(text: str) -> None:
    if not any(character.isdigit() for character in text) or not text.isascii():
        with pytest.raises(MomentError):
            read_duration(text)
        return
    assert read_duration(text) == vDuration.from_ical(text)  # type: ignore[no-untyped-call]  # no types


@pytest.mark.parametrize("text", ["", "P", "PT", "1H", "P1Y", "P99999999W"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(MomentError):
        read_duration(text)


def test_a_length_of_time_is_added_up() -> None:
    assert read_duration("P1DT2H30M") == timedelta(days=1, hours=2, minutes=30)
    assert read_duration("-PT15M") == -timedelta(minutes=15)


def test_a_moment_in_an_id_is_compact() -> None:
    assert compact(datetime(2024, 1, 5, 9, 30, tzinfo=UTC)) == "20240105T093000Z"
