"""Labelled hours: exact where all is labelled, wide where little is, honest about who did not answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from prodops.stats.estimate import Estimate
from prodops.stats.labelled_hours import NOT_ASKED, LabelledHours, changes, known_shares, shares
from prodops.stats.prediction_powered import labelled_period, ratio, ratio_change

LEAVES = ("A1", "B1", "C1", "C2")


def bounds(told: Estimate) -> tuple[float, float, float]:
    assert told.value is not None
    assert told.low is not None
    assert told.high is not None
    return told.low, told.value, told.high


def lived(
    seed: int = 1, *, blocks: int = 800, people: int = 8, accuracy: float = 0.8, overhead: float = 0.4
) -> tuple[LabelledHours, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    """Blocks of some people with the truth; people differ in how much of their time is overhead."""
    rng = np.random.default_rng(seed)
    whose = rng.integers(0, people, blocks)
    tilt = rng.normal(0, 0.1, people)[whose]
    spent = np.stack(
        [np.full(blocks, 0.3), 0.3 - tilt / 2, overhead * 0.6 + tilt / 2, np.full(blocks, 0.1)], axis=1
    )
    truth = np.array([rng.choice(5, p=_whole(row)) for row in spent], dtype=np.intp)
    read = np.where((rng.random(blocks) < accuracy) & (truth < 4), truth, rng.integers(0, 4, blocks))
    chances = np.full((blocks, 4), 0.05)
    chances[np.arange(blocks), read] = 0.75
    groups = np.array([0, 1, 2, 2])[read]
    return LabelledHours(
        leaves=LEAVES, hours=rng.choice([0.5, 1.0, 2.0], blocks), chances=chances,
        labels=np.full(blocks, NOT_ASKED), strata=whose * 3 + groups, groups=groups, people=whose,
        inclusion=np.ones(blocks), working_hours=4_000.0,
    ), truth  # fmt: skip


def _whole(row: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[float]:
    kept = [max(float(cell), 0.01) for cell in row] + [0.05]
    return [cell / sum(kept) for cell in kept]


def sampled(
    period: LabelledHours, truth: np.ndarray[tuple[int], np.dtype[np.intp]], seed: int, *, silent: int = 0
) -> LabelledHours:
    """A fifth of each stratum labelled, but for the silent."""
    rng = np.random.default_rng(seed)
    labels, inclusion = period.labels.copy(), np.ones(len(truth))
    for stratum in np.unique(period.strata):
        inside = np.flatnonzero(period.strata == stratum)
        count = min(len(inside), max(3, round(len(inside) / 5)))
        chosen = rng.choice(inside, count, replace=False)
        inclusion[inside] = count / len(inside)
        labels[chosen] = truth[chosen]
    mute = rng.choice(int(period.people.max()) + 1, silent, replace=False)
    labels[np.isin(period.people, mute)] = NOT_ASKED
    return replace(period, labels=labels, inclusion=inclusion)


def known(period: LabelledHours, truth: np.ndarray[tuple[int], np.dtype[np.intp]], purpose: str) -> float:
    own = [place for place, leaf in enumerate(LEAVES) if leaf.startswith(purpose)]
    return float(period.hours[np.isin(truth, own)].sum() / period.hours[truth < 4].sum())


def test_labels_on_everything_are_the_truth() -> None:
    period, truth = lived()
    found = shares(replace(period, labels=truth))
    inside = float(period.hours[truth < 4].sum()) / 4_000
    for purpose in ("A", "B", "C", *LEAVES):
        assert bounds(found[f"readable {purpose}"]) == pytest.approx((known(period, truth, purpose),) * 3)
        low, value, high = bounds(found[purpose])
        assert (low, value) == pytest.approx((known(period, truth, purpose) * inside,) * 2)
        assert high == pytest.approx(value + 1 - inside)
    assert bounds(found["X"]) == pytest.approx((1 - inside,) * 3)


@pytest.mark.parametrize(("silent", "accuracy"), [(0, 0.8), (0, 0.5), (3, 0.8)])
def test_intervals_of_shares_and_of_changes_hold_the_truth(silent: int, accuracy: float) -> None:
    before, first = lived(2, overhead=0.5)
    after, second = lived(3, overhead=0.3, accuracy=accuracy)
    held = {"level": 0, "change": 0}
    for run in range(80):
        one = sampled(before, first, run, silent=silent)
        other = sampled(after, second, 1_000 + run, silent=silent)
        low, _, high = bounds(known_shares(other)["C"])
        held["level"] += low <= known(after, second, "C") <= high
        low, _, high = bounds(changes(one, other)["C"])
        held["change"] += low <= known(after, second, "C") - known(before, first, "C") <= high
    # 80 runs: a standard error of 2.4 points.
    assert all(0.88 <= count / 80 <= 1.0 for count in held.values()), held


def test_who_is_silent_widens_the_interval() -> None:
    period, truth = lived()
    low, _, high = bounds(known_shares(sampled(period, truth, 1))["C"])
    less, _, more = bounds(known_shares(sampled(period, truth, 1, silent=4))["C"])
    assert more - less > 1.2 * (high - low)


def test_without_labels_or_hours_there_is_no_share() -> None:
    period, truth = lived(blocks=40)
    assert not any(one.known for one in shares(period).values())
    few = replace(period, labels=np.where(np.arange(40) < 5, truth, NOT_ASKED))
    assert "5 labels" in shares(few)["C"].because
    assert "before" in changes(few, replace(period, labels=truth))["C"].because
    empty = replace(
        period, hours=period.hours[:0], chances=period.chances[:0], labels=period.labels[:0],
        strata=period.strata[:0], groups=period.groups[:0], people=period.people[:0],
        inclusion=period.inclusion[:0], working_hours=0.0,
    )  # fmt: skip
    assert not any(one.known for one in shares(empty).values())


def test_hours_of_which_none_is_known_have_no_known_share() -> None:
    period, truth = lived(blocks=60)
    nothing = replace(period, chances=period.chances * 0, labels=np.full(len(truth), len(LEAVES)))
    found = shares(nothing)
    assert not found["readable C"].known
    assert bounds(found["C"])[:2] == (0, 0)
    assert bounds(found["X"])[1] == 1


def test_a_ratio_is_that_of_the_two_means() -> None:
    part = labelled_period(np.zeros(40), np.r_[np.ones(10), np.zeros(30)])
    whole = labelled_period(np.zeros(40), np.r_[np.ones(30), np.zeros(10)])
    assert bounds(ratio(part, whole)) == pytest.approx((1 / 3,) * 3)
    assert bounds(ratio_change((part, whole), (part, whole))) == pytest.approx((0, 0, 0))
