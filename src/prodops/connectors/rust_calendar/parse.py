"""Events of a TOML calendar: recurring ones as listings with their start and end, single ones as meetings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from prodops.connectors.rust_calendar.endings import over_by_comment
from prodops.connectors.rust_calendar.times import When, read_when, rule_day, rule_days, rule_words, rules_end
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, PersonId, Prose, RecordId, person_id
from prodops.ledger.rituals import Meeting, RitualListing
from prodops.text.dated_names import day_in_name
from prodops.text.decoding import decode, looks_binary
from prodops.text.documents import DocumentError, read_toml
from prodops.text.moments import MomentError

COVERS: Literal["snapshot", "increment"] = "snapshot"

_EVENTS = re.compile(r"^\[\[\s*events\s*\]\]", re.MULTILINE)
_EVENT_KEYS = tuple(re.compile(rf"^{name}\s*=", re.MULTILINE) for name in ("uid", "start", "title"))
_ZONES = re.compile(r"^\[\[\s*timezones\s*\]\]", re.MULTILINE)
_ZONE_RULE = re.compile(r"^\[\s*timezones\.(?:standard|daylight)\s*\]", re.MULTILINE)
_INCLUDES = re.compile(r"^\[\s*meta\s*\]\s+includes\s*=\s*\[[^\]]*\.toml", re.MULTILINE)
_NOTES = re.compile(r"\b(?:notes|minutes|agenda)\b\W{0,5}(https?://[^\s<>\"']+)", re.IGNORECASE)
_SAFE = re.compile(r"[^\w.:@\-]+")


@dataclass(slots=True)
class _Reading:
    """What is known of the file while its events are read."""

    file: SourceFile
    calendar: str
    listed_on: date | None
    seen: set[str] = field(default_factory=set)


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a calendar in TOML, a table of its time zones, or a list of both."""
    head = file.head
    if _EVENTS.search(head):
        return 0.95 if all(key.search(head) for key in _EVENT_KEYS) else 0.3
    if _ZONES.search(head) and _ZONE_RULE.search(head):
        return 0.9
    return 0.9 if _INCLUDES.search(head) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give a listing for each recurring event and a meeting for each single one; nothing is expanded.

    An event is over by its rule's `until` or `count`. When only a comment or its status says so, the day of
    its last change stands for the end, and a problem says that.
    """
    if looks_binary(file.content):
        yield _lost(file, "file", "bad_toml", "it is not text", "export the calendar again")
        return
    text = decode(file.content).text
    try:
        document = read_toml(text)
    except DocumentError as error:
        place = f"line {error.line}" if error.line else "file"
        yield _lost(
            file, place, "bad_toml", str(error)[:200], "correct the line; a TOML checker shows the place"
        )
        return
    reading = _Reading(file, _text(document.get("name")) or file.stem, day_in_name(file.name))
    held = document.get("events")
    events = held if isinstance(held, list) else []
    marks = list(over_by_comment(text))
    for at, event in enumerate(events):
        line, over = marks[at] if len(marks) == len(events) else (0, False)
        yield _event(reading, f"line {line}" if line else f"events[{at}]", event, over=over)
    yield from _beside(document)


def _beside(document: dict[str, object]) -> Iterator[Entry]:
    meta, zones = document.get("meta"), document.get("timezones")
    includes = meta.get("includes") if isinstance(meta, dict) else None
    if isinstance(includes, list) and includes:
        yield Entry(locator="meta.includes", unused="names of other calendars; add those files as well")
    if isinstance(zones, list) and zones:
        yield Entry(locator="timezones", unused="time zone rules; the time zone database has them")
    if not document.get("events") and not includes and not zones:
        yield Entry(locator="file", unused="calendar without an event")


def _event(reading: _Reading, locator: str, event: object, *, over: bool) -> Entry:
    file = reading.file
    if not isinstance(event, dict):
        return _lost(file, locator, "wrong_type", "an event is a table", "compare it with its neighbours")
    try:
        start = read_when(event.get("start"))
        end = read_when(event["end"]) if "end" in event else None
        rules = event.get("recurrence_rules")
        rules = [rule for rule in rules if isinstance(rule, dict)] if isinstance(rules, list) else []
        entry = (
            _listing(reading, locator, event, (start, rules), over=over)
            if rules
            else _single(reading, locator, event, start, end)
        )
    except MomentError as error:
        return _lost(file, locator, "bad_date", str(error)[:120], "correct the date in the calendar")
    for record in entry.records:
        if record.id in reading.seen:
            return _lost(
                file,
                locator,
                "duplicate_id",
                "an event with this uid stands above",
                "give it a uid of its own",
            )
        reading.seen.add(record.id)
    if start.doubt:
        doubt = problem(
            file.name, locator, "time_zone", says=start.doubt, remedy="name an IANA time zone", lost=False
        )
        entry = replace(entry, problems=(*entry.problems, doubt))
    return entry


def _listing(
    reading: _Reading,
    locator: str,
    event: dict[str, object],
    times: tuple[When, list[dict[str, object]]],
    *,
    over: bool,
) -> Entry:
    start, rules = times
    ends_on = rules_end(rules, start)
    notes: tuple[Problem, ...] = ()
    if ends_on is None and (over or event.get("status") == "cancelled"):
        ends_on, notes = _last_change(reading.file, locator, event)
    described = _NOTES.search(_text(event.get("description")))
    dated = f"{reading.listed_on.isoformat()}:" if reading.listed_on else ""
    record = RitualListing(
        id=RecordId(f"rust_calendar:listing:{dated}{_uid(event, start)}"),
        cite=Citation(reading.file.name, locator),
        registry="rust",
        group=reading.calendar,
        title=Prose(_text(event.get("title"))),
        day=rule_day(rules, start),
        time=start.clock,
        tz=start.tz,
        frequency=rule_words(rules),
        every_days=rule_days(rules),
        listed_on=reading.listed_on,
        starts_on=start.day,
        ends_on=ends_on,
        notes_url=described[1].rstrip(".,;)") if described else "",
    )
    if record.every_days is None:
        notes = (*notes, _unclear(reading.file, locator, record.frequency))
    return Entry(locator=locator, records=(record,), problems=notes)


def _unclear(file: SourceFile, locator: str, frequency: str) -> Problem:
    return problem(
        file.name,
        locator,
        "unknown_frequency",
        says=f"the rule {frequency!r} names no known period",
        remedy="use daily, weekly, monthly or yearly",
        lost=False,
    )


def _last_change(
    file: SourceFile, locator: str, event: dict[str, object]
) -> tuple[date | None, tuple[Problem, ...]]:
    changed = _changed(event)
    says = "it stands among ended events and has no end date" + (
        "; the day of its last change is taken" if changed else ""
    )
    note = problem(
        file.name, locator, "end_assumed", says=says, remedy="add `until` to its recurrence rule", lost=False
    )
    return changed.day if changed else None, (note,)


def _single(
    reading: _Reading, locator: str, event: dict[str, object], start: When, end: When | None
) -> Entry:
    whole_day = not start.clock
    ends_at = end.at if end else start.at + timedelta(days=1 if whole_day else 0)
    if ends_at < start.at:
        return _lost(
            reading.file, locator, "ends_before_start", "the event ends before it starts", "correct the end"
        )
    changed = _changed(event)
    key = RecordId(f"rust_calendar:meeting:{_uid(event, start)}")
    record = Meeting(
        id=key,
        cite=Citation(reading.file.name, locator),
        uid=_text(event.get("uid")) or key,
        invite=key,
        title=Prose(_text(event.get("title"))),
        starts_at=start.at,
        ends_at=ends_at,
        organiser=_organiser(event),
        status=_text(event.get("status")).lower() or "confirmed",
        busy=event.get("transparency") != "transparent",
        all_day=whole_day,
        revised_at=changed.at if changed else None,
    )
    return Entry(locator=locator, records=(record,))


def _uid(event: dict[str, object], start: When) -> str:
    written = _text(event.get("uid"))
    return _SAFE.sub("-", written)[:120] if written else f"{start.at:%Y%m%dT%H%M}"


def _organiser(event: dict[str, object]) -> PersonId | None:
    held = event.get("organizer")
    handle = _text(held.get("email")) or _text(held.get("name")) if isinstance(held, dict) else ""
    return person_id(handle) if handle else None


def _changed(event: dict[str, object]) -> When | None:
    try:
        return read_when(event.get("last_modified_on"))
    except MomentError:
        return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _lost(file: SourceFile, place: str, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator=place, problems=(problem(file.name, place, code, says=says, remedy=remedy),))
