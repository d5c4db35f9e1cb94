"""Healthy and rotten, trusted and distrusted: told apart, also where minutes are read badly."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from prodops.diagnosis.rot_model import Yield, excess_empty
from prodops.diagnosis.trust_model import excess_rechecks

SOUND = Yield(purpose="decide", told=False, noted=24, empty=2, open_items=40, came_back=5, votes=0)
DEAD = replace(SOUND, empty=20, came_back=26)


def excess(yields: list[Yield]) -> list[float]:
    """Mean excess share of empty occurrences of each ritual."""
    return [float(one) for one in excess_empty(yields, np.random.default_rng(1), 2_000).share.mean(axis=1)]


def idle(yields: list[Yield]) -> list[float]:
    """How likely each ritual gives PMs nothing though it decides for others."""
    return [float(one) for one in excess_empty(yields, np.random.default_rng(1), 2_000).idle.mean(axis=1)]


def test_a_dead_ritual_stands_out_among_healthy_ones() -> None:
    *healthy, dead = excess([SOUND] * 6 + [DEAD])
    assert max(healthy) < 0.04
    assert 0.6 < dead < 1


def test_prose_that_is_read_badly_makes_no_ritual_rotten() -> None:
    told = replace(SOUND, told=True, empty=10)
    *_, first, second, third = excess([SOUND] * 6 + [told] * 3)
    assert max(first, second, third) < 0.1


def test_items_that_come_back_tell_a_rotten_ritual_from_one_that_learns() -> None:
    learns = replace(SOUND, purpose="unknown", empty=13)
    rots = replace(learns, came_back=24)
    *_, learning, rotten = excess([SOUND] * 6 + [learns, rots])
    assert learning < 0.15
    assert rotten > 0.3


def test_votes_of_pms_weigh_and_a_loud_survey_does_not_decide() -> None:
    doubtful = replace(SOUND, noted=6, empty=2, open_items=0, came_back=0)
    shares = [excess([SOUND] * 8 + [replace(doubtful, votes=votes)])[-1] for votes in (0, 3, 30)]
    assert shares[0] < shares[1]
    assert shares[1] == pytest.approx(shares[2], abs=0.02)
    assert shares[2] < 0.45


def test_a_ritual_that_decides_and_that_pms_leave_and_would_stop_is_idle_for_them() -> None:
    met = replace(SOUND, expected=100, came=92)
    *others, shunned = idle([met] * 6 + [replace(met, came=70, votes=3)])
    assert max(others) < 0.05
    assert shunned > 0.5


def test_votes_alone_or_empty_chairs_alone_make_no_ritual_idle() -> None:
    met = replace(SOUND, expected=100, came=92)
    assert idle([met] * 6 + [replace(met, votes=2)])[-1] < 0.3
    assert idle([met] * 6 + [replace(met, expected=10, came=7)])[-1] < 0.3


def test_where_everybody_stays_away_alike_no_ritual_stands_out() -> None:
    away = replace(SOUND, expected=100, came=62)
    assert max(idle([away] * 7)) < 0.1


def test_more_pms_than_the_calendar_expects_are_no_fault() -> None:
    full = replace(SOUND, expected=40, came=52)
    assert max(idle([full] * 7)) < 0.05


def test_a_dead_ritual_is_empty_and_not_idle() -> None:
    dead = replace(DEAD, expected=100, came=70, votes=2)
    assert idle([replace(SOUND, expected=100, came=92)] * 6 + [dead])[-1] < 0.1


def test_distrusted_metrics_stand_out_and_trusted_ones_cost_nothing() -> None:
    rechecks = np.array([1.0] * 20 + [30.0])
    uses = np.array([30.0] * 20 + [50.0])
    spared = excess_rechecks(rechecks, uses, np.random.default_rng(1), 2_000).mean(axis=0)
    assert float(spared[:20].max()) < 0.3
    assert 24 < float(spared[20]) < 30


def test_where_every_metric_is_checked_alike_little_is_spared() -> None:
    rechecks, uses = np.full(20, 2.0), np.full(20, 40.0)
    spared = excess_rechecks(rechecks, uses, np.random.default_rng(1), 2_000).sum(axis=1)
    assert float(np.median(spared)) < 0.25 * float(rechecks.sum())
