"""What pages are put together from: words, figures, groups, charts and tables."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from prodops.checks.finding import Evidence, Finding
from prodops.ledger.record import Citation
from prodops.pages.blocks import Figure, Words
from prodops.pages.charts import (
    LABEL_APART,
    MAX_BARS,
    MAX_LABEL,
    POINTS_A_CURVE,
    Row,
    forest,
    incidence,
    quadrant,
)
from prodops.pages.claims import found_by, grouped
from prodops.pages.figures import figures, unknown
from prodops.pages.tables import filled
from prodops.pages.wording import capital, listed, many, small
from prodops.stats.competing import aalen_johansen
from prodops.stats.estimate import Estimate

SHARE = Estimate(0.35, 0.31, 0.39, 412, "share")
HOURS = Estimate(4.2, 3.0, 6.0, 30, "PM hours a week")


def finding(subject: str, **given: Any) -> Finding:
    plain: dict[str, Any] = {
        "code": "RIT05", "sink": "ritual_rot", "title": f"{subject} leaves no minutes",
        "evidence": (Evidence("meeting", f"m:{subject}", Citation("a.ics", "UID 1"), "held"),),
        "evidence_count": 5, "exposure": Estimate(9.0, 9.0, 9.0, 9, "occurrences"),
        "remedy": "Write one line.", "base_rate": "20% of all",
    }  # fmt: skip
    return Finding(subject=subject, **{**plain, **given})


def values(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.spec["data"]["values"]
    return found


def test_words_are_put_together_as_in_a_sentence() -> None:
    assert ["a", "a and b", "a, b and c"] == [listed(names) for names in (["a"], ["a", "b"], ["a", "b", "c"])]
    assert ["1 place", "2 places", "1 entry", "0 entries"] == [
        many(1, "place"), many(2, "place"), many(1, "entry", "entries"), many(0, "entry", "entries"),
    ]  # fmt: skip
    assert ["PM hours", "share of time", ""] == [small("PM hours"), small("Share of time"), small("")]
    assert "PM hours" == capital("PM hours")
    assert "Data debt" == capital("data debt")


def test_unknown_figures_become_one_sentence_by_reason() -> None:
    no_minutes = Estimate.unknown("share", because="no minutes")
    given = [
        Figure("Known", SHARE),
        Figure("Produced nothing", no_minutes),
        Figure("PM hours", HOURS),
        Figure("Carried over", no_minutes),
        Figure("PM time", Estimate.unknown("share", because="no calendar")),
    ]
    told = figures(given, load="Load minutes.")
    assert ["Known", "PM hours"] == [one.label for one in told if isinstance(one, Figure)]
    assert Words(
        "Not known yet: produced nothing and carried over (no minutes); PM time (no calendar). Load minutes.",
        "quiet",
    ) == told[-1]  # fmt: skip


def test_known_figures_stand_alone() -> None:
    assert (Figure("Known", SHARE),) == figures([Figure("Known", SHARE)], load="Load minutes.")
    assert not unknown([])


def test_findings_of_one_check_say_once_what_they_share() -> None:
    (group,) = grouped([finding(name) for name in "abcdef"], in_full=2, rows=3)
    assert "A ritual that is meant to decide and leaves no minutes" == group.text
    assert ("Write one line.", "20% of all", 6) == (group.remedy, group.base_rate, group.count)
    assert ["", ""] == [one.remedy + one.base_rate for one in group.claims]
    assert group.rest is not None
    assert ("Finding", "Occurrences", "Records", "First record") == group.rest.columns
    assert (3, 1) == (len(group.rest.rows), group.rest.left_out)


def test_findings_keep_what_they_do_not_share() -> None:
    mixed = [
        finding("a", remedy="Ask."),
        finding("b", hours=HOURS, exposure=None),
        finding("c"),
        finding("d", base_rate="30% of all", hours=HOURS),
    ]
    (group,) = grouped(mixed, in_full=1)
    assert ("", "") == (group.remedy, group.base_rate)
    assert ("Ask.", "20% of all") == (group.claims[0].remedy, group.claims[0].base_rate)
    assert group.rest is not None
    assert "At stake" == group.rest.columns[1]


def test_findings_on_the_brief_are_counted_and_not_listed() -> None:
    (group,) = grouped([finding("a"), finding("b")], in_full=1, rows=0)
    assert group.rest is None
    assert 2 == group.count


def test_a_check_that_was_taken_out_still_has_its_findings_shown() -> None:
    (group,) = grouped([finding("a", code="OLD01")])
    assert "OLD01" == group.text


def test_findings_of_a_pillar_come_the_costliest_first() -> None:
    found = found_by("RIT", [finding("a"), finding("b", hours=HOURS), finding("c", code="FBK01")])
    assert ["b", "a"] == [one.subject for one in found]


def test_a_forest_draws_each_interval_in_the_order_given() -> None:
    chart = forest(
        "Email leads: 35%", [Row("email", SHARE), Row("form", SHARE)], axis="Share, percent", what="Channel"
    )
    assert [("email", 31.0, 35.0, 39.0), ("form", 31.0, 35.0, 39.0)] == [
        (one["label"], one["low"], one["value"], one["high"]) for one in values(chart)
    ]
    assert "email: 35% (31% to 39%), n = 412" == values(chart)[0]["told"]
    assert ("Channel", "Share, percent", "n") == chart.table.columns


def test_a_forest_leaves_out_what_is_not_known_but_lists_it() -> None:
    rows = [Row("a", SHARE), Row("b", Estimate.unknown("share", because="none"))]
    chart = forest("t 1", rows, axis="x", what="What")
    assert (1, 2) == (len(values(chart)), len(chart.table.rows))


def test_a_forest_stays_readable_with_many_long_and_equal_names() -> None:
    chart = forest("t 1", [Row("x" * 100, SHARE)] * 40, axis="x", what="What")
    labels = [one["label"] for one in values(chart)]
    assert MAX_BARS == len(labels) == len(set(labels))
    assert max(map(len, labels)) <= MAX_LABEL + len(" (15)")


def test_an_endless_interval_is_drawn_to_its_value() -> None:
    chart = forest("t 1", [Row("a", Estimate(4.0, 3.0, math.inf, 9, "hours"))], axis="Hours", what="What")
    assert (3.0, 4.0, 4.0) == (values(chart)[0]["low"], values(chart)[0]["value"], values(chart)[0]["high"])


def test_a_quadrant_names_the_points_that_matter_most() -> None:
    rows = [(f"ritual {i}", Estimate(float(i), 0.0, float(i), 9, "hours"), SHARE) for i in range(1, 8)]
    chart = quadrant(
        "t 1", [*rows, ("x", SHARE, Estimate.unknown("share", because="n"))], x="Hours", y="Share", what="R"
    )
    named = [one["left"] + one["right"] for one in values(chart)]
    assert ["", "", "", "ritual 4", "ritual 5", "ritual 6", "ritual 7"] == named
    assert "ritual 7" == values(chart)[-1]["left"]
    assert (7, 8) == (len(values(chart)), len(chart.table.rows))


def test_curves_begin_at_nothing_end_where_observation_ends_and_are_thinned() -> None:
    dice = np.random.default_rng(3)
    curve = aalen_johansen(dice.exponential(60.0, 5_000), dice.integers(0, 3, 5_000), causes=2)
    chart = incidence(
        "t 1", {"form": curve}, cause=1, marks=(30.0, 90.0), x="Days", y="Share", what="Channel"
    )
    drawn = values(chart)
    assert 0.0 == drawn[0]["value"]
    assert len(drawn) <= 2 * POINTS_A_CURVE + 3
    assert drawn[-1]["x"] == pytest.approx(max(t for t in curve.times if t <= 90), abs=1e-3)
    assert ["form"] == [one["end"] for one in drawn if one["end"]]
    assert ("Channel", "Within 30 days", "Within 90 days") == chart.table.columns
    assert curve.at(1, 30.0) == chart.table.rows[0][1]


def test_a_curve_without_an_observation_in_the_time_drawn_is_a_point() -> None:
    chart = incidence(
        "t 1", {"a": aalen_johansen([200.0], [1])}, cause=1, marks=(30.0,), x="x", y="y", what="w"
    )
    assert 1 == len(values(chart))


def test_a_curve_of_which_all_have_ended_goes_on_level_and_names_stand_apart() -> None:
    done = aalen_johansen([1.0, 2.0, 3.0, 4.0], [1, 1, 1, 2])
    waiting = aalen_johansen([1.0, 2.0, 3.0, 4.0], [1, 1, 1, 0])
    chart = incidence(
        "t 1", {"done": done, "waiting": waiting}, cause=1, marks=(9.0,), x="x", y="y", what="w"
    )
    ends = {one["end"]: one for one in values(chart) if one["end"]}
    assert (9.0, 4.0) == (ends["done"]["x"], ends["waiting"]["x"])
    assert ends["done"]["value"] == ends["waiting"]["value"]
    assert abs(ends["done"]["beside"] - ends["waiting"]["beside"]) == pytest.approx(LABEL_APART)


def test_columns_without_a_word_are_left_out() -> None:
    table = filled("c", ("A", "B", "C"), [("a", None, ""), ("b", None, SHARE)], left_out=2)
    assert (("A", "C"), (("a", ""), ("b", SHARE)), 2) == (table.columns, table.rows, table.left_out)
