"""A page as text: fits the terminal, says its numbers with interval and n, and cites its records."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from functools import singledispatch

from prodops.checks.finding import Evidence
from prodops.pages.blocks import (
    Behind,
    Block,
    Cell,
    Chart,
    Claim,
    Figure,
    Group,
    Onward,
    Page,
    Points,
    Proposal,
    Section,
    Start,
    Table,
    Words,
)
from prodops.serve.shown.bars import bar_lines
from prodops.serve.shown.doings import doings_of
from prodops.serve.shown.lines import harmless, padded, width, wrapped
from prodops.serve.shown.text_tables import table_lines
from prodops.serve.shown.worded import asked, estimated, one_source, place, short_source
from prodops.stats.estimate import Estimate

MAX_WIDTH = 100
MIN_WIDTH = 40
CITED = 3
OTHERS = 8
"""Further places of a finding that are named; the report and JSON have all of them."""

INDENT = " " * 7


def as_text(page: Page, *, columns: int | None = None) -> str:
    """The page as text without any escape sequence.

    Args:
        page: The page.
        columns: Columns to fit, at least 40; the terminal's, at most 100, when None.
    """
    given = columns or min(MAX_WIDTH, shutil.get_terminal_size((MAX_WIDTH, 24)).columns)
    room = max(MIN_WIDTH, given)
    lines = [*_headed(page, room), "", *wrapped(harmless(page.lead), room)]
    if page.waits:
        lines += ["", *wrapped(harmless(page.waits), room)]
    for section in page.sections:
        lines += _section(section, room)
    return "\n".join(lines) + "\n"


def _headed(page: Page, room: int) -> list[str]:
    title, day = harmless(page.title), page.today.isoformat()
    if width(title) + len(day) + 2 > room:
        return [*wrapped(title, room), "═" * room]
    return [title + padded(day, room - width(title), right=True), "═" * room]


def _section(section: Section, room: int) -> list[str]:
    heading = wrapped(harmless(section.heading), room)
    lines = ["", *heading, "─" * max(map(width, heading))]
    before: Block | None = None
    for block in section.blocks:
        if before is not None and not _close(before, block):
            lines.append("")
        lines += _shown(block, room)
        before = block
    return lines


def _close(before: Block, block: Block) -> bool:
    """Whether two blocks belong together so much that no line is left between them."""
    return isinstance(block, (Figure, Points)) and isinstance(before, (Figure, Words))


@singledispatch
def _shown(block: object, room: int) -> list[str]:
    raise TypeError(f"no text for {type(block).__name__} in {room} columns")


@_shown.register
def _(block: Words, room: int) -> list[str]:
    mark = "! " if block.tone == "warning" else ""
    return wrapped(harmless(block.text), room, first=mark, rest=" " * len(mark))


@_shown.register
def _(block: Points, room: int) -> list[str]:
    lines: list[str] = []
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}. " if block.ordered else "· "
        lines += wrapped(harmless(item), room, first=mark, rest=" " * len(mark))
    return lines


@_shown.register
def _(block: Figure, room: int) -> list[str]:
    line = f"{block.label}: {estimated(block.estimate)}"
    return wrapped(harmless(line + (f". {block.note}" if block.note else "")), room, rest="  ")


@_shown.register
def _(block: Chart, room: int) -> list[str]:
    title = wrapped(harmless(block.title), room)
    drawn = _drawn(block.table)
    if drawn is None:
        return [*title, "", *table_lines(block.table, room)]
    more = _further(block.table, drawn)
    lines = [*title, "", *bar_lines([(str(row[0]), row[drawn]) for row in block.table.rows], room)]  # type: ignore[misc]  # the column holds estimates
    return [*lines, "", *table_lines(more, room)] if more else lines


@_shown.register
def _(block: Table, room: int) -> list[str]:
    return table_lines(block, room)


@_shown.register
def _(block: Start, room: int) -> list[str]:
    lines = wrapped(harmless(block.text), room)
    return [*lines, "", *table_lines(block.exports, room), "", *wrapped(f"Load it: {block.command}", room)]


@_shown.register
def _(block: Claim, room: int) -> list[str]:
    head = f"{block.code:<5}  " if block.code else INDENT
    return [
        *wrapped(harmless(block.text), room, first=head, rest=INDENT),
        *_details(block, room),
        *_answered(block, room),
        *_cited(block, room),
    ]


@_shown.register
def _(block: Group, room: int) -> list[str]:
    count = f" ({block.count:,} {'place' if block.count == 1 else 'places'})"
    lines = wrapped(harmless(block.text) + count, room, first=f"{block.code:<5}  ", rest=INDENT)
    lines += _named("Base rate", block.base_rate, room) + _named("Do", block.remedy, room)
    for one in block.claims:
        lines += wrapped(harmless(one.text), room, first=f"{INDENT[:-2]}▸ ", rest=INDENT)
        lines += [*_details(one, room), *_answered(one, room), *_cited(one, room)]
    others = block.rest.rows[:OTHERS] if block.rest is not None else ()
    for row in others:
        lines += wrapped(harmless(str(row[0])), room, first=f"{INDENT[:-2]}▸ ", rest=INDENT)
    left = block.count - len(block.claims) - len(others)
    if left:
        lines.append(f"{INDENT[:-2]}▸ and {left:,} more {'place' if left == 1 else 'places'}")
    return lines


@_shown.register
def _(block: Onward, room: int) -> list[str]:
    return [
        line
        for way in block.ways
        for line in wrapped(harmless(f"{way.text}: {asked(way)}"), room, first="→ ", rest="  ")
    ]


@_shown.register
def _(block: Proposal, room: int) -> list[str]:
    lines = wrapped(harmless(block.text), room, first="▶ ", rest="  ")
    because = ", ".join(block.because)
    told = (("Gives back", estimated(block.hours)), ("Takes", block.effort), ("Because of", because))
    for name, value in told:
        lines += wrapped(harmless(value), room, first=f"  {name:<12}", rest=" " * 14)
    for caveat in block.caveats:
        lines += wrapped(harmless(caveat), room, first="  ! ", rest="    ")
    lines += ["", "How it would be proved:", *_shown(Points(block.proof, ordered=True), room)]
    return [*lines, "", *_shown(Onward(doings_of(block)), room)] if block.because else lines


def _details(one: Claim, room: int) -> list[str]:
    costs = estimated(one.hours) if one.hours else ""
    stake = estimated(one.exposure) if one.exposure else ""
    told = (("Costs", costs), ("At stake", stake), ("Base rate", one.base_rate), ("Do", one.remedy))
    return [line for name, value in told for line in _named(name, value, room)]


def _answered(one: Claim, room: int) -> list[str]:
    """The command of what fits best; the others are listed where the rows behind it are shown."""
    return [line for way in one.doings[:1] for line in _named(way.text, asked(way), room)]


def _named(name: str, value: str, room: int) -> list[str]:
    return wrapped(harmless(f"{name}: {value}"), room, first=INDENT, rest=INDENT + "  ") if value else []


def _cited(one: Claim, room: int) -> list[str]:
    """The first records with their places; the file once, where they share it."""
    shown = one.evidence[:CITED]
    shared = one_source(shown)
    lines = (
        wrapped(harmless(f"In {short_source(shared)}:"), room, first=INDENT, rest=INDENT) if shared else []
    )
    for evidence in shown:
        lines += wrapped(_record(evidence, shared), room, first=INDENT + "· ", rest=INDENT + "  ")
    left = one.evidence_count - len(shown)
    if left > 0 and shown:
        more = f"and {left:,} more {'record' if left == 1 else 'records'}"
        rows = f": {asked(Behind('', one.of))}" if one.of else ""
        lines += wrapped(harmless(more + rows), room, first=INDENT + "· ", rest=INDENT + "  ")
    return lines


def _record(evidence: Evidence, shared: str) -> str:
    where = evidence.cite.locator if shared else place(evidence)
    return harmless(f"{evidence.says} [{where}]" if evidence.says else where)


def _drawn(table: Table) -> int | None:
    """The one column of estimates that can be drawn as bars; None when there are none or several."""
    found = {i for row in table.rows for i, cell in enumerate(row) if isinstance(cell, Estimate)}
    return found.pop() if len(found) == 1 else None


def _further(table: Table, drawn: int) -> Table | None:
    """What the table says besides what is drawn, if it says more than n."""
    kept = [i for i, name in enumerate(table.columns) if i != drawn and name != "n"]
    if len(kept) < 2:
        return None
    rows: Sequence[tuple[Cell, ...]] = [tuple(row[i] for i in kept) for row in table.rows]
    return Table(table.caption, tuple(table.columns[i] for i in kept), tuple(rows), left_out=table.left_out)
