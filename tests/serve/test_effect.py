"""`prodops effect` on panels as other people write them: an answer with its grade, or a refusal."""

from __future__ import annotations

import csv
import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from impact.panels import FIRST, drawn_starts, rows
from prodops.impact.panel import PanelRow
from prodops.serve.cli.output import Refusal
from serve.asked import Bench, answer, gate, run


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_panel_with_its_drawn_order_is_answered_with_grade_a(bench: Bench) -> None:
    found = answer(bench.panel(), "--randomised-order", str(bench.folder / "order.json"))
    assert found["grade"] == "A"
    assert found["low"] < -0.17 < found["high"] < 0
    assert found["claim"].startswith("The change reduced share by ")
    assert "Labels do not show" in found["claim"]
    assert gate(found, "randomised_order")["status"] == "passed"


def test_the_terminal_shows_the_sentence_the_grade_and_every_gate(bench: Bench) -> None:
    shown = run(bench.panel(), "--randomised-order", str(bench.folder / "order.json"))
    assert "The change reduced share by" in shown
    assert "Grade A: randomised staggered order" in shown
    assert all(f" {name}: " in shown for name in ("windows", "labels", "change_log", "capacity"))
    assert "Computed otherwise: ramp counted" in shown


def iso_week(text: str) -> str:
    year, week, _ = date.fromisoformat(text).isocalendar()
    return f"{year}-W{week:02d}"


def number(text: str) -> str:
    return str((date.fromisoformat(text) - FIRST).days // 7)


def weeks(told: Callable[[str], str]) -> Callable[[PanelRow], PanelRow]:
    """Weeks and starts written otherwise."""
    return lambda row: replace(
        row, week=told(row.week), treated_from=told(row.treated_from) if row.treated_from else ""
    )


def values(told: Callable[[float], str]) -> Callable[[PanelRow], PanelRow]:
    """Values written otherwise."""
    return lambda row: replace(row, outcome=told(float(row.outcome)))


@pytest.mark.parametrize(
    ("change", "points"),
    [
        (weeks(iso_week), 1.0),
        (weeks(number), 1.0),
        (weeks(lambda text: f"{text}T00:00:00"), 1.0),
        (weeks(lambda text: f"{date.fromisoformat(text):%d %B %Y}"), 1.0),
        (values(lambda value: f"{100 * value:.3f}%"), 1.0),
        (values(lambda value: f"{value:.5f}".replace(".", ",")), 1.0),
        (values(lambda value: f"{100 * value:.3f}"), 100.0),
        (lambda row: replace(row, treated_from=row.treated_from or "never"), 1.0),
        (lambda row: replace(row, treated_from=row.treated_from or "0"), 1.0),
        (
            lambda row: replace(row, treated_from=row.treated_from if row.week >= row.treated_from else ""),
            1.0,
        ),
    ],
)
def test_weeks_shares_and_starts_as_people_write_them_give_the_same_answer(
    bench: Bench, change: Callable[[PanelRow], PanelRow], points: float
) -> None:
    plain = answer(bench.panel(), "--randomised-order", str(bench.folder / "order.json"))
    file = bench.panel(change)
    # Starts of an order are days; where the panel numbers its weeks their sequence counts.
    found = answer(file, "--randomised-order", str(bench.folder / "order.json"))
    assert (found["grade"], found["problems"]) == ("A", [])
    assert found["estimate"] / points == pytest.approx(plain["estimate"], abs=2e-5)
    assert found["low"] / points == pytest.approx(plain["low"], abs=2e-5)


def test_a_day_in_place_of_a_column_starts_everybody(bench: Bench) -> None:
    found = answer(bench.panel(starts=(30,)), treated_from="2025-08-04")
    assert (found["grade"], found["treated_units"], found["units"]) == ("C", 12, 12)
    assert "the cause is not established" in found["claim"]


def names_of(drawn: dict[str, Any]) -> list[str]:
    return [name for wave in drawn["waves"] for name in wave["names"]]


@pytest.mark.parametrize(
    ("shape", "missing"),
    [
        (names_of, "a hash of its content"),
        (lambda drawn: {"order": names_of(drawn)}, "the seed that it was drawn from"),
        (lambda drawn: {"seed": 1, "order": names_of(drawn)}, "a hash of its content"),
        (lambda drawn: {"seed": 1, "hash": "abc", "order": names_of(drawn)}, "a hash of its content"),
        (lambda drawn: {"seed": 1, "waves": [wave["names"] for wave in drawn["waves"]]}, "a hash"),
        (lambda drawn: {**drawn, "seed": 8}, "a hash of its content"),
        (lambda drawn: {"order": [{"pm": name, "week": 99} for name in names_of(drawn)]}, "a hash"),
        (lambda _: ["somebody else", "and another"], "a hash of its content"),
    ],
)
def test_an_order_that_nothing_vouches_for_is_never_grade_a_and_says_what_is_missing(
    bench: Bench, shape: Callable[[dict[str, Any]], object], missing: str
) -> None:
    file = bench.panel(alone)
    found = answer(file, "--randomised-order", bench.order(shape(bench.drawn)))
    judged = gate(found, "randomised_order")
    assert (found["grade"], judged["status"]) == ("B", "failed")
    assert missing in judged["missing"]
    assert judged["says"] in found["because"]
    assert "could not be verified to be drawn" in found["claim"]


def alone(row: PanelRow) -> PanelRow:
    """Every manager a team, so that a comparison carries grade B."""
    return replace(row, cluster=f"team of {row.unit}")


def sealed(document: dict[str, Any], text: str) -> dict[str, Any]:
    return {**document, "hash": hashlib.sha256(text.encode()).hexdigest()}


def starts_of(drawn: dict[str, Any]) -> dict[str, str | None]:
    return {name: wave["starts"] for wave in drawn["waves"] for name in wave["names"]}


@pytest.mark.parametrize(
    "shape",
    [
        lambda drawn: sealed({"seed": 3, "order": names_of(drawn)}, json.dumps(names_of(drawn))),
        lambda drawn: sealed({"seed": 3, "order": names_of(drawn)}, "3:" + ",".join(names_of(drawn))),
        lambda drawn: sealed(
            {"seed": 3, "starts": starts_of(drawn)},
            json.dumps({"seed": 3, "starts": starts_of(drawn)}, sort_keys=True),
        ),
        lambda drawn: sealed(
            {"seed": 3, "order": names_of(drawn), "starts": list(starts_of(drawn).values())},
            json.dumps({"seed": 3, "order": names_of(drawn)}),
        ),
    ],
)
def test_orders_of_other_tools_with_a_hash_that_is_theirs_carry_grade_a(
    bench: Bench, shape: Callable[[dict[str, Any]], object]
) -> None:
    file = bench.panel()
    found = answer(file, "--randomised-order", bench.order(shape(bench.drawn)))
    assert (found["grade"], found["because"]) == ("A", [])
    assert gate(found, "pre_registered")["missing"]


@pytest.mark.parametrize("text", ["", "{{", "3", "null", "[]", "[[[]]]", "\x00\xff"])
def test_a_file_that_is_no_order_is_refused_with_what_an_order_has(bench: Bench, text: str) -> None:
    with pytest.raises(Refusal) as refused:
        run(bench.panel(), "--randomised-order", bench.order(text))
    assert "docs/decisions/0005-proof.md" in refused.value.remedy
    with pytest.raises(Refusal, match="cannot be read"):
        run(bench.panel(), "--randomised-order", str(bench.folder))


def test_rows_given_twice_are_told_and_change_nothing(bench: Bench) -> None:
    once = answer(bench.panel())
    at, _ = drawn_starts(12)
    found = rows(at, effect=-0.17)
    twice = answer(bench.write([*found, *found]))
    assert len(twice["problems"]) == len(found)
    assert "twice" in twice["problems"][0]["says"]
    assert twice["estimate"] == pytest.approx(once["estimate"])
    assert "and " in run(bench.write([*found, *found])).splitlines()[-1]


def test_a_manager_in_two_teams_counts_for_the_usual_one_and_is_told(bench: Bench) -> None:
    found = answer(bench.panel(lambda row: replace(row, cluster="other") if row.line % 9 == 0 else row))
    assert "stands in" in found["problems"][0]["says"]
    assert found["problems"][0]["lost"] is False
    assert found["units"] == 12


def test_a_third_of_the_weeks_may_be_missing(bench: Bench) -> None:
    file = bench.panel(lambda row: row if row.line % 3 else None)
    found = answer(file, "--randomised-order", str(bench.folder / "order.json"))
    assert (found["grade"], found["estimate"] < -0.12) == ("A", True)


@pytest.mark.parametrize(
    ("given", "grade", "because"),
    [
        ({"units": 1, "starts": (30,)}, "D", "1 units"),
        ({"starts": (30,)}, "C", "nobody to compare with"),
        ({"starts": (16,)}, "D", "16 weeks before the date"),
        ({"units": 4, "starts": (16, None)}, "D", "4 units"),
        ({"starts": (0, 0, None)}, "refused", "before its treatment"),
        ({"starts": (0,)}, "refused", "before its treatment"),
        ({"starts": (None,)}, "refused", "No unit is treated"),
        ({"starts": (99,)}, "refused", "No unit is treated"),
    ],
)
def test_a_panel_that_carries_less_is_given_less(
    bench: Bench, given: dict[str, Any], grade: str, because: str
) -> None:
    file = bench.panel(**given)
    if grade == "refused":
        with pytest.raises(Refusal, match=because) as refused:
            answer(file)
        assert refused.value.remedy
        return
    found = answer(file)
    assert found["grade"] == grade
    assert because in " ".join(found["because"])
    assert ("Description only" in found["claim"]) == (grade == "D")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda row: replace(row, outcome="much"), "not a number: 'much'"),
        (lambda row: replace(row, week="soon"), "no week"),
        (lambda row: replace(row, treated_from="=cmd()"), "is no week"),
        (lambda row: replace(row, treated_from="16"), "a number where weeks are dates"),
        (lambda row: replace(row, treated_from=row.week), "two starts"),
        (lambda _: None, "No row"),
    ],
)
def test_a_panel_that_cannot_be_read_is_refused_with_the_cell_and_a_remedy(
    bench: Bench, change: Callable[[PanelRow], PanelRow | None], says: str
) -> None:
    with pytest.raises(Refusal, match=says) as refused:
        answer(bench.panel(change))
    assert refused.value.remedy.startswith("Write") or refused.value.remedy.startswith("Give")


def test_values_beyond_a_computer_are_no_traceback(bench: Bench) -> None:
    odd = ("inf", "-inf", "NaN", "1e400", "1e300", "")
    file = bench.panel(
        lambda row: replace(row, outcome=odd[row.line % 6]) if row.line % 5 == 0 else row, starts=(16, None)
    )
    found = answer(file)
    assert {"not a number: '1e400'", "'1e300' is beyond any share or hours"} <= {
        one["says"] for one in found["problems"]
    }
    assert found["estimate"] == pytest.approx(-0.17, abs=0.03)


def test_weeks_that_never_vary_show_no_change(bench: Bench) -> None:
    found = answer(
        bench.panel(values(lambda _: "0.35")), "--randomised-order", str(bench.folder / "order.json")
    )
    assert math.isclose(found["estimate"], 0, abs_tol=1e-12)
    assert not found["claims_effect"]


def test_columns_and_files_that_are_not_there_are_named(bench: Bench) -> None:
    file = bench.panel()
    with pytest.raises(Refusal, match="neither a column nor a week"):
        run(file, treated_from="nowhere")
    with pytest.raises(Refusal, match="has no column hours"):
        run(file, "--also", "hours")
    with pytest.raises(Refusal, match="There is no file"):
        run(bench.folder / "none.csv")
    with pytest.raises(Refusal, match="is a folder"):
        run(bench.folder)
    with pytest.raises(Refusal, match="--scale"):
        run(file, "--scale", "miles")
    (bench.folder / "empty.csv").write_bytes(b"")
    with pytest.raises(Refusal, match="holds no table"):
        run(bench.folder / "empty.csv")


def test_a_change_log_is_read_and_its_bad_day_refused(bench: Bench) -> None:
    file, log = bench.panel(alone), bench.folder / "log.csv"
    log.write_text("date,event\n2025-05-05,reorganisation\n", encoding="utf-8")
    assert "reorganisation" in gate(answer(file, "--change-log", str(log)), "change_log")["says"]
    log.write_text("date,event\nsoon,reorganisation\n", encoding="utf-8")
    with pytest.raises(Refusal, match="line 2"):
        run(file, "--change-log", str(log))


def labelled(bench: Bench, label: Callable[[str], float], *, blocks: int = 6) -> str:
    """Labels in every week of every manager: the classifier says one in three."""
    at, _ = drawn_starts(12)
    file = bench.folder / "labels.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(("pm", "week", "label", "predicted"))
        for row in rows(at, effect=0):
            for place in range(blocks):
                blind = row.treated_from and row.week >= row.treated_from
                table.writerow((row.unit, row.week, int(place < label(str(blind or ""))), int(place < 2)))
        table.writerow(("nobody", "2025-01-06", 1, 1))
        table.writerow(("pm00", "2025-01-06", 2, 1))
        table.writerow(("pm00", "soon", 1, 1))
    return str(file)


def test_labels_take_a_change_of_measurement_out(bench: Bench) -> None:
    file = bench.panel()
    order = str(bench.folder / "order.json")
    plain = answer(file, "--randomised-order", order)
    same = answer(file, "--randomised-order", order, "--labels", labelled(bench, lambda _: 2))
    moved = answer(
        file, "--randomised-order", order, "--labels", labelled(bench, lambda blind: 3 if blind else 2)
    )
    assert same["estimate"] == pytest.approx(plain["estimate"])
    assert moved["estimate"] == pytest.approx(plain["estimate"] + 1 / 6, abs=1e-6)
    assert gate(moved, "labels")["status"] == "passed"
    assert "moved the effect by +16.7 points" in gate(moved, "labels")["says"]
    assert "Labels do not show" not in same["claim"]
    assert len(moved["problems"]) == 3


def test_labels_of_something_that_is_no_share_are_refused(bench: Bench) -> None:
    file = bench.panel(values(lambda value: f"{1000 * value:.2f}"))
    with pytest.raises(Refusal, match="does not look like one"):
        run(file, "--labels", labelled(bench, lambda _: 2))


def test_everybody_treated_in_the_end_speaks_for_the_weeks_that_can_be_compared(bench: Bench) -> None:
    file = bench.panel(starts=(16, 21, 26, 31))
    found = answer(file, "--randomised-order", str(bench.folder / "order.json"))
    assert found["grade"] == "A"
    assert "It speaks for " in found["claim"]
    assert gate(found, "comparable")["status"] == "passed"
