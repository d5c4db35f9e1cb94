"""Who was there, as the minutes list them; and the names by which they are called in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from prodops.connectors.minutes.lines import Line, plain_words
from prodops.connectors.minutes.outline import Section, label_of
from prodops.connectors.minutes.subjects import subject_names, subject_of
from prodops.connectors.minutes.wording import ABSENCE, ATTENDANCE, TOPIC, role_of

_ASIDES = re.compile(r"\([^()]*\)?|\[[^\[\]]*\]?|<[^<>]*>?|\S+@\S+\.\w+|@[\w-]+|https?://\S+")
_SPLIT = re.compile(r"\s*[,;&|/]\s*|\s+(?:and|und|et|y)\s+|\s+[-–—]\s+")
_NAME = re.compile(r"[^\W\d_][\w.'’\- ]{0,58}$")
_NOBODY = frozenset(
    {"none", "n/a", "na", "nobody", "tbd", "tba", "all", "everyone", "quorum", "no one", "others", "unknown"}
)
_LONGEST_NAME_WORDS = 5
_LATER = re.compile(r"(?:^|[\s(\[,;:-])([A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?)\s+(?:to|will|can|is going to)\b")
_OWN = re.compile(
    r"(?:will|can|happy to|i\b|i'|let me|my next|yes\b|sure\b|on it|taking|plan(?:ning)? to)", re.IGNORECASE
)


def attendees_of(sections: Sequence[Section], front_words: str) -> list[str]:
    """The names listed as present, each once, in the order of the minutes; struck-out names are absent."""
    names: dict[str, None] = dict.fromkeys(_names_in(front_words))
    for section in sections:
        listed = section.role == ATTENDANCE
        if listed and section.heading is not None:
            names.update(dict.fromkeys(_names_in(section.heading.plain.partition(":")[2])))
        names.update(dict.fromkeys(_listed(section.lines, within=listed)))
    return list(names)


def call_names(names: Iterable[str], lines: Iterable[Line]) -> frozenset[str]:
    """The names people go by in the text: full, first, and as speakers, all folded in case."""
    found: set[str] = set()
    for name in (
        *names,
        *(line.speaker for line in lines if line.speaker and role_of(line.speaker) == TOPIC),
    ):
        words = name.casefold().split()
        if 0 < len(words) <= _LONGEST_NAME_WORDS:
            found.add(" ".join(words))
            if len(words[0].strip(".")) > 1:
                found.add(words[0])
    return frozenset(found)


def _listed(lines: Iterable[Line], *, within: bool) -> Iterable[str]:
    """Names in label lines, and in the bullets below a label that has no names of its own."""
    taking, depth = within, -1
    for line in lines:
        role, rest = label_of(line)
        if role in (ATTENDANCE, ABSENCE):
            taking, depth = role == ATTENDANCE, line.level if line.kind == "bullet" else -1
            if taking:
                yield from _names_in(rest)
            taking = taking and not rest
        elif (
            taking
            and line.kind in ("bullet", "text", "row")
            and (line.level > depth or within)
            and role == TOPIC
            and not (line.kind == "text" and line.after_blank and line.plain.endswith(":"))
        ):
            yield from _names_in(line.plain.rpartition(":")[2] if ":" in line.plain[:40] else line.plain)
        elif not within or role != TOPIC:
            taking = within and role == TOPIC


def _names_in(words: str) -> Iterable[str]:
    if words.startswith("[ ]"):
        return
    for part in _SPLIT.split(_ASIDES.sub(" ", plain_words(words))):
        name = " ".join(part.strip(" .:*_-–—").split())
        known = _NAME.match(name) and name.casefold() not in _NOBODY
        if known and len(name.split()) <= _LONGEST_NAME_WORDS and role_of(name) == TOPIC:
            yield name


def owners_of(words: str, speaker: str, names: frozenset[str]) -> tuple[str, ...]:
    """Who a sentence says will do it, as written: its subject when that is a name, else who says "I will"."""
    handles = re.findall(r"(?<![\w.])@([A-Za-z][\w-]{0,38})", words)
    who, _ = subject_of(words, names)
    if who == "i" and speaker:
        return (speaker,)
    if who in ("name", "capital"):
        return tuple(dict.fromkeys((*subject_names(words, names), *handles)))
    later = [match[1] for match in _LATER.finditer(words) if match[1].casefold().split()[0] in names]
    if not (handles or later) and speaker and _OWN.match(words):
        return (speaker,)
    return tuple(dict.fromkeys((*handles, *later)))
