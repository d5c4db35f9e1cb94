"""The steps of the plan, for diagnoses made by hand: named, too close, without hours, of few PMs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from make import make
from pages import organisation as part
from prodops.checks.finding import SINKS, Evidence, Finding
from prodops.diagnosis.audited import AuditedHours
from prodops.diagnosis.constraint import Diagnosis, judge
from prodops.diagnosis.quick_win import quick_win
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.diagnosis.stage import Stage
from prodops.impact.advice import advice
from prodops.impact.power import Noise
from prodops.ledger.governance import AgentOutput
from prodops.ledger.record import Citation, RecordId
from prodops.pages.blocks import Behind
from prodops.pages.plan_steps import Facts, Step, hour_steps, not_yet, quarter_steps, week_steps
from prodops.stats.estimate import Estimate

QUIET = Noise(week_sd=2.0, autocorrelation=0.1, missing=0.03, team_sd=0.3, company_sd=0.3)


def finding(sink: str, subject: str, code: str) -> Finding:
    evidence = (Evidence("note", "n", Citation("a.md", "line 1"), "empty"),)
    return Finding(
        code=code, sink=sink, subject=subject, title=f"{subject} is in trouble", evidence=evidence,
        evidence_count=1, exposure=Estimate(1, 1, 1, 1, "x"),
    )  # fmt: skip


def diagnosis(hours: dict[str, float], *found: Finding, pms: int = 12, missing: str = "") -> Diagnosis:
    """A diagnosis over sinks with these hours and as many findings."""
    weighed = {}
    for place, name in enumerate(SINKS):
        draws = np.maximum(0, np.random.default_rng(place).normal(hours.get(name, 0), 0.5, DRAWS))
        parts = (
            (Part(subject=f"one-{name}", title=f"One {name}", draws=draws, touches=9),)
            if name in hours
            else ()
        )
        unsure = Unsure(what="something", ask=f"Ask about {name}", draws=draws, asking_hours=2.0)
        weighed[name] = Weighed(
            name=name, parts=parts, n=50, because="test", unsure=(unsure,) if parts else ()
        )
    audited = AuditedHours(pms=pms, pm_hours=40.0 * pms, ceiling=None, missing=missing)
    return judge(weighed, found, audited)


def facts(verdict: Diagnosis, *, pms: int = 12, name: str = "formalising") -> Facts:
    win = quick_win(verdict)
    told = (
        advice(pms, weeks_before=8, weeks_after=13, noise=QUIET, win=win, designs=("staggered", "switchback"))
        if pms >= 5
        else None
    )
    at = Stage(name, 300, pms, "what may be promised", interpolated=False, detectable="what can be shown")
    return Facts(
        ledger=part.ledger(), verdict=verdict, stage=at, win=win, advice=told, today=date(2026, 6, 30)
    )


def does(steps: list[Step]) -> str:
    return " / ".join(one.do for one in steps)


ROT = finding("ritual_rot", "one-ritual_rot", "RIT01")


def test_a_named_sink_gives_questions_a_change_and_rivals_that_wait() -> None:
    given = facts(diagnosis({"ritual_rot": 30, "data_debt": 9, "tool_overlap": 6}, ROT))
    assert given.named
    assert "Ask about ritual_rot" in does(hour_steps(given))
    assert '--because "RIT01 one-ritual_rot" --on ritual:one-ritual_rot' in does(week_steps(given))
    assert "Begin on 2026-07-13" in does(quarter_steps(given))
    left = not_yet(given)
    assert "No work on data debt yet" in does(left)
    assert "No request for headcount or budget before 2026-10-12" in does(left)
    tools = next(one for one in left if "No new tool" in one.do)
    assert "which names ritual rot; tool overlap takes" in tools.why


def test_a_change_that_shows_on_the_total_gets_a_drawn_order() -> None:
    given = facts(diagnosis({"ritual_rot": 150}, ROT))
    assert "Proved by drawn order, in waves" in does(quarter_steps(given))


def test_two_that_cannot_be_told_apart_put_the_evidence_first() -> None:
    verdict = diagnosis({"ritual_rot": 20, "data_debt": 20}, ROT, missing="labels of sampled blocks")
    given = facts(verdict)
    assert not given.named
    assert "Load or ask: labels of sampled blocks" in does(hour_steps(given))
    assert "which names no sink" in next(one.why for one in not_yet(given) if "No new tool" in one.do)
    assert "No work on" not in does(not_yet(given))


def test_a_named_tool_overlap_may_be_worked_on() -> None:
    found = finding("tool_overlap", "one-tool_overlap", "TOO01")
    given = facts(diagnosis({"tool_overlap": 40}, found))
    assert "No new tool" not in does(not_yet(given))
    assert "--on" not in does(week_steps(given))


def test_without_a_finding_nothing_is_begun() -> None:
    given = facts(diagnosis({"ritual_rot": 30}))
    assert given.win is None
    assert "Begin on" not in does(quarter_steps(given))
    assert "before anything has been read out" in does(not_yet(given))


def test_few_pms_see_no_hours_spared() -> None:
    given = facts(diagnosis({"ritual_rot": 20, "data_debt": 20}, ROT, pms=3), pms=3, name="startup")
    assert given.few
    assert "would not change which sink leads" in hour_steps(given)[0].why
    assert "No figure of PM time" in does(not_yet(given))
    assert all("hours a week (" not in one.why for one in not_yet(given))
    assert "no claim about PM time" in does(quarter_steps(given))


def test_unreviewed_agents_ask_for_one_page_of_rules() -> None:
    found = finding("ungoverned_ai", "writer", "GOV02")
    (step,) = [
        one for one in week_steps(facts(diagnosis({"ritual_rot": 30}, ROT, found))) if "AI tools" in one.do
    ]
    assert isinstance(step.rests, Behind)
    assert (step.why, step.rests.of) == ("writer is in trouble", "GOV02/writer")


def test_where_nobody_is_known_a_roster_is_asked_for() -> None:
    given = replace(facts(diagnosis({}), pms=5), stage=Stage("startup", 0, 0, "", interpolated=False))
    assert "Load a roster" in does(hour_steps(given))
    assert any(one.rests == "no PM known" for one in not_yet(given))
    assert given.sink


def test_a_fleet_of_agents_is_listed_at_the_stage_that_has_one() -> None:
    wrote = [
        make(AgentOutput, agent=f"writer {place % 3}", id=RecordId(f"x:agent_output:{place}"))
        for place in range(9)
    ]
    given = replace(facts(diagnosis({})), ledger=part.ledger(wrote))
    assert "every agent an owner" not in does(quarter_steps(given))
    large = replace(given, stage=replace(given.stage, name="large"))
    (step,) = [one for one in quarter_steps(large) if "agent" in one.do]
    assert step.why.startswith("3 agents")


@pytest.mark.parametrize("day", [date(2026, 6, 29), date(2026, 7, 4), date(2026, 7, 5)])
def test_the_change_begins_on_the_monday_after_the_first_week(day: date) -> None:
    given = replace(facts(diagnosis({})), today=day)
    assert given.starts_on.weekday() == 0
    assert 7 <= (given.starts_on - day).days <= 13
