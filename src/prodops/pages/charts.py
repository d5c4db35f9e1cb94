"""Vega-Lite charts as data: every one titled with its finding, its interval drawn, its numbers in a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prodops.pages.blocks import Chart, Table
from prodops.stats.estimate import Estimate
from prodops.stats.telling import SHARE

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the grammar; nothing is fetched from it."""

MAX_BARS = 15


def forest(title: str, rows: Sequence[tuple[str, Estimate]], *, axis: str, description: str = "") -> Chart:
    """Estimates side by side with their intervals, the largest first.

    Args:
        title: The finding in words.
        rows: Labels and estimates; unknown ones stand in the table alone.
        axis: The axis title with its unit.
        description: What the chart shows; built from the rows when empty.
    """
    known = [(label, one) for label, one in rows if one.value is not None]
    scale = 100.0 if known and known[0][1].unit == SHARE else 1.0
    values = [
        {
            "label": label,
            "value": round((one.value or 0.0) * scale, 3),
            "low": round((one.low or 0.0) * scale, 3),
            "high": round(
                (one.high if one.high is not None and one.high < 1e9 else one.value or 0.0) * scale, 3
            ),
            "n": one.n,
        }
        for label, one in known[:MAX_BARS]
    ]
    order = [str(one["label"]) for one in values]
    y = {"field": "label", "type": "nominal", "sort": order, "title": None, "axis": {"labelLimit": 260}}
    x = {"type": "quantitative", "title": axis, "scale": {"zero": True}}
    tooltip = [{"field": name, "type": kind} for name, kind in _TOOLTIP]
    layers = [
        {"mark": {"type": "rule", "strokeWidth": 3, "opacity": 0.45},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "tooltip": tooltip}},
        {"mark": {"type": "point", "filled": True, "size": 80, "opacity": 1},
         "encoding": {"x": {**x, "field": "value"}, "y": y, "tooltip": tooltip}},
    ]  # fmt: skip
    return Chart(
        title=title,
        description=description or f"{len(values)} estimates with their 95% intervals; {axis}.",
        spec=_spec(values, layer=layers, height={"step": 26}),
        table=Table(title, ("What", axis, "n"), tuple((label, one, one.n) for label, one in rows)),
    )


def stacked_shares(
    title: str, rows: Iterable[tuple[str, str, float]], *, axis: str, description: str
) -> Chart:
    """Shares of a whole as one stacked bar a group.

    Args:
        title: The finding in words.
        rows: Group, part and share (0 to 1).
        axis: The axis title.
        description: What the chart shows.
    """
    values = [{"group": group, "part": part, "share": round(100 * share, 2)} for group, part, share in rows]
    parts = list(dict.fromkeys(str(one["part"]) for one in values))
    encoding = {
        "y": {"field": "group", "type": "nominal", "title": None, "sort": None},
        "x": {
            "field": "share",
            "type": "quantitative",
            "title": axis,
            "stack": "zero",
            "scale": {"domain": [0, 100]},
        },
        "color": {
            "field": "part",
            "type": "nominal",
            "title": None,
            "sort": parts,
            "legend": {"orient": "bottom"},
        },
        "order": {"field": "order", "type": "quantitative"},
        "tooltip": [{"field": "part"}, {"field": "share", "format": ".1f"}],
    }
    ordered = [{**one, "order": parts.index(str(one["part"]))} for one in values]
    rows_shown = tuple((str(v["group"]), str(v["part"]), f"{float(str(v['share'])):.0f}%") for v in values)
    return Chart(
        title=title,
        description=description,
        spec=_spec(ordered, mark={"type": "bar"}, encoding=encoding, height={"step": 34}),
        table=Table(title, ("Group", "Part", "Share"), rows_shown),
    )


def curve(
    title: str, points: Sequence[tuple[str, float, float, float, float]], *, x: str, y: str, description: str
) -> Chart:
    """Step curves with their bands: survival, cumulative incidence.

    Args:
        title: The finding in words.
        points: Series, x, value, low, high.
        x: Title of the x axis with its unit.
        y: Title of the y axis with its unit.
        description: What the chart shows.
    """
    values = [
        {"series": s, "x": round(at, 4), "value": round(v, 5), "low": round(lo, 5), "high": round(hi, 5)}
        for s, at, v, lo, hi in points
    ]
    across = {"field": "x", "type": "quantitative", "title": x}
    colour = {"field": "series", "type": "nominal", "title": None, "legend": {"orient": "bottom"}}
    up = {"type": "quantitative", "title": y, "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    layers = [
        {"mark": {"type": "area", "interpolate": "step-after", "opacity": 0.18},
         "encoding": {"x": across, "y": {**up, "field": "low"}, "y2": {"field": "high"}, "color": colour}},
        {"mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 2},
         "encoding": {"x": across, "y": {**up, "field": "value"}, "color": colour}},
    ]  # fmt: skip
    last = {point[0]: point for point in points}
    rows = tuple((s, at, f"{v:.0%}", f"{lo:.0%} to {hi:.0%}") for s, at, v, lo, hi in last.values())
    return Chart(
        title=title,
        description=description,
        spec=_spec(values, layer=layers, height=220),
        table=Table(title, ("Series", x, y, "95% interval"), rows),
    )


_TOOLTIP = tuple(
    (name, "nominal" if name == "label" else "quantitative")
    for name in ("label", "value", "low", "high", "n")
)


def _spec(
    values: list[dict[str, object]] | list[dict[str, str | float]], **rest: object
) -> dict[str, object]:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        **rest,
    }
