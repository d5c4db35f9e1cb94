"""A meeting as MeetBot keeps it: its topics, what was agreed and who took what on, by log or summary."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

DECISION: Final = "decision"
ACTION: Final = "action"

KINDS: Final = {
    **dict.fromkeys("agreed agree accepted accept rejected reject resolved resolution".split(), DECISION),
    **dict.fromkeys("decision decided vote".split(), DECISION),
    **dict.fromkeys("action todo".split(), ACTION),
}
"""What a word of MeetBot and its relatives records; a rejected proposal is decided too."""

REMARKS: Final = frozenset("info idea link help halp note progress done nick save".split())
"""Words that are kept in the minutes and settle nothing."""

_BOT = re.compile(
    r"(?:.*[_-]bot|(?:meet|zod|cent|moot|debian|supy|bug|chat|log|irc|.*meet)\w*bot|bot)\d*[_-]*"
    r"|meetingology|openstack|opendevmeet|limnoria|ubottu",
    re.IGNORECASE,
)
_SECOND_CONNECTION = re.compile(r"(?<=\w)[_`^-]+$|\|\w*$")
_WORD = re.compile(r"[\w\[\]{}\\|`^-]+")
NOTHING = re.compile(r"\W*(?:none|n/?a)?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decision or an action of the minutes.

    Attributes:
        kind: decision or action.
        words: What was recorded.
        number: The line it stands in.
    """

    kind: str
    words: str
    number: int


@dataclass(slots=True)
class Topic:
    """One topic of a meeting.

    Attributes:
        title: Its words; of what is recorded before the first topic, the name of the meeting.
        number: The line it begins at.
        words: How many words are said or recorded below it.
        outcomes: Its decisions and actions, in their order.
    """

    title: str
    number: int
    words: int = 0
    outcomes: list[Outcome] = field(default_factory=list)


@dataclass(slots=True)
class Meeting:
    """One meeting.

    Attributes:
        number: The line it begins at.
        name: What it was called when it began; empty when it had no name.
        channel: The channel it was held in; empty when nothing says it.
        began: Day and hour as words, `2026-03-04` and `14.00`; empty when nothing says them.
        topics: Its topics in their order.
        nicks: Who spoke or is said to be there, bots left out.
        ended: Whether its end was recorded.
        started: Whether its beginning was recorded.
        ignored: Commands that were given by somebody who was no chair.
        unreadable: Lines that are no line of a log.
        words: Length in words.
        talk_outside: Of the last meeting of a log: how many lines stand outside all of them.
    """

    number: int
    name: str = ""
    channel: str = ""
    began: tuple[str, str] = ("", "")
    topics: list[Topic] = field(default_factory=list)
    nicks: dict[str, None] = field(default_factory=dict)
    ended: bool = False
    started: bool = True
    ignored: int = 0
    unreadable: int = 0
    words: int = 0
    talk_outside: int = 0

    def topic(self, number: int) -> Topic:
        """The topic under discussion; one that bears the meeting's name before there is any."""
        if not self.topics:
            self.topics.append(Topic(self.name or self.channel or "Opening", number))
        return self.topics[-1]

    def met(self, nick: str) -> None:
        """Keep somebody as present, unless it is a bot; a second connection is the same person."""
        bare = bare_nick(nick)
        if bare and not is_bot(bare):
            self.nicks.setdefault(bare)


def is_bot(nick: str) -> bool:
    """Whether a nickname is one that bots go by."""
    return bool(_BOT.fullmatch(nick))


def bare_nick(nick: str) -> str:
    """A nickname without its channel rank and without the tail of a second connection: `@ana_` is `ana`."""
    plain = nick.strip().lstrip("@+%&~ ")
    return _SECOND_CONNECTION.sub("", plain) or plain


def owners_of(words: str, nicks: Iterable[str]) -> tuple[str, ...]:
    """Who an action names: every nickname of the meeting that stands in it, as MeetBot has it, or nobody."""
    known = {nick.casefold(): nick for nick in nicks}
    named = (known.get(bare_nick(word).casefold(), "") for word in _WORD.findall(words))
    return tuple(dict.fromkeys(nick for nick in named if nick))
