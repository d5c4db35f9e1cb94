"""Calendars for tests: the files of our cases, calendars written line by line, and what came of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from prodops.connectors.ics.parse import parse
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.ledger.rituals import Invitee, Meeting, Series

CASES = Path(__file__).parent / "cases" / "ics"
PATHS = sorted(CASES.iterdir())


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def calendar(*events: str, head: str = "", name: str = "calendar.ics") -> SourceFile:
    """A calendar of events given as lines between BEGIN and END."""
    blocks = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return SourceFile(
        name=name, content=f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{blocks}END:VCALENDAR\n".encode()
    )


def records(file: SourceFile, of: type[Record] = Meeting) -> list[Record]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, of)]


def meetings(file: SourceFile) -> list[Meeting]:
    return [record for record in records(file) if isinstance(record, Meeting)]


def titled(file: SourceFile, title: str) -> Meeting:
    return next(one for one in meetings(file) if one.title == title)


def invitees(file: SourceFile) -> list[Invitee]:
    return [record for record in records(file, Invitee) if isinstance(record, Invitee)]


def all_series(file: SourceFile) -> list[Series]:
    return [record for record in records(file, Series) if isinstance(record, Series)]


def codes(file: SourceFile, *, lost: bool | None = None) -> list[str]:
    return [one.code for entry in parse(file) for one in entry.problems if lost is None or one.lost is lost]


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
