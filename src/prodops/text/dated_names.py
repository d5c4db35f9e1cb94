"""The day that a file's name carries: `sigs-2018-01.yaml`, `2021-03-05/team.yaml`, `export_20240131.csv`."""

from __future__ import annotations

import re
from datetime import date

_YEAR = r"(?<!\d)(?P<y>(?:19|20)\d\d)"
_MONTH = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0[1-9]|[12]\d|3[01])"
_SHAPES = (
    re.compile(rf"{_YEAR}(?P<gap>[\-_.]){_MONTH}(?P=gap){_DAY}(?!\d)"),
    re.compile(rf"{_YEAR}{_MONTH}{_DAY}(?!\d)"),
    re.compile(rf"{_YEAR}[\-_.]{_MONTH}(?![\-_.]?\d)"),
    re.compile(rf"{_YEAR}{_MONTH}(?![\-_.]?\d)"),
)


def day_in_name(name: str) -> date | None:
    """The day in a name, its own part before the folders around it, the innermost folder first.

    A month without a day is its first day. A year alone says too little and counts for nothing.

    Args:
        name: The name with `/` between folders.

    Returns:
        None when the name carries no date, or one that does not exist.
    """
    for part in reversed(name.split("/")):
        for shape in _SHAPES:
            for match in shape.finditer(part):
                found = match.groupdict()
                try:
                    return date(int(found["y"]), int(found["m"]), int(found.get("d") or 1))
                except ValueError:
                    continue
    return None
