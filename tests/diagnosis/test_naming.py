"""Which abstention is right, what the audit adds, and what would decide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from make import make
from prodops.checks.finding import SINKS
from prodops.diagnosis.audited import AuditedHours
from prodops.diagnosis.constraint import TITLES, Diagnosis, judge
from prodops.diagnosis.outside import outside_reach
from prodops.diagnosis.queue import QueueEvidence
from prodops.diagnosis.sink import DRAWS, Part, Unsure, Weighed
from prodops.diagnosis.top_down import Leaf, conditioned, leaves
from prodops.diagnosis.value_of_asking import asks
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import person_id
from prodops.ledger.time import InterviewAnswer
from views.given import MONDAY, PMS, TODAY, roster

ROT, HOLE, FRICTION = "ritual_rot", "feedback_black_hole", "launch_friction"


def weighed(
    draws: Mapping[str, NDArray[np.float64]], unsure: Mapping[str, tuple[Unsure, ...]] | None = None
) -> dict[str, Weighed]:
    """Sinks with these draws; the others have no hours."""
    return {
        name: Weighed(
            name=name,
            parts=(Part(subject=name, title=name, draws=draws[name]),) if name in draws else (),
            because="test",
            spent=draws.get(name),
            unsure=(unsure or {}).get(name, ()),
        )
        for name in SINKS
    }


def about(mean: float, sigma: float = 0.1, seed: int = 1) -> NDArray[np.float64]:
    """Lognormal draws around a median."""
    return np.random.default_rng(seed).lognormal(np.log(mean), sigma, DRAWS)


def queue(stage: str | None) -> QueueEvidence:
    """Queues of which this stage binds."""
    return QueueEvidence(binding=stage, p_binds=0.9, complete=True, says="Work waits.", stages=())


def judged(
    draws: Mapping[str, NDArray[np.float64]], stage: str | None = None, outside: str = ""
) -> Diagnosis:
    """The verdict over 600 PM hours."""
    frame = AuditedHours(pms=15, pm_hours=600.0, ceiling=None)
    return judge(weighed(draws), (), frame, queue=queue(stage), outside=outside)


def test_binding_is_said_only_of_a_sink_that_feeds_the_stage_that_binds() -> None:
    draws = {ROT: about(30), HOLE: about(8)}
    bound, free, other = (judged(draws, stage) for stage in ("decision", None, "launch"))
    assert (True, False, False) == (bound.binding, free.binding, other.binding)
    assert bound.says.startswith("The binding constraint is ritual rot")
    assert all(one.says.startswith("The largest reclaimable time sink is") for one in (free, other))


def test_what_is_large_and_in_no_sink_is_outside_reach() -> None:
    small = {name: about(0.5) for name in SINKS} | {ROT: about(2), HOLE: about(3)}
    assert "healthy" == judged(small).verdict
    told = judged(small, outside="PMs spend 30% of their time with customers")
    assert (None, "outside_reach") == (told.named, told.verdict)
    assert "30% of their time" in told.says
    assert ROT == judged({ROT: about(30)}, outside="PMs are away").named


def test_a_sink_that_surely_leads_and_may_be_small_is_not_too_close() -> None:
    found = judged({ROT: about(9, sigma=0.5), HOLE: about(0.5)})
    assert (None, "not_enough_evidence") == (found.named, found.verdict)


def test_a_lead_of_less_than_a_seventh_counts_as_none() -> None:
    others = {name: about(0.5) for name in SINKS} | {ROT: about(30, 0.05)}
    even, ahead = (judged(others | {HOLE: about(less, 0.05, seed=2)}) for less in (27.5, 22))
    assert (even.p_top or 0) > 0.8
    assert (None, "too_close") == (even.named, even.verdict)
    assert ROT == ahead.named


def stated(leaf: str, share: float) -> list[InterviewAnswer]:
    """What six PMs state of one leaf."""
    return [
        make(
            InterviewAnswer,
            person=person_id(one),
            asked_on=MONDAY.date(),
            category=leaf,
            stated_share=share + 0.002 * k,
            ideal_share=None,
        )
        for k, one in enumerate(PMS)
    ]


def test_what_pms_state_of_their_time_is_known_with_its_halo() -> None:
    ledger = Ledger.of([*roster(), *stated("C5", 0.1)], today=TODAY)
    known = leaves(ledger, 240.0)
    assert {"C5"} == set(known)
    assert 20 < float(np.exp(known["C5"].middle)) < 40
    assert known["C5"].spread >= 0.35


def test_customers_and_people_take_time_that_no_sink_holds() -> None:
    ledger = Ledger.of([*roster(), *stated("B3", 0.3)], today=TODAY)
    assert "30%" in outside_reach(ledger, 240.0, queue(None)) or "31%" in outside_reach(
        ledger, 240.0, queue(None)
    )
    calm = Ledger.of([*roster(), *stated("B3", 0.08)], today=TODAY)
    assert "" == outside_reach(calm, 240.0, queue(None))
    assert "" == outside_reach(calm, 240.0, queue("decision"))
    assert "launch" in outside_reach(calm, 240.0, queue("launch"))


def test_the_audit_moves_what_is_uncertain_and_hardly_what_is_recorded() -> None:
    for sigma, most in ((0.8, 0.85), (0.05, 0.98)):
        before = weighed({FRICTION: about(40, sigma)})
        leaf = {"C5": Leaf(float(np.log(20.0)), 0.3)}
        after = conditioned(before, leaf, pm_hours=600.0, rng=np.random.default_rng(2))
        ratio = float(np.median(after[FRICTION].total()) / np.median(before[FRICTION].total()))
        assert (ratio < most) == (sigma > 0.1)


def test_a_sink_without_a_leaf_or_without_an_audit_stays_as_it_was() -> None:
    before = weighed({ROT: about(40), FRICTION: about(40)})
    after = conditioned(before, {}, pm_hours=600.0, rng=np.random.default_rng(2))
    assert all(after[name] is before[name] for name in SINKS)


def test_what_decides_between_two_close_sinks_is_asked_first() -> None:
    wide, narrow = about(1.0, 0.6), about(1.0, 0.05, seed=3)
    unsure = {
        ROT: (Unsure(what="minutes", ask="Time them", draws=wide, asking_hours=4.0),),
        HOLE: (Unsure(what="share", ask="Count them", draws=narrow, asking_hours=4.0),),
    }
    sinks = weighed({ROT: 10 * wide, HOLE: 10 * narrow}, unsure)
    first, second = asks(sinks, {name: sinks[name].total() for name in (ROT, HOLE)}, TITLES)
    assert (ROT, HOLE) == (first.sink, second.sink)
    assert first.spared_hours > 1
    assert second.spared_hours < 0.2
    assert "Time them" in first.says
    assert "PM hours a week" in first.says


@pytest.mark.parametrize("rival", [0.5, 5.0])
def test_where_the_answer_cannot_change_the_choice_asking_spares_nothing(rival: float) -> None:
    draws = about(40, 0.2)
    one = Unsure(what="minutes", ask="Time them", draws=draws, asking_hours=1.0)
    sinks = weighed({ROT: draws, HOLE: about(rival)}, {ROT: (one,)})
    (found,) = asks(sinks, {name: sinks[name].total() for name in (ROT, HOLE)}, TITLES)
    assert found.spared_hours < 0.01
    assert "would not change which sink leads" in found.says


def test_nothing_is_asked_where_nothing_is_known() -> None:
    assert [] == asks(weighed({}), {}, TITLES)
