"""Graph events for tests: the files of our cases, events written field by field, and what came of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from prodops.connectors.graph.parse import parse
from prodops.ledger.reading import SourceFile
from prodops.ledger.record import Record
from prodops.ledger.rituals import Invitee, Meeting

CASES = Path(__file__).parent / "cases" / "graph"
PATHS = sorted(CASES.iterdir())
PAGES = "calendar_view_pages.jsonl"
SERIES = "040000008200E00074C5B7101A82E00800000000" + "00000000A1B2C3D4"


def case(name: str) -> SourceFile:
    return SourceFile(name=name, content=(CASES / name).read_bytes())


def written(*events: dict[str, object], name: str = "events.json") -> SourceFile:
    return SourceFile(name=name, content=json.dumps({"value": list(events)}).encode())


def event(**fields: object) -> dict[str, object]:
    times = {"start": {"dateTime": "2024-01-01T10:00:00"}, "end": {"dateTime": "2024-01-01T11:00:00"}}
    zoned = {name: {**each, "timeZone": "UTC"} for name, each in times.items()}
    return {"iCalUId": "a", "id": "1", "subject": "Sync", "type": "singleInstance", **zoned, **fields}


def series(
    pattern: dict[str, object], span: dict[str, object] | None = None, **fields: object
) -> dict[str, object]:
    recurrence = {"pattern": pattern, "range": span or {"type": "numbered", "numberOfOccurrences": 3}}
    return event(type="seriesMaster", recurrence=recurrence, **fields)


def person(address: str, response: str = "none", kind: str = "required") -> dict[str, object]:
    return {"type": kind, "status": {"response": response}, "emailAddress": {"name": "", "address": address}}


def of_type(file: SourceFile, wanted: type[Record]) -> list[Record]:
    return [record for entry in parse(file) for record in entry.records if isinstance(record, wanted)]


def meetings(file: SourceFile) -> list[Meeting]:
    return [record for record in of_type(file, Meeting) if isinstance(record, Meeting)]


def invitees(file: SourceFile) -> list[Invitee]:
    return [record for record in of_type(file, Invitee) if isinstance(record, Invitee)]


def titled(file: SourceFile, title: str) -> list[Meeting]:
    return [one for one in meetings(file) if one.title == title]


def codes(file: SourceFile) -> list[str]:
    return [one.code for entry in parse(file) for one in entry.problems]


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def days(file: SourceFile, title: str = "Sync") -> list[str]:
    return [f"{one.starts_at:%m-%d %H}" for one in titled(file, title)]
