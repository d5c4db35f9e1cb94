"""Recurrence rules: what they come to, and that dateutil says the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice, takewhile
from types import SimpleNamespace

import dateutil.rrule  # type: ignore[import-untyped]  # dateutil has no types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prodops.connectors.ics.expansion import STEPS, Expansion, expand
from prodops.connectors.ics.rules import RuleError, read_rule

MONDAY = datetime(2024, 1, 1, 10)  # noqa: DTZ001 (rules know no zones)
FAR = datetime(2040, 1, 1)  # noqa: DTZ001 (rules know no zones)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def walls(rule: str, start: datetime = MONDAY, *, upto: datetime = FAR, most: int = 50) -> list[datetime]:
    return expand(read_rule(rule), start, upto=upto, most=most).walls


def days(rule: str, start: datetime = MONDAY, *, most: int = 4) -> list[str]:
    return [wall.strftime("%m-%d") for wall in walls(rule, start, most=most)]


def test_every_second_thursday_of_a_month() -> None:
    assert days("FREQ=MONTHLY;BYDAY=2TH") == ["01-11", "02-08", "03-14", "04-11"]


def test_the_last_working_day_of_a_month() -> None:
    rule = "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"
    assert days(rule) == ["01-31", "02-29", "03-29", "04-30"]


def test_every_other_week_starts_on_the_day_the_calendar_says() -> None:
    """The example of RFC 5545: the week's first day decides which weeks are skipped."""
    tuesday = datetime(1997, 8, 5, 9)  # noqa: DTZ001 (rules know no zones)
    assert days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", tuesday) == [
        "08-05",
        "08-10",
        "08-19",
        "08-24",
    ]
    assert days("FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", tuesday) == [
        "08-05",
        "08-17",
        "08-19",
        "08-31",
    ]


def test_a_plain_weekday_and_a_counted_one_are_added_up() -> None:
    """RFC 5545 limits by neither; dateutil gives nothing here."""
    assert days("FREQ=MONTHLY;BYDAY=FR,1TU", most=6) == ["01-02", "01-05", "01-12", "01-19", "01-26", "02-02"]


def test_a_leap_day_comes_every_four_years() -> None:
    leap = datetime(2024, 2, 29, 9)  # noqa: DTZ001 (rules know no zones)
    assert [wall.year for wall in walls("FREQ=YEARLY", leap, most=3)] == [2024, 2028, 2032]


def test_more_than_was_asked_for_is_said() -> None:
    assert expand(read_rule("FREQ=DAILY"), MONDAY, upto=FAR, most=7).whole is False
    assert expand(read_rule("FREQ=DAILY;COUNT=7"), MONDAY, upto=FAR, most=7).whole is True


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;INTERVAL=1440;BYHOUR=9",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_that_never_matches_comes_to_an_end(rule: str) -> None:
    assert walls(rule) == []


def test_every_second_of_ten_years_stops_at_the_number_asked_for() -> None:
    found = expand(read_rule("FREQ=SECONDLY"), MONDAY, upto=FAR, most=5_000)
    assert len(found.walls) == 5_000
    assert found.walls[-1] == MONDAY + timedelta(seconds=4_999)


def test_steps_without_a_match_are_bounded() -> None:
    found = expand(read_rule("FREQ=SECONDLY;BYMONTH=12"), MONDAY, upto=FAR, most=5_000)
    assert found == Expansion([], whole=False)
    first = datetime(1, 1, 1)  # noqa: DTZ001 (rules know no zones)
    assert len(expand(read_rule("FREQ=DAILY"), first, upto=FAR, most=STEPS * 2).walls) == STEPS + 1


def test_a_rule_stops_at_the_end_of_the_calendar() -> None:
    last = datetime(9999, 12, 1, 9)  # noqa: DTZ001 (rules know no zones)
    for rule in (
        "FREQ=WEEKLY",
        "FREQ=MONTHLY",
        "FREQ=YEARLY;BYWEEKNO=52",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYWEEKNO=1;WKST=FR",
        "FREQ=DAILY;BYDAY=MO",
    ):
        found = expand(read_rule(rule), last, upto=datetime.max, most=5_000)  # noqa: DTZ901 (no zones)
        assert found.whole, rule


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("", "how often"),
        ("FREQ=FORTNIGHTLY", "how often"),
        ("FREQ=DAILY;INTERVAL=0", "interval"),
        ("FREQ=DAILY;INTERVAL=two", "whole number"),
        ("FREQ=DAILY;COUNT=", "whole number"),
        ("FREQ=DAILY;UNTIL=20240230", "UNTIL=20240230"),
        ("FREQ=DAILY;UNTIL=soon", "no moment"),
        ("FREQ=WEEKLY;BYDAY=XX", "day of the week"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "out of range"),
        ("FREQ=YEARLY;BYMONTH=13", "out of range"),
        ("FREQ=YEARLY;BYEASTER=1", "BYEASTER"),
        ("FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=" + ",".join(map(str, range(60)))
         + ";BYSECOND=0,1", "1440"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_read_says_why(rule: str, reason: str) -> None:
    with pytest.raises(RuleError, match=reason):
        read_rule(rule)


def test_small_mistakes_of_programs_are_read() -> None:
    assert read_rule("freq=weekly; byday=mo;") == read_rule("FREQ=WEEKLY;BYDAY=MO")
    assert read_rule("FREQ=DAILY;COUNT=-1").count is None
    assert read_rule("RSCALE=GREGORIAN;FREQ=DAILY;SKIP=OMIT") == read_rule("FREQ=DAILY")


numbers = st.lists(st.integers(1, 31), min_size=1, max_size=3, unique=True)


def joined(name: str, values: list[int] | list[str]) -> str:
    return f"{name}={','.join(map(str, values))}"


@st.composite
def rules(draw: st.DrawFn) -> str:
    """Rules of every frequency with every part, as far as dateutil reads RFC 5545 as we do."""
    frequency = draw(st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"]))
    parts = [f"FREQ={frequency}"]
    maybe = st.booleans()
    if draw(maybe):
        parts.append(f"INTERVAL={draw(st.integers(1, 40))}")
    if draw(maybe):
        parts.append(f"COUNT={draw(st.integers(1, 30))}")
    if draw(maybe):
        parts.append(f"WKST={draw(st.sampled_from(WEEKDAYS))}")
    if draw(st.integers(0, 3)) == 0:
        months = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True))
        parts.append(joined("BYMONTH", months))
    parts.extend(draw(day_parts(frequency)))
    for name, high in (("BYHOUR", 23), ("BYMINUTE", 59), ("BYSECOND", 59)):
        if draw(st.integers(0, 4)) == 0:
            times = draw(st.lists(st.integers(0, high), min_size=1, max_size=3, unique=True))
            parts.append(joined(name, times))
    if draw(st.integers(0, 3)) == 0:
        places = draw(
            st.lists(st.sampled_from([1, 2, 3, 5, -1, -2, -4]), min_size=1, max_size=2, unique=True)
        )
        parts.append(joined("BYSETPOS", places))
    return ";".join(parts)


@st.composite
def day_parts(draw: st.DrawFn, frequency: str) -> list[str]:
    kind = draw(st.sampled_from(["", "", "weekday", "nth", "month day", "year day", "week"]))
    if kind == "weekday":
        return [
            joined("BYDAY", draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=5, unique=True)))
        ]
    if kind == "nth" and frequency in {"YEARLY", "MONTHLY"}:
        place = draw(st.sampled_from([1, 2, 3, 4, 5, -1, -2]))
        return [f"BYDAY={place}{draw(st.sampled_from(WEEKDAYS))}"]
    sign = draw(st.sampled_from([1, 1, -1]))
    if kind == "month day":
        return [joined("BYMONTHDAY", [sign * number for number in draw(numbers)])]
    if kind == "year day" and frequency == "YEARLY":
        return [joined("BYYEARDAY", [sign * 11 * number for number in draw(numbers)])]
    # dateutil mistakes the number of weeks of some years, so weeks 52 and 53 are left to a test of their own.
    if kind == "week" and frequency == "YEARLY":
        return [joined("BYWEEKNO", [1 + number for number in draw(numbers)])]
    return []


starts = st.datetimes(min_value=datetime(1996, 1, 1), max_value=datetime(2030, 1, 1)).map(  # noqa: DTZ001 (no zones)
    lambda moment: moment.replace(microsecond=0)
)


@pytest.fixture
def hurried() -> Iterator[Callable[[int], None]]:
    """Lets dateutil give up after a year; by itself it looks on until 9999 where nothing matches."""
    real = dateutil.rrule.datetime

    def until(year: int) -> None:
        dateutil.rrule.datetime = SimpleNamespace(**{**vars(real), "MAXYEAR": year})

    yield until
    dateutil.rrule.datetime = real


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=rules(), start=starts)
def test_dateutil_says_the_same(hurried: Callable[[int], None], rule: str, start: datetime) -> None:
    upto = start + timedelta(days=21 if rule.startswith(("FREQ=HOURLY", "FREQ=MINUTELY")) else 1_100)
    hurried(upto.year)
    try:
        theirs = dateutil.rrule.rrulestr(rule, dtstart=start)
        expected = list(islice(takewhile(lambda wall: wall <= upto, theirs), 60))
    except ValueError:
        # dateutil refuses hours and minutes that the interval never comes to.
        expected = []
    assert walls(rule, start, upto=upto, most=60) == expected


def test_the_last_week_of_a_year_is_that_of_iso_8601() -> None:
    found = walls("FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", datetime(2001, 1, 1, 9), most=5)  # noqa: DTZ001 (no zones)
    assert [wall.isocalendar()[:2] for wall in found] == [
        (2004, 53),
        (2009, 53),
        (2015, 53),
        (2020, 53),
        (2026, 53),
    ]
