"""How often something recurs, in the words of real registries and of people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.text.cadence import MONTH_DAYS, YEAR_DAYS, every_days, on_demand

SAID = {
    "weekly": 7,
    "Weekly": 7,
    "every week": 7,
    "once a week": 7,
    "each week": 7,
    "every Monday": 7,
    "Mondays": 7,
    "Weekly, every Monday at 10": 7,
    "weekly (alternating times)": 7,
    "weekly, on request": 7,
    "weekly - except fourth Tuesday every month": 7,
    "weekly starting Tuesday December 7th, 2021": 7,
    "Thursdays (starting February 15th 2024)": 7,
    "bi-weekly": 14,
    "bi weekly": 14,
    "Biweekly": 14,
    "BIWEEKLY": 14,
    "bi–weekly": 14,
    "fortnightly": 14,
    "every two weeks": 14,
    "every 2 wks": 14,
    "every other week": 14,
    "every other Thursday": 14,
    "every second Thursday": 14,
    "once in two weeks": 14,
    "every 2 weeks on Monday": 14,
    "biweekly-odd": 14,
    "biweekly-even": 14,
    "weekly-odd": 14,
    "odd weeks": 14,
    "alternating weeks": 14,
    "alternate Tuesdays": 14,
    "biweekly/triweekly": 14,
    "bi-weekly (On demand)": 14,
    "biweekly on Wednesdays": 14,
    "biweekly - alternating with regular meeting": 14,
    "biweekly 2019 start date: Jan. 11th": 14,
    "biweekly starting Thursday June 14, 2018": 14,
    "biweekly, you must be signed into a free zoom account to join": 14,
    "bi-weekly ([upcoming meeting dates](#upcoming-2019-meeting-dates))": 14,
    "every third week": 21,
    "triweekly": 21,
    "once every three weeks": 21,
    "every 4 weeks": 28,
    "every four weeks": 28,
    "quadweekly": 28,
    "every six weeks": 42,
    "6-weekly": 42,
    "daily": 1,
    "every day": 1,
    "weekdays": 1.4,
    "every working day": 1.4,
    "twice per week": 3.5,
    "twice weekly": 3.5,
    "2x/week": 3.5,
    "Mondays and Thursdays": 3.5,
    "every Tuesday and Thursday": 3.5,
    "3 times a week": 7 / 3,
    "monthly": MONTH_DAYS,
    "every month": MONTH_DAYS,
    "first-monday": MONTH_DAYS,
    "First Wednesday of the month": MONTH_DAYS,
    "last Friday of the month": MONTH_DAYS,
    "Monthly on 4th Thursday": MONTH_DAYS,
    "monthly - third Monday": MONTH_DAYS,
    "monthly - Wednesday, after the fourth Tuesday, every month": MONTH_DAYS,
    "monthly 2020 start date: Jan. 7th": MONTH_DAYS,
    "every second Thursday of the month": MONTH_DAYS,
    "semimonthly": MONTH_DAYS / 2,
    "twice a month": MONTH_DAYS / 2,
    "2x per month": MONTH_DAYS / 2,
    "first and third Tuesday": MONTH_DAYS / 2,
    "1st & 3rd Wednesday": MONTH_DAYS / 2,
    "monthly (1st and 3rd Tuesday)": MONTH_DAYS / 2,
    "the 2nd and 4th of each month": MONTH_DAYS / 2,
    "1st, 3rd and 5th Monday": MONTH_DAYS / 3,
    "bimonthly": 2 * MONTH_DAYS,
    "quarterly": 3 * MONTH_DAYS,
    "every 3 months": 3 * MONTH_DAYS,
    "once per quarter": 3 * MONTH_DAYS,
    "first Monday of the quarter": 3 * MONTH_DAYS,
    "semi-annually": YEAR_DAYS / 2,
    "once a year": YEAR_DAYS,
    "yearly": YEAR_DAYS,
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU": 14,
    "FREQ=MONTHLY": MONTH_DAYS,
}
UNSAID = (
    "",
    "none",
    "None",
    "TBD",
    "every",
    "x per week",
    "Tuesday",
    "0 times a week",
    "every 0 weeks",
    "every 999 weeks",
)
ASKED_FOR = ("on demand", "On-demand", "ad hoc", "adhoc", "as needed", "by request", "if needed")


@pytest.mark.parametrize(("said", "days"), SAID.items(), ids=str)
def test_words_for_a_cadence_become_days(said: str, days: float) -> None:
    assert every_days(said) == pytest.approx(days)


@pytest.mark.parametrize("said", UNSAID)
def test_words_that_name_no_period_give_none(said: str) -> None:
    assert every_days(said) is None
    assert not on_demand(said)


@pytest.mark.parametrize("said", ASKED_FOR)
def test_on_demand_has_no_period_and_says_so(said: str) -> None:
    assert every_days(said) is None
    assert on_demand(said)


def test_on_demand_beside_a_period_keeps_the_period() -> None:
    assert (every_days("biweekly (On demand)"), on_demand("biweekly (On demand)")) == (14, True)


@given(st.text(max_size=400))
def test_any_text_gives_a_positive_number_of_days_or_none(text: str) -> None:
    days = every_days(text)
    assert days is None or 0 < days < 100 * YEAR_DAYS


WORDS = "every first third weekly bi 2 / month week and Tuesday x times per on"


@given(st.lists(st.sampled_from(WORDS.split())))
def test_any_order_of_the_words_is_survived(words: list[str]) -> None:
    days = every_days(" ".join(words))
    assert days is None or days > 0
