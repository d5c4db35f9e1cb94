"""Transcripts and attendance reports to attendance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from prodops.connectors.transcripts.captions import looks_like_captions, read_captions
from prodops.connectors.transcripts.held import Held, HeldError, find_held
from prodops.connectors.transcripts.people import Present, is_waiting, read_present
from prodops.connectors.transcripts.reports import Report, looks_like_a_report
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, RecordId, person_id
from prodops.ledger.rituals import Attendance
from prodops.text.decoding import decode, looks_binary
from prodops.text.tables import read_table

COVERS: Literal["snapshot", "increment"] = "snapshot"
"""A transcript or a report is all there is of its meeting."""


def recognises(file: SourceFile) -> float:
    """How surely this says who was there: by the first cue, or by the header of a table of who came."""
    head = file.head
    if looks_like_captions(head):
        return 1.0
    if looks_binary(file.content[:1_024]):
        return 0.0
    return 0.95 if looks_like_a_report(read_table(head)) else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """The entries of the file: one for a transcript, one for each row of a report.

    A transcript tells who spoke and not how long somebody was there. Of a report, who joined several times
    is told once, with all minutes.
    """
    if not file.content.strip() or looks_binary(file.content):
        says = "the file is no text" if file.content.strip() else "the file is empty"
        yield _lost(file, "file", "not_text", says=says, remedy="Export the transcript or the report again.")
        return
    text = decode(file.content).text
    try:
        if looks_like_captions(text[:2_000]):
            yield _transcript(file, text)
        else:
            yield from _report(file, text)
    except HeldError as error:
        yield _lost(file, "file", error.code, says=error.says, remedy=error.remedy)


def _transcript(file: SourceFile, text: str) -> Entry:
    captions = read_captions(text)
    if not captions.speakers:
        return Entry(locator="file", unused="a transcript that names no speaker")
    problems: tuple[Problem, ...] = ()
    if captions.broken_count:
        says = f"{captions.broken_count} times of pieces of speech cannot be read"
        remedy = "Export the transcript again, if speakers are missing."
        problems = (problem(file.name, "file", "bad_cue", says=says, remedy=remedy, lost=False),)
    held = find_held(file, captions.said)
    people = {person_id(name): name for name in captions.speakers}
    records = tuple(_attendance(file, held, name, "file") for name in people.values())
    return Entry(locator="file", records=records, problems=problems)


def _report(file: SourceFile, text: str) -> Iterator[Entry]:
    report = Report()
    for row in read_table(text):
        report.add(row)
    present = read_present(report.lines)
    if not present:
        yield _lost(
            file,
            "file",
            "no_table",
            says="no row tells who came",
            remedy="Export the attendance report again, with its participants.",
        )
        return
    yield from _rows(file, report, find_held(file, _said(report)), present)


def _rows(file: SourceFile, report: Report, held: Held, present: list[Present]) -> Iterator[Entry]:
    by_first = {person.first: person for person in present}
    for place, line in enumerate(report.lines):
        locator = f"line {line.row.line}"
        if line.row.fault:
            yield _lost(
                file, locator, "bad_row", says=line.row.fault, remedy="Correct the row in the report."
            )
        elif place in by_first:
            yield _person(file, held, by_first[place], locator)
        elif line.why:
            yield Entry(locator=locator, unused=line.why)
        elif is_waiting(line):
            yield Entry(locator=locator, unused="somebody in the waiting room")
        else:
            yield Entry(locator=locator, unused="the same person, told in an earlier row")


def _person(file: SourceFile, held: Held, person: Present, locator: str) -> Entry:
    problems: tuple[Problem, ...] = ()
    if person.minutes is None:
        says, remedy = "how long the person was there cannot be read", "Nothing, if being there will do."
        problems = (problem(file.name, locator, "bad_duration", says=says, remedy=remedy, lost=False),)
    record = _attendance(file, held, person.handle, locator, minutes=person.minutes)
    return Entry(locator=locator, records=(record,), problems=problems)


def _said(report: Report) -> dict[str, str]:
    """What the report says about the meeting, and when the first person joined."""
    joined = (line.cells.get("joined") or line.cells.get("moment") for line in report.lines)
    first = next((each for each in joined if each), "")
    return {**report.said, "started": report.said.get("started", first)}


def _attendance(
    file: SourceFile, held: Held, handle: str, locator: str, *, minutes: float | None = None
) -> Attendance:
    person = person_id(handle)
    return Attendance(
        id=RecordId(f"transcripts:attendance:{held.key}:{person}"),
        cite=Citation(file.name, locator),
        ritual=held.title,
        held_on=held.day,
        person=person,
        minutes_present=minutes,
    )


def _lost(file: SourceFile, locator: str, code: str, *, says: str, remedy: str) -> Entry:
    return Entry(locator=locator, problems=(problem(file.name, locator, code, says=says, remedy=remedy),))
