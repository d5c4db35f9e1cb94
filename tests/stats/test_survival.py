"""Waiting times with those who still wait: published values, other programs, and every odd input."""

from __future__ import annotations

import csv
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path

import lifelines
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.utils import restricted_mean_survival_time

from prodops.stats.event_counts import DurationError, steps
from prodops.stats.survival import kaplan_meier, time_to_event
from prodops.text.moments import parse_moment
from stats.leukaemia import PLACEBO, RELAPSED, TREATED

SUMO = (
    Path(__file__).resolve().parents[2]
    / ".."
    / "shared"
    / "data"
    / "feedback"
    / "sumo-firefox-2021"
    / "truth"
)

COHORT = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("weeks", "share", "low", "high"),
    [
        (6, 0.8571, 0.6197, 0.9516),
        (7, 0.8067, 0.5631, 0.9228),
        (10, 0.7529, 0.5032, 0.8894),
        (13, 0.6902, 0.4316, 0.8491),
        (16, 0.6275, 0.3675, 0.8049),
        (22, 0.5378, 0.2678, 0.7468),
        (23, 0.4482, 0.1881, 0.6801),
    ],
)
def test_it_gives_the_published_table_of_statas_sts_list(
    weeks: int, share: float, low: float, high: float
) -> None:
    told = kaplan_meier(TREATED, RELAPSED, unit="weeks").at(weeks)
    assert (told.value, told.low, told.high) == pytest.approx((share, low, high), abs=5e-5)
    assert (told.n, told.unit) == (21, "share")


def test_it_gives_the_published_medians_of_both_groups() -> None:
    treated = kaplan_meier(TREATED, RELAPSED, unit="weeks").median()
    assert (treated.value, treated.low, treated.high, treated.unit) == (23, 13, math.inf, "weeks")
    placebo = kaplan_meier(PLACEBO, [1] * 21).median()
    assert (placebo.value, placebo.low, placebo.high) == (8, 4, 11)


def test_it_gives_the_restricted_mean_of_rs_survival_package() -> None:
    mean = kaplan_meier(TREATED, RELAPSED).restricted_mean(35)
    assert mean.value == pytest.approx(23.287, abs=5e-4)
    assert mean.low is not None
    assert mean.high is not None
    assert (mean.high - mean.low) / (2 * 1.959964) == pytest.approx(2.827, abs=5e-4)


@given(COHORT)
def test_it_agrees_with_lifelines(cohort: list[tuple[int, bool]]) -> None:
    durations, happened = zip(*cohort, strict=True)
    ours = kaplan_meier(durations, happened)
    theirs = lifelines.KaplanMeierFitter().fit(durations, happened)
    bounds = theirs.confidence_interval_
    for duration in sorted(set(durations)):
        told = ours.at(duration)
        share = theirs.predict(duration)
        assert told.value == pytest.approx(share, abs=1e-12)
        if 1e-9 < share < 1 - 1e-9:
            assert (told.low, told.high) == pytest.approx(tuple(bounds.loc[duration]), abs=1e-9)
    if not np.any(np.abs(ours.share - 0.5) < 1e-9):  # there the two round differently
        median = ours.median().value
        assert (math.inf if median is None else median) == theirs.median_survival_time_


def test_the_restricted_mean_agrees_with_lifelines() -> None:
    theirs = restricted_mean_survival_time(lifelines.KaplanMeierFitter().fit(TREATED, RELAPSED), t=20)
    assert kaplan_meier(TREATED, RELAPSED).restricted_mean(20).value == pytest.approx(theirs)


@given(COHORT)
def test_bounds_hold_the_share_and_stay_between_nought_and_one(cohort: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier(*zip(*cohort, strict=True))
    assert np.all((curve.low >= 0) & (curve.low <= curve.share))
    assert np.all((curve.high <= 1) & (curve.share <= curve.high))
    assert np.all(np.diff(curve.share) <= 0)
    assert curve.restricted_mean(float(curve.times[-1])).known


def test_a_median_that_is_reached_exactly_is_reached() -> None:
    assert kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1]).median().value == 2
    assert kaplan_meier([1] * 3 + [2] * 3, [0, 0, 0, 1, 1, 1]).quantile(2 / 3).value == 2


def test_nobody_had_it_yet_is_an_unknown_median_with_a_reason() -> None:
    median = kaplan_meier([1, 2, 3], [0, 0, 0]).median()
    assert not median.known
    assert median.because == "it has happened to 0% so far, fewer than 50%"
    assert median.n == 3


def test_no_event_so_far_is_not_certainty() -> None:
    told = kaplan_meier([5] * 20, [0] * 20).at(3)
    assert told.value == 1
    assert told.low == pytest.approx(0.025 ** (1 / 20))


def test_everyone_having_had_it_is_not_certainty_either() -> None:
    told = kaplan_meier([1] * 20, [1] * 20).at(1)
    assert told.value == 0
    assert told.high == pytest.approx(1 - 0.025 ** (1 / 20))
    assert kaplan_meier(PLACEBO, [1] * 21).at(1000).value == 0


def test_past_the_longest_observation_nothing_is_known() -> None:
    curve = kaplan_meier(TREATED, RELAPSED, unit="weeks")
    assert curve.at(36).because == "nothing was observed for longer than 35 weeks"
    assert not curve.restricted_mean(36).known


def test_nothing_observed_is_unknown_everywhere() -> None:
    curve = kaplan_meier([], [])
    assert not curve.median().known
    assert not curve.at(1).known
    assert not curve.restricted_mean(1).known


def test_a_duration_of_nought_counts_at_once() -> None:
    curve = kaplan_meier([0, 0, 3], [1, 0, 0])
    assert curve.at(0).value == pytest.approx(2 / 3)
    assert curve.median().known is False


@pytest.mark.parametrize(
    ("durations", "codes", "says"),
    [
        ([1, -2], [1, 1], "negative"),
        ([1, math.nan], [1, 1], "no number"),
        ([1, math.inf], [1, 1], "no number"),
        ([1, 2], [1], "2 durations and 1 events"),
        ([1, 2], [0, -1], "code is negative"),
        ([1, 2], [0, 0.5], "whole number"),
        ([1, 2], [0, 3], "there are 2 causes"),
    ],
)
def test_impossible_input_is_refused_by_name(durations: list[float], codes: list[float], says: str) -> None:
    with pytest.raises(DurationError, match=says):
        steps(durations, codes, causes=2)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    rng = np.random.default_rng(20261122)
    hits = medians = 0
    for _ in range(400):
        waits, ends = rng.exponential(10, 150), rng.uniform(0, 20, 150)
        curve = kaplan_meier(np.minimum(waits, ends), waits <= ends)
        told, median = curve.at(5), curve.median()
        assert told.low is not None
        assert told.high is not None
        hits += told.low <= math.exp(-0.5) <= told.high
        medians += (median.low or 0) <= 10 * math.log(2) <= (median.high or math.inf)
    # 400 runs: a standard error of 1.1 points.
    assert 0.915 <= hits / 400 <= 0.985
    assert 0.915 <= medians / 400 <= 0.985


def test_a_million_waits_are_counted_in_one_go() -> None:
    rng = np.random.default_rng(1)
    curve = kaplan_meier(rng.exponential(10, 1_000_000), rng.random(1_000_000) < 0.999999)
    assert curve.median().value == pytest.approx(10 * math.log(2), rel=0.01)


START = datetime(2021, 1, 1, tzinfo=UTC)


def later(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_rows_that_contradict_themselves_are_decided_and_counted() -> None:
    rows: list[tuple[datetime | None, datetime | None, datetime | None]] = [
        (START, later(2), later(10)),
        (START, None, later(10)),
        (START, later(12), later(10)),
        (START, later(4), None),
        (None, later(4), later(10)),
        (START, later(-1), later(10)),
        (START, None, later(-1)),
        (START, None, None),
    ]
    starts, events, ends = (list(column) for column in zip(*rows, strict=True))
    told = time_to_event(starts, events, ends)
    assert (told.n, told.events, told.open_rows, told.as_open) == (4, 2, 2, 1)
    assert told.left_out == {
        "no start": 1,
        "event before start": 1,
        "observation ends before start": 1,
        "neither event nor end of observation": 1,
    }
    assert told.n + sum(told.left_out.values()) == len(rows)
    assert told.median.value == 4
    assert told.median_of_ended.value == 3
    assert told.share_open[1].value == 1
    assert told.share_open[6].value == 0.5
    assert not told.share_open[24].known


def test_numpy_datetimes_and_python_datetimes_say_the_same() -> None:
    starts = [START] * 3
    events: list[datetime | None] = [later(1.5), None, later(3)]
    ends = [later(5)] * 3
    arrays = [
        np.array([None if m is None else m.replace(tzinfo=None) for m in column], dtype="datetime64[ms]")
        for column in (starts, events, ends)
    ]
    assert time_to_event(*arrays) == time_to_event(starts, events, ends)


def test_moments_without_a_zone_or_of_the_wrong_kind_are_refused() -> None:
    with pytest.raises(DurationError, match="no time zone"):
        time_to_event([datetime(2021, 1, 1)], [None], [START])  # noqa: DTZ001 - what is refused here
    with pytest.raises(DurationError, match="holds datetimes"):
        time_to_event(np.zeros(1), [None], [START])  # type: ignore[arg-type]  # what is refused here
    with pytest.raises(DurationError, match="1 starts, 2 events"):
        time_to_event([START], [None, None], [START])


def test_no_usable_row_is_an_unknown_wait() -> None:
    told = time_to_event([START], [None], [None])
    assert not told.median.known
    assert not told.median_of_ended.known
    assert all(not share.known for share in told.share_open.values())


@pytest.mark.shared
@pytest.mark.skipif(not SUMO.exists(), reason="the real data is not laid beside the project")
def test_it_finds_the_wait_for_a_first_answer_of_firefox_support() -> None:
    with (SUMO / "first_answer.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    starts, ends = ([parse_moment(r[name]) for r in rows] for name in ("created", "last_observed"))
    answers = [parse_moment(text) if (text := r["first_answer_observed_by"]) else None for r in rows]
    told = time_to_event(starts, answers, ends)
    assert (told.n, told.events, told.as_open, sum(told.left_out.values())) == (22_651, 14_038, 0, 0)
    assert told.median.value is not None
    assert 3.57 <= told.median.value <= 3.85
    assert told.share_open[6].value == pytest.approx(0.42, abs=0.02)
    assert told.median_of_ended.value == pytest.approx(1.54, abs=0.01)
