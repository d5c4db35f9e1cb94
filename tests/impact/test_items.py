"""Estimators on items, held against scipy, lifelines and formulas written out here."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from lifelines import KaplanMeierFitter
from scipy import stats

from prodops.impact.item_change import Item, item_change, sentence
from prodops.impact.items import (
    detectable_change,
    hours_saved,
    items_per_week,
    minutes_per_item,
    still_waiting,
)
from prodops.stats.estimate import Estimate

DATE = datetime(2026, 3, 2, tzinfo=UTC)


def lognormal(count: int, minutes: float, seed: int) -> list[float]:
    drawn: list[float] = np.random.default_rng(seed).lognormal(math.log(minutes), 0.7, count).tolist()
    return drawn


def ends(found: Estimate) -> tuple[float, float, float]:
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    return found.value, found.low, found.high


@pytest.mark.parametrize(("before", "after"), [(60, 60), (8, 40), (5, 5)])
def test_minutes_an_item_equal_welchs_test_of_scipy_on_the_logarithms(before: int, after: int) -> None:
    was, now = lognormal(before, 20, 1), lognormal(after, 13, 2)
    test = stats.ttest_ind(np.log(now), np.log(was), equal_var=False)
    bounds = test.confidence_interval(0.95)
    gap = np.log(now).mean() - np.log(was).mean()
    expected = [math.expm1(float(one)) for one in (gap, bounds.low, bounds.high)]
    assert ends(minutes_per_item(was, now)) == pytest.approx(expected, rel=1e-9)


def test_sixty_timed_items_each_side_show_a_fall_by_a_third() -> None:
    found = [
        ends(minutes_per_item(lognormal(60, 20, seed), lognormal(60, 13.4, 99 + seed))) for seed in range(20)
    ]
    assert sum(high < 0 for _, _, high in found) >= 16


def test_items_a_week_equal_a_quasi_poisson_regression() -> None:
    was, now = [12, 15, 9, 14, 20, 8, 13, 11], [7, 6, 9, 4, 12, 5]
    value, low, high = ends(items_per_week(was, now))
    spread = (
        sum((one - np.mean(was)) ** 2 / np.mean(was) for one in was)
        + sum((one - np.mean(now)) ** 2 / np.mean(now) for one in now)
    ) / (len(was) + len(now) - 2)
    error = math.sqrt(spread * (1 / sum(was) + 1 / sum(now)))
    reach = stats.t.ppf(0.975, len(was) + len(now) - 2) * error
    gap = math.log(np.mean(now) / np.mean(was))
    assert value == pytest.approx(np.mean(now) / np.mean(was) - 1)
    assert (low, high) == pytest.approx((math.expm1(gap - reach), math.expm1(gap + reach)))


def test_calm_weeks_are_not_taken_for_surer_than_poisson() -> None:
    _, low, high = ends(items_per_week([10] * 6, [8] * 6))
    reach = stats.t.ppf(0.975, 10) * math.sqrt(1 / 60 + 1 / 48)
    assert (low, high) == pytest.approx(
        (math.expm1(math.log(0.8) - reach), math.expm1(math.log(0.8) + reach))
    )


def test_the_intervals_of_items_hold_what_they_promise() -> None:
    dice = np.random.default_rng(4)
    runs = 600
    minutes = [
        ends(minutes_per_item(dice.lognormal(3, 0.7, 25).tolist(), dice.lognormal(2.7, 0.9, 40).tolist()))
        for _ in range(runs)
    ]
    counts = [
        ends(
            items_per_week(
                dice.negative_binomial(5, 0.3, 12).tolist(), dice.negative_binomial(5, 0.4, 12).tolist()
            )
        )
        for _ in range(runs)
    ]
    factor, rate = math.expm1(-0.3), (5 * 0.6 / 0.4) / (5 * 0.7 / 0.3) - 1
    assert sum(low <= factor <= high for _, low, high in minutes) / runs == pytest.approx(0.95, abs=0.03)
    assert sum(low <= rate <= high for _, low, high in counts) / runs == pytest.approx(0.95, abs=0.03)


def test_hours_saved_hold_the_true_difference_of_means() -> None:
    dice = np.random.default_rng(5)
    runs, truth = 200, 100 * (math.exp(3 + 0.245) - math.exp(2.6 + 0.245)) / 60
    found = [
        ends(
            hours_saved(
                dice.lognormal(3, 0.7, 40).tolist(), dice.lognormal(2.6, 0.7, 40).tolist(), items_a_week=100
            )
        )
        for _ in range(runs)
    ]
    assert sum(low <= truth <= high for _, low, high in found) / runs == pytest.approx(0.95, abs=0.05)


def test_too_few_items_or_weeks_are_said_and_not_computed() -> None:
    assert "4 timed items" in minutes_per_item([1] * 4, [1] * 9).because
    assert "3 weeks" in items_per_week([1] * 3, [1] * 9).because
    assert "no item" in items_per_week([0] * 6, [1] * 9).because
    assert "timed items" in hours_saved([1], [1], items_a_week=3).because
    unknown = Estimate.unknown("share", because="nothing was observed")
    assert still_waiting(unknown, Estimate(0.5, 0.4, 0.6, 9, "share")).because == "nothing was observed"


def test_items_that_took_no_time_or_all_the_same_break_nothing() -> None:
    assert ends(minutes_per_item([0.0] * 6, [0.0] * 6)) == (0, 0, 0)
    assert ends(minutes_per_item([4.0] * 6, [2.0] * 6)) == pytest.approx((-0.5, -0.5, -0.5))


def test_what_sixty_items_can_show_is_the_figure_of_the_design() -> None:
    assert detectable_change(0.7, 60, 60) == pytest.approx(-0.30, abs=0.005)


def waits(count: int, hours: float, start: datetime, seed: int) -> list[Item]:
    dice = np.random.default_rng(seed)
    found = []
    for place in range(count):
        came = start + timedelta(hours=6 * place)
        done = came + timedelta(hours=float(dice.exponential(hours)))
        until = start + timedelta(days=60)
        found.append(Item(came, None, done if done <= until else None, until))
    return found


def test_the_share_still_waiting_equals_lifelines_in_each_period() -> None:
    before, after = waits(150, 120, DATE - timedelta(days=60), 1), waits(150, 40, DATE, 2)
    found = item_change([*before, *after], DATE, "waiting", after_hours=72)
    cut = [
        (
            min(one.ended or DATE, one.seen_until or DATE, DATE) - one.came,
            one.ended is not None and one.ended <= DATE,
        )
        for one in before
    ]
    fitted = KaplanMeierFitter().fit(
        [span / timedelta(hours=1) for span, _ in cut], [done for _, done in cut]
    )
    bounds = fitted.confidence_interval_survival_function_
    row = bounds[bounds.index <= 72].iloc[-1]
    assert found.before.value == pytest.approx(float(fitted.predict(72)))
    assert (found.before.low, found.before.high) == pytest.approx((float(row.iloc[0]), float(row.iloc[1])))
    assert found.cut == sum(not done for _, done in cut)
    assert found.after.value is not None
    assert found.change.value == pytest.approx(found.after.value - (found.before.value or 0))
    assert found.shown


def test_two_independent_shares_differ_by_newcombes_interval() -> None:
    # Newcombe (1998), method 10, on Wilson bounds: 56/70 against 48/80, table II (a).
    was, now = Estimate(0.6, 0.4904, 0.7004, 80, "share"), Estimate(0.8, 0.6916, 0.8766, 70, "share")
    _, low, high = ends(still_waiting(was, now))
    assert (round(low, 3), round(high, 3)) == (0.052, 0.334)


def test_items_from_before_are_not_watched_into_the_change() -> None:
    late = [Item(DATE - timedelta(hours=1), None, DATE + timedelta(hours=1), None)] * 6
    found = item_change(late, DATE, "waiting", after_hours=0.5)
    assert (found.cut, found.before.value) == (6, 1.0)


def test_items_that_contradict_themselves_are_counted_out() -> None:
    odd = [
        Item(DATE, None, DATE - timedelta(hours=1), None),
        Item(DATE, None, None, DATE - timedelta(hours=1)),
        Item(DATE),
    ]
    assert item_change(odd, DATE, "waiting").left_out == 3
    assert item_change([Item(DATE), Item(DATE, 3.0)], DATE, "minutes").left_out == 1


def test_weeks_are_counted_from_the_date_without_those_cut_off_and_with_the_empty_ones() -> None:
    came = [DATE + timedelta(days=7 * week, hours=3) for week in (*range(-6, 0), 0, 1, 2, 4, 5, 6)]
    found = item_change([*map(Item, came), Item(DATE + timedelta(days=9_000))], DATE, "count")
    assert (found.before.n, found.after.n) == (5, 6)
    assert [found.before.value, found.after.value] == pytest.approx([1.0, 5 / 6])
    assert found.left_out == 3


def test_the_statement_names_no_cause_and_shows_what_was_and_is() -> None:
    items = [
        *(Item(DATE - timedelta(days=1), one) for one in lognormal(60, 20, 1)),
        *(Item(DATE, one) for one in lognormal(60, 10, 2)),
    ]
    found = item_change(items, DATE, "minutes", items_a_week=200)
    said = sentence(found, "2026-03-02")
    assert said.startswith("Minutes an item fell by ")
    assert "the cause is not established" in said
    assert "That is " in said
    assert found.grade == "C"


def test_no_change_and_no_evidence_are_said_so() -> None:
    same = [Item(DATE + timedelta(days=side), one) for side in (-1, 1) for one in lognormal(30, 20, 1)]
    assert sentence(item_change(same, DATE, "minutes"), "March").startswith("No change is shown after March")
    nothing = item_change([], DATE, "count")
    assert nothing.grade == "D"
    assert sentence(nothing, "March").startswith("Description only: ")
