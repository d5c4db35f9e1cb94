"""Fields of a Graph event, whatever type a damaged or foreign file gives them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from typing import cast

from prodops.text.moments import MomentError, parse_moment
from prodops.text.zones import find_zone

Object = dict[str, object]

_LONGEST_TEXT = 1_000
_FIRST_YEAR, _LAST_YEAR = 1900, 3000
_UTC_NAMES = frozenset({"", "utc", "etc/utc", "z"})


def text(holder: Object, name: str) -> str:
    """A text field on one line and not endless; empty when it is missing or no text."""
    value = holder.get(name)
    if not isinstance(value, str):
        return ""
    line = " ".join(value[: 4 * _LONGEST_TEXT].split())[:_LONGEST_TEXT]
    # JSON can hold half a character (a lone surrogate), which no encoding can write.
    return line.encode("utf-8", "replace").decode()


def word(holder: Object, name: str) -> str:
    """A field that is one of a few words, without case."""
    return text(holder, name).casefold()


def inner(holder: Object, name: str) -> Object:
    """An object inside; empty when it is missing or no object."""
    value = holder.get(name)
    return cast("Object", value) if isinstance(value, dict) else {}


def several(holder: Object, name: str) -> Iterator[Object]:
    """The objects of a list inside; what is no object is passed over."""
    value = holder.get(name)
    for each in value if isinstance(value, list) else ():
        if isinstance(each, dict):
            yield cast("Object", each)


def words(holder: Object, name: str) -> list[str]:
    """The texts of a list inside."""
    value = holder.get(name)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def whole(holder: Object, name: str, *, most: int) -> int:
    """A whole number from 1 up; 0 when it is missing, no such number, or too large."""
    value = holder.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most else 0


def said(holder: Object, name: str) -> bool:
    """Whether a field is true."""
    return holder.get(name) is True


def moment(written: str, zone: tzinfo | None = None) -> datetime | None:
    """A moment in UTC; None when it is none, or in a century that no calendar is about.

    Graph writes 1 January of the year 1 where it has no date.
    """
    try:
        found = parse_moment(written, tz=zone or UTC) if written else None
    except MomentError:
        return None
    return found if found and _FIRST_YEAR <= found.year < _LAST_YEAR else None


def zone(name: str) -> tzinfo | None:
    """The zone of a Windows or IANA name; None when nobody knows it."""
    return UTC if name.casefold() in _UTC_NAMES else find_zone(name)
