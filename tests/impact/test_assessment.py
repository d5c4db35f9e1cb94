from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from impact.panels import alone, drawn_starts, monday, panel, rows
from prodops.impact.assessment import Assessment, NothingToCompareError, assess, holm
from prodops.impact.assignment import matched
from prodops.impact.effect import Effect, Setting, by_order
from prodops.impact.gates import Found, Gate, leave_one_out
from prodops.impact.order import read_order
from prodops.impact.panel import Panel, PanelRow, read_panel
from prodops.impact.question import Question
from prodops.stats.panel_intervals import Bounds


def gate(answer: Assessment, name: str) -> Gate:
    return next(one for one in answer.gates if one.name == name)


def one_date(units: int = 8, start: int = 30, effect: float = -0.15, noise: float = 0.03) -> Panel:
    """Everybody starts in one week."""
    starts: dict[str, int | None] = {f"pm{place:02d}": start for place in range(units)}
    return read_panel(alone(one) for one in rows(starts, effect=effect, noise=noise))


def test_a_drawn_order_carries_grade_a_and_the_word_reduced() -> None:
    found, order = panel(12, effect=-0.12)
    answer = assess(Question(panel=found, order=order))
    overall = answer.effect.overall
    assert overall is not None
    assert (answer.grade.letter, answer.grade.because) == ("A", ())
    assert overall.low < -0.12 < overall.high < 0
    assert answer.claims_effect
    assert answer.claim.startswith("The change reduced share by ")
    assert "12 PMs, 10 treated, 52 weeks" in answer.claim
    assert {one.status for one in answer.gates if one.decides} == {"passed", "not applicable"}


def test_without_the_order_it_is_grade_b_and_only_associated() -> None:
    answer = assess(Question(panel=panel(20, effect=-0.15)[0]))
    assert answer.grade.letter == "B"
    assert "is associated with a fall" in answer.claim
    assert "not drawn" in answer.claim
    assert gate(answer, "placebo_date").status == "passed"
    assert gate(answer, "randomised_order").missing
    assert "jackknife" in (answer.effect.overall.method if answer.effect.overall else "")


def test_an_order_whose_hash_is_wrong_is_grade_b_at_best() -> None:
    found, order = panel(20, effect=-0.15)
    answer = assess(Question(panel=found, order=replace(order, sealed=False)))
    assert answer.grade.letter == "B"
    assert gate(answer, "randomised_order").status == "failed"
    assert gate(answer, "pre_registered").status == "failed"


def test_an_order_drawn_afterwards_is_no_registration() -> None:
    found, order = panel(20, effect=-0.15)
    assert order.drawn_at is not None
    late = replace(order, drawn_at=order.drawn_at.replace(year=2026))
    answer = assess(Question(panel=found, order=late))
    assert answer.grade.letter == "B"
    assert "after the first unit" in gate(answer, "pre_registered").says


def test_no_effect_is_said_as_no_change_shown_with_what_would_fit() -> None:
    found, order = panel(12, effect=0.0)
    answer = assess(Question(panel=found, order=order))
    assert not answer.claims_effect
    assert answer.grade.letter == "A"
    assert answer.claim.startswith("No change of share is shown")
    assert "would fit" in answer.claim
    assert gate(answer, "leave_one_out").status == "not applicable"


def test_a_rise_is_said_as_a_rise() -> None:
    found, order = panel(12, effect=0.12)
    assert "The change raised share" in assess(Question(panel=found, order=order)).claim


def test_one_date_with_half_a_year_before_is_grade_c_and_names_no_cause() -> None:
    answer = assess(Question(panel=one_date()))
    assert answer.grade.letter == "C"
    assert answer.claims_effect
    assert "the cause is not established" in answer.claim
    assert str(monday(30)) in answer.claim
    assert "conformal" in (answer.effect.overall.method if answer.effect.overall else "")
    assert gate(answer, "placebo_date").status == "not applicable"


def test_one_pilot_team_beside_others_is_compared_in_time_too() -> None:
    starts: dict[str, int | None] = {f"pm{place:02d}": 30 if place < 2 else None for place in range(8)}
    found = read_panel(
        replace(one, cluster="pilot" if one.treated_from else one.unit)
        for one in rows(starts, effect=-0.2, noise=0.03)
    )
    answer = assess(Question(panel=found))
    assert (answer.effect.basis, answer.grade.letter) == ("one date", "C")
    assert answer.effect.overall is not None
    assert answer.effect.overall.value == pytest.approx(-0.2, abs=0.04)


@pytest.mark.parametrize("start", [16, 8])
def test_one_date_with_fewer_weeks_before_is_a_description(start: int) -> None:
    answer = assess(Question(panel=one_date(start=start)))
    assert answer.grade.letter == "D"
    assert answer.claim.startswith("Description only")
    assert "No effect is claimed" in answer.claim
    assert not answer.claims_effect


def only(found: list[PanelRow], *weeks: int) -> list[PanelRow]:
    """The rows of these weeks."""
    return [one for one in found if days(one.week) in weeks]


def test_two_equal_audits_a_quarter_apart_are_never_called_an_effect() -> None:
    for seed in range(20):
        starts: dict[str, int | None] = {f"pm{place:02d}": 14 for place in range(20)}
        audits = [
            one
            for one in rows(starts, effect=0, seed=seed)
            if one.week in {monday(week) for week in (1, 2, 14, 15)}
        ]
        answer = assess(Question(panel=read_panel(audits)))
        assert (answer.grade.letter, answer.claims_effect) == ("D", False)


def test_two_audits_of_treated_and_others_are_a_description_too() -> None:
    starts: dict[str, int | None] = {f"pm{place:02d}": 14 if place % 2 else None for place in range(20)}
    audits = [
        one
        for one in rows(starts, effect=-0.2)
        if one.week in {monday(week) for week in (1, 2, 14, 15, 19, 20)}
    ]
    answer = assess(Question(panel=read_panel(alone(one) for one in audits)))
    assert answer.grade.letter == "D"
    assert gate(answer, "windows").says.startswith("2 weeks before")


def test_fewer_than_five_units_are_a_description() -> None:
    answer = assess(Question(panel=one_date(units=4)))
    assert answer.grade.letter == "D"
    assert "4 units" in " ".join(answer.grade.because)


def test_three_teams_are_too_few_to_compare() -> None:
    starts, _ = drawn_starts(9)
    found = read_panel(
        replace(one, cluster=one.cluster[:4] + str(int(one.unit[2:]) % 3))
        for one in rows(starts, effect=-0.2)
    )
    answer = assess(Question(panel=found))
    assert answer.grade.letter == "D"
    assert "3 clusters" in " ".join(answer.grade.because)


def test_nobody_treated_or_never_seen_before_is_refused() -> None:
    starts: dict[str, int | None] = {f"pm{place:02d}": None for place in range(6)}
    with pytest.raises(NothingToCompareError, match="No unit is treated"):
        assess(Question(panel=read_panel(rows(starts, effect=0))))
    with pytest.raises(NothingToCompareError, match="before"):
        assess(Question(panel=read_panel(rows(dict.fromkeys(starts, 0), effect=0))))


def test_a_drift_from_before_fails_the_placebo_and_is_a_description() -> None:
    starts, _ = drawn_starts(20)
    drifting = [
        alone(replace(one, outcome=str(float(one.outcome) - 0.006 * days(one.week) * bool(one.treated_from))))
        for one in rows(starts, effect=0, noise=0.02)
    ]
    answer = assess(Question(panel=read_panel(drifting)))
    assert gate(answer, "placebo_date").status == "failed"
    assert answer.grade.letter == "D"
    assert "a drift could be its reason" in " ".join(answer.grade.because)


def days(week: str) -> int:
    """Weeks since the panel began."""
    return [monday(place) for place in range(60)].index(week)


def test_a_fading_effect_is_told_by_its_latest_weeks() -> None:
    starts, text = drawn_starts(20)
    found = read_panel(alone(one) for one in rows(starts, effect=-0.2, fades=True, noise=0.02))
    answer = assess(Question(panel=found, order=read_order(text)))
    early, _, late = answer.effect.horizons
    assert early.effect is not None
    assert late.effect is not None
    assert early.effect.value < 3 * late.effect.value < 0
    assert "it fades" in gate(answer, "horizons").says
    assert "From week 17 on after the start it stands at" in answer.claim


def test_an_effect_that_turns_fails_its_gate() -> None:
    starts, text = drawn_starts(20)
    turned = [
        alone(replace(one, outcome=str(float(one.outcome) + 0.45 * late(one.week, one.treated_from))))
        for one in rows(starts, effect=-0.4, noise=0.01)
    ]
    answer = assess(Question(panel=read_panel(turned), order=read_order(text)))
    assert answer.effect.overall is not None
    assert answer.effect.overall.excludes_nought
    assert gate(answer, "horizons").status == "failed"
    assert answer.grade.letter == "D"


def late(week: str, start: str) -> bool:
    """Whether a week is the seventeenth after its start or later."""
    return bool(start) and days(week) - days(start) >= 16


def test_shares_and_points_give_the_same_sentence() -> None:
    found, order = panel(12)
    points = replace(found, outcomes=found.outcomes * 100)
    once = assess(Question(panel=found, order=order)).claim
    again = assess(Question(panel=points, order=order, scale="points")).claim
    assert once == again


def strategic(found: Panel, rise: float) -> Panel:
    """A share that rises by this much once treated."""
    since = np.arange(found.weeks) - found.starts[:, None]
    dice = np.random.default_rng(3)
    values = 0.25 + dice.normal(0, 0.03, found.outcomes.shape) + rise * np.clip((since + 1) / 5, 0, 1)
    return replace(found, outcomes=np.where(found.seen, values, 0.0))


def test_capacity_is_the_lesser_of_fall_and_rise_less_own_hours() -> None:
    found, order = panel(12, effect=-0.15)
    full = assess(Question(panel=found, order=order, strategic=strategic(found, 0.3)))
    half = assess(Question(panel=found, order=order, strategic=strategic(found, 0.06)))
    paid = assess(Question(panel=found, order=order, strategic=strategic(found, 0.06), own_hours=20))
    assert full.capacity is not None
    assert half.capacity is not None
    assert paid.capacity is not None
    assert full.capacity.points == full.capacity.fallen.value
    assert half.capacity.points == pytest.approx(6, abs=1.5)
    assert half.capacity.value == pytest.approx(0.12 * half.capacity.points, rel=1e-9)
    assert paid.capacity.value == pytest.approx(half.capacity.value - 0.5)
    assert "- 0.5 spent on it" in paid.claim
    assert gate(full, "capacity").status == "passed"


def test_hours_that_landed_nowhere_are_no_capacity() -> None:
    found, order = panel(12, effect=-0.15)
    answer = assess(Question(panel=found, order=order, strategic=strategic(found, -0.1)))
    assert gate(answer, "capacity").status == "failed"
    assert "No capacity is claimed" in answer.claim
    flat = assess(Question(panel=found, order=order, strategic=strategic(found, 0.004)))
    assert "apacity is" in flat.claim
    unmeasured = assess(Question(panel=found, order=order))
    assert "At most" in unmeasured.claim
    assert "was not measured" in unmeasured.claim


def test_an_outcome_that_is_no_share_has_no_capacity() -> None:
    found, order = panel(12)
    answer = assess(
        Question(
            panel=replace(found, outcomes=found.outcomes * 40), order=order, scale="other", outcome="hours"
        )
    )
    assert answer.capacity is None
    assert "points" not in answer.claim
    assert gate(answer, "capacity").status == "not applicable"


def events(found: Panel, *weeks: int) -> Sequence[tuple[int, str]]:
    return [(found.first_week + week, "reorganisation") for week in weeks]


def test_another_event_near_a_start_fails_a_comparison_but_not_a_drawn_order() -> None:
    found, order = panel(20, effect=-0.15)
    near, far, none = events(found, 17), events(found, 40), events(found, 300)
    assert gate(assess(Question(panel=found, events=near)), "change_log").status == "failed"
    assert assess(Question(panel=found, events=near)).grade.letter == "D"
    assert gate(assess(Question(panel=found, events=far)), "change_log").status == "passed"
    assert "no other event" in gate(assess(Question(panel=found, events=none)), "change_log").says
    drawn = gate(assess(Question(panel=found, order=order, events=near)), "change_log")
    assert (drawn.status, "common to all" in drawn.says) == ("passed", True)


def test_further_outcomes_are_adjusted_for_being_many() -> None:
    found, order = panel(12)
    noise, _ = panel(12, effect=0.0, seed=9)
    answer = assess(Question(panel=found, order=order, secondary={"same": found, "noise": noise}))
    (same, _, low), (other, _, high) = answer.secondary
    assert (same, other) == ("same", "noise")
    assert low < 0.05 < high
    assert "Holm" in gate(answer, "one_outcome").says


def test_holm_is_that_of_a_textbook() -> None:
    # From R, whose p.adjust has it as "holm".
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


def test_weeks_as_numbers_do_without_the_end_of_a_quarter() -> None:
    starts, _ = drawn_starts(20)
    numbered = [
        alone(
            replace(
                one,
                week=str(days(one.week)),
                treated_from=str(days(one.treated_from)) if one.treated_from else "",
            )
        )
        for one in rows(starts, effect=-0.15)
    ]
    answer = assess(Question(panel=read_panel(numbered)))
    windows = gate(answer, "windows")
    assert (windows.status, windows.missing) == ("passed", "weeks as dates")
    assert answer.grade.letter == "B"


def test_no_end_of_a_quarter_before_fails_the_windows() -> None:
    starts: dict[str, int | None] = {f"pm{place:02d}": 12 if place % 2 else None for place in range(12)}
    answer = assess(Question(panel=read_panel(alone(one) for one in rows(starts, effect=-0.15))))
    assert "no end of a quarter lies in the weeks before" in gate(answer, "windows").says


def test_weeks_that_nobody_can_be_compared_in_are_counted() -> None:
    starts: dict[str, int | None] = {f"pm{place:02d}": 12 + place // 2 for place in range(12)}
    answer = assess(Question(panel=read_panel(alone(one) for one in rows(starts, effect=-0.15))))
    assert gate(answer, "comparable").status == "failed"
    assert answer.grade.letter == "D"


def test_the_ramp_may_be_left_out_or_longer() -> None:
    found, order = panel(12)
    for ramp in (0, 4, 10):
        effect = by_order(found, matched(order, found), Setting(ramp_weeks=ramp))
        assert effect.horizons[0].first_week == ramp + 1
        assert effect.all_weeks == pytest.approx(effect.other_ways[0][1])


def test_no_single_cluster_may_carry_the_sign() -> None:
    overall = Bounds(-0.1, -0.2, -0.01, 0.02, 6, "jackknife")
    others = (("ann", -0.08), ("bo", -0.12))
    for without, status in (((*others, ("cy", 0.02)), "failed"), (others, "passed")):
        effect = Effect("controls", overall, without=without)
        judged = leave_one_out(Found(effect=effect, assignment=None, rectifier=None, capacity=None))
        assert judged.status == status
        assert ("'cy'" in judged.says) == (status == "failed")


def test_weeks_too_few_for_a_late_horizon_are_said() -> None:
    starts: dict[str, int | None] = {f"pm{place:02d}": 49 if place % 2 else None for place in range(12)}
    answer = assess(Question(panel=read_panel(alone(one) for one in rows(starts, effect=-0.3))))
    assert answer.effect.latest is None
    assert gate(answer, "horizons").missing
