"""Rituals of an OpenStack-style registry: `project`, `meeting_id`, `agenda_url` and a `schedule`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Literal

from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, RecordId
from prodops.ledger.rituals import RitualListing
from prodops.text.cadence import every_days, on_demand
from prodops.text.dated_names import day_in_name
from prodops.text.decoding import decode, looks_binary
from prodops.text.documents import DocumentError, read_yaml
from prodops.text.moments import MomentError, parse_day
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "snapshot"

_PROJECT = re.compile(r"^[ \t]*(?:-[ \t]+)?[\"']?project[\"']?[ \t]*:", re.MULTILINE)
_SCHEDULE = re.compile(r"^[ \t]*(?:-[ \t]+)?[\"']?schedule[\"']?[ \t]*:", re.MULTILINE)
_OTHERS = tuple(
    re.compile(rf"^[ \t]*(?:-[ \t]+)?[\"']?{name}[\"']?[ \t]*:", re.MULTILINE)
    for name in ("meeting_id", "agenda_url", "chair", "frequency", "day", "irc")
)
_SURE_AT = 3
_QUOTED_CHARS = 60


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a ritual with a project and a schedule, whatever its name."""
    head = file.head
    if not (_PROJECT.search(head) and _SCHEDULE.search(head)):
        return 0.0
    others = sum(other.search(head) is not None for other in _OTHERS)
    return 0.95 if others >= _SURE_AT else 0.3 * others / _SURE_AT


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one listing for each slot of the schedule: two slots in alternate weeks are two listings.

    The day of the snapshot is taken from the name of the file or of a folder around it.
    """
    if looks_binary(file.content):
        yield _lost(file, "file", "bad_yaml", "it is not text")
        return
    listed_on = day_in_name(file.name)
    notes = () if listed_on else (_undated(file),)
    seen: set[str] = set()
    try:
        for document in read_yaml(decode(file.content).text):
            for ritual in document if isinstance(document, list) else [document]:
                for entry in _ritual(file, ritual, listed_on):
                    yield _unique(file, replace(entry, problems=(*notes, *entry.problems)), seen)
                    notes = ()
    except DocumentError as error:
        place = f"line {error.line}" if error.line else "file"
        yield _lost(file, place, "bad_yaml", str(error)[:200])


def _ritual(file: SourceFile, ritual: object, listed_on: date | None) -> Iterator[Entry]:
    place = f"line {getattr(ritual, 'line', 1)}"
    if not isinstance(ritual, dict) or not isinstance(ritual.get("schedule"), list):
        yield _lost(file, place, "wrong_type", "a ritual is a mapping with a schedule, which is a list")
        return
    if not ritual["schedule"]:
        yield Entry(locator=place, unused="ritual without a slot in its schedule")
    for at, slot in enumerate(ritual["schedule"]):
        if isinstance(slot, dict):
            yield _listing(file, ritual, slot, listed_on)
        else:
            yield _lost(
                file, f"{place}, schedule[{at}]", "wrong_type", "a slot is a mapping with day and time"
            )


def _listing(
    file: SourceFile, ritual: dict[str, object], slot: dict[str, object], listed_on: date | None
) -> Entry:
    locator = f"line {getattr(slot, 'line', 1)}"
    title = _text(ritual.get("project")) or _text(ritual.get("meeting_id")) or file.stem
    key = fold(_text(ritual.get("meeting_id")) or title).replace(" ", "-")[:80]
    day, time, frequency = (_text(slot.get(name)) for name in ("day", "time", "frequency"))
    moment = listed_on.isoformat() if listed_on else "undated"
    place = fold(f"{day}-{time}-{frequency}").replace(" ", "-")[:80]
    started, notes = _start(file, locator, _text(slot.get("start_date")))
    days = every_days(frequency) or every_days(day)
    if frequency and days is None and not on_demand(frequency):
        notes = (*notes, _unclear(file, locator, frequency))
    record = RitualListing(
        id=RecordId(f"openstack_rituals:listing:{moment}:{key}:{place}"),
        cite=Citation(file.name, locator),
        registry="openstack",
        group=_text(ritual.get("meeting_id")) or title,
        title=Prose(title),
        day=day,
        time=time,
        tz="UTC",
        frequency=frequency,
        every_days=days,
        listed_on=listed_on,
        starts_on=started,
        notes_url=_text(ritual.get("agenda_url")),
    )
    return Entry(locator=locator, records=(record,), problems=notes)


def _start(file: SourceFile, locator: str, written: str) -> tuple[date | None, tuple[Problem, ...]]:
    if not written:
        return None, ()
    try:
        return parse_day(written), ()
    except MomentError as error:
        bad = problem(
            file.name,
            locator,
            "bad_date",
            says=f"start_date is {str(error)[:_QUOTED_CHARS]}",
            remedy="write it as 2024-01-31",
            lost=False,
        )
        return None, (bad,)


def _unique(file: SourceFile, entry: Entry, seen: set[str]) -> Entry:
    for record in entry.records:
        if record.id in seen:
            twice = problem(
                file.name,
                entry.locator,
                "duplicate_id",
                says="the same slot stands in the schedule twice",
                remedy="remove one of the two, or tell them apart by day, time or frequency",
            )
            return replace(entry, records=(), problems=(*entry.problems, twice))
        seen.add(record.id)
    return entry


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _undated(file: SourceFile) -> Problem:
    return problem(
        file.name,
        "file",
        "no_snapshot_date",
        says="nothing says on which day the registry looked like this",
        remedy="put the files of one day into a folder named after it, such as 2024-01-31",
        lost=False,
    )


def _unclear(file: SourceFile, locator: str, frequency: str) -> Problem:
    return problem(
        file.name,
        locator,
        "unknown_frequency",
        says=f"the frequency {frequency[:_QUOTED_CHARS]!r} names no period",
        remedy="write how often it is held, such as weekly, biweekly-odd or first Monday of the month",
        lost=False,
    )


def _lost(file: SourceFile, place: str, code: str, says: str) -> Entry:
    remedy = "compare it with another ritual of the registry; a YAML checker shows the place"
    return Entry(locator=place, problems=(problem(file.name, place, code, says=says, remedy=remedy),))
