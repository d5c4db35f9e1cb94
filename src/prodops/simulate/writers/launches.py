"""The launch plan as a table, and its history: launches/plan.csv and launches/history.csv."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, NamedTuple

from prodops.simulate.dice import Dice
from prodops.simulate.launches import (
    AT_RISK,
    GIVEN_UP,
    LAUNCHED,
    PLANNED,
    Chase,
    Launch,
    chases_of,
    launches_of,
)
from prodops.simulate.period import day_of, iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prodops.simulate.folder import Folder
    from prodops.simulate.texts.library import LaunchTexts
    from prodops.simulate.world import World

PLAN = (
    *("launch id", "launch", "tier", "owner", "team", "first committed", "current date", "launched"),
    *("depends on", "status"),
)
HISTORY = ("launch id", "launch", "date", "change", "item", "from", "to", "comment")


class Row(NamedTuple):
    """One row of the history.

    Attributes:
        day: When, as an ordinal.
        launch: Number of the launch.
        change: What kind of change.
        item: The gate or the other launch.
        before: What stood there.
        after: What stands there since.
        words: A comment.
    """

    day: int
    launch: int
    change: str
    item: str = ""
    before: str = ""
    after: str = ""
    words: str = ""


def write(world: World, folder: Folder) -> None:
    """Write what the plan showed on the day of the export, and how it got there."""
    launches = launches_of(world)
    until = world.period.last_day
    known = [launch for launch in launches if launch.opened <= until]
    folder.write("launches/plan.csv", _table(PLAN, (_plan(world, launch, launches) for launch in known)))
    rows = sorted(_history(world, known, chases_of(world, launches)), key=lambda row: (row.day, row.launch))
    folder.write(
        "launches/history.csv",
        _table(
            HISTORY,
            (
                (launches[row.launch].key, launches[row.launch].name, iso_day(row.day), *row[2:])
                for row in rows
                if row.day <= until
            ),
        ),
    )


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table as text."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(header)
    table.writerows(rows)
    return out.getvalue()


def _plan(world: World, launch: Launch, launches: list[Launch]) -> tuple[str, ...]:
    """One launch as it stood on the day of the export."""
    texts, until = world.texts.ventures.launches, world.period.last_day
    team = world.roster.teams[launch.team]
    noticed = [other for other, day in launch.late if day <= until]
    return (
        launch.key,
        launch.name,
        texts.tiers[launch.tier],
        world.roster.people[team.pm].email,
        team.name,
        iso_day(launch.first),
        iso_day(launch.date_on(until)),
        iso_day(launch.ends) if _state(launch, until) == LAUNCHED else "",
        "; ".join(launches[other].key for other in (*launch.depends, *noticed)),
        texts.statuses[_state(launch, until)],
    )


def _state(launch: Launch, until: int) -> int:
    """How a launch stood on a day."""
    if launch.withdrawn and launch.first <= until:
        return GIVEN_UP
    if launch.ends <= until:
        return LAUNCHED
    return AT_RISK if any(move.day <= until for move in launch.moves) else PLANNED


def _history(world: World, known: list[Launch], chases: list[Chase]) -> Iterator[Row]:
    """Everything that happened, in no order."""
    texts = world.texts.ventures.launches
    dice = Dice(world.seed, "launch history")
    names = {launch.number: launch.name for launch in known}
    opened = {launch.number: launch.opened for launch in known}
    for launch in known:
        yield from _happenings(launch, texts, names, dice)
    for chase in chases:
        if chase.written and chase.launch in names:
            words = dice.pick(texts.chased).format(gate=chase.gate)
            day = max(day_of(chase.piece.moment), opened[chase.launch])
            yield Row(day, chase.launch, "Reminder", chase.gate, texts.waiting, texts.waiting, words)


def _happenings(launch: Launch, texts: LaunchTexts, names: dict[int, str], dice: Dice) -> Iterator[Row]:
    """What happened to one launch, reminders left out."""
    own = launch.number
    for gate in launch.gates:
        yield Row(gate.asked, own, "Gate status", gate.name, "", texts.waiting)
        yield Row(gate.passed, own, "Gate status", gate.name, texts.waiting, texts.passed)
    for move in launch.moves:
        yield Row(move.day, own, "Date moved", "", iso_day(move.before), iso_day(move.after), move.words)
    for other, day in launch.late:
        words = dice.pick(texts.found).format(other=names.get(other, ""))
        yield Row(day, own, "New dependency", names.get(other, ""), words=words)
    if launch.withdrawn:
        yield Row(launch.first, own, "Status", "", texts.statuses[PLANNED], texts.statuses[GIVEN_UP])
    else:
        before = texts.statuses[AT_RISK if launch.moves else PLANNED]
        yield Row(launch.ends, own, "Status", "", before, texts.statuses[LAUNCHED])
