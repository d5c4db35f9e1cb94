"""Cells and citations in words: the same in the terminal and in a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prodops.checks.finding import Evidence
from prodops.pages.blocks import Behind, Cell, Doing, Elsewhere
from prodops.stats.estimate import Estimate
from prodops.stats.telling import SHARE, interval, number, quantity, told

LONGEST_PLACE = 64
"""Characters of a file's path that are shown; folders in front are cut first."""

NOT_KNOWN = "not known"

_BARE = re.compile(r"[\w/.@:+~-]+", re.ASCII)
"""What a shell takes as one word."""


def estimated(estimate: Estimate) -> str:
    """An estimate in one phrase; a count that is exact has no interval to tell."""
    if counted(estimate):
        return quantity(estimate.value or 0.0, estimate.unit)
    return told(estimate)


def counted(estimate: Estimate) -> bool:
    """Whether an estimate is an exact count: its interval is the number itself."""
    return estimate.known and estimate.unit != SHARE and estimate.low == estimate.value == estimate.high


def value_of(estimate: Estimate, *, with_unit: bool) -> str:
    """The number of a known estimate: `35%`, `4.2`, `4.2 hours`."""
    value = estimate.value or 0.0
    return quantity(value, estimate.unit) if with_unit else number(value, estimate.unit)


def bounds_of(estimate: Estimate) -> str:
    """The interval of a known estimate in brackets; empty for an exact count."""
    return "" if counted(estimate) else f"({interval(estimate)})"


def one_unit(column: Sequence[Cell]) -> bool:
    """Whether a column's estimates share their unit, so that its header says it once."""
    return len({cell.unit for cell in column if isinstance(cell, Estimate)}) == 1


def reasons(rows: Sequence[Sequence[Cell]]) -> str:
    """Why some cells are not known, once for the whole table; empty when all are."""
    unknown = [cell.because for row in rows for cell in row if isinstance(cell, Estimate) and not cell.known]
    return f"Not known where: {'; '.join(dict.fromkeys(unknown))}." if unknown else ""


def place(evidence: Evidence) -> str:
    """Where a record can be read again: its file without the first folders of a long path, and its place."""
    return f"{short_source(evidence.cite.source)}, {evidence.cite.locator}"


def asked(way: Behind | Elsewhere | Doing) -> str:
    """The command that shows the rows behind something, or a page; or that does something."""
    if isinstance(way, Doing):
        fields = {name: one for name, one in way.fields.items() if name != "undo"}
        each = [
            (name, one)
            for name, said in fields.items()
            for one in ((said,) if isinstance(said, str) else said)
        ]
        said = "".join(f" --{name.replace('_', '-')} {_word(one)}" for name, one in each)
        back = " --undo" if "undo" in way.fields else ""
        return f"prodops act {way.action.replace('_', '-')}{said}{back}"
    if isinstance(way, Elsewhere):
        kind, _, key = way.page.partition("/")
        return f"prodops {kind} {_word(key)}" if key else f"prodops show {kind}"
    of = _word(way.of)
    return f"prodops show evidence --of {of}" + (f" --offset {way.offset}" if way.offset else "")


def _word(text: str) -> str:
    """A text as one word of a shell."""
    return text if _BARE.fullmatch(text) else "'" + text.replace("'", "'\\''") + "'"


def short_source(source: str) -> str:
    """A file's path, its last folders alone where it is long."""
    if len(source) <= LONGEST_PLACE:
        return source
    parts = source.split("/")
    kept = parts[-1]
    for part in reversed(parts[:-1]):
        if len(part) + len(kept) + 3 > LONGEST_PLACE:
            break
        kept = f"{part}/{kept}"
    return f"…/{kept}"


def one_source(evidence: Sequence[Evidence]) -> str:
    """The file that two or more records all lie in; empty when they do not share one."""
    sources = {one.cite.source for one in evidence}
    return next(iter(sources)) if len(evidence) > 1 and len(sources) == 1 else ""
