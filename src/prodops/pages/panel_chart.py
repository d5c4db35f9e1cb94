"""The panel of a proof as a chart: the mean by week beside what it would have been, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from prodops.impact.curve import CurveWeek
from prodops.pages.blocks import Cell, Chart, Table
from prodops.pages.charts import SCHEMA
from prodops.stats.estimate import Estimate

WEEKS_A_ROW = 4
NOBODY = "nobody was left to compare with"

Spec = dict[str, object]


def panel_chart(
    title: str, curve: Sequence[CurveWeek], starts: Sequence[date], *, axis: str, scale: float, unit: str
) -> Chart:
    """The mean of those who ever start, by week, and the counterfactual from the first start on.

    Args:
        title: The finding in words.
        curve: The weeks.
        starts: The days on which waves began.
        axis: Title of the axis up, with its unit.
        scale: What values are multiplied by: 100 for points of a share.
        unit: The unit of the table's figures.
    """
    first = min(starts)
    values = [_point(one, scale, told=one.week >= first) for one in curve]
    shown = sum(one.expected is not None and one.week >= first for one in curve)
    return Chart(
        title=title,
        description=f"{title}. A line of {len(curve)} weekly means; beside it, {shown} weeks from {first}, "
        "the mean without the change with its 95% interval.",
        spec=_spec(values, sorted({str(day) for day in starts}), axis),
        table=_table(title, curve, first, scale=scale, unit=unit),
    )


def _point(one: CurveWeek, scale: float, *, told: bool) -> Spec:
    point: Spec = {"week": str(one.week), "seen": round(one.seen * scale, 3), "label": _label(one, scale)}
    if told and one.expected is not None and one.low is not None and one.high is not None:
        point |= {
            "expected": round(one.expected * scale, 3), "low": round(one.low * scale, 3),
            "high": round(one.high * scale, 3),
        }  # fmt: skip
    return point


def _label(one: CurveWeek, scale: float) -> str:
    without = f", without the change {one.expected * scale:.1f}" if one.expected is not None else ""
    return f"Week of {one.week}: {one.seen * scale:.1f}{without}; {one.people} PMs, {one.started} begun"


def _spec(values: list[Spec], starts: list[str], axis: str) -> Spec:
    across: Spec = {"field": "week", "type": "temporal", "title": "Week", "axis": {"format": "%b %Y"}}
    up: Spec = {"type": "quantitative", "title": axis, "scale": {"zero": True}}
    seen: Spec = {"x": across, "y": {**up, "field": "seen"}}
    expected: Spec = {"x": across, "y": {**up, "field": "expected"}}
    band: Spec = {"x": across, "y": {**up, "field": "low"}, "y2": {"field": "high"}}
    return {
        "$schema": SCHEMA,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": 220,
        "data": {"values": values},
        "layer": [
            {
                "data": {"values": [{"starts": day} for day in starts]},
                "mark": {"type": "rule", "strokeDash": [4, 4], "opacity": 0.5},
                "encoding": {"x": {"field": "starts", "type": "temporal"}},
            },
            {"mark": {"type": "area", "opacity": 0.2, "color": "var(--series-2)"}, "encoding": band},
            {
                "mark": {"type": "line", "strokeDash": [6, 4], "strokeWidth": 2, "color": "var(--series-2)"},
                "encoding": expected,
            },
            {"mark": {"type": "line", "strokeWidth": 2.5, "color": "var(--series-1)"}, "encoding": seen},
            {
                "mark": {"type": "point", "filled": True, "size": 24, "color": "var(--series-1)"},
                "encoding": {**seen, "tooltip": {"field": "label", "type": "nominal"}},
            },
        ],
    }


def _table(title: str, curve: Sequence[CurveWeek], first: date, *, scale: float, unit: str) -> Table:
    """Four weeks a row, so that it fits a sheet."""
    before = [one for one in curve if one.week < first]
    since = [one for one in curve if one.week >= first]
    rows = [_row(part, scale, unit, told=False) for part in _fours(before)]
    rows += [_row(part, scale, unit, told=True) for part in _fours(since)]
    columns = ("Four weeks from", "Seen", "Without the change", "PMs", "Begun")
    return Table(title, columns, tuple(rows))


def _fours(weeks: Sequence[CurveWeek]) -> list[Sequence[CurveWeek]]:
    return [weeks[start : start + WEEKS_A_ROW] for start in range(0, len(weeks), WEEKS_A_ROW)]


def _row(weeks: Sequence[CurveWeek], scale: float, unit: str, *, told: bool) -> tuple[Cell, ...]:
    people = max(one.people for one in weeks)
    mid, low, high = (
        scale * sum(values) / len(weeks)
        for values in zip(*((one.seen, one.seen_low, one.seen_high) for one in weeks), strict=True)
    )
    seen = Estimate(mid, low, high, people, unit, method="mean over PMs, Student's t")
    expected = _expected(weeks, scale, unit, people) if told else None
    return str(weeks[0].week), seen, expected, people, max(one.started for one in weeks)


def _expected(weeks: Sequence[CurveWeek], scale: float, unit: str, people: int) -> Estimate:
    known = [
        (one.expected, one.low, one.high)
        for one in weeks
        if one.expected is not None and one.low is not None and one.high is not None
    ]
    if not known:
        return Estimate.unknown(unit, because=NOBODY, n=people)
    mid, low, high = (scale * sum(values) / len(known) for values in zip(*known, strict=True))
    return Estimate(mid, low, high, people, unit, method="two-way imputation, jackknife over clusters")
