"""`prodops effect-items`: items before and after one date, from any table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from prodops.serve.cli import app
from prodops.serve.cli.output import Refusal

DATE = datetime(2026, 3, 2, tzinfo=UTC)


def run(file: Path, *words: str, day: str = "2026-03-02") -> str:
    done = CliRunner().invoke(
        app, ["effect-items", str(file), "--when", "came", "--treated-from", day, *words]
    )
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return " ".join(done.stdout.split())


def answer(file: Path, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(file, *words, "--json"))
    assert {"estimate", "low", "high", "grade", "claim", "claims_effect"} <= set(found)
    return found


def write(file: Path, rows: Iterable[tuple[object, ...]]) -> Path:
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(("came", "minutes", "done", "seen"))
        table.writerows(rows)
    return file


@pytest.fixture
def items(tmp_path: Path) -> Path:
    """Two items a day for nine weeks before and one for nine after; quicker and sooner done since."""
    dice = np.random.default_rng(3)
    rows = []
    for day in range(-63, 63):
        for hour in (9, 15) if day < 0 else (10,):
            came = DATE + timedelta(days=day, hours=hour)
            done = came + timedelta(hours=float(dice.exponential(90 if day < 0 else 30)))
            minutes = dice.lognormal(3 if day < 0 else 2.4, 0.7)
            rows.append((came.isoformat(), f"{minutes:.1f}", done.isoformat(), "2026-06-01"))
    return write(tmp_path / "items.csv", rows)


def test_minutes_an_item_and_the_hours_that_gives_back(items: Path) -> None:
    found = answer(items, "--kind", "minutes", "--value", "minutes", "--items-a-week", "300")
    assert (found["grade"], found["claims_effect"]) == ("C", True)
    assert -0.6 < found["estimate"] < -0.3
    assert found["saved"]["low"] > 0
    said = run(items, "--kind", "minutes", "--value", "minutes")
    assert "Minutes an item fell by" in said
    assert "Grade C: one date and nobody to compare with, ratio of geometric means, Welch." in said


def test_items_a_week(items: Path) -> None:
    found = answer(items, "--kind", "count")
    assert found["estimate"] == pytest.approx(-0.5)
    assert (found["before"]["value"], found["after"]["value"]) == (14, 7)


def test_the_share_still_waiting_with_one_moment_or_a_column_of_them(items: Path) -> None:
    waiting = ("--kind", "waiting", "--event", "done", "--after-hours", "48")
    by_column = answer(items, *waiting, "--observed-until", "seen")
    assert by_column == answer(items, *waiting, "--observed-until", "2026-06-01")
    assert by_column["high"] < 0
    assert by_column["cut_at_the_date"] > 0
    said = run(items, *waiting, "--observed-until", "seen")
    assert "The share still waiting fell by" in said
    assert "were open on the date and count as open on that day" in said


def test_cells_that_cannot_be_read_are_told_by_line(tmp_path: Path) -> None:
    good = [(f"2026-0{month}-0{day}", 10 + day, "", "") for month in (2, 3) for day in range(3, 9)]
    bad = [("soon", 1, "", ""), ("2026-03-05", "long", "", ""), ("2026-03-05", -3, "", "")] * 4
    file = write(tmp_path / "items.csv", [*good, ("2026-03-05", "", "", ""), *bad])
    found = answer(file, "--kind", "minutes", "--value", "minutes")
    assert (len(found["problems"]), found["left_out"]) == (12, 1)
    assert [one["line"] for one in found["problems"]][:3] == [15, 16, 17]
    said = run(file, "--kind", "minutes", "--value", "minutes")
    assert "line 17: minutes below nought." in said
    assert "and 4 more; --json has them all" in said
    assert "1 items could not be used." in said


@pytest.mark.parametrize("rows", [[], [("2026-02-01", 3, "", "")]])
@pytest.mark.parametrize(
    "words",
    [
        ("--kind", "minutes", "--value", "minutes"),
        ("--kind", "count"),
        ("--kind", "waiting", "--event", "done"),
    ],
)
def test_too_few_items_are_described_with_the_reason(
    tmp_path: Path, rows: list[tuple[object, ...]], words: tuple[str, ...]
) -> None:
    found = answer(write(tmp_path / "items.csv", rows), *words)
    assert (found["grade"], found["estimate"], found["claims_effect"]) == ("D", None, False)
    assert found["claim"].startswith("Description only: ")
    assert found["because"]


def test_what_is_asked_wrongly_is_refused_with_a_remedy(items: Path, tmp_path: Path) -> None:
    for words, says in (
        (("--kind", "speed"), "is none"),
        (("--kind", "minutes"), "needs the minutes"),
        (("--kind", "waiting"), "when items ended"),
        (("--kind", "minutes", "--value", "hours"), "no column hours"),
        (("--kind", "waiting", "--event", "done", "--observed-until", "later"), "--observed-until"),
    ):
        with pytest.raises(Refusal, match=says) as refused:
            run(items, *words)
        assert refused.value.remedy
    with pytest.raises(Refusal, match="--treated-from"):
        run(items, "--kind", "count", day="2026-02-31")
    with pytest.raises(Refusal, match="There is no file"):
        run(tmp_path / "none.csv", "--kind", "count")
    with pytest.raises(Refusal, match="is a folder"):
        run(tmp_path, "--kind", "count")
