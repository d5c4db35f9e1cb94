"""The noise of weeks, found again in panels whose noise is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from pages import organisation as part
from prodops.impact.own_noise import noise_of, own_noise
from prodops.impact.pm_weeks import PmWeeks
from prodops.ledger.ledger import Ledger
from prodops.stats.panel import Floats

TODAY = datetime(2026, 6, 30, tzinfo=UTC)


def series(dice: np.random.Generator, count: int, weeks: int, rho: float, spread: float) -> Floats:
    shocks = dice.normal(0, spread, (count, weeks))
    found = shocks.copy()
    for week in range(1, weeks):
        found[:, week] = rho * found[:, week - 1] + (1 - rho**2) ** 0.5 * shocks[:, week]
    return found


def weeks_of(shares: Floats, *, missing: float = 0.1, unread: float = 0.0, team_size: int = 4) -> PmWeeks:
    """PMs whose share of overhead is known; the unread part of each week hides as much of it."""
    people = len(shares)
    seen = np.random.default_rng(9).random(shares.shape) >= missing
    told = np.where(seen, 40.0 * (1 - unread), 0.0)
    c = told * shares / 100
    return PmWeeks(
        people=tuple(f"person:{one:02d}" for one in range(people)),
        teams=tuple(f"team {one // team_size}" for one in range(people)),
        first_week=0,
        hours={"a": told - c, "b": 0 * c, "c": c, "x": np.where(seen, 40.0 * unread, 0.0)},
        seen=seen,
    )


def noisy(people: int = 40, weeks: int = 60) -> Floats:
    dice = np.random.default_rng(3)
    own = dice.normal(35, 7, people)[:, None]
    teams = series(dice, people // 4, weeks, 0.7, 2.0)[np.arange(people) // 4]
    lasting, passing = series(dice, people, weeks, 0.5, 4.0), dice.normal(0, 3.0, (people, weeks))
    return own + teams + lasting + passing + series(dice, 1, weeks, 0.5, 2.0)


def test_the_noise_that_was_put_in_is_found_again() -> None:
    found = noise_of(weeks_of(noisy()))
    assert found is not None
    assert found.week_sd == pytest.approx(5.0, rel=0.1)
    assert found.autocorrelation == pytest.approx(0.35, abs=0.08)
    assert found.team_sd == pytest.approx(2.0, rel=0.35)
    assert found.company_sd == pytest.approx(2.0, rel=0.5)
    assert found.missing == pytest.approx(0.1, abs=0.02)
    assert (found.people, found.weeks) == (40, 60)


def test_hours_that_titles_hide_make_a_true_change_harder_to_show() -> None:
    plain, hidden = noise_of(weeks_of(noisy())), noise_of(weeks_of(noisy(), unread=0.5))
    assert plain is not None
    assert hidden is not None
    assert plain.readable == pytest.approx(1.0)
    assert hidden.readable == pytest.approx(0.5)
    assert hidden.week_sd == pytest.approx(plain.week_sd, rel=0.01)


def test_few_people_or_few_weeks_give_no_noise() -> None:
    assert noise_of(weeks_of(noisy(people=4))) is None
    assert noise_of(weeks_of(noisy(weeks=12))) is None


def test_weeks_that_never_follow_each_other_give_no_noise() -> None:
    weeks = weeks_of(noisy(), missing=0.0)
    apart = np.arange(60) % 2 == 0
    assert noise_of(replace(weeks, seen=weeks.seen & apart)) is not None
    thirds = np.arange(60) % 20 < 1
    assert noise_of(replace(weeks, seen=weeks.seen & thirds)) is None


def test_a_ledger_of_four_pms_has_no_noise() -> None:
    assert own_noise(Ledger.of([*part.people(4), *part.calendars(4)], today=TODAY)) is None


def test_people_of_one_team_share_nothing_that_could_be_told_apart() -> None:
    found = noise_of(weeks_of(noisy(people=8), team_size=8))
    assert found is not None
    assert found.team_sd == 0


def test_a_ledger_without_calendars_has_no_noise() -> None:
    assert own_noise(Ledger.of([], today=TODAY)) is None
    assert own_noise(Ledger.of(part.people(), today=TODAY)) is None


def test_weeks_that_are_all_alike_are_no_measurement() -> None:
    assert own_noise(Ledger.of([*part.people(), *part.calendars()], today=TODAY)) is None
