"""Tools, seats and payments, and the roadmap beside the tracker, as tables: tools/*.csv."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

from prodops.simulate.dice import Dice
from prodops.simulate.period import day_of, iso, iso_day
from prodops.simulate.tools import RECENT_DAYS, Line, Tool, lines_of, tools_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.world import World

TOOLS = ("tool", "owner", "purpose", "seats", "seats used", "annual cost", "currency", "renews on", "status")
SEATS = ("tool", "user", "assigned on", "last used", "observed until")
SPEND = ("tool", "month", "amount", "currency")
SHEET = ("item", "stage", "updated on", "updated by", "team", "quarter", "note")
CURRENCY = "EUR"
LISTED = ("Designer", "Data", "Operations")
"""Kinds of people, beside PMs, whose seats the export lists."""

NEVER = 0.5
"""Share of unused seats that were never used at all."""

MONTHS = 12


def write(world: World, folder: Folder) -> None:
    """Write the four tables."""
    tools = tools_of(world)
    folder.write("tools/tools.csv", _table(TOOLS, (_tool(world, tool) for tool in tools)))
    folder.write("tools/seats.csv", _table(SEATS, _seats(world, tools)))
    folder.write("tools/spend.csv", _table(SPEND, _spend(world, tools)))
    folder.write("tools/roadmap.csv", _table(SHEET, _sheet(world, lines_of(world))))


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as text."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return out.getvalue()


def _tool(world: World, tool: Tool) -> tuple[str, ...]:
    """One tool."""
    return (
        tool.name,
        world.roster.people[tool.owner].email if tool.owner >= 0 else "",
        tool.purpose,
        str(tool.seats_paid),
        str(tool.seats_used),
        str(tool.seats_paid * tool.price_eur),
        CURRENCY,
        iso_day(world.period.last_day + tool.renews_in_days),
        "in use",
    )


def _seats(world: World, tools: list[Tool]) -> Iterator[tuple[str, ...]]:
    """The seats of product people, with the day of their last use."""
    dice = Dice(world.seed, "seats")
    until = world.period.last_day
    people = [*world.roster.pms, *(person for kind in LISTED for person in world.roster.groups[kind])]
    for tool in tools:
        holders = sorted(
            dice.picks(people, max(2, round(len(people) * tool.seats_paid / world.stage.people)))
        )
        for holder in holders:
            person = world.roster.people[holder]
            given = max(person.started_on, until - dice.whole(100, 700))
            last = iso_day(until - dice.whole(0, RECENT_DAYS - 1))
            if not dice.chance(tool.seats_used / tool.seats_paid):
                idle = until - dice.whole(RECENT_DAYS + 1, 3 * RECENT_DAYS)
                last = "" if dice.chance(NEVER) or idle < given else iso_day(idle)
            yield (tool.name, person.email, iso_day(given), last, iso_day(until))


def _spend(world: World, tools: list[Tool]) -> Iterator[tuple[str, ...]]:
    """What was paid in each of the last months."""
    last = date.fromordinal(world.period.last_day)
    for tool in tools:
        for back in reversed(range(MONTHS)):
            year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
            paid = tool.seats_paid * tool.price_eur / 12
            yield (tool.name, f"{year}-{month + 1:02d}", f"{paid:.2f}", CURRENCY)


def _sheet(world: World, lines: list[Line]) -> Iterator[tuple[str, ...]]:
    """The roadmap, a row each time somebody typed."""
    dice = Dice(world.seed, "sheet notes")
    texts = world.texts.ventures.tools
    for line in lines:
        day = date.fromordinal(day_of(line.moment))
        if line.moment <= world.period.exported_at:
            yield (
                line.title,
                texts.stages[line.stage],
                iso(line.moment),
                world.roster.people[line.by].email,
                world.roster.teams[line.team].name,
                f"{day.year} Q{(day.month - 1) // 3 + 1}",
                dice.pick(texts.notes) if line.copied else "",
            )
