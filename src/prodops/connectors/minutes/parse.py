"""Minutes as Markdown or plain text: one entry a meeting, with its agenda and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from prodops.connectors.minutes.reader import ItemRead, MeetingRead, read_minutes
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome
from prodops.text.decoding import decode, looks_binary

COVERS: Literal["snapshot", "increment"] = "snapshot"

_SIGNS = re.compile(
    r"\b(minutes|agenda|attendees?|attendance|attending|present|regrets|scribe|action items?|decisions?|resolution"
    r"|next meeting|meeting notes)\b",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b20\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}\s+\w{3,9}\s+20\d\d\b|\b\w{3,9}\s+\d{1,2},?\s+20\d\d\b")
_NOT_TEXT = re.compile(r"\s*[{\[<]|BEGIN:V|WEBVTT|---\s*\n(?=.*:\s*\n\s+-)")


def recognises(file: SourceFile) -> float:
    """Sure of dated text with the words of minutes; tables, calendars and markup are left to others."""
    if looks_binary(file.content[:HEAD_BYTES]) or not file.head.strip() or _NOT_TEXT.match(file.head):
        return 0.0
    signs = len({match.lower() for match in _SIGNS.findall(file.head[:8_000])})
    dated = bool(_DATED.search(file.name) or _DATED.search(file.head[:1_500]))
    headed = bool(re.search(r"^(#|[*-] |\d+\. )", file.head, re.MULTILINE))
    return min(0.8, 0.1 * signs + 0.3 * dated + 0.15 * headed + 0.1 * (file.ending in ("md", "txt")))


def parse(file: SourceFile) -> Iterator[Entry]:
    """One entry a meeting of the file."""
    empty = True
    for number, read in enumerate(read_minutes(decode(file.content).text, file.name), 1):
        empty = False
        yield _entry(file, read, number)
    if empty:
        found = problem(
            file.name, "file", "no_meeting", says="No meeting was found in it.", remedy="Leave it out, or date it."
        )
        yield Entry(locator="file", problems=(found,))


def _entry(file: SourceFile, read: MeetingRead, number: int) -> Entry:
    locator = f"line {read.meeting.number}"
    if read.meeting.cancelled:
        return Entry(locator=locator, unused="the meeting was not held")
    day = read.meeting.held_on
    key = f"{read.meeting.ritual}:{day.isoformat() if day else f'{file.name}#{number}'}"
    note = RecordId(f"minutes:note:{key}" + (f":{file.stem}" if day else ""))
    cite = Citation(file.name, locator)
    records: list[Record] = [
        Note(
            id=note, cite=cite, ritual=read.meeting.ritual, held_on=day, title=Prose(read.meeting.title), form=read.form,
            words=read.meeting.words, present_count=len(read.meeting.present), items_count=len(read.items),
        )
    ]  # fmt: skip
    for position, item in enumerate(read.items, 1):
        records += _item(file.name, note, position, item, read)
    if day is not None:
        records += [
            Attendance(
                id=RecordId(f"minutes:attendance:{note}:{person_id(name)[7:]}"), cite=cite, ritual=read.meeting.ritual,
                held_on=day, person=person_id(name), note=note,
            )
            for name in dict.fromkeys(read.meeting.present)
        ]  # fmt: skip
    return Entry(locator=locator, records=tuple(records), problems=_problems(file, read, locator))


def _item(source: str, note: RecordId, position: int, item: ItemRead, read: MeetingRead) -> list[Record]:
    own = RecordId(f"{note}:{position}")
    kinds = {found.kind for found in item.found}
    records: list[Record] = [
        NoteItem(
            id=own, cite=Citation(source, f"line {item.number}"), note=note, position=position, title=Prose(item.title),
            decided="decision" in kinds, acted="action" in kinds, words=item.words,
        )
    ]  # fmt: skip
    records += [
        Outcome(
            id=RecordId(f"{own}:{found.kind}:{found.number}:{at}"), cite=Citation(source, f"line {found.number}"), note=note,
            item=own, kind=found.kind, words=Prose(found.words), owners=found.owners, marked=found.marked,
            probability=found.probability, held_on=read.meeting.held_on,
        )
        for at, found in enumerate(item.found)
    ]  # fmt: skip
    return records


def _problems(file: SourceFile, read: MeetingRead, locator: str) -> tuple[Problem, ...]:
    found = []
    if read.meeting.held_on is None:
        found.append(problem(
            file.name, locator, "no_date", says="Nothing says on which day the meeting was.",
            remedy="Put the date into the title or the file's name: 2026-03-04.", lost=False,
        ))  # fmt: skip
    if not read.items:
        found.append(problem(
            file.name, locator, "empty_minutes", says="The minutes have no agenda item.", remedy="Nothing, if so meant.",
            lost=False,
        ))  # fmt: skip
    return tuple(found)
