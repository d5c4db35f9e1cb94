"""`prodops survival`: time to an event in any table, with what is still open counted as open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson
from prodops.serve.cli.output import Refusal, say_json, table
from prodops.stats.telling import told

if TYPE_CHECKING:
    from prodops.stats.survival import TimeToEvent

PROBLEMS_SHOWN = 8


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("survival", rich_help_panel=sections.FIND)(survival)


def survival(
    file: Annotated[Path, typer.Argument(help="A CSV, TSV or workbook with one row an item.")],
    start: Annotated[str, typer.Option("--start", help="Column with the moment an item came in.")],
    event: Annotated[
        str, typer.Option("--event", help="Column with the moment it was answered; empty while open.")
    ],
    observed_until: Annotated[
        str, typer.Option("--observed-until", help="Column with the last moment the item was looked at.")
    ],
    as_json: AsJson = False,
) -> None:
    """Say how long items wait, those still open included.

    Kaplan-Meier: an item without an event yet counts as open until it was last seen.
    """
    from prodops.serve.columns import MissingColumnError, read_columns  # lazy: tables
    from prodops.stats.survival import time_to_event  # lazy: numpy

    try:
        rows, problems = _moments(read_columns(file, (start, event, observed_until)))
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {file}.", remedy="Check the path.") from error
    except MissingColumnError as error:
        raise Refusal(str(error), remedy="Name columns as they stand in the header.") from error
    result = time_to_event([row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    if as_json:
        say_json({**_flat(result), "rows": len(rows) + len(problems), "problems": problems})
    else:
        _say(result, problems)


def _moments(
    rows: Iterable[tuple[int, tuple[str, ...]]],
) -> tuple[list[tuple[datetime | None, datetime | None, datetime | None]], list[dict[str, object]]]:
    """Rows as moments; a cell that is no moment is listed with its line and the row is left out."""
    from prodops.text.moments import MomentError, parse_moment  # lazy: next to the tables

    good: list[tuple[datetime | None, datetime | None, datetime | None]] = []
    problems: list[dict[str, object]] = []
    for line, cells in rows:
        try:
            began, ended, until = (parse_moment(cell, tz=UTC) if cell.strip() else None for cell in cells)
        except MomentError as error:
            problems.append(
                {"line": line, "says": str(error), "remedy": "Mend the date; the row was left out."}
            )
            continue
        good.append((began, ended, until))
    return good, problems


def _flat(result: TimeToEvent) -> dict[str, object]:
    """The result with the figures most asked for at the top."""
    return {
        "median_hours": result.median.value,
        "median_hours_low": result.median.low,
        "median_hours_high": result.median.high,
        "share_open": {str(hours): share for hours, share in result.share_open.items()},
        "median_hours_of_ended_alone": result.median_of_ended.value,
        "n": result.n,
        "events": result.events,
        "open": result.open_rows,
        "event_after_observation": result.as_open,
        "left_out": result.left_out,
        "method": result.median.method,
    }


def _say(result: TimeToEvent, problems: list[dict[str, object]]) -> None:
    typer.echo(f"Half have had the event by: {told(result.median)}")
    typer.echo(
        f"Counting only those that have had it would say: {told(result.median_of_ended)}, which is too short."
    )
    rows: list[tuple[object, ...]] = [
        (f"{hours} h", told(share, with_n=False)) for hours, share in result.share_open.items()
    ]
    typer.echo(table(("After", "Still open"), rows))
    typer.echo(f"{result.n:,} rows used: {result.events:,} with the event, {result.open_rows:,} still open.")
    for reason, count in result.left_out.items():
        if count:
            typer.echo(f"{count:,} rows left out: {reason}")
    for one in problems[:PROBLEMS_SHOWN]:
        typer.echo(f"  line {one['line']}: {one['says']} {one['remedy']}")
    if len(problems) > PROBLEMS_SHOWN:
        typer.echo(f"  and {len(problems) - PROBLEMS_SHOWN:,} more rows like these")
