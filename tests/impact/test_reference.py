"""Held against another program: effects of diff-diff's ImputationDiD, to four decimals."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from prodops.impact.panel import PanelRow, read_panel
from prodops.stats.panel import NEVER, imputed

CASES = sorted((Path(__file__).parent / "reference").glob("*.toml"))


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    return tomllib.loads(request.param.read_text(encoding="utf-8"))


def test_the_mean_effect_equals_that_of_another_program(case: dict[str, Any]) -> None:
    assert effects(case, ((0, NEVER),))[0] == pytest.approx(case["effect"], abs=5e-5)


def test_the_effect_of_each_week_equals_that_of_another_program(case: dict[str, Any]) -> None:
    known = {int(week): effect for week, effect in case["effect_by_weeks_since_start"].items()}
    found = effects(case, tuple((week, week + 1) for week in known))
    assert found == pytest.approx(list(known.values()), abs=5e-5)


def test_there_are_balanced_and_unbalanced_cases() -> None:
    assert {"balanced", "unbalanced", "everybody_treated", "more_units_than_weeks"} == {
        path.stem for path in CASES
    }


def effects(case: dict[str, Any], windows: tuple[tuple[int, int], ...]) -> list[float]:
    """The effects that ours gives, read from rows as a table has them."""
    panel = read_panel(
        PanelRow(line, f"unit {unit}", "", str(week), str(outcome), str(first) if first else "")
        for line, (unit, week, outcome, first) in enumerate(case["rows"], start=2)
    )
    found: list[float] = (
        imputed(panel.outcomes[None], panel.seen, panel.starts[None], windows).effects[0, :, 0].tolist()
    )
    assert np.isfinite(found).all()
    return found
