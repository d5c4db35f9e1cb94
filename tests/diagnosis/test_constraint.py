"""The naming rule: a sink is named only when it is clearly the largest and large enough."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from prodops.checks.finding import SINKS
from prodops.diagnosis.audited import AuditedHours
from prodops.diagnosis.constraint import Diagnosis, diagnose, judge
from prodops.diagnosis.sink import DRAWS, Part, Weighed
from prodops.ledger.ledger import Ledger

TODAY = datetime(2026, 6, 30, tzinfo=UTC)


def _weighed(**hours: tuple[float, float]) -> dict[str, Weighed]:
    dice = np.random.default_rng(3)
    parts = {
        name: (
            Part(subject=name, title=name, draws=np.maximum(0.0, dice.normal(mean, sd, DRAWS)), touches=9),
        )
        for name, (mean, sd) in hours.items()
    }
    return {name: Weighed(name=name, parts=parts.get(name, ()), n=50, because="test") for name in SINKS}


SMALL = dict.fromkeys(SINKS, (1.0, 0.3))
"""Every sink measured and small."""


def _judge(ceiling: float | None = None, **hours: tuple[float, float]) -> Diagnosis:
    return judge(_weighed(**hours), (), AuditedHours(pms=15, pm_hours=600.0, ceiling=ceiling))


def _judge_all(**hours: tuple[float, float]) -> Diagnosis:
    """The verdict where the sinks that are not given are measured and small."""
    return judge(_weighed(**SMALL | hours), (), AuditedHours(pms=15, pm_hours=600.0, ceiling=None))


def test_the_clearly_largest_sink_is_named_with_its_interval() -> None:
    found = _judge_all(ritual_rot=(30, 4), feedback_black_hole=(8, 3), data_debt=(5, 2))
    assert "ritual_rot" == found.named
    assert "named" == found.verdict
    assert found.p_top is not None
    assert found.p_top > 0.99
    assert found.sinks[0].hours.low == pytest.approx(30 - 1.96 * 4, abs=0.5)
    assert found.margin.low is not None
    assert found.margin.low > 0


def test_two_equal_sinks_are_too_close_to_call() -> None:
    found = _judge(ritual_rot=(20, 4), feedback_black_hole=(20, 4))
    assert found.named is None
    assert "too_close" == found.verdict


def test_a_healthy_organisation_is_told_so() -> None:
    found = _judge_all(ritual_rot=(3, 1), feedback_black_hole=(2, 1))
    assert found.named is None
    assert "healthy" == found.verdict


def test_an_organisation_of_which_little_is_measured_is_not_called_healthy() -> None:
    found = _judge(ritual_rot=(3, 1), feedback_black_hole=(2, 1))
    assert (None, "not_enough_evidence") == (found.named, found.verdict)


def test_a_sink_measured_alone_is_not_named_unless_it_is_larger_than_others_could_be() -> None:
    alone, large = _judge(tool_overlap=(12, 1)), _judge(tool_overlap=(70, 5))
    assert (None, "not_enough_evidence") == (alone.named, alone.verdict)
    assert "5 sinks of which no records are loaded may be larger" in alone.says
    assert "tool_overlap" == large.named


def test_nothing_is_named_where_no_product_manager_is_known() -> None:
    found = judge(_weighed(tool_overlap=(5, 1)), (), AuditedHours(pms=0, pm_hours=0.0, ceiling=None))
    assert (None, "not_enough_evidence") == (found.named, found.verdict)
    assert "no product manager" in found.says


def test_a_wide_posterior_is_not_enough_evidence() -> None:
    found = _judge(ritual_rot=(20, 18))
    assert found.named is None
    assert "not_enough_evidence" == found.verdict


def test_nothing_is_named_from_an_empty_ledger() -> None:
    found = diagnose(Ledger.of([], today=TODAY))
    assert found.named is None
    assert "not_enough_evidence" == found.verdict
    assert found.p_top is None
    assert SINKS == tuple(sorted((s.name for s in found.sinks), key=SINKS.index))
    assert found.would_change


def test_no_more_is_reclaimed_than_the_audit_says_is_overhead() -> None:
    found = _judge(ceiling=24.0, ritual_rot=(30, 1), feedback_black_hole=(30, 1))
    assert sum(sink.hours.value or 0 for sink in found.sinks) == pytest.approx(24.0, abs=0.2)


def test_the_same_ledger_gives_the_same_verdict() -> None:
    ledger = Ledger.of([], today=TODAY)
    assert diagnose(ledger) == diagnose(ledger)


@pytest.mark.parametrize("share", [0.5, 1.5])
def test_the_lower_bound_must_reach_one_percent_of_pm_hours(share: float) -> None:
    found = _judge_all(ritual_rot=(6 * share + 14, 8.5 if share < 1 else 3))
    assert ("ritual_rot" if share > 1 else None) == found.named
