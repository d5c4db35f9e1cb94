"""`prodops effect-items`: what one date changed for items, where a panel of people is too small to tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from prodops.serve.cli import sections
from prodops.serve.cli.options import AsJson
from prodops.serve.cli.output import Refusal, say_json
from prodops.serve.shown.lines import harmless, wrapped

if TYPE_CHECKING:
    from prodops.impact.item_change import Item, ItemChange, Kind

PROBLEMS_SHOWN = 8
COLUMNS = 100

Table = Annotated[Path, typer.Argument(help="A CSV, TSV or workbook with one row an item.")]
When = Annotated[str, typer.Option("--when", help="Column with the moment an item came in or was timed.")]
TreatedFrom = Annotated[str, typer.Option("--treated-from", help="The day the change began.")]
KindName = Annotated[
    str,
    typer.Option(
        "--kind",
        help="minutes: how long an item takes (--value); count: items a week; "
        "waiting: the share still open after some hours (--event).",
    ),
]
Value = Annotated[str, typer.Option("--value", help="Column with the minutes an item took.")]
Event = Annotated[str, typer.Option("--event", help="Column with the moment it was done; empty while open.")]
ObservedUntil = Annotated[
    str, typer.Option("--observed-until", help="Column, or one moment, until which items were looked at.")
]
AfterHours = Annotated[
    float, typer.Option("--after-hours", help="Hours after which the share open is compared.", min=0)
]
ItemsAWeek = Annotated[
    float, typer.Option("--items-a-week", help="Items a week now, to tell the hours saved.", min=0)
]


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that could not be used: its line, what is wrong, and what to do."""

    line: int
    says: str
    remedy: str


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("effect-items", rich_help_panel=sections.ACT)(effect_items)


def effect_items(
    file: Table,
    when: When,
    treated_from: TreatedFrom,
    kind: KindName,
    *,
    value: Value = "",
    event: Event = "",
    observed_until: ObservedUntil = "",
    after_hours: AfterHours = 72.0,
    items_a_week: ItemsAWeek = 0.0,
    as_json: AsJson = False,
) -> None:
    """Say what one date changed for items: minutes an item, items a week, or how many still wait.

    Below about twenty people a quick win does not show on the share of their time; on its own items it does.
    One date and nobody to compare with is grade C at best.
    """
    from prodops.impact.item_change import item_change, sentence  # lazy: numpy

    asked = _kind(kind, value, event)
    date = _moment(treated_from, "--treated-from")
    items, faults = _items(file, (when, value, event, observed_until), asked)
    found = item_change(items, date, asked, items_a_week=items_a_week or None, after_hours=after_hours)
    claim = sentence(found, f"{date:%Y-%m-%d}")
    if as_json:
        say_json(_flat(found, claim, faults))
    else:
        typer.echo("\n".join(_told(found, claim, faults)))


def _kind(told: str, value: str, event: str) -> Kind:
    from prodops.impact.item_change import KINDS  # lazy: numpy

    kind = KINDS.get(told)
    if kind is None:
        raise Refusal(f"--kind {told[:40]!r} is none.", remedy="Say minutes, count or waiting.")
    if kind == "minutes" and not value:
        raise Refusal("--kind minutes needs the minutes.", remedy="Name their column by --value.")
    if kind == "waiting" and not event:
        raise Refusal("--kind waiting needs to know when items ended.", remedy="Name the column by --event.")
    return kind


def _moment(text: str, option: str) -> datetime:
    from prodops.text.moments import MomentError, parse_moment  # lazy: next to the tables

    try:
        return parse_moment(text, tz=UTC)
    except MomentError as error:
        raise Refusal(f"{option}: {error}.", remedy="Write a day, as 2026-03-02.") from error


def _items(file: Path, names: tuple[str, str, str, str], kind: Kind) -> tuple[list[Item], list[Fault]]:
    """The items of a table; rows that cannot be read apart."""
    when, value, event, until = names
    wanted = [when]
    wanted += [value] if kind == "minutes" else []
    wanted += [event] if kind == "waiting" else []
    own = kind == "waiting" and bool(until) and _has(file, until)
    fixed = None if own or kind != "waiting" or not until else _moment(until, "--observed-until")
    wanted += [until] if own else []
    good: list[Item] = []
    faults: list[Fault] = []
    for line, cells in _rows(file, tuple(wanted)):
        read = _item(cells, kind, fixed)
        if isinstance(read, str):
            faults.append(Fault(line, read, "Mend the cell; the row was left out."))
        else:
            good.append(read)
    return good, faults


def _item(cells: tuple[str, ...], kind: Kind, fixed: datetime | None) -> Item | str:
    """An item, or what is wrong with its row."""
    from prodops.impact.item_change import Item  # lazy: numpy
    from prodops.text.moments import MomentError, parse_moment  # lazy: next to the tables
    from prodops.text.numbers import NumberError, parse_number  # lazy: next to the tables

    try:
        came = parse_moment(cells[0], tz=UTC)
        if kind == "count":
            return Item(came)
        if kind == "minutes":
            minutes = parse_number(cells[1]) if cells[1].strip() else None
            return Item(came, minutes) if minutes is None or minutes >= 0 else "minutes below nought"
        ended, until = (parse_moment(cell, tz=UTC) if cell.strip() else None for cell in (*cells[1:], "")[:2])
        return Item(came, None, ended, until or fixed)
    except (MomentError, NumberError) as error:
        return str(error)


def _has(file: Path, column: str) -> bool:
    try:
        next(iter(_rows(file, (column,))), None)
    except Refusal:
        return False
    return True


def _rows(file: Path, names: tuple[str, ...]) -> Iterable[tuple[int, tuple[str, ...]]]:
    from prodops.serve.columns import MissingColumnError, read_columns  # lazy: tables

    try:
        return list(read_columns(file, names))
    except FileNotFoundError as error:
        raise Refusal(f"There is no file {file}.", remedy="Check the path.") from error
    except IsADirectoryError as error:
        raise Refusal(f"{file} is a folder.", remedy="Name the table inside it.") from error
    except MissingColumnError as error:
        raise Refusal(str(error), remedy="Name columns as they stand in the header.") from error


def _flat(found: ItemChange, claim: str, faults: list[Fault]) -> dict[str, object]:
    """The answer with the figures most asked for at the top."""
    return {
        "estimate": found.change.value,
        "low": found.change.low,
        "high": found.change.high,
        "grade": found.grade,
        "claim": claim,
        "claims_effect": found.shown,
        "kind": found.kind,
        "n": found.change.n,
        "method": found.change.method,
        "because": found.change.because,
        "before": found.before,
        "after": found.after,
        "saved": found.saved,
        "cut_at_the_date": found.cut,
        "left_out": found.left_out,
        "problems": faults,
    }


def _told(found: ItemChange, claim: str, faults: list[Fault]) -> list[str]:
    lines = [*wrapped(harmless(claim, longest=2_000), COLUMNS), "", f"Grade {found.grade}: {_why(found)}."]
    if found.cut:
        said = f"{found.cut:,} items from before were open on the date and count as open on that day."
        lines += wrapped(said, COLUMNS)
    if found.left_out:
        lines.append(f"{found.left_out:,} items could not be used.")
    for one in faults[:PROBLEMS_SHOWN]:
        lines += wrapped(
            harmless(f"line {one.line}: {one.says}. {one.remedy}"), COLUMNS, first="  ", rest="    "
        )
    rest = len(faults) - PROBLEMS_SHOWN
    return [*lines, f"  and {rest:,} more; --json has them all"] if rest > 0 else lines


def _why(found: ItemChange) -> str:
    method = found.change.method or found.change.because
    return f"one date and nobody to compare with, {method}"
