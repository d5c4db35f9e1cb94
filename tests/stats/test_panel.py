from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prodops.stats.panel import NEVER, Cells, Floats, Places, imputed, week_levels
from prodops.stats.panel_intervals import conformal, inverted, jackknife, paired, widened

WINDOWS = ((0, NEVER), (0, 4), (4, NEVER))


def panel(seed: int, units: int = 8, weeks: int = 20, missing: float = 0.1) -> tuple[Floats, Cells, Places]:
    """Outcomes, which cells are seen, and starts of a small panel of noise."""
    dice = np.random.default_rng(seed)
    starts = np.array([(8, 11, 14, NEVER)[place % 4] for place in range(units)], np.intp)
    return dice.normal(size=(units, weeks)), dice.random((units, weeks)) >= missing, starts


def by_least_squares(outcomes: Floats, seen: Cells, starts: Places) -> float:
    """The same effect by a regression with a dummy for each unit and week."""
    units, weeks = outcomes.shape
    since = np.arange(weeks) - starts[:, None]
    rows = np.argwhere(seen & (since < 0))
    design = np.zeros((len(rows), units + weeks))
    design[np.arange(len(rows)), rows[:, 0]] = 1
    design[np.arange(len(rows)), units + rows[:, 1]] = 1
    fitted = np.linalg.lstsq(design, outcomes[rows[:, 0], rows[:, 1]], rcond=None)[0]
    left = outcomes - fitted[:units, None] - fitted[None, units:]
    untreated = seen & (since < 0)
    tied = np.outer(untreated.any(axis=1), untreated.any(axis=0))
    return float(left[seen & (since >= 0) & tied].mean())


@given(seed=st.integers(0, 10_000), units=st.sampled_from([8, 12, 40]))
@settings(max_examples=25, deadline=None)
def test_it_equals_a_regression_with_dummies_on_unbalanced_panels(seed: int, units: int) -> None:
    outcomes, seen, starts = panel(seed, units)
    effect = imputed(outcomes[None], seen, starts[None], WINDOWS).effects[0, 0, 0]
    assert effect == pytest.approx(by_least_squares(outcomes, seen, starts), abs=1e-9)


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_constants_of_units_and_weeks_change_nothing(seed: int) -> None:
    outcomes, seen, starts = panel(seed)
    dice = np.random.default_rng(seed + 1)
    moved = outcomes + dice.normal(0, 50, (8, 1)) + dice.normal(0, 50, (1, 20))
    effects = imputed(np.stack([outcomes, moved]), seen, starts[None], WINDOWS).effects[0]
    assert effects[:, 0] == pytest.approx(effects[:, 1], abs=1e-9)


def test_relabelling_units_changes_nothing() -> None:
    outcomes, seen, starts = panel(3)
    order = np.random.default_rng(1).permutation(8)
    once = imputed(outcomes[None], seen, starts[None], WINDOWS).effects
    again = imputed(outcomes[None, order], seen[order], starts[None, order], WINDOWS).effects
    assert once == pytest.approx(again, abs=1e-12)


def test_an_effect_without_noise_is_found_whole_in_every_window() -> None:
    _, seen, starts = panel(4)
    since = np.arange(20) - starts[:, None]
    shape = np.select([since >= 4, since >= 0], [-7.0, -2.0], 0.0)
    clean = np.arange(20) * 1.0 + np.arange(8)[:, None] * 10.0 + shape
    effects = imputed(clean[None], seen, starts[None], WINDOWS).effects[0, :, 0]
    assert effects[1:] == pytest.approx([-2, -7], abs=1e-9)


def test_weeks_without_anybody_untreated_are_left_out_and_counted() -> None:
    outcomes, _, starts = panel(5)
    starts = np.where(starts == NEVER, 16, starts)
    seen = np.ones_like(outcomes, dtype=np.bool_)
    found = imputed(outcomes[None], seen, starts[None], WINDOWS)
    # Nobody is untreated from week 16 on, so 8, 5 and 2 weeks of the six earlier units remain.
    assert found.cells[0, 0] == 2 * (8 + 5 + 2)
    assert np.isfinite(found.effects[0, 0, 0])


def test_a_unit_never_seen_before_its_start_is_left_out() -> None:
    outcomes, seen, starts = panel(6)
    seen[0, :8] = False
    seen[0, 8:] = True
    found = imputed(outcomes[None], seen, starts[None], WINDOWS)
    since = np.arange(20) - starts[:, None]
    assert found.cells[0, 0] == int((seen & (since >= 0))[1:].sum())


def test_units_and_weeks_that_nothing_links_are_not_compared() -> None:
    seen = np.zeros((4, 12), np.bool_)
    seen[:2, :6] = True
    seen[2:, 6:] = True
    seen[0, 8] = True
    starts = np.array([8, NEVER, NEVER, NEVER], np.intp)
    found = imputed(np.zeros((1, 4, 12)), seen, starts[None], ((0, NEVER),))
    assert found.cells[0, 0] == 0
    assert np.isnan(found.effects[0, 0, 0])


def test_designs_computed_together_equal_designs_computed_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes, seen, starts = panel(7)
    dice = np.random.default_rng(2)
    designs = np.array([dice.permutation(starts) for _ in range(9)])
    alone = [imputed(outcomes[None], seen, one[None], WINDOWS).effects[0] for one in designs]
    monkeypatch.setattr("prodops.stats.panel._CELLS_AT_ONCE", 8 * 20 * 3 * 2)
    together = imputed(outcomes[None], np.broadcast_to(seen, (9, 8, 20)), designs, WINDOWS).effects
    assert together == pytest.approx(np.stack(alone), abs=1e-12)


def test_levels_of_weeks_do_not_depend_on_who_was_away() -> None:
    levels = np.sin(np.arange(20))
    outcomes = levels + np.arange(8)[:, None] * 10.0
    _, seen, _ = panel(8)
    seen[:, 5] = False
    found = week_levels(outcomes, seen)
    assert np.isnan(found[5])
    kept = np.arange(20) != 5
    assert found[kept] == pytest.approx(levels[kept] + 35, abs=1e-9)
    assert np.isnan(week_levels(outcomes, np.zeros_like(seen))).all()


def test_bounds_in_closed_form_are_those_of_testing_every_effect() -> None:
    dice = np.random.default_rng(9)
    redrawn, slopes, value = dice.normal(size=99), dice.uniform(-0.9, 0.9, 99), -1.3
    bounds = inverted(value, redrawn, slopes, method="")
    tried = np.linspace(-40, 40, 80_001)
    far = np.abs(redrawn[:, None] - slopes[:, None] * tried) >= np.abs(value - tried)
    kept = tried[(1 + far.sum(axis=0)) / 100 > 0.05 + 1e-9]
    assert (bounds.low, bounds.high) == pytest.approx((kept.min(), kept.max()), abs=2e-3)
    assert bounds.p == (1 + np.sum(np.abs(redrawn) >= abs(value))) / 100


def test_too_few_redraws_bound_nothing() -> None:
    bounds = inverted(-5.0, np.zeros(10), np.zeros(10), method="")
    assert (bounds.low, bounds.high) == (-np.inf, np.inf)
    assert not bounds.excludes_nought


def test_redraws_equal_to_what_happened_bound_nothing() -> None:
    bounds = inverted(-5.0, np.full(99, -5.0), np.ones(99), method="")
    assert (bounds.low, bounds.p) == (-np.inf, 1.0)


def test_a_randomisation_test_of_nothing_rejects_as_often_as_it_says() -> None:
    """The p-value of a true null is uniform: below .2 in a fifth of panels."""
    starts = np.array([6, 6, 9, 9, NEVER, NEVER, NEVER], np.intp)
    below = 0
    for seed in range(200):
        dice = np.random.default_rng(seed)
        designs = np.array([starts, *(dice.permutation(starts) for _ in range(59))])
        outcomes = dice.normal(size=(1, 7, 16)).cumsum(axis=2)
        values = imputed(outcomes, np.ones((7, 16), np.bool_), designs, ((0, NEVER),)).effects[:, 0, 0]
        below += inverted(values[0], values[1:], np.zeros(59), method="").p <= 0.2
    assert 0.12 < below / 200 < 0.28


def test_a_jackknife_of_a_mean_is_students_interval() -> None:
    values = np.array([3.0, 5.0, 4.0, 9.0, 7.0])
    left_out = (values.sum() - values) / 4
    bounds = jackknife(float(values.mean()), left_out)
    assert bounds is not None
    # R: t.test(c(3, 5, 4, 9, 7)) gives 2.605 to 8.595, p = 0.006632.
    assert (bounds.low, bounds.high) == pytest.approx((2.605, 8.595), abs=1e-2)
    assert bounds.p == pytest.approx(0.0066, abs=5e-4)
    plain = paired(values)
    assert plain is not None
    assert (plain.low, plain.high, plain.p) == pytest.approx((bounds.low, bounds.high, bounds.p))


def test_a_jackknife_with_an_undefined_part_says_nothing() -> None:
    assert jackknife(1.0, np.array([1.0, np.nan])) is None
    assert jackknife(1.0, np.array([1.0])) is None
    assert paired(np.array([1.0])) is None


def test_changes_without_spread_are_no_division_by_nought() -> None:
    assert paired(np.zeros(3)) is not None
    same = jackknife(2.0, np.full(4, 2.0))
    assert same is not None
    assert (same.low, same.high, same.p) == (2.0, 2.0, 0.0)


def test_conformal_finds_a_step_and_its_interval_holds_it() -> None:
    dice = np.random.default_rng(10)
    after = (np.arange(60) >= 40).astype(float)
    ones = np.ones((60, 1))
    bounds = conformal(dice.normal(size=60) - 5 * after, after, ones)
    assert bounds is not None
    assert bounds.low < -5 < bounds.high < 0
    assert bounds.p == pytest.approx(1 / 60)


def test_conformal_rejects_about_as_often_as_it_says_on_autocorrelated_noise() -> None:
    after, ones = (np.arange(50) >= 34).astype(float), np.ones((50, 1))
    rejected = 0
    for seed in range(300):
        shocks = np.random.default_rng(seed).normal(size=50)
        series = np.array(
            [sum(0.4**lag * shocks[week - lag] for lag in range(min(week, 8) + 1)) for week in range(50)]
        )
        bounds = conformal(series, after, ones)
        assert bounds is not None
        rejected += bounds.p <= 0.05
    assert rejected / 300 < 0.10


def test_conformal_without_weeks_on_both_sides_says_nothing() -> None:
    series, ones = np.arange(10.0), np.ones((10, 1))
    assert conformal(series, np.zeros(10), ones) is None
    assert conformal(series[:2], np.array([0.0, 1.0]), ones[:2]) is None
    date = (np.arange(10) >= 5).astype(float)
    assert conformal(series, date, np.stack([ones[:, 0], date], axis=1)) is None


def test_a_correction_moves_bounds_and_widens_them_in_quadrature() -> None:
    before = paired(np.array([-6.0, -4.0, -5.0, -5.5]))
    assert before is not None
    after = widened(before, shift=1.0, variance=4.0)
    assert after.value == before.value + 1
    assert after.value - after.low == pytest.approx(
        np.hypot(before.value - before.low, 1.959964 * 2), rel=1e-6
    )
    assert after.p > before.p
