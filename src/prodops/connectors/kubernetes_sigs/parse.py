"""Meetings of a Kubernetes-style registry of groups, in its shape of 2017 and in the later one."""

from __future__ import annotations

import hashlib
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
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "snapshot"

_SECTION = re.compile(r"^[\"']?(?:sigs|workinggroups|usergroups|committees)[\"']?:", re.MULTILINE)
_MEETING = re.compile(r"^[ \t]+(?:-[ \t]+)?(?:meetings|frequency)[ \t]*:", re.MULTILINE)
_GROUP = re.compile(r"^[ \t]*(?:-[ \t]+)?(?:dir|charter_link|mission_statement)[ \t]*:", re.MULTILINE)
_COMMENTED = re.compile(r"^#.*$", re.MULTILINE)
# What the registry itself called them when it began to describe its meetings, in February 2018.
_UNTITLED = {
    "sigs": "Regular SIG Meeting",
    "workinggroups": "Regular WG Meeting",
    "usergroups": "Regular User Group Meeting",
    "committees": "Regular Committee Meeting",
}
_QUOTED_CHARS = 60


def recognises(file: SourceFile) -> float:
    """How sure it is that the file is a registry of groups with meetings, whatever its name."""
    signs = (_SECTION, _MEETING, _GROUP)
    found = sum(sign.search(file.head) is not None for sign in signs)
    return (0.0, 0.1, 0.4, 0.95)[found] if _SECTION.search(file.head) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """Give one listing for each meeting; a group without a meeting is read and not used.

    The day of the snapshot is taken from the file's name or a comment in it. A meeting without a
    description, as in the registry's first shape, bears the name that the registry later gave to it.
    """
    if looks_binary(file.content):
        yield _unreadable(file, "it is not text", 0)
        return
    text = decode(file.content).text
    try:
        document = next(read_yaml(text), None)
    except DocumentError as error:
        yield _unreadable(file, str(error), error.line)
        return
    if not isinstance(document, dict):
        yield _unreadable(file, "it is not a mapping of groups", 0)
        return
    listed_on = day_in_name(file.name) or _day_in_comments(text)
    notes = () if listed_on else (_undated(file),)
    seen: set[str] = set()
    for section, groups in document.items():
        if not isinstance(groups, list):
            yield Entry(locator=section, unused="not a list of groups", problems=notes)
            notes = ()
        for at, group in enumerate(groups if isinstance(groups, list) else ()):
            for entry in _group_entries(file, section, f"{section}[{at}]", group, listed_on):
                yield _unique(file, _with(entry, notes), seen)
                notes = ()


def _group_entries(
    file: SourceFile, section: str, place: str, group: object, listed_on: date | None
) -> Iterator[Entry]:
    if not isinstance(group, dict):
        yield _wrong(file, place, "a group is a mapping with a name and meetings")
        return
    meetings = group.get("meetings")
    if meetings is None or meetings == []:
        yield Entry(locator=place, unused="group without a meeting")
        return
    if not isinstance(meetings, list):
        yield _wrong(file, place, "the meetings of a group are a list")
        return
    for at, meeting in enumerate(meetings):
        if not isinstance(meeting, dict):
            yield _wrong(
                file, f"{place}.meetings[{at}]", "a meeting is a mapping with day, time and frequency"
            )
            continue
        yield _listing(file, section, group, meeting, listed_on)


def _listing(
    file: SourceFile,
    section: str,
    group: dict[str, object],
    meeting: dict[str, object],
    listed_on: date | None,
) -> Entry:
    locator = f"line {getattr(meeting, 'line', 0)}"
    holder = _text(group.get("dir")) or _text(group.get("name"))
    title = _text(meeting.get("description")) or _UNTITLED.get(section, "Regular Meeting")
    day, time = _text(meeting.get("day")), _text(meeting.get("time"))
    frequency = _text(meeting.get("frequency"))
    days = every_days(frequency) or every_days(day)
    moment = listed_on.isoformat() if listed_on else "undated"
    slot = hashlib.blake2b("\0".join(map(fold, (title, day, time))).encode(), digest_size=5).hexdigest()
    record = RitualListing(
        id=RecordId(f"kubernetes_sigs:listing:{moment}:{fold(holder).replace(' ', '-')[:80]}:{slot}"),
        cite=Citation(file.name, locator),
        registry="kubernetes",
        group=holder,
        title=Prose(title),
        day=day,
        time=time,
        tz=_text(meeting.get("tz")),
        frequency=frequency,
        every_days=days,
        listed_on=listed_on,
        notes_url=_text(meeting.get("archive_url")) or _text(group.get("meeting_archive_url")),
    )
    unclear = frequency and days is None and not on_demand(frequency)
    notes = (_unclear(file, locator, frequency),) if unclear else ()
    return Entry(locator=locator, records=(record,), problems=notes)


def _unique(file: SourceFile, entry: Entry, seen: set[str]) -> Entry:
    if not entry.records:
        return entry
    (record,) = entry.records
    if record.id not in seen:
        seen.add(record.id)
        return entry
    twice = problem(
        file.name,
        entry.locator,
        "duplicate_id",
        says="the same meeting of the same group is listed twice",
        remedy="remove one of the two, or tell them apart by description, day or time",
    )
    return Entry(locator=entry.locator, problems=(*entry.problems, twice))


def _with(entry: Entry, notes: tuple[Problem, ...]) -> Entry:
    if not notes:
        return entry
    return replace(entry, problems=(*notes, *entry.problems))


def _text(value: object) -> str:
    """A scalar as written; "None" is how the registry's own templates once wrote nothing."""
    return " ".join(value.split()) if isinstance(value, str) and value != "None" else ""


def _day_in_comments(text: str) -> date | None:
    for comment in _COMMENTED.findall(text[:4_000]):
        day = day_in_name(comment)
        if day:
            return day
    return None


def _undated(file: SourceFile) -> Problem:
    return problem(
        file.name,
        "file",
        "no_snapshot_date",
        says="nothing says on which day the registry looked like this",
        remedy="name the file with its date, as in sigs-2024-01-31.yaml; two dated files show what ended",
        lost=False,
    )


def _unclear(file: SourceFile, locator: str, frequency: str) -> Problem:
    return problem(
        file.name,
        locator,
        "unknown_frequency",
        says=f"the frequency {frequency[:_QUOTED_CHARS]!r} names no period",
        remedy="write how often it is held, such as weekly, every two weeks or first Monday of the month",
        lost=False,
    )


def _wrong(file: SourceFile, place: str, says: str) -> Entry:
    wrong = problem(
        file.name, place, "wrong_type", says=says, remedy="compare it with its neighbours in the file"
    )
    return Entry(locator=place, problems=(wrong,))


def _unreadable(file: SourceFile, says: str, line: int) -> Entry:
    remedy = "export the file again; a YAML checker shows the place"
    place = f"line {line}" if line else "file"
    return Entry(
        locator="file", problems=(problem(file.name, place, "bad_yaml", says=says[:200], remedy=remedy),)
    )
