"""The worked example is what its files, its README and the brief say."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from prodops.serve.cli import app

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "nine-pms"
COMMAND = (
    "effect", str(EXAMPLE / "panel.csv"), "--unit", "pm", "--cluster", "team", "--week", "week",
    "--outcome", "share", "--treated-from", "date", "--strategic", "strategic",
)  # fmt: skip
DRAWN = ("--randomised-order", str(EXAMPLE / "order.json"))


def shown(*words: str) -> str:
    done = CliRunner().invoke(app, [*COMMAND, *words])
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def test_seventeen_points_of_nine_are_printed_as_one_and_a_half_with_the_interval() -> None:
    said = shown(*DRAWN)
    assert "The change reduced share by 16.3 points" in said
    assert "16.9 points of 9 PMs = 1.5 PMs, 95% interval 0.8 to 2.3" in said
    assert "Grade A" in said


def test_its_figures_are_near_those_of_the_brief() -> None:
    found: dict[str, Any] = json.loads(shown(*DRAWN, "--json"))
    assert (round(100 * found["mean_before"]), round(100 * found["mean_after"])) == (35, 19)
    assert found["capacity"]["value"] == pytest.approx(1.5, abs=0.05)
    assert found["capacity"]["low"] == pytest.approx(0.7, abs=0.15)
    assert found["capacity"]["high"] == pytest.approx(2.3, abs=0.15)


def test_without_the_drawn_order_nothing_is_claimed() -> None:
    assert "Description only" in shown()


def test_both_files_are_drawn_by_the_seed_that_is_named() -> None:
    drawing = runpy.run_path(str(ROOT / "bench" / "proof_parts" / "nine_pms.py"))
    order = drawing["order"]()
    assert json.dumps(order, indent=1) + "\n" == (EXAMPLE / "order.json").read_text(encoding="utf-8")
    assert drawing["panel"](order) == (EXAMPLE / "panel.csv").read_text(encoding="utf-8")
    assert drawing["panel"](order, 7) != drawing["panel"](order)
