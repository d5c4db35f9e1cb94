"""`prodops effect`: what a change did to any panel of units by weeks, with interval, grade and gates."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson
from prodops.serve.cli.output import Refusal, say_json, table
from prodops.serve.shown.lines import harmless, wrapped

if TYPE_CHECKING:
    from prodops.impact.assessment import Assessment
    from prodops.impact.labelled import LabelledBlocks
    from prodops.impact.order import Order
    from prodops.impact.panel import Panel
    from prodops.impact.question import Question, Scale
    from prodops.stats.panel_intervals import Bounds

COLUMNS = 100
PROBLEMS_SHOWN = 8
MARKS = {"passed": "+", "failed": "x", "not applicable": "-"}

Table = Annotated[Path, typer.Argument(help="A CSV, TSV or workbook with one row a unit and week.")]
Unit = Annotated[str, typer.Option("--unit", help="Column that says whose week it is.")]
Cluster = Annotated[str, typer.Option("--cluster", help="Column with the team; without it each unit alone.")]
Week = Annotated[str, typer.Option("--week", help="Column with the week: a date, 2026-W10, or a number.")]
Outcome = Annotated[str, typer.Option("--outcome", help="Column with the primary outcome.")]
TreatedFrom = Annotated[
    str,
    typer.Option("--treated-from", help="Column with each unit's start (empty: never), or one week for all."),
]
RandomisedOrder = Annotated[
    Path | None,
    typer.Option("--randomised-order", help="The rollout order as JSON, drawn and sealed before."),
]
Labels = Annotated[
    Path | None,
    typer.Option(
        "--labels",
        help="Labelled blocks: the unit and week columns, label and predicted (0 to 1). "
        "The outcome is then the bare share of the predictions.",
    ),
]
Strategic = Annotated[
    str, typer.Option("--strategic", help="Column with the share that should rise when the outcome falls.")
]
OwnHours = Annotated[
    float | None,
    typer.Option("--own-hours", help="Hours a week that product operations spent on the change."),
]
WeekHours = Annotated[float, typer.Option("--week-hours", help="Hours of a full week.", min=1, max=168)]
ChangeLog = Annotated[Path | None, typer.Option("--change-log", help="Other events: columns date and event.")]
Also = Annotated[
    list[str] | None, typer.Option("--also", help="A further outcome, adjusted by Holm; may be repeated.")
]
ScaleName = Annotated[
    str,
    typer.Option("--scale", help="How values are written: share, points, other [default: by their size]."),
]
RampWeeks = Annotated[
    int, typer.Option("--ramp-weeks", help="Weeks after a start that do not count yet.", min=0, max=15)
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("effect", rich_help_panel=sections.ACT)(effect)


def effect(
    file: Table,
    unit: Unit,
    week: Week,
    outcome: Outcome,
    treated_from: TreatedFrom,
    *,
    cluster: Cluster = "",
    randomised_order: RandomisedOrder = None,
    labels: Labels = None,
    strategic: Strategic = "",
    own_hours: OwnHours = None,
    week_hours: WeekHours = 40.0,
    change_log: ChangeLog = None,
    also: Also = None,
    scale: ScaleName = "",
    ramp_weeks: RampWeeks = 4,
    as_json: AsJson = False,
) -> None:
    """Say what a change did to a panel: effect with interval, grade, gates and the sentence they allow."""
    given = _Columns(file, unit, cluster, week, treated_from)
    question, answer = _answered(
        given, outcome, (scale, strategic, tuple(also or ())), ramp_weeks=ramp_weeks,
        hours=(own_hours, week_hours), files=(randomised_order, labels, change_log),
    )  # fmt: skip
    if as_json:
        say_json(_flat(question, answer))
    else:
        typer.echo("\n".join(_told(question, answer)))


class _Columns:
    """A table and the names of its columns, read once."""

    def __init__(self, file: Path, unit: str, cluster: str, week: str, treated_from: str) -> None:
        self.file, self.unit, self.cluster, self.week, self.treated_from = (
            file,
            unit,
            cluster,
            week,
            treated_from,
        )

    def panel(self, outcome: str) -> Panel:
        """The panel of one outcome."""
        from prodops.impact.panel import PanelRow, read_panel  # lazy: numpy

        names = [self.unit, self.week, outcome, *([self.cluster] if self.cluster else [])]
        own = self._has(self.treated_from)
        if not own:
            self._is_week()
        rows = _read(self.file, (*names, *([self.treated_from] if own else [])))
        found = []
        for line, cells in rows:
            cluster = cells[3] if self.cluster else ""
            start = cells[-1] if own else self.treated_from
            found.append(PanelRow(line, cells[0], cluster, cells[1], cells[2], start))
        return read_panel(found)

    def _has(self, column: str) -> bool:
        try:
            _read(self.file, (column,))
        except Refusal:
            return False
        return True

    def _is_week(self) -> None:
        from prodops.impact.weeks import WeekError, read_week  # lazy: next to the panel

        try:
            read_week(self.treated_from)
        except WeekError as error:
            _read(self.file, (self.unit, self.week))
            says = f"--treated-from {self.treated_from[:60]!r} is neither a column nor a week."
            remedy = "Name the column with each unit's start, or write one week: 2026-03-02, 2026-W10 or 10."
            raise Refusal(says, remedy=remedy) from error


def _read(file: Path, names: tuple[str, ...]) -> list[tuple[int, tuple[str, ...]]]:
    from prodops.serve.columns import MissingColumnError, read_columns  # lazy: tables

    try:
        return list(read_columns(file, names))
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {file}.", remedy="Check the path.") from error
    except IsADirectoryError as error:
        raise Refusal(f"{file} is a folder.", remedy="Name the table inside it.") from error
    except MissingColumnError as error:
        raise Refusal(str(error), remedy="Name columns as they stand in the header.") from error


def _answered(
    given: _Columns,
    outcome: str,
    named: tuple[str, str, tuple[str, ...]],
    *,
    ramp_weeks: int,
    hours: tuple[float | None, float],
    files: tuple[Path | None, Path | None, Path | None],
) -> tuple[Question, Assessment]:
    from prodops.impact.assessment import NothingToCompareError, assess  # lazy: numpy
    from prodops.impact.effect import Setting  # lazy: numpy
    from prodops.impact.panel import PanelError  # lazy: numpy
    from prodops.impact.question import Question  # lazy: numpy

    order, labels, change_log = files
    scale, strategic, also = named
    try:
        panel = given.panel(outcome)
        question = Question(
            panel=panel, outcome=outcome, unit=given.unit, scale=_scale(scale, panel, outcome, labels),
            order=_order(order) if order else None,
            labels=_labels(labels, given, panel) if labels else None,
            strategic=given.panel(strategic) if strategic else None, own_hours=hours[0], week_hours=hours[1],
            events=_events(change_log, panel) if change_log else None,
            secondary={name: given.panel(name) for name in also}, setting=Setting(ramp_weeks=ramp_weeks),
        )  # fmt: skip
        return question, assess(question)
    except PanelError as error:
        raise Refusal(str(error), remedy=error.remedy) from error
    except NothingToCompareError as error:
        raise Refusal(
            str(error), remedy="See that --treated-from lies inside the weeks of the panel."
        ) from error


def _scale(told: str, panel: Panel, outcome: str, labels: Path | None) -> Scale:
    from prodops.impact.question import SCALES, scale_of_values  # lazy: numpy

    scale = SCALES.get(told) if told else scale_of_values(panel, outcome)
    if scale is None:
        raise Refusal(f"--scale {told[:40]!r} is none.", remedy="Say share, points or other.")
    if labels and scale == "other":
        says = f"--labels corrects a share, and {outcome[:40]!r} does not look like one."
        raise Refusal(says, remedy="Say --scale share or --scale points if it is.")
    return scale


def _order(file: Path) -> Order:
    from prodops.impact.order import OrderError, read_order  # lazy: next to the panel
    from prodops.text.decoding import decode  # lazy: next to the panel

    try:
        return read_order(decode(file.read_bytes()).text)
    except OSError as error:
        raise Refusal(f"{file} cannot be read.", remedy="Check the path of the order.") from error
    except OrderError as error:
        remedy = "An order has seed, drawn_at, hash and waves; see docs/decisions/0005-proof.md."
        raise Refusal(f"{file.name}: {error}", remedy=remedy) from error


def _labels(file: Path, given: _Columns, panel: Panel) -> LabelledBlocks:
    from prodops.impact.labelled import read_labels  # lazy: numpy

    return read_labels(_read(file, (given.unit, given.week, "label", "predicted")), panel)


def _events(file: Path, panel: Panel) -> list[tuple[int, str]]:
    from prodops.impact.weeks import WeekError, read_week  # lazy: next to the panel

    events = []
    for line, (day, what) in _read(file, ("date", "event")):
        try:
            events.append((panel.scale.place(read_week(day)), harmless(what, longest=120)))
        except WeekError as error:
            says = f"{file.name}, line {line}: {error}."
            raise Refusal(says, remedy="Write dates of events like the weeks of the panel.") from error
    return events


def _flat(question: Question, answer: Assessment) -> dict[str, object]:
    """The answer with the figures most asked for at the top, in the values of the panel."""
    overall, latest, panel = answer.effect.overall, answer.effect.latest, question.panel
    return {
        "estimate": overall.value if overall else None,
        "low": overall.low if overall else None,
        "high": overall.high if overall else None,
        "grade": answer.grade.letter,
        "gates": answer.gates,
        "claim": answer.claim,
        "claims_effect": answer.claims_effect,
        "p": overall.p if overall else None,
        "method": overall.method if overall else "",
        "design": answer.grade.design,
        "because": answer.grade.because,
        "headline": {"horizon": latest.name, **_bounds(latest.effect)} if latest and latest.effect else None,
        "horizons": [
            {"horizon": one.name, "cells": one.cells, **(_bounds(one.effect) if one.effect else {})}
            for one in answer.effect.horizons
        ],
        "estimate_with_ramp": answer.effect.all_weeks,
        **_support(answer),
        "scale": question.scale,
        "units": len(panel.units),
        "treated_units": int(panel.ever_treated.sum()),
        "clusters": len(set(panel.clusters)),
        "weeks": panel.weeks,
        "rows": panel.rows,
        "cells": int(panel.seen.sum()),
        "problems": [*panel.problems, *(question.labels.problems if question.labels else ())],
    }


def _support(answer: Assessment) -> dict[str, object]:
    """What stands behind the effect, and what it is worth."""
    return {
        "placebo": _bounds(answer.effect.placebo) if answer.effect.placebo else None,
        "leave_one_out": dict(answer.effect.without),
        "sensitivity": dict(answer.effect.other_ways),
        "labels": answer.rectifier,
        "capacity": answer.capacity,
        "secondary": [
            {"outcome": name, **_bounds(bounds), "p_holm": p} for name, bounds, p in answer.secondary
        ],
        "mean_before": answer.mean_before,
        "mean_after": answer.mean_after,
    }


def _bounds(bounds: Bounds) -> dict[str, float]:
    return {"estimate": bounds.value, "low": bounds.low, "high": bounds.high}


def _told(question: Question, answer: Assessment) -> list[str]:
    """The answer for a reader: the sentence, the grade, the horizons, every gate, what could be wrong."""
    lines = wrapped(harmless(answer.claim, longest=4_000), COLUMNS)
    lines += ["", f"Grade {answer.grade.letter}: {answer.grade.design}."]
    for reason in answer.grade.because:
        lines += wrapped(harmless(reason), COLUMNS, first="  ", rest="  ")
    rows: list[tuple[object, ...]] = [
        (f"  {one.name}", *_three(question, one.effect), one.cells)
        for one in answer.effect.horizons
        if one.effect
    ]
    if rows:
        lines += [
            "",
            table(("  After the start", "Effect", "95% interval", "Treated weeks"), rows, right=(1, 2, 3)),
        ]
    lines += ["", "Gates (+ passed, x failed, - not applicable or not known):"]
    for gate in answer.gates:
        missing = f" Missing: {gate.missing}." if gate.missing else ""
        mark = f"  {MARKS[gate.status]} {gate.name}: "
        lines += wrapped(harmless(gate.says + missing), COLUMNS, first=mark, rest="    ")
    if answer.effect.other_ways:
        ways = "; ".join(f"{name} {_number(question, value)}" for name, value in answer.effect.other_ways)
        lines += ["", *wrapped(f"Computed otherwise: {ways}.", COLUMNS)]
    return [*lines, *_problems(question)]


def _three(question: Question, bounds: Bounds) -> tuple[str, str]:
    return _number(
        question, bounds.value
    ), f"{_number(question, bounds.low)} to {_number(question, bounds.high)}"


def _number(question: Question, value: float) -> str:
    return f"{value * question.points:+.3g}"


def _problems(question: Question) -> list[str]:
    problems = [*question.panel.problems, *(question.labels.problems if question.labels else ())]
    if not problems:
        return []
    lines = ["", f"{len(problems):,} of {question.panel.rows:,} rows have a problem:"]
    for one in problems[:PROBLEMS_SHOWN]:
        place = f"line {one.line}" if one.line else "a unit"
        lines += wrapped(harmless(f"{place}: {one.says}. {one.remedy}"), COLUMNS, first="  ", rest="    ")
    rest = len(problems) - PROBLEMS_SHOWN
    return [*lines, f"  and {rest:,} more; --json has them all"] if rest > 0 else lines
