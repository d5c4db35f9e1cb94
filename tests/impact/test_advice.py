"""Which design is recommended, and why: by what the quick win is expected to do at this size."""

from __future__ import annotations

import pytest

from prodops.diagnosis.quick_win import QuickWin
from prodops.impact.advice import OWN_ITEMS, Advice, advice
from prodops.impact.power import Noise
from prodops.stats.estimate import Estimate

QUIET = Noise(week_sd=2.0, autocorrelation=0.1, missing=0.03, team_sd=0.3, company_sd=0.3)


def win(hours: float = 12.0, *, sink: str = "ritual_rot", provable: bool = True) -> QuickWin:
    caveats = () if provable else ("worth doing, not provable at this size: its hours are too uncertain",)
    return QuickWin(
        name="Pause Roadmap review for six weeks", sink=sink, subjects=("roadmap-review",),
        because=("RIT01 roadmap-review",), hours=Estimate(hours, hours / 2, 2 * hours, 3, "PM hours a week"),
        effort_days=2.0, touches=12, provable=provable, proof=(), caveats=caveats, hours_a_day=hours,
    )  # fmt: skip


def advised(pms: int = 12, chosen: QuickWin | None = None, **options: object) -> Advice:
    given = {"weeks_before": 8, "weeks_after": 13, "noise": Noise(), "win": chosen, **options}
    return advice(pms, **given)  # type: ignore[arg-type]  # of this test's own


def test_a_quick_win_too_small_for_the_total_is_proved_on_its_own_items() -> None:
    found = advised(12, win())
    assert found.win_points.value == pytest.approx(2.5)
    assert (found.on_total, found.recommended) == (False, OWN_ITEMS)
    assert "8 items before and 8 after" in found.because
    assert found.own_items is not None
    assert found.own_items.shows


def test_a_quick_win_that_shows_on_the_total_gets_a_drawn_order() -> None:
    found = advised(20, win(80.0), noise=QUIET)
    assert (found.on_total, found.recommended) == (True, "staggered")
    assert "10.0 points" in found.because


def test_a_pause_that_cannot_be_proved_on_items_is_switched_on_and_off() -> None:
    found = advised(12, win(provable=False))
    assert found.recommended == "switchback"
    assert found.own_items is not None
    assert found.own_items.because == "its hours are too uncertain"


def test_a_change_that_stays_and_cannot_be_proved_on_items_gets_a_drawn_order() -> None:
    found = advised(12, win(sink="data_debt", provable=False))
    assert found.recommended == "staggered"


def test_without_a_quick_win_a_drawn_order_is_recommended() -> None:
    found = advised(12)
    assert (found.recommended, found.own_items, found.win_points.known) == ("staggered", None, False)
    assert found.option("two snapshots").grade == "D"


def test_few_teams_get_the_best_design_that_is_left() -> None:
    found = advised(12, teams=4)
    assert found.recommended == "one date"
    assert "4 names to draw from" in found.because


def test_where_no_design_shows_anything_none_is_recommended() -> None:
    found = advised(4)
    assert found.recommended == ""
    assert "count items and minutes" in found.because


def test_a_quick_win_of_too_few_pms_is_told_without_points() -> None:
    found = advised(4, win())
    assert not found.win_points.known
    assert found.recommended == OWN_ITEMS
    assert "nothing would show" in found.because
