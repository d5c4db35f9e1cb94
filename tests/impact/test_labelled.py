"""Labels against drift: where they are too few, or cannot tell, no claim rests on them."""

from __future__ import annotations

import numpy as np
import pytest

from impact.panels import drawn_starts, panel, rows
from prodops.impact.assessment import assess
from prodops.impact.labelled import LabelledBlocks, read_labels, rectifier
from prodops.impact.panel import Panel, read_panel
from prodops.impact.question import Question


def blocks(found: Panel, error: float, *, each: int = 3, late: bool = True) -> LabelledBlocks:
    """Some labels in every week: the classifier errs by this much more once a unit is treated."""
    units, weeks = np.nonzero(found.seen if late else found.seen & (np.arange(found.weeks) < 10))
    treated = weeks >= found.starts[units]
    spread = np.tile([-0.1, 0.0, 0.1], len(units))[: len(units) * each]
    return LabelledBlocks(
        np.repeat(units, each), np.repeat(weeks, each), np.repeat(error * treated, each) + spread
    )


def test_a_blinder_classifier_is_taken_out_of_the_effect() -> None:
    found, order = panel(12, effect=-0.12)
    answer = assess(Question(panel=found, order=order, labels=blocks(found, 0.05)))
    plain = assess(Question(panel=found, order=order))
    assert answer.rectifier is not None
    assert answer.rectifier.shift == pytest.approx(0.05, abs=0.002)
    assert answer.effect.overall is not None
    assert plain.effect.overall is not None
    assert answer.effect.overall.value == pytest.approx(plain.effect.overall.value + 0.05, abs=0.002)
    assert (
        answer.effect.overall.high - answer.effect.overall.low
        >= plain.effect.overall.high - plain.effect.overall.low
    )


def test_labels_of_one_period_alone_fail_the_gate_and_the_claim() -> None:
    found, order = panel(12, effect=-0.12)
    answer = assess(Question(panel=found, order=order, labels=blocks(found, 0.05, late=False)))
    judged = next(gate for gate in answer.gates if gate.name == "labels")
    assert judged.status == "failed"
    assert "0 treated after" in judged.says
    assert (answer.grade.letter, answer.claims_effect) == ("D", False)


def test_too_few_labels_or_nobody_treated_tell_nothing() -> None:
    found, _ = panel(12)
    few = LabelledBlocks(np.array([0, 0]), np.array([1, 50]), np.array([0.0, 0.1]))
    assert rectifier(few, found).shift is None
    at, _ = drawn_starts(6)
    never = read_panel(rows(dict.fromkeys(at), effect=0))
    assert rectifier(blocks(never, 0.0), never).shift is None
    assert read_labels([], found).errors.shape == (0,)
