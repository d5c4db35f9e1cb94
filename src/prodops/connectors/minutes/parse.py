"""Minutes as Markdown or plain text: one entry a meeting, with its agenda and what came of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from prodops.connectors.minutes.header import without_date
from prodops.connectors.minutes.lines import LONGEST_LINE
from prodops.connectors.minutes.marks import ACTION, DECISION
from prodops.connectors.minutes.reader import ItemRead, MeetingRead, read_minutes
from prodops.connectors.minutes.recognising import likeness
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome
from prodops.text.decoding import Decoded, decode, looks_binary
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "snapshot"

_PUNCTUATION = re.compile(r"[\W_]+")
_QUOTED = 60


@dataclass(slots=True)
class _Seen:
    """The meetings of a file so far: how many have a key, and what each says."""

    counts: Counter[str] = field(default_factory=Counter)
    said: set[tuple[str, tuple[tuple[str, ...], ...]]] = field(default_factory=set)


def recognises(file: SourceFile) -> float:
    """Sure of dated text with those present, an agenda or outcomes; logs, tables and markup are left to others."""
    if looks_binary(file.content[:HEAD_BYTES]):
        return 0.0
    return likeness(file.head, file.name)


def parse(file: SourceFile) -> Iterator[Entry]:
    """One entry a meeting of the file, and one for what stands outside the meetings of a file of several."""
    if not file.content.strip():
        yield _lost(file, "empty_file", "the file is empty", "Add the minutes again, or leave the file out.")
        return
    if looks_binary(file.content):
        yield _lost(file, "not_text", "the file is no text", "Export the minutes as Markdown or plain text.")
        return
    decoded = decode(file.content)
    seen = _Seen()
    told = list(_of_the_file(file, decoded))
    number = 0
    for number, read in enumerate(read_minutes(decoded.text, file.name), 1):
        yield _entry(file, read, number, seen, told=told)
        told = []
    if not number:
        yield _lost(file, "no_meeting", "the file holds no words", "Fill it in, or leave it out.")


def _entry(file: SourceFile, read: MeetingRead, number: int, seen: _Seen, *, told: list[Problem]) -> Entry:
    meeting = read.meeting
    locator = f"line {meeting.number}"
    if meeting.outside:
        return Entry(locator=locator, unused="text outside the dated meetings", problems=tuple(told))
    if meeting.cancelled:
        return Entry(locator=locator, unused="the meeting was not held", problems=tuple(told))
    key = _key(file, read, number)
    if (key, meeting.says()) in seen.said:
        says = f"the minutes of {meeting.title[:_QUOTED]!r} stand in the file twice"
        found = problem(file.name, locator, "duplicate_id", says=says, remedy="Delete one of the two.")
        return Entry(locator=locator, problems=(found, *told))
    seen.said.add((key, meeting.says()))
    seen.counts[key] += 1
    note = RecordId(f"minutes:note:{key}" + (f":{seen.counts[key]}" if seen.counts[key] > 1 else ""))
    problems = (*told, *_problems(file, read, locator))
    return Entry(locator=locator, records=tuple(_records(file, read, note, locator)), problems=problems)


def _key(file: SourceFile, read: MeetingRead, number: int) -> str:
    """What tells a meeting from others: its folder, its series, its file's name without the date, its day.

    Minutes have no key of their own. Two teams may keep a `Weekly` on the same day, and a folder may hold
    an agenda beside the minutes; so both names count, and the date as the file's name has it does not.
    """
    *folders, last = file.name.replace("!/", "/").split("/")
    stem = last.rpartition(".")[0] or last
    parts = [_slug(folders[-1] if folders else ""), _slug(read.meeting.ritual), _slug(without_date(stem))]
    day = read.meeting.held_on
    dated = day.isoformat() if day is not None else f"undated-{_slug(stem)}-{number}"
    return "/".join([*dict.fromkeys(part for part in parts if part), dated])


def _slug(words: str) -> str:
    return _PUNCTUATION.sub("-", fold(words)[:200]).strip("-")


def _records(file: SourceFile, read: MeetingRead, note: RecordId, locator: str) -> Iterator[Record]:
    meeting, cite = read.meeting, Citation(file.name, locator)
    yield Note(
        id=note,
        cite=cite,
        ritual=meeting.ritual,
        held_on=meeting.held_on,
        title=Prose(meeting.title),
        form=read.form,
        words=meeting.words,
        present_count=len(meeting.present),
        items_count=len(read.items),
    )
    for position, item in enumerate(read.items, 1):
        yield from _item(file.name, note, position, item, read)
    if meeting.held_on is not None:
        yield from _attendance(read, note, cite, meeting.held_on)


def _attendance(read: MeetingRead, note: RecordId, cite: Citation, day: date) -> Iterator[Attendance]:
    key = note.removeprefix("minutes:note:")
    for person in dict.fromkeys(person_id(name) for name in read.meeting.present):
        own = RecordId(f"minutes:attendance:{key}:{person.removeprefix('person:')}")
        yield Attendance(id=own, cite=cite, ritual=read.meeting.ritual, held_on=day, person=person, note=note)


def _item(source: str, note: RecordId, position: int, item: ItemRead, read: MeetingRead) -> Iterator[Record]:
    key = f"{note.removeprefix('minutes:note:')}:{position}"
    own = RecordId(f"minutes:item:{key}")
    kinds = {found.kind for found in item.found}
    yield NoteItem(
        id=own,
        cite=Citation(source, f"line {item.number}"),
        note=note,
        position=position,
        title=Prose(item.title),
        decided=DECISION in kinds,
        acted=ACTION in kinds,
        words=item.words,
    )
    for at, found in enumerate(item.found, 1):
        yield Outcome(
            id=RecordId(f"minutes:outcome:{key}:{at}"),
            cite=Citation(source, f"line {found.number}"),
            note=note,
            item=own,
            kind=found.kind,
            words=Prose(found.words),
            owners=found.owners,
            marked=found.marked,
            probability=found.probability,
            held_on=read.meeting.held_on,
        )


def _of_the_file(file: SourceFile, decoded: Decoded) -> Iterator[Problem]:
    """What holds for the whole file and is told with its first entry."""
    if decoded.replaced:
        says = f"{decoded.replaced} bytes are no text in {decoded.encoding}"
        remedy = "Save the file as UTF-8, if words are missing."
        yield problem(file.name, "file", "not_utf8", says=says, remedy=remedy, lost=False)
    longest = max((len(row) for row in decoded.text.split("\n")), default=0)
    if longest > LONGEST_LINE:
        says = f"a line of {longest:,} characters is read up to the first {LONGEST_LINE:,}"
        yield problem(file.name, "file", "long_line", says=says, remedy="Break the line.", lost=False)


def _problems(file: SourceFile, read: MeetingRead, locator: str) -> Iterator[Problem]:
    meeting = read.meeting
    if meeting.bad_date:
        says = f"there is no such day: {meeting.bad_date[:_QUOTED]!r}"
        yield problem(file.name, locator, "bad_date", says=says, remedy="Correct the date.", lost=False)
    elif meeting.held_on is None:
        says = "nothing says on which day the meeting was"
        remedy = "Put the date into the title or into the file's name, as in 2026-03-04."
        yield problem(file.name, locator, "no_date", says=says, remedy=remedy, lost=False)
    if not read.items:
        says = "the minutes have headings at most, and no words below them"
        remedy = "Fill them in, or leave the file out; so it counts as a meeting that produced nothing."
        yield problem(file.name, locator, "empty_minutes", says=says, remedy=remedy, lost=False)


def _lost(file: SourceFile, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
