"""Shares of time from the named blocks of a form: hours in the calendar by purpose, and hours outside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from prodops.connectors.interview.shares import leaf_of
from prodops.ledger.reading import Entry, SourceFile, problem
from prodops.text.documents import Mapping
from prodops.text.numbers import NumberError, parse_number

WEEKS = 4.0
"""Weeks that the blocks of a form speak of, where it does not say."""

NO_TIME = "n"
"""Stands for a block on which no time was spent."""

_MOST_HOURS = 5_000.0


class BlocksError(ValueError):
    """A block, or an hour, that cannot be read."""


def shares_of_blocks(
    file: SourceFile, form: dict[str, object], place: str
) -> tuple[dict[str, str], list[Entry]]:
    """The share of each leaf as text, and an entry for each block that cannot be read.

    Hours outside the calendar are hours a week. Blocks without a leaf are of unknown purpose, once any block
    has one. No share where nothing was filled in.

    Args:
        file: The file.
        form: The form: `blocks` with `hours` and `leaf`, `weeks`, `other_hours` by leaf.
        place: Where the form stands.
    """
    spent: defaultdict[str, float] = defaultdict(float)
    lost, filled = [], False
    blocks, other = form.get("blocks"), form.get("other_hours")
    weeks = _weeks(form.get("weeks"))
    for number, block in enumerate(blocks if isinstance(blocks, list) else ()):
        try:
            leaf, hours, told = _block(block)
        except BlocksError as error:
            lost.append(_problem(file, _place(block, f"{place}, blocks[{number}]"), error))
            continue
        spent[leaf] += hours
        filled |= told
    for written, hours_text in other.items() if isinstance(other, dict) else ():
        try:
            leaf, hours = _other(written, hours_text)
        except BlocksError as error:
            lost.append(_problem(file, f"{place}, other_hours", error))
            continue
        spent[leaf] += hours * weeks
        filled |= hours > 0
    return dict(_shares(spent)) if filled else {}, lost


def _shares(spent: dict[str, float]) -> Iterator[tuple[str, str]]:
    counted = {leaf: hours for leaf, hours in spent.items() if leaf and hours > 0}
    whole = sum(counted.values())
    for leaf, hours in counted.items():
        yield leaf, f"{100 * hours / whole:.4f}%"


def _block(block: object) -> tuple[str, float, bool]:
    """Leaf (empty where no time was spent), hours, and whether somebody said what it was for."""
    if not isinstance(block, dict):
        raise BlocksError("a block is a mapping with title, hours and leaf")
    written = block.get("leaf")
    text = written.strip() if isinstance(written, str) else ""
    if not text:
        return "X", _hours(block.get("hours")), False
    if text.casefold() == NO_TIME:
        return "", 0.0, True
    leaf = leaf_of(text)
    if leaf is None:
        raise BlocksError(f"{text[:60]!r} is no leaf of the taxonomy (A1 to C7, X, N)")
    return leaf, _hours(block.get("hours")), True


def _other(written: str, hours: object) -> tuple[str, float]:
    leaf = leaf_of(written)
    if leaf is None:
        raise BlocksError(f"{written[:60]!r} is no leaf of the taxonomy (A1 to C7, X)")
    return leaf, _hours(hours) if isinstance(hours, str) and hours.strip() else 0.0


def _hours(written: object) -> float:
    try:
        hours = parse_number(written) if isinstance(written, str) else -1.0
    except NumberError as error:
        raise BlocksError(str(error)[:120]) from None
    if not 0 <= hours <= _MOST_HOURS:
        raise BlocksError(f"not a number of hours: {str(written)[:40]!r}")
    return hours


def _weeks(written: object) -> float:
    try:
        return max(_hours(written), 1.0)
    except BlocksError:
        return WEEKS


def _place(block: object, otherwise: str) -> str:
    return f"line {block.line}, blocks" if isinstance(block, Mapping) else otherwise


def _problem(file: SourceFile, locator: str, error: BlocksError) -> Entry:
    remedy = "write one of the leaves that the form lists, and hours as a number"
    return Entry(
        locator=locator,
        problems=(problem(file.name, locator, "bad_block", says=str(error), remedy=remedy),),
    )
