"""The one quick win: chosen by rule, resting on findings, and never about fewer than five people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from prodops.checks.finding import SINKS, Evidence, Finding
from prodops.diagnosis.audited import AuditedHours
from prodops.diagnosis.constraint import Diagnosis, judge
from prodops.diagnosis.proof import proof_of
from prodops.diagnosis.quick_win import QuickWin, quick_win
from prodops.diagnosis.recipes import RECIPES
from prodops.diagnosis.sink import DRAWS, Part, Weighed
from prodops.ledger.record import Citation
from prodops.stats.estimate import Estimate

ROT, HOLE, DEBT = "ritual_rot", "feedback_black_hole", "data_debt"


def finding(sink: str, subject: str, code: str = "RIT01") -> Finding:
    """A finding that cites one line."""
    evidence = (Evidence("note", "n", Citation("a.md", "line 1"), "empty"),)
    exposure = Estimate(1, 1, 1, 1, "x")
    return Finding(
        code=code,
        sink=sink,
        subject=subject,
        title=subject,
        evidence=evidence,
        evidence_count=1,
        exposure=exposure,
    )


def part(subject: str, mean: float, touches: int = 9, sd: float = 0.5) -> Part:
    """A part of a sink with its draws."""
    dice = np.random.default_rng(len(subject))
    return Part(
        subject=subject,
        title=subject.title(),
        draws=np.maximum(0, dice.normal(mean, sd, DRAWS)),
        touches=touches,
    )


def diagnosis(parts: dict[str, list[Part]], findings: list[Finding], pms: int = 10) -> Diagnosis:
    """A diagnosis over planted parts and findings."""
    weighed = {
        name: Weighed(name=name, parts=tuple(parts.get(name, ())), n=50, because="test") for name in SINKS
    }
    return judge(weighed, tuple(findings), AuditedHours(pms=pms, pm_hours=40.0 * pms, ceiling=None))


def won(parts: dict[str, list[Part]], findings: list[Finding], pms: int = 10) -> QuickWin:
    """The quick win, which must exist."""
    win = quick_win(diagnosis(parts, findings, pms))
    assert win is not None
    return win


def test_it_is_about_what_a_finding_names_and_rests_on_it() -> None:
    win = won(
        {ROT: [part("council", 6), part("board", 9)]},
        [finding(ROT, "council"), finding(ROT, "tiny", "RIT05")],
    )
    assert ("council",) == win.subjects
    assert ("RIT01 council",) == win.because
    assert "Pause Council for six weeks" == win.name


def test_it_takes_the_three_largest() -> None:
    parts = [part(f"r{k}", k + 1) for k in range(5)]
    win = won({ROT: parts}, [finding(ROT, one.subject) for one in parts])
    assert ("r4", "r3", "r2") == win.subjects
    assert "Pause R4, R3 and R2 for six weeks" == win.name


def test_without_a_finding_there_is_none() -> None:
    assert quick_win(diagnosis({ROT: [part("council", 9)]}, [])) is None
    assert quick_win(diagnosis({ROT: [part("council", 9)]}, [finding(HOLE, "email")])) is None
    assert quick_win(diagnosis({}, [finding(ROT, "council")])) is None


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_fewer_than_five_people_are_never_named(people: int) -> None:
    small = part("council", 20, touches=people)
    assert quick_win(diagnosis({ROT: [small]}, [finding(ROT, "council")])) is None
    beside = won({ROT: [small, part("board", 5)]}, [finding(ROT, "council"), finding(ROT, "board")])
    assert ("board",) == beside.subjects


def test_it_comes_from_the_named_sink() -> None:
    parts = {ROT: [part("council", 30)], HOLE: [part("email", 6, touches=0)]}
    findings = [finding(ROT, "council"), finding(HOLE, "email")]
    assert ROT == diagnosis(parts, findings).named
    assert ROT == won(parts, findings).sink
    assert quick_win(diagnosis(parts, [finding(HOLE, "email")])) is None


def test_between_two_that_are_too_close_the_hours_per_day_of_effort_decide() -> None:
    parts = {ROT: [part("council", 20)], HOLE: [part("email", 20, touches=0)]}
    found = diagnosis(parts, [finding(ROT, "council"), finding(HOLE, "email")])
    assert found.named is None
    win = quick_win(found)
    assert win is not None
    assert ROT == win.sink


def test_one_without_caveats_is_chosen_before_one_with_more_hours() -> None:
    parts = {ROT: [part("council", 20, touches=5)], HOLE: [part("email", 20.5, touches=0)]}
    win = won(parts, [finding(ROT, "council"), finding(HOLE, "email")], pms=12)
    assert (HOLE, ()) == (win.sink, win.caveats)


def test_its_hours_count_the_chance_of_success_and_what_lasts() -> None:
    win = won({ROT: [part("council", 20)]}, [finding(ROT, "council")])
    assert win.hours.value == pytest.approx(20 * 0.7 * (1 - 0.5 / 6), rel=0.02)
    assert win.hours.low is not None
    assert win.hours.high is not None
    assert win.hours.low < 12.8 < win.hours.high
    assert win.provable
    assert 5 == len(win.proof)


def test_rules_it_does_not_meet_are_said() -> None:
    few = won({ROT: [part("council", 20, touches=5)]}, [finding(ROT, "council")], pms=30)
    assert "touches 5 of 30 PMs, fewer than half" in few.caveats
    little = won({ROT: [part("council", 1)]}, [finding(ROT, "council")])
    assert "gives back less than half an hour a PM and week" in little.caveats
    unsure = won({ROT: [part("council", 5, sd=30)]}, [finding(ROT, "council")])
    assert not unsure.provable
    assert "worth doing, not provable at this size: its hours are too uncertain" in unsure.caveats


def test_a_finding_on_something_else_supports_no_change() -> None:
    found = diagnosis({DEBT: [part("churn", 9), part("nps", 5)]}, [finding(DEBT, "growth", "DAT02")])
    assert quick_win(found) is None


def test_a_ritual_that_serves_others_is_left_to_one_pm_and_not_ended() -> None:
    vital = replace(part("sync", 20), serves_others=True)
    win = won({ROT: [vital, part("board", 9)]}, [finding(ROT, "sync"), finding(ROT, "board")])
    assert "Pause Board for six weeks" in win.name
    assert "leave Sync to one of them" in win.name
    assert "Pause Sync" not in win.name


def test_boards_of_single_teams_are_closed_together_or_not_at_all() -> None:
    boards = [part(f"team {k}", 2, touches=1) for k in range(6)]
    found = [finding("tool_overlap", one.subject, "TOL01") for one in boards]
    win = won({"tool_overlap": boards}, found)
    assert (6, 6) == (len(win.subjects), win.touches)
    assert "and 3 others" in win.name
    assert quick_win(diagnosis({"tool_overlap": boards[:3]}, found)) is None


@pytest.mark.parametrize("sink", SINKS)
def test_every_sink_has_a_change_that_is_small_and_can_be_proved(sink: str) -> None:
    win = won({sink: [part("thing", 20)]}, [finding(sink, "thing", "X01")])
    assert win.effort_days <= 10
    assert win.provable
    assert any("%" in step for step in win.proof)


def test_a_change_whose_measure_is_too_coarse_is_worth_doing_and_not_provable() -> None:
    coarse = replace(RECIPES[HOLE], items=4)
    proof = proof_of(coarse, np.full(DRAWS, 9.0), 10)
    assert not proof.provable
    assert "shows a fall of" in proof.because


def test_the_same_diagnosis_gives_the_same_win() -> None:
    found = diagnosis(
        {ROT: [part("council", 20), part("board", 20)]}, [finding(ROT, "board"), finding(ROT, "council")]
    )
    assert quick_win(found) == quick_win(found)


def test_what_takes_longer_than_ten_days_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prodops.diagnosis.quick_win.MAX_EFFORT_DAYS", 1.0)
    win = won({ROT: [part("council", 20)]}, [finding(ROT, "council")])
    assert "takes 2 days, more than 1" in win.caveats
