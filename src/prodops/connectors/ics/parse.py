"""Calendar files to series, meetings and invitees, one UID at a time; nothing holds the whole file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Literal

from prodops.connectors.ics.calendars import read_calendars
from prodops.connectors.ics.entries import Found, Group, choose, tell
from prodops.connectors.ics.events import read_event
from prodops.connectors.ics.horizon import BEYOND, find_horizon
from prodops.connectors.ics.layout import EVENT, ZONE, Block, Layout, lay_out
from prodops.connectors.ics.moments import MomentError
from prodops.connectors.ics.occurrences import MOST
from prodops.connectors.ics.properties import EventError, Flaw
from prodops.connectors.ics.uids import NO_UID, SameUid, group_by_uid
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.text.decoding import decode, looks_binary

COVERS: Literal["snapshot", "increment"] = "snapshot"
"""An export or a feed is the whole calendar: what it no longer holds is gone."""

MOST_IN_FILE = 5_000_000
"""Meetings read from one file; beyond it each series gives one. A thousand people have a million."""

_SIGNATURE = re.compile(r"^BEGIN:V(?:CALENDAR|EVENT)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NEAR_THE_TOP = 2_000
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_UNUSED = {
    "VTODO": "a task, not a meeting",
    "VJOURNAL": "a journal entry, not a meeting",
    "VFREEBUSY": "free and busy times without a meeting",
}

_NO_UID = Flaw(
    "no_uid",
    "it has no UID; what it says names it, so that a change makes it another event",
    "Ask the calendar's owner for an export with UIDs.",
)
_LEAVES = EventError("bad_date", "the series leaves the calendar", "Correct its start and its recurrence.")
_DUPLICATE = EventError(
    "duplicate_id",
    "another event of the file has the same UID and is newer or comes first",
    "Nothing, if it is an older copy; otherwise give the events UIDs of their own.",
)


def recognises(file: SourceFile) -> float:
    """How surely this is iCalendar: by its BEGIN lines, wherever they stand."""
    head = file.head.lstrip("\ufeff \t\r\n")
    if head[:15].upper() == "BEGIN:VCALENDAR":
        return 1.0
    found = _SIGNATURE.search(head.replace("\r", "\n"))
    if found is None:
        return 0.0
    return 0.9 if found.start() < _NEAR_THE_TOP else 0.3


def parse(file: SourceFile) -> Iterator[Entry]:
    """The entries of a calendar file: one for each event, task, journal, free-busy time and alarm.

    A series gives its meetings up to its end, and up to the horizon of the file when it has none:
    see `find_horizon`. Problems of the file as a whole stand with the last entry that gave records.
    """
    content = _plain_bytes(file.content)
    layout = lay_out(content)
    if not layout.blocks and not layout.headers:
        yield _nothing(file)
        return
    reading = _Reading(file, content, layout)
    held: Entry | None = None
    for entry in reading.entries():
        if not entry.records:
            yield entry
            continue
        if held is not None:
            yield held
        held = entry
    notes = tuple(reading.notes())
    if held is not None:
        yield replace(held, problems=held.problems + notes)
    elif reading.entries_count == 0:
        yield Entry(locator="file", unused="a calendar without events")


class _Reading:
    """One file on its way; counts what concerns it as a whole."""

    def __init__(self, file: SourceFile, content: bytes, layout: Layout) -> None:
        self.entries_count = 0
        self._file = file
        self._content = content
        self._layout = layout
        self._calendars = read_calendars(file, content, layout)
        self._endless = 0
        self._meetings_left = MOST_IN_FILE

    @cached_property
    def _horizon(self) -> datetime | None:
        return find_horizon(self._content, self._layout.blocks)

    def entries(self) -> Iterator[Entry]:
        """The entries in the order of the file, those of one UID together."""
        blocks = self._layout.blocks
        events = (number for number, block in enumerate(blocks) if self._is_invitation(block))
        groups = group_by_uid(self._content, blocks, events)
        for number, block in enumerate(blocks):
            found = self._group(groups.pop(number)) if number in groups else self._other(block)
            for entry in found:
                self.entries_count += 1
                yield entry
            for alarm in range(1, block.alarms + 1):
                self.entries_count += 1
                yield Entry(locator=f"line {block.line}, VALARM {alarm}", unused="an alarm of an event")

    def notes(self) -> Iterator[Problem]:
        """What is wrong with the file as a whole and loses nothing."""
        name = self._file.name
        if self._endless:
            weeks = BEYOND.days // 7
            yield problem(
                name,
                "file",
                "no_end",
                says=f"series without end were read to {weeks} weeks after the newest entry: {self._endless}",
                remedy="Nothing; load a newer export to read further.",
                lost=False,
            )
        if not self._layout.closed:
            yield problem(
                name,
                "file",
                "truncated",
                says="the calendar has no end (END:VCALENDAR): events may be missing behind the last one",
                remedy="Export the calendar again and load the whole file.",
                lost=False,
            )

    def _is_invitation(self, block: Block) -> bool:
        return block.kind == EVENT and block.whole and not self._calendars[block.calendar].answers

    def _other(self, block: Block) -> Iterator[Entry]:
        """What is torn or of a kind that is not used; nothing for an event told with its UID."""
        locator = f"line {block.line}, {block.kind}"
        if not block.whole and block.kind == EVENT:
            yield _lost(
                self._file,
                locator,
                EventError(
                    "truncated",
                    "the event is cut off before its end",
                    "Export the calendar again and load the whole file.",
                ),
            )
        elif block.kind == EVENT and self._calendars[block.calendar].answers:
            yield Entry(locator=locator, unused="an answer to an invitation, not an invitation")
        elif block.kind not in {EVENT, ZONE}:
            yield Entry(locator=locator, unused=_UNUSED.get(block.kind, "a component that is no meeting"))

    def _group(self, same: SameUid) -> Iterator[Entry]:
        """Everything that one UID gives."""
        found: list[Found] = []
        for number in same.numbers:
            block = self._layout.blocks[number]
            calendar = self._calendars[block.calendar]
            try:
                event = read_event(self._content[block.start : block.end], calendar)
            except EventError as error:
                yield _lost(self._file, f"line {block.line}, UID {same.uid}", error)
                continue
            if same.uid.startswith(NO_UID):
                event = replace(event, flaws=(*event.flaws, _NO_UID))
            found.append(Found(event, block.line, calendar.owner))
        group, older = choose(self._file.name, same.uid, found)
        yield from self._told(group)
        for copy in older:
            yield _lost(self._file, group.locator(copy), _DUPLICATE)

    def _told(self, group: Group) -> Iterator[Entry]:
        most = max(1, min(MOST, self._meetings_left))
        horizon = self._horizon if group.needs_horizon else None
        try:
            told = tell(group, horizon, most=most)
        except (MomentError, OverflowError):
            # Only a series can leave the calendar; what replaces its occurrences stands for itself.
            if group.main is not None:
                yield _lost(self._file, group.locator(group.main), _LEAVES)
            told = tell(replace(group, main=None), None, most=most)
        self._meetings_left -= told.meetings_count
        self._endless += told.endless
        yield from told.entries


def _lost(file: SourceFile, locator: str, error: EventError) -> Entry:
    lost = problem(file.name, locator, error.code, says=error.says, remedy=error.remedy)
    return Entry(locator=locator, problems=(lost,))


def _nothing(file: SourceFile) -> Entry:
    if not file.content.strip():
        error = EventError("empty", "the file is empty", "Export the calendar again.")
    elif looks_binary(file.content):
        error = EventError("binary", "the file is no text", "Export the calendar as an .ics file.")
    else:
        error = EventError(
            "not_a_calendar", "no line begins a calendar or an event", "Export the calendar as an .ics file."
        )
    return _lost(file, "file", error)


def _plain_bytes(content: bytes) -> bytes:
    """The content as UTF-8 with line feeds; a large file in that form already is not copied."""
    if content.startswith(_UTF16):
        content = decode(content).text.encode()
    content = content.removeprefix(codecs.BOM_UTF8)
    if b"\n" not in content:
        content = content.replace(b"\r", b"\n")
    return content
