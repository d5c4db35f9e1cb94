"""Vega-Lite charts as data: every one titled with its finding, its interval drawn, its numbers in a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prodops.pages.blocks import Behind, Cell, Chart, Table
from prodops.stats.competing import CumulativeIncidence
from prodops.stats.estimate import Estimate
from prodops.stats.telling import SHARE, interval, quantity

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
"""Names the grammar; nothing is fetched from it."""

MAX_BARS = 15
MAX_LABEL = 60
"""Longer labels are cut in the drawing; the table has them whole."""

MAX_NAMED = 4
"""Points that carry their name in the drawing: those with the largest product of both estimates."""

POINTS_A_CURVE = 120

LABEL_APART = 0.07
"""How far apart the names at the ends of curves stand, as a share of the axis: a line of text."""

Spec = dict[str, object]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a forest.

    Attributes:
        label: Its name.
        estimate: Its number.
        more: What else the table says of it.
        of: What the rows behind it are asked by.
    """

    label: str
    estimate: Estimate
    more: tuple[Cell, ...] = ()
    of: str = ""

    def named(self) -> Cell:
        """Its name as the table has it: opening its rows, where there are any."""
        return Behind(self.label, self.of) if self.of else self.label


def forest(
    title: str,
    rows: Sequence[Row],
    *,
    axis: str,
    what: str,
    more: tuple[str, ...] = (),
    whole: bool = False,
) -> Chart:
    """Estimates one below the other with their intervals, in the order given.

    Args:
        title: The finding in words.
        rows: The lines; those without a value stand in the table alone.
        axis: The axis title with its unit.
        what: The name of the table's first column.
        more: Names of the table's further columns.
        whole: Whether the axis shows a whole, 0 to 100%.
    """
    values = _lines(rows)
    here: Spec = {
        "x": {"field": "value", **_axis(axis, whole=whole)},
        "y": {"field": "label", "type": "nominal", "sort": {"field": "place"}, "title": None},
        "tooltip": _TOOLTIP,
    }
    low: Spec = {**here, "x": {"field": "low", **_axis(axis, whole=whole)}, "x2": {"field": "high"}}
    table_rows = tuple((row.named(), row.estimate, row.estimate.n, *row.more) for row in rows)
    return Chart(
        title=title,
        description=f"{title}. {len(values)} estimates with their 95% intervals; axis: {axis}.",
        spec=_spec(
            values,
            layer=[{"mark": _INTERVAL, "encoding": low}, {"mark": _POINT, "encoding": here}],
            height={"step": 32},
        ),
        table=Table(title, (what, axis, "n", *more), table_rows),
    )


def _lines(rows: Sequence[Row]) -> list[Spec]:
    """The drawn lines of a forest: those with a value, as many as fit, told in words for the tooltip."""
    known = [row for row in rows if row.estimate.known][:MAX_BARS]
    labels = _distinct([row.label for row in known])
    return [
        {
            "place": place,
            "label": label,
            **_drawn("", row.estimate),
            "told": f"{_cut(row.label)}: {_told(row.estimate)}",
        }
        for place, (label, row) in enumerate(zip(labels, known, strict=True))
    ]


def quadrant(
    title: str, rows: Sequence[tuple[str, Estimate, Estimate]], *, x: str, y: str, what: str
) -> Chart:
    """Things by two estimates, both intervals drawn: what costs much and yields little lies top right.

    Args:
        title: The finding in words.
        rows: Label, estimate across, estimate up; pairs with an unknown one stand in the table alone.
        x: Title of the x axis with its unit.
        y: Title of the y axis with its unit.
        what: The name of the table's first column.
    """
    known = [row for row in rows if row[1].known and row[2].known][:MAX_BARS]
    named = sorted(known, key=lambda row: -(row[1].value or 0.0) * (row[2].value or 0.0))[:MAX_NAMED]
    middle = max((row[1].high or 0.0 for row in known), default=0.0) / 2
    values: list[Spec] = [
        {**_named(row[0] if row in named else "", right=(row[1].value or 0.0) < middle),
         **_drawn("x_", row[1]), **_drawn("y_", row[2]),
         "told": f"{_cut(row[0])}: {_told(row[1])}; {_told(row[2])}"}
        for row in known
    ]  # fmt: skip
    across, up = _axis(x), _axis(y, whole=all(row[2].unit == SHARE for row in known))
    here: Spec = {"x": {"field": "x_value", **across}, "y": {"field": "y_value", **up}}
    wide: Spec = {**here, "x": {"field": "x_low", **across}, "x2": {"field": "x_high"}}
    high: Spec = {**here, "y": {"field": "y_low", **up}, "y2": {"field": "y_high"}}
    layers = [
        {"mark": _THIN, "encoding": wide},
        {"mark": _THIN, "encoding": high},
        {"mark": _POINT, "encoding": {**here, "tooltip": _TOOLTIP}},
        {"mark": {**_NAME, "align": "left", "dx": 9}, "encoding": {**here, "text": {"field": "right"}}},
        {"mark": {**_NAME, "align": "right", "dx": -9}, "encoding": {**here, "text": {"field": "left"}}},
    ]
    return Chart(
        title=title,
        description=f"{title}. {len(values)} points with their 95% intervals; across: {x}; up: {y}.",
        spec=_spec(values, layer=layers, height=320),
        table=Table(title, (what, x, y), tuple(rows)),
    )


def incidence(
    title: str,
    curves: Mapping[str, CumulativeIncidence],
    *,
    cause: int,
    marks: Sequence[float],
    x: str,
    y: str,
    what: str,
) -> Chart:
    """Cumulative incidence as step curves with their bands.

    Args:
        title: The finding in words.
        curves: By name, at least one.
        cause: Which ending, 1 and up.
        marks: Durations that the table shows; the drawing ends at the last.
        x: Title of the x axis with its unit.
        y: Title of the y axis.
        what: The name of the table's first column.
    """
    labels = _distinct(list(curves))
    values = _points(dict(zip(labels, curves.values(), strict=True)), cause, marks[-1])
    unit = next(iter(curves.values())).unit
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (name, *(curve.at(cause, mark) for mark in marks)) for name, curve in curves.items()
    )
    return Chart(
        title=title,
        description=f"{title}. Step curves with their 95% bands; across: {x}; up: {y}.",
        spec=_spec(values, layer=_stepped(x, y, labels, marks[-1]), height=260),
        table=Table(title, (what, *(f"Within {mark:g} {unit}" for mark in marks)), rows),
    )


def _stepped(x: str, y: str, labels: list[str], until: float) -> list[Spec]:
    """The bands, the lines and, at their ends, the names of step curves."""
    up: Spec = {"type": "quantitative", "title": y, "scale": {"domain": [0, 1]}, "axis": {"format": "%"}}
    here: Spec = {
        "x": {"field": "x", "type": "quantitative", "title": x, "scale": {"domain": [0, until]}},
        "y": {**up, "field": "value"},
        "color": {"field": "series", "type": "nominal", "sort": labels, "legend": None},
    }
    band: Spec = {"type": "area", "interpolate": "step-after", "opacity": 0.22}
    line: Spec = {"type": "line", "interpolate": "step-after", "strokeWidth": 2.5}
    name: Spec = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontWeight": 600}
    return [
        {"mark": band, "encoding": {**here, "y": {**up, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": line, "encoding": here},
        {"mark": name, "encoding": {**here, "y": {**up, "field": "beside"}, "text": {"field": "end"}}},
    ]


def _points(curves: Mapping[str, CumulativeIncidence], cause: int, until: float) -> list[Spec]:
    """The points of all curves; the last of each carries its name and the place of it."""
    places = _apart({label: _end(curve, cause, until) for label, curve in curves.items()})
    return [
        {**point, "beside": places[label]} if point["end"] else point
        for label, curve in curves.items()
        for point in _steps(label, curve, cause, until)
    ]


def _apart(ends: Mapping[str, float]) -> dict[str, float]:
    """Where the names at the ends of curves are written, so that none stands on another."""
    places, below = {}, -LABEL_APART
    for name in sorted(ends, key=lambda one: (ends[one], one)):
        below = places[name] = max(ends[name], below + LABEL_APART)
    above = 1.0 + LABEL_APART
    for name in reversed(list(places)):
        above = places[name] = round(min(places[name], above - LABEL_APART), 4)
    return places


def _steps(label: str, curve: CumulativeIncidence, cause: int, until: float) -> list[Spec]:
    """The points of a curve, thinned to what a screen can show, from zero to the end of its observation.

    Where all have ended, nothing can change any more, and the curve goes on level.
    """
    places = [i for i in range(len(curve.times)) if curve.times[i] <= until]
    kept = places[:: max(1, len(places) // POINTS_A_CURVE)]
    if places and kept[-1] != places[-1]:
        kept.append(places[-1])
    start: Spec = {"series": label, "end": "", "x": 0.0, "value": 0.0, "low": 0.0, "high": 0.0}
    drawn = [start] + [
        {
            "series": label,
            "end": "",
            "x": round(float(curve.times[i]), 3),
            "value": round(float(curve.share[cause - 1, i]), 4),
            "low": round(float(curve.low[cause - 1, i]), 4),
            "high": round(float(curve.high[cause - 1, i]), 4),
        }
        for i in kept
    ]
    if kept and kept[-1] == len(curve.times) - 1 and curve.open_share[-1] == 0:
        drawn.append({**drawn[-1], "x": until})
    drawn[-1] = {**drawn[-1], "end": label}
    return drawn


def _end(curve: CumulativeIncidence, cause: int, until: float) -> float:
    """The share at the end of the drawing, or of the observation where that is earlier."""
    seen = [
        float(share) for time, share in zip(curve.times, curve.share[cause - 1], strict=True) if time <= until
    ]
    return seen[-1] if seen else 0.0


_INTERVAL: Spec = {"type": "rule", "strokeWidth": 4, "opacity": 0.45, "strokeCap": "round"}
_THIN: Spec = {"type": "rule", "strokeWidth": 2, "opacity": 0.3}
_POINT: Spec = {"type": "point", "filled": True, "size": 90, "opacity": 1}
_NAME: Spec = {"type": "text", "dy": -9, "limit": 180}
_TOOLTIP: Spec = {"field": "told", "type": "nominal"}


def _axis(title: str, *, whole: bool = False) -> Spec:
    scale: Spec = {"domain": [0, 100]} if whole else {"zero": True}
    return {"type": "quantitative", "title": title, "scale": scale}


def _drawn(prefix: str, one: Estimate) -> Spec:
    """A known estimate as it is drawn: shares in percent; where the data sets no upper bound, the value."""
    scale = 100 if one.unit == SHARE else 1
    value, low, high = one.value or 0.0, one.low or 0.0, one.high or 0.0
    bounds = {"value": value, "low": low, "high": high if math.isfinite(high) else value}
    return {f"{prefix}{name}": round(bound * scale, 3) for name, bound in bounds.items()}


def _named(label: str, *, right: bool) -> Spec:
    """The name beside a point, on the side where there is room for it."""
    return {"right": _cut(label) if right else "", "left": "" if right else _cut(label)}


def _told(one: Estimate) -> str:
    return f"{quantity(one.value or 0.0, one.unit)} ({interval(one)}), n = {one.n:,}"


def _cut(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _distinct(labels: Sequence[str]) -> list[str]:
    """Labels short enough to draw; equal ones are numbered, so that no two share a line or a curve."""
    seen: Counter[str] = Counter()
    named = []
    for label in map(_cut, labels):
        seen[label] += 1
        named.append(label if seen[label] == 1 else f"{label} ({seen[label]})")
    return named


def _spec(values: Sequence[Spec], **rest: object) -> Spec:
    return {
        "$schema": SCHEMA,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": list(values)},
        **rest,
    }
