"""Lines of an IRC log: when, who, what was said, as the usual clients and bots write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 20_000
"""Characters of a line that are read."""

_MOMENT = (
    r"(?:\[?(?P<day>\d{4}-\d\d-\d\d)?[T ]?(?P<hour>\d{1,2}:\d\d)(?::\d\d)?"
    r"(?:[.,]\d{1,6})?Z?(?:[+-]\d\d:?\d\d)?\]?\s+)?"
)
_SAID = re.compile(rf"\s{{0,8}}{_MOMENT}<\s?(?P<nick>[^\s<>]{{1,40}})\s?>(?:\s(?P<words>.*))?$")
_DID = re.compile(rf"\s{{0,8}}{_MOMENT}\*\s(?P<nick>[^\s*<>:]{{1,40}})\s(?P<words>.+)$")
_NOTICE = re.compile(rf"\s{{0,8}}{_MOMENT}(?:-->|<--|---|-!-|\*\*\*|={{3}}|\*)(?:\s|$)")
_COLOURS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a log.

    Attributes:
        number: Its number in the file, from 1.
        nick: Who; empty for a notice of the server.
        words: What was said.
        day: The day the line bears, as written; usually empty.
        hour: The hour and minute it bears, as `14:05`; empty when it bears none.
        acting: Whether it is what somebody is said to do, which no command is.
        readable: Whether it has the shape of a log's line.
    """

    number: int
    nick: str
    words: str
    day: str = ""
    hour: str = ""
    acting: bool = False
    readable: bool = True


def lines_of(text: str) -> Iterator[Said]:
    """The lines of a log, empty ones left out, without the colours and control signs of IRC."""
    for number, written in enumerate(text.split("\n"), 1):
        row = _COLOURS.sub("", written[:LONGEST_LINE].replace("\t", " ")).rstrip()
        if row.strip():
            yield _line(number, row)


def _line(number: int, row: str) -> Said:
    said = _SAID.match(row)
    found = said or _DID.match(row)
    if found:
        return Said(
            number,
            found["nick"],
            (found["words"] or "").strip(),
            found["day"] or "",
            found["hour"] or "",
            acting=said is None,
        )
    return Said(number, "", row.strip(), readable=bool(_NOTICE.match(row)))
