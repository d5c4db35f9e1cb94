from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from prodops.impact.panel import PanelError, PanelRow, read_panel
from prodops.impact.weeks import Scale, WeekError, is_never, read_week, scale_of
from prodops.stats.panel import NEVER


def row(
    unit: str = "ann",
    week: str = "2026-01-05",
    outcome: str = ".3",
    start: str = "",
    *,
    cluster: str = "",
    line: int = 2,
) -> PanelRow:
    return PanelRow(line, unit, cluster, week, outcome, start)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-01-05", date(2026, 1, 5)),
        ("2026-W02", date(2026, 1, 5)),
        ("2026W02-3", date(2026, 1, 7)),
        ("Jan 5, 2026", date(2026, 1, 5)),
        ("12", 12),
        ("-3", -3),
        ("7.0", 7),
    ],
)
def test_weeks_are_read_as_people_write_them(text: str, week: int | date) -> None:
    assert read_week(text) == week


@pytest.mark.parametrize("text", ["2019-09-38", "2026-W60", "soon", "=cmd()", "<b>1</b>", "W", "1" * 400])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(WeekError):
        read_week(text)


@pytest.mark.parametrize("text", ["", " ", "never", "NaN", "NaT", "None", "-", "inf"])
def test_never_is_written_in_many_ways(text: str) -> None:
    assert is_never(text)


def test_weeks_that_begin_on_sundays_take_the_days_up_to_saturday() -> None:
    scale = scale_of([date(2026, 1, 4), date(2026, 1, 11)])
    assert scale.place(date(2026, 1, 7)) == scale.place(date(2026, 1, 4))
    assert scale.place(date(2026, 1, 11)) == scale.place(date(2026, 1, 4)) + 1
    assert scale.told(scale.place(date(2026, 1, 7))) == "2026-01-04"


def test_the_last_day_of_a_quarter_marks_its_week() -> None:
    scale = Scale(calendar=True)
    ends = [scale.ends_quarter(scale.place(date(2026, 3, day))) for day in (23, 30)]
    assert ends == [False, True]
    assert Scale(calendar=False).ends_quarter(3) is None
    assert Scale(calendar=False).told(3) == "week 3"


def test_rows_make_a_panel_with_its_missing_weeks() -> None:
    panel = read_panel(
        [
            row("bo", "2026-01-05", "35%", "2026-01-19", cluster="t1"),
            row("ann", "2026-01-26", ".2", cluster="t2"),
            row("bo", "2026-01-12", "", "2026-01-19", cluster="t1"),
            row("bo", "2026-01-26", "20%", "2026-01-19", cluster="t1"),
        ]
    )
    assert (panel.units, panel.clusters) == (("ann", "bo"), ("t2", "t1"))
    assert panel.seen.tolist() == [[False, False, False, True], [True, False, False, True]]
    assert panel.outcomes[1].tolist() == [0.35, 0.0, 0.0, 0.2]
    assert panel.starts.tolist() == [NEVER, 2]
    assert panel.problems == ()


def test_a_start_may_stand_in_the_treated_rows_alone_and_after_the_last_week() -> None:
    panel = read_panel(
        [row(week="1"), row(week="2", start="2"), row("bo", "1", start="9"), row("bo", "2", start="9")]
    )
    assert panel.starts.tolist() == [1, 8]
    assert panel.ever_treated.tolist() == [True, False]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row(outcome="abc", line=9), "not a number"),
        (row(outcome="∞", line=9), "not a number"),
        (row(week="2019-09-38", line=9), "no such date"),
        (row(week="7", line=9), "a number where weeks are dates"),
        (row(week="9999-01-04", line=9), "decades"),
        (row(unit=" ", line=9), "no unit"),
        (row(week="2026-01-06", line=9), "twice"),
    ],
)
def test_a_bad_cell_becomes_a_problem_with_its_line_and_a_remedy(bad: PanelRow, says: str) -> None:
    good = [row(), row(week="2026-01-12"), row("bo"), row("bo", "2026-01-12")]
    panel = read_panel([*good, bad])
    (problem,) = panel.problems
    assert (problem.line, problem.lost) == (9, True)
    assert says in problem.says
    assert problem.remedy.endswith(".")
    assert panel.seen.sum() == 4
    assert panel.rows == 5


def test_a_unit_with_two_starts_is_left_out_and_told_once() -> None:
    panel = read_panel(
        [
            row("bo", "1"),
            row("ann", "1", start="3"),
            row("ann", "2", start="4", line=7),
            row("ann", "3", start="5"),
        ]
    )
    assert panel.units == ("bo",)
    assert ["'ann' has two starts: week 3 and week 4"] == [one.says for one in panel.problems]


def test_a_unit_whose_start_cannot_be_read_is_left_out() -> None:
    panel = read_panel([row("bo"), row("ann", start="soon"), row("cy", start="12")])
    assert panel.units == ("bo",)
    assert ["ann", "cy"] == [one.says.split("'")[1] for one in panel.problems]


def test_a_unit_that_changes_teams_counts_for_the_usual_one() -> None:
    panel = read_panel([row(week="1", cluster="x"), row(week="2", cluster="y"), row(week="3", cluster="y")])
    assert panel.clusters == ("y",)
    assert [one.lost for one in panel.problems] == [False]


def test_a_decimal_comma_is_not_taken_for_thousands() -> None:
    panel = read_panel([row(outcome="0,350"), row(week="2026-01-12", outcome="0,2")])
    assert panel.outcomes.tolist() == [[0.35, 0.2]]


def test_a_number_without_percent_sign_beside_percents_is_a_problem() -> None:
    panel = read_panel([row(outcome="35%"), row(week="2026-01-12", outcome="35")])
    assert panel.seen.sum() == 1
    assert "percent" in panel.problems[0].says


def test_nothing_left_is_refused_with_the_first_problem() -> None:
    with pytest.raises(PanelError, match="line 2"):
        read_panel([row(outcome="x")])
    with pytest.raises(PanelError, match="No row"):
        read_panel([])
    with pytest.raises(PanelError, match="Every unit"):
        read_panel([row(start="12")])


@given(
    st.lists(
        st.tuples(st.text(max_size=8), st.text(max_size=12), st.text(max_size=8), st.text(max_size=12)),
        max_size=12,
    )
)
def test_no_text_breaks_it(cells: list[tuple[str, str, str, str]]) -> None:
    given_rows = [row(unit, week, outcome, start) for unit, week, outcome, start in cells]
    try:
        panel = read_panel([row(), row("bo", "2026-01-12"), *given_rows])
    except PanelError:
        return
    assert panel.outcomes.shape == panel.seen.shape == (len(panel.units), panel.weeks)
    assert np.isfinite(panel.outcomes).all()
