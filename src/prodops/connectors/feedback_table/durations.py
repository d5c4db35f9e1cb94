"""How long an answer or a solution took, for exports that give no moment: `First response time (in hrs)`."""

from __future__ import annotations

import re
from datetime import timedelta

from prodops.text.numbers import NumberError, parse_number

_FIRST_ANSWER = re.compile(
    r"\bfirst (?:\w+ )?(?:reply|response|answer) time\b|\btime to first (?:\w+ )?(?:reply|response|answer)\b|"
    r"\bfirst (?:reply|response|answer) (?:in )?(?:minutes?|mins?|hours?|hrs?|days?|seconds?|secs?)\b"
)
_SOLVED = re.compile(
    r"\b(?:full )?resolution time\b|\btime to (?:full )?(?:resolution|resolve|close|solve)\b"
)
_NOT_ELAPSED = re.compile(r"\b(?:business|working|sla|target|average|avg|median|mean|goal)\b")
"""Words of a column that holds working hours, a promise or a mean: no moment follows from it."""
_UNITS = (
    (re.compile(r"\b(?:seconds?|secs?|s)\b"), 1.0),
    (re.compile(r"\b(?:minutes?|mins?|m)\b"), 60.0),
    (re.compile(r"\b(?:hours?|hrs?|h)\b"), 3_600.0),
    (re.compile(r"\b(?:days?|d)\b"), 86_400.0),
)
_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?")
_LONGEST_SECONDS = 50 * 366 * 86_400.0


class DurationError(ValueError):
    """A cell that is no duration."""


def lag_field(name: str) -> str:
    """The field that a column of durations fills, by its name in words; empty when it is none."""
    if _NOT_ELAPSED.search(name):
        return ""
    if _FIRST_ANSWER.search(name):
        return "first_answer_lag"
    return "solved_lag" if _SOLVED.search(name) else ""


def unit_seconds(name: str) -> float | None:
    """The seconds in the unit that a column's name says; None when it says none."""
    return next((seconds for unit, seconds in _UNITS if unit.search(name)), None)


def read_duration(cell: str, unit: float | None) -> timedelta:
    """The duration in a cell: `12:30:00` and `12:30` are hours, minutes and seconds, a number is in the unit.

    Raises:
        DurationError: It is neither, it is negative or beyond 50 years, or a number has no unit.
    """
    clock = _CLOCK.fullmatch(cell)
    if clock:
        seconds = int(clock[1]) * 3_600.0 + int(clock[2]) * 60 + int(clock[3] or 0)
    else:
        try:
            number = parse_number(cell)
        except NumberError as error:
            raise DurationError(f"not a duration: {cell[:40]!r}") from error
        if unit is None:
            raise DurationError(f"neither the column nor the cell says the unit of {cell[:40]!r}")
        seconds = number * unit
    if not 0 <= seconds <= _LONGEST_SECONDS:
        raise DurationError(f"no possible duration: {cell[:40]!r}")
    return timedelta(seconds=seconds)
