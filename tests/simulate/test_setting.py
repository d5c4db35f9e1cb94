"""What is fixed for an organisation is drawn by name, and two families never share a value."""

from __future__ import annotations

import statistics

import pytest

from prodops.simulate.errors import UnknownScenarioError
from prodops.simulate.scenario import BETA_AVOIDABLE, Scenario
from prodops.simulate.setting import CELLS, DEVELOPMENT, TEST, Setting
from prodops.simulate.settings import Range, fixed
from prodops.simulate.settling import settle, settled

NAMES = ("feedback.linked", "data.logged", "avoidable.data_debt")


def cell(value: float, low: float = 0.0, high: float = 1.0) -> int:
    return int((value - low) / (high - low) * CELLS)


@pytest.mark.parametrize("name", NAMES)
def test_the_two_families_draw_from_disjoint_halves_of_every_range(name: str) -> None:
    cells = {
        family: {cell(Setting(seed, family).unit(name)) for seed in range(400)}
        for family in (DEVELOPMENT, TEST)
    }
    assert not cells[DEVELOPMENT] & cells[TEST]
    assert len(cells[DEVELOPMENT]) == len(cells[TEST]) == CELLS // 2


def test_the_halves_of_two_ranges_differ() -> None:
    first, second = ({cell(Setting(seed, TEST).unit(name)) for seed in range(400)} for name in NAMES[:2])
    assert first != second


def test_a_draw_depends_on_its_name_seed_and_family_and_not_on_the_order() -> None:
    one, two = Setting(3, DEVELOPMENT), Setting(3, DEVELOPMENT)
    assert (one.unit("a"), one.unit("b")) == tuple(reversed([two.unit("b"), two.unit("a")]))
    assert (
        len({one.unit("a"), one.unit("b"), Setting(4, DEVELOPMENT).unit("a"), Setting(3, TEST).unit("a")})
        == 4
    )


@pytest.mark.parametrize("family", [DEVELOPMENT, TEST])
def test_avoidable_fractions_have_the_mean_and_spread_that_are_told(family: str) -> None:
    drawn = [Setting(seed, family).share("avoidable.ritual_rot", BETA_AVOIDABLE) for seed in range(2000)]
    assert statistics.fmean(drawn) == pytest.approx(0.70, abs=0.02)
    assert statistics.stdev(drawn) == pytest.approx(0.14, abs=0.015)
    assert min(drawn) > 0.1
    assert max(drawn) < 1.0


def test_a_logarithm_is_evenly_spread() -> None:
    drawn = [Setting(seed, TEST).multiplied("first over second", 1.05, 4.0) for seed in range(2000)]
    assert statistics.median(drawn) == pytest.approx((1.05 * 4.0) ** 0.5, rel=0.06)
    assert 1.05 <= min(drawn) < max(drawn) <= 4.0


def test_choices_and_chances_come_out_as_often_as_they_should() -> None:
    drawn = [Setting(seed, DEVELOPMENT) for seed in range(2000)]
    assert statistics.fmean(setting.happens("no stage binds", 0.3) for setting in drawn) == pytest.approx(
        0.3, abs=0.03
    )
    assert {setting.pick("sink", ("a", "b", "c")) for setting in drawn} == {"a", "b", "c"}


def test_an_unknown_family_is_refused() -> None:
    with pytest.raises(UnknownScenarioError, match="development, test"):
        Setting(1, "holdout")


def test_settling_draws_every_range_once_and_leaves_room_for_parts() -> None:
    one = settled(Scenario(name="x", says="x"), Setting(1, DEVELOPMENT))
    assert one.feedback.linked.low == one.feedback.linked.high
    assert one.calendars.hygiene.low < one.calendars.hygiene.high
    wide = Scenario(name="x", says="x").calendars.hygiene
    assert wide.low <= one.calendars.hygiene.low < one.calendars.hygiene.high <= wide.high
    assert one.texts == DEVELOPMENT
    other = settled(Scenario(name="x", says="x"), Setting(2, DEVELOPMENT))
    assert other.feedback.linked != one.feedback.linked


def test_what_is_no_settings_stays_as_it_is() -> None:
    assert settle("words", "path", Setting(1, TEST)) == "words"
    assert fixed(2.0).middle == Range(1.0, 3.0).middle == 2.0
