"""Chance that is the same everywhere."""

from __future__ import annotations

import math
import statistics

from prodops.simulate.dice import Dice, cumulate, digest, falling, poisson_quantile


def test_a_stream_is_the_same_on_every_machine() -> None:
    dice = Dice(7, "a stream")
    assert [dice.whole(0, 999) for _ in range(6)] == [308, 414, 638, 747, 816, 159]
    assert round(Dice(7, "a stream").normal(), 6) == 2.354819


def test_streams_of_other_names_or_seeds_differ() -> None:
    first = [Dice(1, "a").unit(), Dice(1, "b").unit(), Dice(2, "a").unit()]
    assert len(set(first)) == 3


def test_a_poisson_count_has_its_mean_and_its_variance_also_when_the_mean_is_large() -> None:
    dice = Dice(1, "counts")
    for mean in (0.3, 4.0, 400.0):
        drawn = [dice.poisson(mean) for _ in range(4000)]
        error = 4 * math.sqrt(mean / 4000)
        assert abs(statistics.fmean(drawn) - mean) < error
        assert 0.85 < statistics.variance(drawn) / mean < 1.15


def test_a_poisson_quantile_never_falls_when_the_mean_rises() -> None:
    for unit in (0.01, 0.5, 0.99):
        counts = [poisson_quantile(unit, mean / 4) for mean in range(1, 60)]
        assert counts == sorted(counts)


def test_rounding_by_chance_keeps_the_mean() -> None:
    dice = Dice(1, "rounding")
    assert abs(statistics.fmean(dice.rounded(2.3) for _ in range(5000)) - 2.3) < 0.03


def test_picks_are_different_and_stop_when_nothing_is_left() -> None:
    dice = Dice(1, "picks")
    assert sorted(dice.picks(range(5), 9)) == [0, 1, 2, 3, 4]
    assert len(set(dice.picks(range(100), 30))) == 30


def test_weights_decide_how_often_an_index_is_drawn() -> None:
    dice = Dice(1, "weights")
    drawn = [dice.weighted(cumulate([1.0, 0.0, 3.0])) for _ in range(4000)]
    assert drawn.count(1) == 0
    assert 0.70 < drawn.count(2) / 4000 < 0.80


def test_the_popular_weigh_more_than_the_rare() -> None:
    totals = falling(4, slope=1.0)
    assert [round(total, 4) for total in totals] == [1.0, 1.5, 1.8333, 2.0833]


def test_a_lognormal_draw_has_the_median_it_was_given() -> None:
    dice = Dice(1, "lognormal")
    assert 9.3 < statistics.median(dice.around(10.0, 0.8) for _ in range(6000)) < 10.7


def test_a_waiting_time_has_the_mean_it_was_given() -> None:
    dice = Dice(1, "waiting")
    assert 2.8 < statistics.fmean(dice.waiting(3.0) for _ in range(8000)) < 3.2


def test_a_digest_depends_on_every_part_and_has_its_length() -> None:
    assert digest("a", 1) != digest("a", 2)
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("a", length=9)) == 9
