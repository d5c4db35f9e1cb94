"""The page of a proof: the sentence of its grade, its figures, what could be wrong, and nobody by name."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest

from impact.pm_calendars import START, WEEKS, calendars, ledger, monday, roster, steady
from impact.pm_trials import AT, FIRST, PMS, change, labels, moved
from make import make
from prodops.impact.telling import told_effect
from prodops.ledger.decisions import OtherEvent
from prodops.ledger.record import Prose, RecordId
from prodops.pages.blocks import Chart, Points
from prodops.pages.decisions import proof
from prodops.pages.decisions.proof import ProofPage
from prodops.serve.shown.as_json import as_json
from prodops.serve.shown.html import report_html
from prodops.serve.shown.text import as_text
from prodops.stats.panel_intervals import Bounds


@pytest.fixture(scope="module")
def proved() -> ProofPage:
    """An effect with labels, of a drawn order, at its day of reading."""
    one = change(outcome="overhead_share", guardrails=("core_share",), own_hours=1.0)
    event = make(
        OtherEvent, id=RecordId("other_event:1"), happened_on=monday(FIRST), says=Prose("A new office"),
        declared_at=AT,
    )  # fmt: skip
    other = change(id=RecordId("intervention:trial:later:2"), withdrawn=True)
    hours = moved(one, -5.0, 5.0)
    return proof.page(ledger(*roster(PMS), *calendars(PMS, hours), one, other, event, *labels()))


def test_it_says_the_sentence_of_its_grade_with_its_arithmetic(proved: ProofPage) -> None:
    assert ("focus-days", "read out", "A", True) == (
        proved.change, proved.state, proved.grade, proved.claims_effect,
    )  # fmt: skip
    assert proved.lead.startswith("The change reduced the overhead share of PM time by")
    assert proved.effect is not None
    assert proved.worth is not None
    told = " ".join(as_text(proved).split())
    assert "Arithmetic: " in told
    assert "points of 12 PMs" in told
    assert "spent on it" in told
    assert "Overhead share of PM time fell; strategic share of PM time rose" in told
    assert "A new office" in told
    assert "later" in told


def test_it_draws_the_mean_with_the_counterfactual_and_its_table(proved: ProofPage) -> None:
    charts = [one for part in proved.sections for one in part.blocks if isinstance(one, Chart)]
    first = charts[0]
    assert "before" in first.title
    values = first.spec["data"]["values"]  # type: ignore[index]  # a specification is a tree
    assert {"week", "seen", "expected", "low", "high", "label"} == set(values[-1])
    assert "expected" not in values[0]
    assert len(first.table.rows) < 20


def test_nobody_is_named_on_any_face(proved: ProofPage) -> None:
    faces = as_text(proved), json.dumps(as_json(proved)), report_html([proved])
    for face in faces:
        assert "person:" not in face
        assert "example.com" not in face
        assert "Lead " not in face


def test_what_fails_is_told_in_words_with_the_evidence_that_is_missing() -> None:
    one = change(outcome="overhead_share")
    page = proof.page(ledger(*roster(PMS), *calendars(PMS, moved(one, -5.0, 5.0)), one))
    assert ("D", False) == (page.grade, page.claims_effect)
    assert page.worth is None
    (doubts,) = (part.blocks[0] for part in page.sections if part.heading == "What could be wrong")
    assert isinstance(doubts, Points)
    assert any("Missing: labels before and after" in item for item in doubts.items)


def test_a_change_that_runs_says_when_it_is_read() -> None:
    one = change()
    today = datetime.combine(monday(FIRST + 4), time(12), tzinfo=AT.tzinfo)
    page = proof.page(ledger(*roster(PMS), *calendars(PMS), one, today=today))
    assert "running" == page.state
    assert "It is read on" in page.lead
    assert "" == page.grade


def test_a_change_that_has_not_begun_is_taken_back_and_says_in_words_what_should_move() -> None:
    one = change(outcome="decided_in_90_days")
    before = datetime.combine(monday(FIRST - 1), time(12), tzinfo=AT.tzinfo)
    page = proof.page(ledger(*roster(PMS), *calendars(PMS), one, today=before))
    told = " ".join(as_text(page).split())
    assert "planned" == page.state
    assert "decided_in_90_days" not in told
    assert "share of messages" in told
    assert "prodops act start-trial --trial focus-days --undo" in told
    assert "Stop it" not in told


def test_a_switchback_has_figures_and_no_curve() -> None:
    one = change(design="switchback", starts=[str(monday(FIRST)), str(monday(FIRST + 2))])
    page = proof.page(ledger(*roster(PMS), *calendars(PMS), one))
    assert not any(isinstance(block, Chart) for part in page.sections for block in part.blocks)
    assert "No change" in page.lead


def test_where_all_begin_nobody_is_left_to_compare_with() -> None:
    one = change(design="one date")
    page = proof.page(ledger(*roster(PMS), *calendars(PMS, moved(one, -5.0, 0.0)), one))
    assert "C" == page.grade
    assert page.worth is None


def test_what_nothing_bounds_is_not_known() -> None:
    endless = Bounds(-1.0, float("-inf"), 0.0, 0.5, 3, "some")
    assert not told_effect(endless, 100.0, 9, "points").known


def test_the_last_weeks_are_inside_the_calendars() -> None:
    assert START + timedelta(weeks=WEEKS) > AT
    assert steady(0, 0) == steady(0, 0)
