"""What a design can show: known figures, what makes it smaller, and where nothing can be shown."""

from __future__ import annotations

import numpy as np
import pytest

from prodops.impact.design import DESIGNS, Design, detectable, detectable_share
from prodops.impact.power import Noise, Plan, by_controls, by_order, least_shown
from prodops.stats.panel import NEVER

QUIET = Noise(week_sd=3.0, autocorrelation=0.1, missing=0.03, team_sd=0.5, company_sd=0.5)


def points(pms: int, design: Design = "staggered", **options: object) -> float:
    value = detectable(pms, design=design, **options).points.value  # type: ignore[arg-type]  # of this test's own
    assert value is not None
    return value


def test_twenty_pms_show_about_nine_points_as_the_documents_say() -> None:
    found = detectable(20)
    assert found.points.value is not None
    assert found.points.low is not None
    assert found.points.high is not None
    assert found.points.value == pytest.approx(9.2, abs=0.8)
    assert found.points.low < found.points.value < found.points.high
    assert (found.grade, found.because, found.claimable) == ("A", (), True)
    assert found.starts == (8, None)


def test_the_same_question_has_the_same_answer() -> None:
    assert detectable(9) == detectable(9)


def test_more_pms_more_weeks_and_less_noise_show_less() -> None:
    assert points(40) < points(20) < points(12)
    assert points(20, weeks_before=13, weeks_after=26) < points(20)
    assert points(20, noise=QUIET) < points(20) / 2


def test_teams_that_change_as_a_whole_show_less_than_managers_alone() -> None:
    assert points(40, teams=10) > points(40)


def test_hours_and_people_follow_from_points() -> None:
    found = detectable(20, design="controls")
    assert found.points.value is not None
    assert found.hours_each() == pytest.approx(found.points.value * 0.4)
    assert found.people == pytest.approx(found.points.value * 0.2)
    assert f"{found.points.value:.1f} points of PM time" in found.says


@pytest.mark.parametrize("design", DESIGNS)
def test_fewer_than_five_pms_show_nothing_by_any_design(design: Design) -> None:
    found = detectable(4, design=design)
    assert (found.points.known, found.grade, found.claimable) == (False, "D", False)
    assert "4 PMs are too few" in found.says
    assert found.hours_each() is None
    assert found.people is None


def test_teams_too_few_to_compare_show_nothing() -> None:
    found = detectable(20, teams=2)
    assert not found.points.known
    assert "2 teams are too few" in found.points.because


def test_an_order_of_few_names_shows_nothing_of_a_sensible_size() -> None:
    found = detectable(5)
    assert "60 points" in found.points.because
    assert "needs 6" in found.because[0]


@pytest.mark.parametrize(
    ("design", "weeks", "grade", "says"),
    [
        ("one date", (8, 13), "D", "one date needs 26"),
        ("one date", (26, 13), "C", ""),
        ("controls", (8, 13), "B", ""),
        ("controls", (6, 13), "D", "needs 8"),
        ("staggered", (8, 10), "D", "needs 13"),
        ("switchback", (8, 13), "A", ""),
        ("two snapshots", (26, 26), "D", "claim an effect where nothing happened"),
    ],
)
def test_the_grade_is_the_best_that_a_readout_can_reach(
    design: Design, weeks: tuple[int, int], grade: str, says: str
) -> None:
    found = detectable(12, design=design, weeks_before=weeks[0], weeks_after=weeks[1])
    assert found.grade == grade
    assert says in " ".join(found.because)


def test_a_switchback_of_few_names_has_too_few_orders() -> None:
    found = detectable(6, design="switchback")
    assert (found.grade, found.points.known) == ("D", False)
    assert "Only 20 orders" in found.because[0]


def test_few_clusters_are_no_comparison() -> None:
    assert "4 clusters" in " ".join(detectable(20, design="controls", teams=4).because)


def test_more_managers_than_are_simulated_show_less_by_the_root_of_their_number() -> None:
    assert points(400, "two snapshots") == pytest.approx(points(100, "two snapshots") / 2, rel=0.25)


def test_a_design_without_weeks_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="two weeks before"):
        detectable(10, weeks_before=1)


def test_sixty_timed_items_show_a_fall_by_thirty_percent() -> None:
    assert detectable_share(0.7, 60, 60) == pytest.approx(0.30, abs=0.005)
    assert detectable_share(0.7, 240, 240) < detectable_share(0.7, 60, 60)


@pytest.mark.parametrize("way", [by_order, by_controls])
def test_where_nothing_happened_five_in_a_hundred_show(way: object) -> None:
    plan = Plan(
        clusters=np.arange(12), weeks_before=8, weeks_after=13, starts=(8, NEVER), noise=Noise()
    )  # fmt: skip
    assert callable(way)
    shown = way(plan, np.random.default_rng(5))
    assert float(shown(0.0).mean()) <= 0.05 + 2 * (0.05 * 0.95 / 400) ** 0.5
    assert float(shown(60.0).mean()) == 1.0
    assert least_shown(shown, 0.8, most=0.5) == float("inf")
