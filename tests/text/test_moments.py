"""Moments as people and programs write them, and the ones that do not exist."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.moments import MomentError, parse_day, parse_moment

AFTERNOON = datetime(2021, 1, 7, 14, 40, tzinfo=UTC)


@given(
    st.datetimes(
        min_value=datetime(1, 1, 3),  # noqa: DTZ001 - hypothesis takes naive bounds
        max_value=datetime(9999, 12, 29),  # noqa: DTZ001 - hypothesis takes naive bounds
        timezones=st.timezones(),
        allow_imaginary=False,
    ),
)
def test_an_iso_moment_comes_back_in_utc(moment: datetime) -> None:
    try:
        written = moment.isoformat()
        expected = moment.astimezone(UTC)
    except OverflowError:
        return
    # An offset is written with its seconds, which only zones before 1900 have.
    parsed = parse_moment(written)
    assert parsed == expected
    assert parsed.tzinfo is UTC


@given(st.text(max_size=60))
def test_any_text_is_a_moment_or_a_named_error(text: str) -> None:
    with contextlib.suppress(MomentError):
        assert parse_moment(text, tz=UTC).tzinfo is UTC


@given(st.from_regex(r"\A[0-9]{1,14}[-/. ][0-9]{1,3}[-/. ][0-9]{1,14}( [0-9]{1,3}:[0-9]{2}(am|z)?)?\Z"))
def test_anything_like_a_date_is_a_date_or_a_named_error(text: str) -> None:
    with contextlib.suppress(MomentError):
        assert parse_moment(text, tz=UTC).date() >= date(1, 1, 1)


@given(st.one_of(st.integers(), st.floats()))
def test_any_number_is_a_moment_or_a_named_error(ticks: float) -> None:
    with contextlib.suppress(MomentError):
        assert parse_moment(ticks).tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2021-01-07T14:40:00Z",
        "2021-01-07T14:40:00.000+0000",
        "2021-01-07T14:40:00,0Z",
        "2021-01-07 06:40:00 -0800",
        "2021-01-07 06:40:00-08:00",
        "20210107T144000Z",
        " 20210107t144000z ",
        "2021-01-07 14:40 UTC",
        "2021-1-7 14:40 GMT",
        "2021/01/07 14:40Z",
        "2021-01-07 15:40:00 +0100 (CET)",
        "Thu, 07 Jan 2021 14:40:00 GMT",
        "Thu, 7 Jan 2021 09:40:00 EST",
        "Thu Jan  7 14:40:00 2021 +0000",
        "Thu Jan 07 14:40:00 +0000 2021",
        "Thu Jan 7 15:40:00 CET 2021",
        "Jan 7, 2021, 2:40 PM UTC",
        "January 7th, 2021 at 2:40 p.m. UTC",
        "7 January 2021 14:40 UTC",
        "7th of January 2021, 14:40 UTC",
        "07/Jan/21 2:40 PM UTC",
        "07-Jan-2021 14:40 UTC",
        "1/7/2021 14:40 UTC",
        "7.1.2021 14:40 UTC",
        "Jan 7, 2021, 2:40\u202fPM UTC",
        "  2021-01-07T14:40Z ",
        "1610030400",
        "1610030400.0",
        "1610030400000",
        "1610030400000000",
        "1610030400000000000",
        "20210107144000",
        "202101071440",
    ],
)
def test_the_same_moment_in_many_hands(text: str) -> None:
    assert parse_moment(text, tz=UTC) == AFTERNOON


@pytest.mark.parametrize("ticks", [1_610_030_400, 1_610_030_400_000, 1_610_030_400.0, 1.6100304e15])
def test_numbers_are_unix_time_by_size(ticks: float) -> None:
    assert parse_moment(ticks) == AFTERNOON


def test_fourteen_digits_that_are_no_date_are_milliseconds() -> None:
    assert parse_moment("20210107994000").year == 2610


def test_milliseconds_that_look_like_a_compact_date_are_milliseconds() -> None:
    assert parse_moment("1612012672123").year == 2021


@pytest.mark.parametrize(
    "text",
    [
        "2019-09-38",
        "2019-09-38T10:00:00Z",
        "2021-02-30 10:00",
        "31/31/2021",
        "Feb 30, 2021",
        "2021-01-07 25:00",
        "2021-01-07 10:61",
        "2021-01-07 24:01",
        "2021-01-07 13:00 PM",
        "20210230",
        "202100000000-01-01",
        "0000-01-01",
        "123456789012-01-01T00:00:00Z",
        "",
        " ",
        "soon",
        "Q3 2021",
        "2021",
        "0",
        "1/2",
        "=NOW()",
        "2021-01-07 14:40 Middle-earth",
        "2021-01-07 14:40 Gondor",
        "2021-01-07+01:00",
        "2021-01-07T14:40:00+99:00",
        "x" * 10_000_000,
        "9" * 5_000,
        "0001-01-01T00:00:00+05:00",
        "9999-12-31T23:00:00-05:00",
        "999999999999999999999",
        "\0",
        "²",
        "\ud800",
    ],
)
def test_what_is_no_moment_is_a_named_error_that_quotes_little(text: str) -> None:
    with pytest.raises(MomentError) as caught:
        parse_moment(text, tz=UTC)
    assert len(str(caught.value)) <= 100


@pytest.mark.parametrize("ticks", [float("nan"), float("inf"), 1e25, True])
def test_numbers_that_are_no_moment_are_refused(ticks: float) -> None:
    with pytest.raises(MomentError):
        parse_moment(ticks)


def test_text_without_a_zone_needs_one_from_the_caller() -> None:
    with pytest.raises(MomentError, match="no time zone"):
        parse_moment("2021-01-07 14:40")
    assert parse_moment("2021-01-07 15:40", tz=ZoneInfo("Europe/Berlin")) == AFTERNOON


def test_a_zone_in_the_text_outweighs_the_callers() -> None:
    assert parse_moment("2021-01-07 14:40Z", tz=timezone(timedelta(hours=9))) == AFTERNOON


def test_a_local_time_that_occurs_twice_is_the_earlier() -> None:
    autumn = parse_moment("2021-10-31 02:30", tz=ZoneInfo("Europe/Berlin"))
    assert autumn == datetime(2021, 10, 31, 0, 30, tzinfo=UTC)


def test_month_comes_first_unless_that_is_impossible() -> None:
    assert parse_day("1/7/2021") == date(2021, 1, 7)
    assert parse_day("31/7/2021") == date(2021, 7, 31)
    assert parse_day("1/7/69") == date(1969, 1, 7)
    assert parse_day("1/7/68") == date(2068, 1, 7)


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert parse_moment("2021-01-07 24:00", tz=UTC) == datetime(2021, 1, 8, tzinfo=UTC)


def test_a_leap_second_is_the_next_minute() -> None:
    assert parse_moment("2016-12-31 23:59:60", tz=UTC) == datetime(2017, 1, 1, tzinfo=UTC)


@given(st.dates())
def test_a_day_comes_back_however_it_is_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.year:04}/{day.month}/{day.day}") == day
    assert parse_day(f"{day.day}.{day.month}.{day.year:04}") == day
    assert parse_day(f"{day.day} {_MONTHS[day.month - 1]} {day.year:04}") == day


def test_the_time_beside_a_day_is_read_past() -> None:
    assert parse_day("2021-01-07T23:59:00-08:00") == date(2021, 1, 7)


def test_an_impossible_day_is_a_named_error() -> None:
    with pytest.raises(MomentError, match="no such date"):
        parse_day("2019-09-38")


_MONTHS = "Jan February mar. April MAY june Jul Aug Sept October Nov. Dec".split()
