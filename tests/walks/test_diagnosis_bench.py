"""The diagnosis benchmark: figures that a hand can check, runs that go on, the way of the real commands."""

from __future__ import annotations

import importlib
import json
import math
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SINKS = ("ritual_rot", "feedback_black_hole", "data_debt", "launch_friction", "tool_overlap", "ungoverned_ai")


def part(monkeypatch: pytest.MonkeyPatch, name: str) -> ModuleType:
    """One part of the benchmark."""
    monkeypatch.syspath_prepend(str(ROOT))
    return importlib.import_module(f"bench.diagnosis_parts.{name}")


def row(
    top: str | None, guess: str, *, p_top: float = 0.9, named: str | None = None, **more: Any
) -> dict[str, Any]:
    """A row in which rot truly takes 4 hours and data 2, unless said otherwise."""
    hours = dict.fromkeys(SINKS, 0.0) | {"ritual_rot": 4.0, "data_debt": 2.0}
    interval = {"low": 3.0, "mid": 3.5, "high": 5.0}
    sinks = {
        name: {"p_top": p_top if name == guess else (1 - p_top) / 2, **interval}
        for name in ("ritual_rot", "data_debt", "feedback_black_hole")
    }
    return {
        "scenario": "planted",
        "truth": {
            "top_sink": top,
            "hours": hours,
            "gap": 2.0,
            "pm_hours_a_week": 200.0,
            "binding_stage": more.pop("binds", None),
        },
        "answer": {
            "named": named,
            "verdict": "named" if named else "too_close",
            "p_top": p_top,
            "sinks": sinks,
            "stage": more.pop("stage", None),
            "quick_win": [],
        },
        "rivals": {
            "raw_counts": {"findings": {"data_debt": 3}, "incidents": {"ritual_rot": 3}},
            "hours_lost": {"data_debt": 3.0},
            "silence_as_no": {"named": "data_debt", "sinks": sinks},
        },
        **more,
    }


def test_figures_are_those_that_a_hand_would_count(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = part(monkeypatch, "figures")
    rows = [
        row("ritual_rot", "ritual_rot", named="ritual_rot"),
        row("ritual_rot", "data_debt", named="data_debt"),
        row("ritual_rot", "data_debt"),
        row(None, "data_debt", named="data_debt"),
    ]
    assert figures.top_one(rows).value == pytest.approx(1 / 3)
    assert figures.regret(rows).value == pytest.approx((0 + 0.5 + 0.5) / 3)
    assert figures.precision(rows).value == pytest.approx(1 / 3)
    assert figures.healthy_named(rows).value == 1.0
    assert figures.named_share(rows).value == pytest.approx(2 / 3)
    assert figures.calibration_error(rows).value == pytest.approx(0.9 - 1 / 3)
    assert figures.covered(rows, ["ritual_rot"]).value == 1.0
    assert figures.covered(rows, ["data_debt", "tool_overlap"]) == figures.covered(rows, ["data_debt"])
    assert figures.above_and_below(rows, "data_debt") == (4, 0)
    assert figures.bias(rows, "ritual_rot").value == pytest.approx(3.5 / 4)
    assert figures.rival_top_one(rows, "hours lost").value == 0.0
    assert figures.ahead_of(rows, "raw counts: incidents").value == pytest.approx(1 / 3 - 1)
    assert figures.silent_named(rows).value == 1.0


def test_none_of_ten_is_not_taken_for_never(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = part(monkeypatch, "figures")
    never = figures.share([False] * 10)
    assert (never.value, never.n) == (0.0, 10)
    assert never.error == pytest.approx(math.sqrt((2 / 14) * (12 / 14) / 14))
    assert figures.share([]).value is None


@pytest.mark.parametrize(
    ("answer", "meets"),
    [
        ({"named": None, "verdict": "healthy", "quick_win": []}, True),
        ({"named": None, "verdict": "too_close", "quick_win": []}, False),
        ({"named": "ritual_rot", "verdict": "named", "quick_win": []}, True),
        ({"named": "ritual_rot", "verdict": "named", "quick_win": ["council"]}, False),
        ({"named": "data_debt", "verdict": "named", "quick_win": []}, False),
        ({"named": "tool_overlap", "verdict": "named", "quick_win": []}, False),
    ],
)
def test_an_answer_meets_what_is_required_in_every_part(
    monkeypatch: pytest.MonkeyPatch, answer: dict[str, Any], *, meets: bool
) -> None:
    required = {
        "named": ["ritual_rot", "tool_overlap", None],
        "not_named": ["tool_overlap"],
        "verdict": ["healthy"],
        "quick_win_must_not_end": ["council"],
    }
    assert part(monkeypatch, "figures").meets(answer, required) is meets


def test_a_stage_is_right_wrong_or_made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = part(monkeypatch, "figures")
    rows = [
        row("ritual_rot", "ritual_rot", binds="decision", stage="decision"),
        row("ritual_rot", "ritual_rot", binds="decision", stage="spec"),
        row("ritual_rot", "ritual_rot", binds="decision"),
        row("ritual_rot", "ritual_rot", stage="spec"),
    ]
    told = [
        figure(rows).value for figure in (figures.stage_right, figures.stage_wrong, figures.stage_invented)
    ]
    assert told == [pytest.approx(1 / 3), pytest.approx(1 / 3), 1.0]


def test_the_ledger_of_the_benchmark_is_that_of_the_store_and_stays_so_when_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    organisation, kept = part(monkeypatch, "organisation"), part(monkeypatch, "kept")
    exports = tmp_path / "exports"
    organisation.simulate(exports, tmp_path / "truth", people=50, weeks=12, seed=3)
    truth = organisation.truth_of(tmp_path / "truth")
    today = datetime.fromisoformat(truth["today"])
    ledger = organisation.ledger_of(exports, today=today)
    in_memory = organisation.diagnose(ledger)
    kept.keep(ledger, truth, tmp_path / "kept" / "one.duckdb")

    def refuse(*_: object, **__: object) -> None:
        raise organisation.ConflictError("two files tell one record differently")

    monkeypatch.setattr(organisation.Ledger, "of", refuse)
    stored = organisation.diagnose(organisation.ledger_of(exports, today=today))
    again = organisation.diagnose(kept.kept(tmp_path / "kept" / "one.duckdb")[0])
    for other in (stored, again):
        assert (in_memory.named, in_memory.verdict) == (other.named, other.verdict)
        assert {one.name: one.hours for one in in_memory.sinks} == {
            one.name: one.hours for one in other.sinks
        }
        assert in_memory.findings == other.findings


def test_a_run_that_was_killed_goes_on_and_counts_no_organisation_twice(tmp_path: Path) -> None:
    results, kept = tmp_path / "rows.jsonl", tmp_path / "figures.json"
    asked = ["2", "50", "8", "--scenarios", "planted", "--families", "development", "--workers", "1"]
    command = [
        sys.executable,
        str(ROOT / "bench/diagnosis.py"),
        *asked,
        "--code",
        "a",
        "--results",
        str(results),
    ]
    first = subprocess.run(
        [*command, "--summary", str(kept)], capture_output=True, text=True, check=True, timeout=600
    )
    assert "2 organisations to make" in first.stderr
    assert "| top-1 |" in first.stdout
    assert json.loads(kept.read_text(encoding="utf-8"))[0]["organisations"] == 2
    whole = results.read_text(encoding="utf-8")
    results.write_text(
        whole[: len(whole) - 100], encoding="utf-8"
    )  # as a kill in the middle of a line leaves it
    second = _run(command)
    assert "1 organisations to make, 1 rows known" in second.stderr
    assert _figures(first.stdout) == _figures(second.stdout)
    third = _run(command)
    assert "to make" not in third.stderr


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=600)


def _figures(told: str) -> list[str]:
    return [line for line in told.splitlines() if line.startswith("|")]


def _hours(diagnosis: Any) -> dict[str, object]:
    return {sink.name: sink.hours for sink in diagnosis.sinks}
