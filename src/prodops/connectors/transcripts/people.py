"""Who came: rows of a report put together by person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from prodops.connectors.transcripts.reports import Line
from prodops.connectors.transcripts.spans import read_minutes
from prodops.ledger.record import PersonId, person_id
from prodops.text.moments import MomentError, parse_moment

_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_ROLES = frozenset(
    {
        "guest",
        "external",
        "unverified",
        "host",
        "co-host",
        "me",
        "host, me",
        "presenter",
        "organizer",
        "gast",
        "extern",
    }
)
_YES = frozenset({"yes", "y", "true", "ja", "oui", "sí", "si"})
_COMES = frozenset({"joined", "joined before", "beigetreten", "a rejoint", "se unió"})


@dataclass(slots=True)
class Present:
    """One person who came.

    Attributes:
        handle: Address, account or name, whichever the report has first in this order.
        first: The place of the first row among the lines.
        spans: When the person came and went, row by row; None where a row does not say.
        minutes_each: How long, row by row; None where a row does not say.
        since: When the person came, in reports that tell coming and going apart.
    """

    handle: str
    first: int
    spans: list[tuple[datetime, datetime] | None] = field(default_factory=list)
    minutes_each: list[float | None] = field(default_factory=list)
    since: datetime | None = None

    @property
    def minutes(self) -> float | None:
        """How long in all; time on two devices at once counts once. None when the report does not say."""
        spans = [span for span in self.spans if span]
        if len(self.spans) > 1 and len(spans) == len(self.spans):
            return _union_minutes(spans)
        known = [each for each in self.minutes_each if each is not None]
        if known:
            return round(sum(known), 2)
        return _union_minutes(spans) if spans else None


def read_present(lines: Iterable[Line]) -> list[Present]:
    """The people of a report in the order of their first rows."""
    people: dict[PersonId, Present] = {}
    for place, line in enumerate(lines):
        handle = handle_of(line)
        if not handle:
            continue
        person = people.setdefault(person_id(handle), Present(handle, place))
        if "action" in line.cells:
            _come_or_go(person, line.cells)
        else:
            person.minutes_each.append(read_minutes(line.cells.get("minutes", "")))
            person.spans.append(_span(line.cells))
    return list(people.values())


def handle_of(line: Line) -> str:
    """What names the person of a row; empty for a row about nobody, or about somebody who was not let in."""
    cells = line.cells
    if line.why or is_waiting(line):
        return ""
    return cells.get("email") or cells.get("account") or _name(cells)


def is_waiting(line: Line) -> bool:
    """Whether the row is about somebody in the waiting room."""
    return line.cells.get("waiting", "").casefold() in _YES


def _name(cells: Mapping[str, str]) -> str:
    name = " ".join(part for part in (cells.get("name", ""), cells.get("surname", "")) if part)
    aside = _ASIDE.search(name)
    while aside and (aside[1].strip().casefold() in _ROLES or "/" in aside[1]):
        name = name[: aside.start()]
        aside = _ASIDE.search(name)
    # Zoom writes the name of the account behind a name that was changed for the meeting.
    return aside[1].strip() if aside and "renamed" in cells and aside[1].strip() else name.strip()


def _come_or_go(person: Present, cells: Mapping[str, str]) -> None:
    """Reports of 2020 have a row for each coming and each going."""
    moment = _moment(cells.get("moment", ""))
    if cells["action"].casefold() in _COMES:
        person.since = person.since or moment
    elif person.since and moment and moment >= person.since:
        person.spans.append((person.since, moment))
        person.since = None


def _span(cells: Mapping[str, str]) -> tuple[datetime, datetime] | None:
    joined, left = _moment(cells.get("joined", "")), _moment(cells.get("left", ""))
    return (joined, left) if joined and left and joined <= left else None


def _moment(text: str) -> datetime | None:
    """A time of the report; only differences count, so the zone does not matter."""
    try:
        return parse_moment(text, tz=UTC) if text else None
    except MomentError:
        return None


def _union_minutes(spans: list[tuple[datetime, datetime]]) -> float:
    seconds, until = 0.0, datetime.min.replace(tzinfo=UTC)
    for joined, left in sorted(spans):
        begin = max(joined, until)
        seconds += max((left - begin).total_seconds(), 0.0)
        until = max(until, left)
    return round(seconds / 60, 2)
