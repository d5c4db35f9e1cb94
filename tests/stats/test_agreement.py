"""Krippendorff's alpha agrees with scikit-learn, and says when it cannot be told."""

from __future__ import annotations

import random

import pytest
from sklearn.metrics import cohen_kappa_score

from prodops.stats.agreement import Pair, krippendorff


def _by_sklearn(things: list[list[Pair]]) -> float:
    one = [int(a) for pairs in things for a, _ in pairs]
    other = [int(b) for pairs in things for _, b in pairs]
    kappa = float(cohen_kappa_score(one + other, other + one, weights="quadratic"))
    count = 2 * len(one)
    return 1 - (1 - kappa) * (count - 1) / count


def _rated(dice: random.Random, things: int, noise: float) -> list[list[Pair]]:
    def seen(truth: int) -> int:
        return dice.randrange(5) if dice.random() < noise else truth

    return [[(seen(t), seen(t)) for t in (dice.randrange(5) for _ in range(6))] for _ in range(things)]


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.6, 1.0])
def test_it_is_the_symmetric_weighted_kappa_of_scikit_learn_corrected_for_a_small_n(noise: float) -> None:
    things = _rated(random.Random(3), 12, noise)
    answer = krippendorff(things)
    assert answer.value == pytest.approx(_by_sklearn(things))
    assert answer.n == 12


def test_the_order_of_the_raters_does_not_matter() -> None:
    things = _rated(random.Random(4), 10, 0.4)
    assert krippendorff(things) == krippendorff([[(b, a) for a, b in pairs] for pairs in things])


def test_its_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    dice = random.Random(5)
    truth = _by_sklearn(_rated(random.Random(6), 4_000, 0.4))
    answers = [krippendorff(_rated(dice, 20, 0.4)) for _ in range(300)]
    held = sum((one.low or 0) <= truth <= (one.high or 0) for one in answers)
    assert 0.90 <= held / 300 <= 0.99


def test_it_is_not_known_of_too_few_or_where_nothing_differs() -> None:
    assert "nothing was rated twice" in krippendorff([]).because
    assert "fewer than 3" in krippendorff([[(1, 1)], [(2, 3)]]).because
    assert "the same score everywhere" in krippendorff([[(2, 2)]] * 5).because
    assert "one thing alone" in krippendorff([[(2, 2)]] * 5 + [[(1, 4)]]).because
