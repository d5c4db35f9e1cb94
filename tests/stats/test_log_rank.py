"""Comparing waits between groups: published values, lifelines, and a mixture that would deceive."""

from __future__ import annotations

import lifelines
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test

from prodops.stats.event_counts import DurationError
from prodops.stats.log_rank import log_rank
from stats.leukaemia import PLACEBO, RELAPSED, TREATED


def test_it_gives_the_published_statistic_of_the_leukaemia_trial() -> None:
    # R's survdiff prints 19.3 and 10.7 expected, chi-square 16.8 on 1 degree of freedom, p = 4e-05.
    told = log_rank(TREATED + PLACEBO, RELAPSED + [1] * 21, ["6-MP"] * 21 + ["placebo"] * 21)
    assert told.groups == ("6-MP", "placebo")
    assert told.observed == (9, 21)
    assert told.expected == pytest.approx((19.25, 10.75), abs=0.005)
    assert told.statistic == pytest.approx(16.793, abs=5e-4)
    assert told.p == pytest.approx(4.17e-5, rel=0.01)
    assert (told.degrees, told.n) == (1, 42)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.booleans(), st.sampled_from("abc")), min_size=12, max_size=60)
)
def test_it_agrees_with_lifelines(cohort: list[tuple[int, bool, str]]) -> None:
    durations, happened, groups = zip(*cohort, strict=True)
    told = log_rank(durations, happened, groups)
    if told.statistic is None or told.degrees < len(told.groups) - 1:
        return
    theirs = multivariate_logrank_test(np.array(durations), np.array(groups), np.array(happened))
    assert told.statistic == pytest.approx(theirs.test_statistic, rel=1e-6, abs=1e-9)


def test_strata_add_up_what_happens_inside_them() -> None:
    waltons = lifelines.datasets.load_waltons()
    halves = np.arange(len(waltons)) % 2
    told = log_rank(waltons["T"], waltons["E"], waltons["group"], strata=halves)
    parts = [
        log_rank(waltons["T"][halves == h], waltons["E"][halves == h], waltons["group"][halves == h])
        for h in (0, 1)
    ]
    assert told.expected == pytest.approx(np.sum([part.expected for part in parts], axis=0))
    assert told.observed == pytest.approx(np.sum([part.observed for part in parts], axis=0))


def test_a_mixture_that_pretends_a_difference_is_seen_through() -> None:
    # Both channels treat each segment alike; one channel has more of the slow segment.
    rng = np.random.default_rng(5)
    segment = np.concatenate([rng.random(1500) < 0.8, rng.random(1500) < 0.2])
    channel = np.repeat(["mail", "form"], 1500)
    waits = rng.exponential(np.where(segment, 30, 3))
    pooled = log_rank(waits, np.ones(3000), channel)
    inside = log_rank(waits, np.ones(3000), channel, strata=segment)
    assert pooled.p is not None
    assert inside.p is not None
    assert pooled.p < 1e-6
    assert inside.p > 0.01


def test_it_claims_a_difference_no_more_often_than_it_says() -> None:
    rng = np.random.default_rng(6)
    claims = 0
    for _ in range(400):
        told = log_rank(rng.exponential(1, 80).round(1), rng.random(80) < 0.7, rng.integers(0, 2, 80))
        claims += told.p is not None and told.p < 0.05
    assert claims / 400 <= 0.085


@pytest.mark.parametrize(
    ("durations", "happened", "groups", "because"),
    [
        ([1, 2], [1, 1], ["a", "a"], "there is one group"),
        ([1, 2], [0, 0], ["a", "b"], "no event happened"),
        ([], [], [], "there is one group"),
    ],
)
def test_what_cannot_be_compared_says_why(
    durations: list[int], happened: list[int], groups: list[str], because: str
) -> None:
    told = log_rank(durations, happened, groups)
    assert told.statistic is None
    assert because in told.because


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(DurationError, match="differ in length"):
        log_rank([1, 2], [1, 1], ["a"])
