"""The summary MeetBot writes after a meeting: topics with what was recorded below each, and who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prodops.connectors.meetbot.meeting import KINDS, NOTHING, Meeting, Outcome, Topic
from prodops.connectors.meetbot.said import LONGEST_LINE

STARTED = re.compile(
    r"Meeting started (?:by (?P<chair>\S+) )?at (?P<hour>\d\d:\d\d):\d\d(?: UTC)?", re.IGNORECASE
)
_LOG = re.compile(
    r"(?P<name>[\w.+-]{1,80}?)\.(?P<day>\d{4}-\d\d-\d\d)-(?P<hour>\d\d\.\d\d)\.(?:log\.)?(?:html|txt)"
)
_ENDED = re.compile(r"Meeting ended at ", re.IGNORECASE)
_TITLE = re.compile(r"(?P<channel>[#&]{1,2}[^\s:]{1,60})(?::\s*(?P<name>\S.*)|\s+Meeting)?\s*$")
_RULE = re.compile(r"[-=~*]{3,}$")
_BULLET = re.compile(r"(?P<indent>\s*)(?:[*+-]|\d{1,3}\.|[a-z]\.|\([a-z\d]{1,3}\))\s*(?P<words>\S.*)$")
_BY_WHOM = re.compile(r"\s*\(?\(\s*[^\s(),]{1,40}\s*,\s*\d{1,2}:\d\d(?::\d\d)?\s*\)\s*$")
_LABEL = re.compile(r"['\"*]{0,2}(?P<word>[A-Za-z]{2,10})['\"*]{0,2}\s*:['*]{0,2}\s*(?P<rest>.*)$")
_PRESENT = re.compile(r"(?P<nick>[^\s()]{1,40})\s*\((?P<lines>\d+)\)?$")
_TALKED = re.compile(r"The discussion about .{1,400} started at \d\d:\d\d")
_PARTS = {
    "meeting summary": "summary",
    "discussed topics": "summary",
    "action items": "again",
    "action items, by person": "again",
    "vote results": "again",
    "done items": "again",
    "people present (lines said)": "present",
    "people present": "present",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """A bullet of the summary with its wrapped lines joined, or a line of text."""

    number: int
    depth: int
    words: str


def summary_in(text: str) -> Meeting | None:
    """The meeting of a summary, or None when the text is none."""
    started = STARTED.search(text)
    if started is None:
        return None
    rows = [row[:LONGEST_LINE].rstrip() for row in text.split("\n")]
    meeting = Meeting(1, ended=bool(_ENDED.search(text)))
    named = next((match for row in rows[:8] if (match := _TITLE.match(row.strip(" =*")))), None)
    if named:
        meeting.channel, meeting.name = named["channel"], (named["name"] or "").strip()
    written = _LOG.search(re.sub(r"\s+", "", text[started.start() : started.start() + 1_000]))
    hour = started["hour"].replace(":", ".")
    meeting.began = (written["day"], written["hour"]) if written else ("", hour)
    if started["chair"]:
        meeting.met(started["chair"])
    meeting.words = sum(len(row.split()) for row in rows)
    for part, body in _parts(rows):
        if part == "summary":
            _topics(meeting, body)
        elif part == "present":
            _present(meeting, body)
    return meeting


def _parts(rows: Sequence[str]) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """The parts of the summary with their numbered lines, by their headings."""
    part, body = "", list[tuple[int, str]]()
    for number, row in enumerate(rows, 1):
        heading = _PARTS.get(row.strip(" =*").casefold().rstrip(":"))
        if heading:
            yield part, body
            part, body = heading, []
        elif _ENDED.match(row.strip()) and part == "summary":
            yield part, body
            part, body = "", []
        elif row.strip() and not _RULE.match(row.strip()):
            body.append((number, row))
    yield part, body


def _joined(body: Sequence[tuple[int, str]]) -> Iterator[_Row]:
    held: _Row | None = None
    for number, row in body:
        bullet = _BULLET.match(row)
        if bullet:
            if held is not None:
                yield held
            held = _Row(number, len(bullet["indent"].expandtabs(4)), bullet["words"])
        elif held is not None and not _TALKED.search(row):
            held = _Row(held.number, held.depth, f"{held.words} {row.strip()}")
    if held is not None:
        yield held


def _topics(meeting: Meeting, body: Sequence[tuple[int, str]]) -> None:
    rows = list(_joined(body))
    top = min((row.depth for row in rows), default=0)
    for row in rows:
        words = _BY_WHOM.sub("", row.words).strip().strip("*`_").strip()
        label = _LABEL.match(words)
        kind = label["word"].casefold() if label else ""
        remark = kind in KINDS or kind in ("link", "idea", "help", "info", "halp", "lurk")
        if row.depth == top and not remark:
            meeting.topics.append(Topic(words, row.number))
            continue
        topic = meeting.topic(row.number)
        topic.words += len(words.split())
        if label and kind in KINDS and not NOTHING.match(label["rest"]):
            topic.outcomes.append(Outcome(KINDS[kind], label["rest"].strip(), row.number))


def _present(meeting: Meeting, body: Sequence[tuple[int, str]]) -> None:
    for row in _joined(body):
        found = _PRESENT.match(row.words)
        if found:
            meeting.met(found["nick"])
