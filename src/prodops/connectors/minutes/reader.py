"""Minutes to what was decided and what is to be done: the one reading that records and rows are made from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prodops.connectors.minutes.classify import read_statement
from prodops.connectors.minutes.lines import Line
from prodops.connectors.minutes.marks import ACTION, DECISION, Mark, listed, mark_of
from prodops.connectors.minutes.meetings import Meeting, item_words, meetings_of
from prodops.connectors.minutes.outline import Item, nested_lists
from prodops.connectors.minutes.people import owners_of
from prodops.connectors.minutes.statements import Statement, statements_of
from prodops.connectors.minutes.wording import TOPIC

_SAME_WORDS = 0.6


@dataclass(frozen=True, slots=True)
class Found:
    """A decision or an action found in an item.

    Attributes:
        kind: decision or action.
        words: The line as written.
        owners: Who took it on, as written.
        marked: Whether the minutes mark it; otherwise it was read from prose.
        probability: How sure the reading is; 1 for a mark.
        number: The line it stands in.
    """

    kind: str
    words: str
    owners: tuple[str, ...]
    marked: bool
    probability: float
    number: int


@dataclass(frozen=True, slots=True)
class ItemRead:
    """One agenda item as read.

    Attributes:
        section: Its number as a scribe printed it, otherwise its place in the file from 1.
        title: Its heading or first words.
        number: The line it begins at.
        words: Length in words.
        found: What was found in it, in the order of the lines.
    """

    section: str
    title: str
    number: int
    words: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class MeetingRead:
    """One meeting as read.

    Attributes:
        meeting: The day, the series, who was there.
        form: How it is written: w3c, headings, marks or prose.
        items: Its agenda items and what was found in them.
    """

    meeting: Meeting
    form: str
    items: tuple[ItemRead, ...]


def read_minutes(text: str, name: str, *, ignore_marks: bool = False) -> Iterator[MeetingRead]:
    """Read all the meetings of a file; with `ignore_marks` as if nobody had marked anything.

    In a scribe's log every decision is marked, so that there only marks count unless they are ignored.
    """
    for meeting in meetings_of(text, name, ignore_marks=ignore_marks):
        marks_only = meeting.scribed and not ignore_marks
        items = [
            ItemRead(
                section,
                item.title,
                item.number,
                item_words(item),
                tuple(_found(item, meeting, marks_only=marks_only)),
            )
            for section, item in meeting.items
        ]
        lists = [item.role != TOPIC for _, item in meeting.items]
        items = _without_repeats(items, lists)
        marked = any(found.marked for item in items for found in item.found)
        form = "w3c" if meeting.scribed else "headings" if meeting.lists else "marks" if marked else "prose"
        yield MeetingRead(meeting, form, tuple(items))


def _found(item: Item, meeting: Meeting, *, marks_only: bool) -> Iterator[Found]:
    names = meeting.names
    if item.role != TOPIC:
        yield from (_marked(line, mark, names) for line, mark in listed(item.lines, item.role))
        return
    nested = [pair for role, lines in nested_lists(item.lines) for pair in listed(lines[1:], role)]
    single = [(line, mark) for line in item.lines if (mark := mark_of(line))]
    best = {(line.number, mark.kind): _marked(line, mark, names) for line, mark in (*nested, *single)}
    decided = {number for number, kind in best if kind == DECISION}
    for statement in () if marks_only else statements_of(item.lines, item.title):
        for kind in (DECISION, ACTION):
            known = best.get((statement.line.number, kind))
            found = _from_prose(statement, kind, names, formal=meeting.formal)
            if found and kind == ACTION and statement.line.number in decided and not found.owners:
                continue  # what was decided is to be done by all: an action only when it names somebody
            if found and (known is None or known.probability < found.probability):
                best[statement.line.number, kind] = found
    yield from (best[key] for key in sorted(best))


def _from_prose(statement: Statement, kind: str, names: frozenset[str], *, formal: bool) -> Found | None:
    reading = read_statement(statement, kind, names=names, formal=formal)
    if not reading.enough:
        return None
    owners = owners_of(statement.words, statement.speaker, names) if kind == ACTION else ()
    line = statement.line
    return Found(kind, line.raw, owners, marked=False, probability=reading.probability, number=line.number)


def _marked(line: Line, mark: Mark, names: frozenset[str]) -> Found:
    owners = mark.owners
    if mark.kind == ACTION and not owners:
        owners = owners_of(mark.words, "", names)
    return Found(mark.kind, line.raw, owners, marked=True, probability=1.0, number=line.number)


def _without_repeats(items: Sequence[ItemRead], lists: Sequence[bool]) -> list[ItemRead]:
    """Count once what an item says and a closing list repeats: the item's own line, which is then marked."""
    read = list(items)
    for at, item in enumerate(items):
        for found in item.found if lists[at] else ():
            where, which = _twin(found, read[:at])
            if where < 0:
                continue
            kept = list(read[where].found)
            kept[which] = replace(
                kept[which], marked=True, probability=1.0, owners=kept[which].owners or found.owners
            )
            read[where] = replace(read[where], found=tuple(kept))
            read[at] = replace(read[at], found=tuple(other for other in read[at].found if other != found))
    return read


def _twin(found: Found, items: Sequence[ItemRead]) -> tuple[int, int]:
    words = _bag(found.words)
    for where, item in enumerate(items):
        for which, other in enumerate(item.found):
            shared = _bag(other.words)
            if other.kind == found.kind and len(words & shared) >= _SAME_WORDS * max(len(words | shared), 1):
                return where, which
    return -1, -1


def _bag(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w{3,}", words.casefold()))
