"""The log of a channel to the meetings held in it, by the commands MeetBot and its relatives know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from prodops.connectors.meetbot.meeting import (
    DECISION,
    KINDS,
    NOTHING,
    REMARKS,
    Meeting,
    Outcome,
    Topic,
    bare_nick,
    is_bot,
)
from prodops.connectors.meetbot.said import Said, lines_of
from prodops.text.moments import MomentError, parse_day

_COMMAND = re.compile(
    r"(?:#(?P<sharp>[a-z]{2,20})\b|\[(?P<boxed>[A-Za-z]{2,20})\]\s)[:\s]*(?P<rest>.*)$", re.IGNORECASE
)
_OPENED = re.compile(
    r"Meeting started (?:by \S+ at )?(?:\w{3} )?(?P<day>\w{3} +\d{1,2}) (?P<hour>\d\d:\d\d):\d\d"
    r" (?P<year>\d{4})"
)
_BOT_SAYS = re.compile(r"Meeting started |Useful Commands:|Meeting ended |Minutes(?: \(text\))?: +http")
_CHAIRS_ONLY = frozenset("topic subtopic agreed agree accepted accept rejected reject undo".split())
_RUNNING = frozenset(
    "startmeeting endmeeting meetingname meetingtopic chair unchair startvote endvote showvote".split()
)
_VOTED = "Voted on:"
_BALLOTS = frozenset("+1 -1 +0 0 yes no aye nay abstain".split())


@dataclass(slots=True)
class _Open:
    """A meeting that goes on, and what is needed to follow its commands.

    Attributes:
        meeting: The meeting so far.
        bots: Who says what only bots say.
        chairs: Who may set topics and record agreements; when nobody is known, anybody may.
        recorded: What was recorded, the last first to be undone.
        question: What is being voted on, with its line; empty when nothing is.
        ballots: How many votes were cast on it.
    """

    meeting: Meeting
    bots: set[str] = field(default_factory=set)
    chairs: set[str] = field(default_factory=set)
    recorded: list[Outcome | Topic | None] = field(default_factory=list)
    question: str = ""
    ballots: int = 0


def meetings_in(text: str) -> list[Meeting]:
    """The meetings of a log in their order; of the talk outside them only the amount is kept.

    A log that begins in the middle of a meeting, which commands give away, is read as one that started there.
    """
    opened: list[_Open] = []
    going: _Open | None = None
    aside = 0
    for said in lines_of(text):
        command, rest = _command_of(said)
        if command == "startmeeting":
            going = _begun(said, rest)
            opened.append(going)
            continue
        if going is None and (command == "topic" or command in KINDS):
            going = _Open(Meeting(said.number, started=False))
            opened.append(going)
        if going is None:
            aside += 1
            continue
        _follow(going, said, command, rest)
        if command == "endmeeting":
            going.meeting.ended = True
            going = None
    if opened:
        opened[-1].meeting.talk_outside = aside
    return [one.meeting for one in opened]


def _command_of(said: Said) -> tuple[str, str]:
    """The command a line gives and the words after it; in lower case, as the bots take them in any."""
    if not said.nick or said.acting or is_bot(said.nick):
        return "", said.words
    found = _COMMAND.match(said.words)
    if found is None:
        return "", said.words
    word = (found["sharp"] or found["boxed"]).casefold()
    known = word in KINDS or word in REMARKS or word in _CHAIRS_ONLY or word in _RUNNING
    return (word, found["rest"].strip()) if known else ("", said.words)


def _begun(said: Said, name: str) -> _Open:
    going = _Open(Meeting(said.number, name=name))
    going.chairs.add(_folded(said.nick))
    _heard(going, said)
    return going


def _heard(going: _Open, said: Said) -> None:
    """What every line tells: who is there, on which day."""
    meeting = going.meeting
    if said.nick and _BOT_SAYS.match(said.words):
        going.bots.add(said.nick)
        meeting.nicks.pop(bare_nick(said.nick), None)
    elif said.nick and said.nick not in going.bots:
        meeting.met(said.nick)
    meeting.unreadable += not said.readable
    day, hour = meeting.began
    if said.hour and not hour:
        hour = said.hour.replace(":", ".").zfill(5)
    meeting.began = (day or said.day, hour)


def _follow(going: _Open, said: Said, command: str, rest: str) -> None:
    meeting = going.meeting
    _heard(going, said)
    if is_bot(said.nick) or said.nick in going.bots:
        _bot_says(going, said)
        return
    words = len(said.words.split()) if said.nick else 0
    meeting.words += words
    if command in _CHAIRS_ONLY and going.chairs and _folded(said.nick) not in going.chairs:
        meeting.ignored += 1
        command = ""
    if command in ("topic", "subtopic"):
        if rest:
            meeting.topics.append(Topic(rest, said.number))
            going.recorded.append(meeting.topics[-1])
        return
    if meeting.topics:
        meeting.topics[-1].words += words
    _apply(going, said, command, rest)


def _apply(going: _Open, said: Said, command: str, rest: str) -> None:
    """Commands other than the topics."""
    meeting = going.meeting
    if command in ("meetingname", "meetingtopic"):
        meeting.name = rest or meeting.name
    elif command == "chair":
        going.chairs.update(_folded(nick) for nick in re.split(r"[\s,]+", rest) if nick)
    elif command == "unchair":
        going.chairs.difference_update(_folded(nick) for nick in re.split(r"[\s,]+", rest))
    elif command == "undo":
        _undo(going)
    elif command in ("startvote", "vote", "endvote"):
        _vote(going, said, command, rest)
    elif command in KINDS and not NOTHING.match(rest):
        _record(going, Outcome(KINDS[command], rest, said.number))
    elif command in REMARKS:
        meeting.topic(said.number)
        going.recorded.append(None)
    elif going.question and said.words.casefold() in _BALLOTS:
        going.ballots += 1


def _record(going: _Open, outcome: Outcome) -> None:
    going.meeting.topic(outcome.number).outcomes.append(outcome)
    going.recorded.append(outcome)


def _undo(going: _Open) -> None:
    """Take back what was recorded last: an outcome, a topic with nothing in it, or a remark."""
    last = going.recorded.pop() if going.recorded else None
    topics = going.meeting.topics
    if isinstance(last, Outcome):
        for topic in topics:
            topic.outcomes[:] = [one for one in topic.outcomes if one is not last]
    elif isinstance(last, Topic) and last in topics and not last.outcomes:
        topics.remove(last)


def _vote(going: _Open, said: Said, command: str, rest: str) -> None:
    """A vote decides when it was asked, answered and closed; some bots ask by `#vote`, others answer so."""
    if command == "startvote" or (command == "vote" and not going.question):
        going.question, going.ballots = rest, 0
    elif command == "vote":
        going.ballots += 1
    elif going.question:
        if going.ballots:
            _record(going, Outcome(DECISION, f"{_VOTED} {going.question}", said.number))
        going.question = ""


def _bot_says(going: _Open, said: Said) -> None:
    """The bot tells the day, and which vote was lost in a tie."""
    opened = _OPENED.search(said.words)
    if opened:
        try:
            day = parse_day(f"{opened['day']}, {opened['year']}").isoformat()
        except MomentError:
            day = ""
        going.meeting.began = (day, opened["hour"].replace(":", "."))
    last = going.recorded[-1] if going.recorded else None
    if isinstance(last, Outcome) and last.words.startswith(_VOTED) and "deadlock" in said.words.casefold():
        _undo(going)


def _folded(nick: str) -> str:
    return bare_nick(nick).casefold()
