"""Shares of working time as people write them: percent or parts of one, and whether they add up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prodops.text.numbers import NumberError, parse_number
from prodops.text.words import fold

FAR = 0.1
"""Shares of one person that miss 100% by more are told as a problem."""

LEAVES = {
    "A1": "strategy",
    "A2": "discovery",
    "A3": "decision",
    "B1": "shaping and specification",
    "B2": "delivery coordination",
    "B3": "customer and field",
    "B4": "people",
    "C1": "reporting and status",
    "C2": "tool upkeep",
    "C3": "data wrangling",
    "C4": "feedback triage",
    "C5": "launch logistics",
    "C6": "scheduling and corporate administration",
    "C7": "ai rework",
    "X": "unknown",
}
"""The leaves of the time taxonomy by code."""

_CODE = re.compile(r"([abc][1-9]|x)(?![a-z0-9])")
_BY_NAME = {
    **{name: code for code, name in LEAVES.items()},
    "shaping": "B1",
    "spec": "B1",
    "shaping/spec": "B1",
    "specification": "B1",
    "customer/field": "B3",
    "reporting": "C1",
    "status": "C1",
    "scheduling": "C6",
    "scheduling and corporate admin": "C6",
}


class ShareError(ValueError):
    """Text that is no share of working time."""


def leaf_of(written: str) -> str | None:
    """The code of a leaf written as `A1`, `a1 strategy`, `A1: strategy` or by its name; else None."""
    folded = fold(written)
    code = _CODE.match(folded)
    if code and code[1].upper() in LEAVES:
        return code[1].upper()
    return _BY_NAME.get(folded)


def in_percent(written: Iterable[str]) -> bool:
    """Whether the numbers of one person are percentages: one of those without a sign is more than 1."""
    for one in written:
        try:
            if "%" not in one and parse_number(one) > 1:
                return True
        except NumberError:
            continue
    return False


def share(written: str, *, percent: bool) -> float | None:
    """The share, 0 to 1; None for nothing.

    Args:
        written: The number as written; one with a percent sign is always a percentage.
        percent: Whether numbers without a sign are percentages.

    Raises:
        ShareError: It is no number, or outside 0% to 100%.
    """
    if not written.strip():
        return None
    try:
        value = parse_number(written)
    except NumberError as error:
        raise ShareError(str(error)) from None
    if percent and "%" not in written:
        value /= 100
    if not 0 <= value <= 1:
        raise ShareError(f"not between 0% and 100%: {written[:40]!r}")
    return value


def off_by(shares: Iterable[float | None]) -> float | None:
    """By how much the shares of one person miss 100%, when that is far; None when they add up or are none."""
    given = [one for one in shares if one is not None]
    missed = sum(given) - 1
    return missed if given and abs(missed) > FAR else None
