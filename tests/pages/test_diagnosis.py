"""The diagnosis as a page: rivals with their margins, exposure apart, queues, and what is promised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages import organisation as part
from prodops.diagnosis.constraint import Diagnosis
from prodops.diagnosis.queue import QueueEvidence, StageFlow
from prodops.ledger.ledger import Ledger
from prodops.pages import brief, diagnosis
from prodops.pages.blocks import Block, Chart, Page, Points, Table, Words
from prodops.pages.judged import judged
from prodops.pages.queues import HEADING, queue_section
from prodops.pages.rivals import rivals
from prodops.stats.estimate import Estimate


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return part.small()


def blocks(page: Page, heading: str) -> tuple[Block, ...]:
    return next(one.blocks for one in page.sections if one.heading.startswith(heading))


def test_it_stands_in_the_order_of_a_question_asked_again_and_again(ledger: Ledger) -> None:
    page = diagnosis.page(ledger)
    assert [
        "What could be given back",
        "At stake, on scales of its own",
        "Rivals side by side",
        HEADING,
        "What would change this",
        "What may be promised at this size: startup",
    ] == [section.heading for section in page.sections]
    assert [False, True, False, False, False, False] == [section.beside for section in page.sections]
    assert page.lead == judged(ledger).says


def test_no_exposure_is_on_the_scale_of_hours_or_of_another_exposure(ledger: Ledger) -> None:
    page = diagnosis.page(ledger)
    charts = [one for one in blocks(page, "At stake") if isinstance(one, Chart)]
    assert charts
    for chart in charts:
        units = {cell.unit for row in chart.table.rows for cell in row if isinstance(cell, Estimate)}
        assert 1 == len(units)
        assert "hours" not in units.pop()
    hours = [one for one in blocks(page, "What could") if isinstance(one, Chart)]
    assert {"PM hours a week"} == {
        cell.unit for one in hours for row in one.table.rows for cell in row if isinstance(cell, Estimate)
    }


def test_each_rival_says_how_far_below_it_lies_and_why_it_is_not_named(ledger: Ledger) -> None:
    found = rivals(ledger, judged(ledger))
    assert 6 == len(found)
    first, *others = found
    assert first.below is None
    for one in others:
        assert one.why
        if one.sink.hours.known:
            assert one.below is not None
            assert one.below.value is not None
            gap = (first.sink.hours.value or 0) - (one.sink.hours.value or 0)
            assert one.below.value == pytest.approx(gap, abs=0.5)
            assert "of the draws" in one.why
        else:
            assert one.sink.because == one.why


def test_the_margin_is_of_the_same_draws_and_not_of_two_intervals(ledger: Ledger) -> None:
    verdict = judged(ledger)
    second = next(one for one in rivals(ledger, verdict) if one.below is not None)
    assert second.below is not None
    assert second.below.low == pytest.approx(verdict.margin.low, abs=0.05)
    assert second.below.high == pytest.approx(verdict.margin.high, abs=0.05)


def _verdict(ledger: Ledger, **changed: object) -> Diagnosis:
    return replace(judged(ledger), **changed)  # type: ignore[arg-type]  # fields of the diagnosis


def test_the_first_says_which_rule_it_fails_or_that_it_is_named(ledger: Ledger) -> None:
    verdict = judged(ledger)
    top = verdict.sinks[0]
    assert "named: the largest" in rivals(ledger, _verdict(ledger, named=top.name))[0].why
    assert "lies below the floor" in rivals(ledger, _verdict(ledger, named=None, pm_hours=1e6))[0].why
    unsure = (replace(top, p_top=0.5), *verdict.sinks[1:])
    assert (
        "50% of the draws" in rivals(ledger, _verdict(ledger, named=None, pm_hours=1.0, sinks=unsure))[0].why
    )
    sure = (replace(top, p_top=0.9), *verdict.sinks[1:])
    assert verdict.says in rivals(ledger, _verdict(ledger, named=None, pm_hours=1.0, sinks=sure))[0].why


def test_a_sink_that_is_likely_but_hardly_ahead_does_not_lead(ledger: Ledger) -> None:
    first, *others = judged(ledger).sinks
    sure = (replace(first, p_top=0.9), *others)
    assert _verdict(ledger, sinks=sure, verdict="named").leads
    assert not _verdict(ledger, sinks=sure, verdict="too_close").leads
    assert not _verdict(ledger, sinks=(replace(first, p_top=0.5), *others), verdict="named").leads
    assert not _verdict(ledger, sinks=(), verdict="not_enough_evidence").leads


def test_with_three_pms_no_rival_has_hours() -> None:
    few = part.ledger(part.people(3), part.calendars(3), part.minutes())
    assert all(one.below is None and "about persons" in one.why for one in rivals(few, judged(few)))
    page = diagnosis.page(few)
    assert "too few to show hours" in page.lead
    assert "What could be given back" not in [one.heading for one in page.sections]


def test_what_could_be_asked_is_priced_and_what_is_missing_follows(ledger: Ledger) -> None:
    shown = blocks(diagnosis.page(ledger), "What would")
    (table,) = (one for one in shown if isinstance(one, Table))
    verdict = judged(ledger)
    assert [one.ask for one in verdict.asks] == [row[0] for row in table.rows]
    assert {"nothing"} >= {str(row[-1]) for row in table.rows if not str(row[-1])[0].isdigit()}
    missing = [item for one in shown if isinstance(one, Points) for item in one.items]
    assert missing
    assert not set(missing) & {one.says for one in verdict.asks}


def test_where_nothing_can_be_asked_that_is_said(ledger: Ledger) -> None:
    silent = _verdict(ledger, asks=(), would_change=())
    (points,) = diagnosis.change_of(silent)
    assert isinstance(points, Points)
    assert ("Nothing that is known to be missing.",) == points.items


def test_the_brief_has_the_most_useful_step_and_says_where_the_others_are(ledger: Ledger) -> None:
    shown = blocks(brief.page(ledger), "What would")
    (points,) = (one for one in shown if isinstance(one, Points))
    assert judged(ledger).would_change[:1] == points.items
    assert any("prodops show diagnosis" in one.text for one in shown if isinstance(one, Words))


def test_the_stage_of_the_organisation_is_marked_among_all_three(ledger: Ledger) -> None:
    (table,) = (one for one in blocks(diagnosis.page(ledger), "What may") if isinstance(one, Table))
    assert ["startup, here", "formalising", "large"] == [str(row[0]) for row in table.rows]
    assert all(all(row) for row in table.rows)


def test_without_a_tracker_the_word_binding_is_not_used(ledger: Ledger) -> None:
    words = [one.text for one in blocks(diagnosis.page(ledger), HEADING) if isinstance(one, Words)]
    assert any("never binding constraint" in one for one in words)


def flow(name: str, utilisation: float, p_binds: float) -> StageFlow:
    def told(value: float, unit: str) -> Estimate:
        return Estimate(value, 0.9 * value, 1.1 * value, 200, unit)

    return StageFlow(
        name=name,
        arrivals=told(10.0, "items a week"),
        departures=told(9.0, "items a week"),
        service=told(10.0 / utilisation, "items a week"),
        utilisation=told(utilisation, "arrivals over service"),
        waiting=Estimate(40.0, 40.0, 40.0, 200, "items", "count"),
        growth=told(1.5, "items a week"),
        stay=told(12.0, "days"),
        little_ratio=1.02,
        p_binds=p_binds,
    )


def queues(*, complete: bool = True) -> QueueEvidence:
    return QueueEvidence(
        binding="decision" if complete else None,
        p_binds=0.93,
        complete=complete,
        says="The stage that binds is decision" if complete else "Queue evidence is incomplete: 3 weeks.",
        stages=(flow("signal", 0.5, 0.0), flow("decision", 1.2, 0.93), flow("launch", 0.6, 0.02)),
    )


def test_the_queue_that_binds_is_drawn_with_the_rates_behind_it() -> None:
    section = queue_section(queues())
    assert "Queue evidence: decision binds" == section.heading
    charts = [one for one in section.blocks if isinstance(one, Chart)]
    assert charts[0].title.startswith("Decision is the fullest: 1.20 arrivals over service")
    (table,) = (one for one in section.blocks if isinstance(one, Table))
    assert ["signal", "decision", "launch"] == [row[0] for row in table.rows]
    assert ("1.02", "93%") == table.rows[1][-2:]


def test_torn_histories_are_a_warning_and_no_verdict() -> None:
    section = queue_section(queues(complete=False))
    assert HEADING == section.heading
    words = [one for one in section.blocks if isinstance(one, Words)]
    assert "warning" == words[0].tone
    assert words[0].text.startswith("Queue evidence is incomplete: 3 weeks.")
    assert not [one for one in section.blocks if isinstance(one, Chart)]


def test_stages_whose_room_is_not_known_are_not_drawn() -> None:
    unknown = replace(flow("spec", 1.0, 0.0), utilisation=Estimate.unknown("share", because="too few"))
    section = queue_section(replace(queues(), binding=None, stages=(unknown,)))
    assert HEADING == section.heading
    assert not [one for one in section.blocks if isinstance(one, Chart)]
    assert [one for one in section.blocks if isinstance(one, Table)]
