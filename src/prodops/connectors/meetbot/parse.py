"""MeetBot's logs and summaries: one entry a meeting, with its topics and what came of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal

from prodops.connectors.meetbot.log import meetings_in
from prodops.connectors.meetbot.meeting import ACTION, DECISION, Meeting, Topic, owners_of
from prodops.connectors.meetbot.said import LONGEST_LINE
from prodops.connectors.meetbot.summary import STARTED, summary_in
from prodops.ledger.reading import HEAD_BYTES, Entry, Problem, SourceFile, problem
from prodops.ledger.record import Citation, Prose, Record, RecordId, person_id
from prodops.ledger.rituals import Attendance, Note, NoteItem, Outcome
from prodops.text.decoding import Decoded, decode, looks_binary
from prodops.text.moments import MomentError, parse_day
from prodops.text.words import fold

COVERS: Literal["snapshot", "increment"] = "snapshot"
"""A log or a summary is all there is of its meetings."""

_BEGUN = re.compile(r"<\s?[^\s<>]{1,40}\s?>\s+#startmeeting\b", re.IGNORECASE)
_COMMANDS = re.compile(
    r"<\s?[^\s<>]{1,40}\s?>\s+#(topic|action|agreed|info|endmeeting|accepted|link)\b", re.IGNORECASE
)
_SUMMARY = re.compile(r"^\W*(?:Meeting summary|Discussed topics)\W*$", re.IGNORECASE | re.MULTILINE)
_FOREIGN = re.compile(r"\s*(?:\{|\[\s*[\[{\"]|BEGIN:V|WEBVTT)")
_NAMED = re.compile(
    r"(?P<name>[^/]{1,80}?)\.(?P<day>\d{4}-\d\d-\d\d)-(?P<hour>\d\d\.\d\d)(?:\.log)?(?:\.\w{1,5})?$"
)
_PUNCTUATION = re.compile(r"[\W_]+")
_QUOTED = 60


def recognises(file: SourceFile) -> float:
    """Sure of a log in which a meeting is started, and of a summary that says when one was."""
    head = file.head
    if looks_binary(file.content[:HEAD_BYTES]) or _FOREIGN.match(head):
        return 0.0
    if _BEGUN.search(head) or (STARTED.search(head) and _SUMMARY.search(head)):
        return 0.97
    return 0.8 if len({word.casefold() for word in _COMMANDS.findall(head)}) > 1 else 0.0


def parse(file: SourceFile) -> Iterator[Entry]:
    """One entry a meeting; a file that holds none is lost."""
    if not file.content.strip() or looks_binary(file.content):
        says = "the file is no text" if file.content.strip() else "the file is empty"
        yield _lost(file, "not_text", says, "Fetch the log or the summary again, as text.")
        return
    told = list(_of_the_file(file, decode(file.content)))
    counts: Counter[str] = Counter()
    meetings = meetings_of(file)
    for meeting in meetings:
        yield _entry(file, meeting, counts, told=told)
        told = []
    aside = sum(meeting.talk_outside for meeting in meetings)
    if aside:
        yield Entry(locator="file", unused=f"talk outside the meetings: {aside:,} lines")
    if not meetings:
        says = "no meeting is started in it, and it is no summary of one"
        yield _lost(file, "no_meeting", says, "Leave the file out, or add the whole log.")


def meetings_of(file: SourceFile) -> list[Meeting]:
    """The meetings of a log, or the one of a summary, not yet judged."""
    text = decode(file.content).text.replace("\r\n", "\n").replace("\r", "\n")
    logged = meetings_in(text)
    summary = None if logged else summary_in(text)
    return [summary] if summary is not None else logged


def _entry(file: SourceFile, meeting: Meeting, counts: Counter[str], *, told: list[Problem]) -> Entry:
    locator = f"line {meeting.number}"
    _dated_by_name(file, meeting)
    day, problems = _day(file, meeting, locator)
    key = "/".join([_slug(_ritual(file, meeting)), f"{day or 'undated'}-{meeting.began[1]}".rstrip("-")])
    if day is None:
        key = f"{key}-{_slug(file.stem)}"
    counts[key] += 1
    if counts[key] > 1:
        says = f"a meeting of that name began at that minute already: {key[:_QUOTED]!r}"
        remedy = "Delete one of the two, if the log holds it twice."
        twice = problem(file.name, locator, "duplicate_id", says=says, remedy=remedy)
        return Entry(locator=locator, problems=(twice, *told))
    problems = [*told, *problems, *_problems(file, meeting, locator)]
    return Entry(
        locator=locator,
        records=tuple(_records(file, meeting, key, day, locator)),
        problems=tuple(problems),
    )


def _dated_by_name(file: SourceFile, meeting: Meeting) -> None:
    """The day that MeetBot puts into the file's name, where the text does not say it."""
    named = _NAMED.match(file.name.rpartition("/")[2])
    if named and not meeting.began[0]:
        meeting.began = (named["day"], named["hour"])


def _ritual(file: SourceFile, meeting: Meeting) -> str:
    """The meeting's name as it was started, else as MeetBot named the file, its channel, or its folder."""
    named = _NAMED.match(file.name.rpartition("/")[2])
    folder = file.name.rpartition("/")[0].rpartition("/")[2]
    return (
        meeting.name
        or (named["name"] if named else "")
        or meeting.channel.lstrip("#&")
        or folder
        or file.stem.removesuffix(".log")
    )


def _slug(words: str) -> str:
    return _PUNCTUATION.sub("-", fold(words)[:120]).strip("-") or "meeting"


def _day(file: SourceFile, meeting: Meeting, locator: str) -> tuple[date | None, list[Problem]]:
    if not meeting.began[0]:
        says = "nothing says on which day the meeting was"
        remedy = "Keep the name MeetBot gave the file, as in name.2026-03-04-14.00.log.txt."
        return None, [problem(file.name, locator, "no_date", says=says, remedy=remedy, lost=False)]
    try:
        return parse_day(meeting.began[0]), []
    except MomentError:
        says = f"there is no such day: {meeting.began[0][:_QUOTED]!r}"
        remedy = "Correct the date."
        return None, [problem(file.name, locator, "bad_date", says=says, remedy=remedy, lost=False)]


def _records(
    file: SourceFile, meeting: Meeting, key: str, day: date | None, locator: str
) -> Iterator[Record]:
    ritual, cite = _ritual(file, meeting), Citation(file.name, locator)
    note = RecordId(f"meetbot:note:{key}")
    yield Note(
        id=note,
        cite=cite,
        ritual=ritual,
        held_on=day,
        title=Prose(meeting.name or ritual),
        form="meetbot",
        words=meeting.words,
        present_count=len(meeting.nicks),
        items_count=len(meeting.topics),
    )
    for position, topic in enumerate(meeting.topics, 1):
        yield from _topic(file, meeting, topic, f"{key}:{position}", day=day)
    if day is not None:
        yield from _attendance(meeting, note, cite, ritual, day)


def _attendance(
    meeting: Meeting, note: RecordId, cite: Citation, ritual: str, day: date
) -> Iterator[Attendance]:
    key = note.removeprefix("meetbot:note:")
    for person in dict.fromkeys(person_id(nick) for nick in meeting.nicks):
        own = RecordId(f"meetbot:attendance:{key}:{person.removeprefix('person:')}")
        yield Attendance(id=own, cite=cite, ritual=ritual, held_on=day, person=person, note=note)


def _topic(
    file: SourceFile, meeting: Meeting, topic: Topic, key: str, *, day: date | None
) -> Iterator[Record]:
    note_key, _, position = key.rpartition(":")
    note, own = RecordId(f"meetbot:note:{note_key}"), RecordId(f"meetbot:item:{key}")
    kinds = {outcome.kind for outcome in topic.outcomes}
    yield NoteItem(
        id=own,
        cite=Citation(file.name, f"line {topic.number}"),
        note=note,
        position=int(position),
        title=Prose(topic.title),
        decided=DECISION in kinds,
        acted=ACTION in kinds,
        words=topic.words,
    )
    for at, outcome in enumerate(topic.outcomes, 1):
        yield Outcome(
            id=RecordId(f"meetbot:outcome:{key}:{at}"),
            cite=Citation(file.name, f"line {outcome.number}"),
            note=note,
            item=own,
            kind=outcome.kind,
            words=Prose(outcome.words),
            owners=owners_of(outcome.words, meeting.nicks) if outcome.kind == ACTION else (),
            held_on=day,
        )


def _of_the_file(file: SourceFile, decoded: Decoded) -> Iterator[Problem]:
    if decoded.replaced:
        says = f"{decoded.replaced} bytes are no text in {decoded.encoding}"
        remedy = "Save the file as UTF-8, if words are missing."
        yield problem(file.name, "file", "not_utf8", says=says, remedy=remedy, lost=False)
    longest = max((len(row) for row in decoded.text.split("\n")), default=0)
    if longest > LONGEST_LINE:
        says = f"a line of {longest:,} characters is read up to the first {LONGEST_LINE:,}"
        yield problem(file.name, "file", "long_line", says=says, remedy="Break the line.", lost=False)


def _problems(file: SourceFile, meeting: Meeting, locator: str) -> Iterator[Problem]:
    """What was wrong with a meeting that was read in spite of it."""
    if not meeting.started:
        says = "the log begins in the middle of a meeting"
        remedy = "Add the log from its #startmeeting on."
        yield problem(file.name, locator, "no_start", says=says, remedy=remedy, lost=False)
    if not meeting.ended:
        says, remedy = "nothing says that the meeting ended", "Add the whole file, if it was cut short."
        yield problem(file.name, locator, "no_end", says=says, remedy=remedy, lost=False)
    if meeting.ignored:
        says = f"{meeting.ignored} topics or agreements by people who were no chair do not count"
        remedy = "Nothing: the bot did not take them either. Name the chairs with #chair next time."
        yield problem(file.name, locator, "not_a_chair", says=says, remedy=remedy, lost=False)
    if meeting.unreadable:
        says = f"{meeting.unreadable} lines are no lines of a log"
        remedy = "Nothing, if they are wrapped speech; else fetch the log again."
        yield problem(file.name, locator, "bad_line", says=says, remedy=remedy, lost=False)


def _lost(file: SourceFile, code: str, says: str, remedy: str) -> Entry:
    return Entry(locator="file", problems=(problem(file.name, "file", code, says=says, remedy=remedy),))
