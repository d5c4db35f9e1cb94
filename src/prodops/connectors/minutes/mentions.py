"""The words of a sentence with people as signs, so that one pattern reads `on Ana's plate` whatever the name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from prodops.text.words import fold

KNOWN: Final = "\u00a7"
"""Stands for a person of the meeting."""

STRANGER: Final = "\u00a4"
"""Stands for a role, or for a word with a capital inside a sentence, that could be a person nobody lists as present."""

_TITLED: Final = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z][\w'\u2019-]+")
_ROLE: Final = re.compile(
    r"\b(?:the )?(?:(?:company |vice |acting |honorary )?(?:secretary|treasurer|clerk|counsel|chair(?:man|woman|person)?"
    r"|president|officers?|bursar|rapporteur|scribe)|team leads?)\b(?!')",
    re.IGNORECASE,
)
_CAPITAL: Final = re.compile(r"(?<=[a-z,;:(>/-] )[A-Z][a-z'\u2019]+[a-z]\b|(?<=\()[A-Z][a-z]+\b")
_NO_PERSON: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december spring summer autumn winter yes no not none option plan phase section version".split()
)
_ALSO_WORDS: Final = frozenset("will may mark grant drew bill art chase hope rich sue".split())
_FIRST: Final = re.compile(
    r"[A-Z][a-z'\u2019-]+(?: [A-Z][a-z'\u2019-]+)?(?= (?:to|will|shall|undertook|promised|volunteered|offered|agreed to|was (?:asked|told|tasked)|owns|picks|has (?:offered|promised))\b)"
)
_RUN: Final = re.compile(rf"([{KNOWN}{STRANGER}])(?: [{KNOWN}{STRANGER}])+")


def mentioned(words: str, names: frozenset[str], *, first: bool = False) -> str:
    """The folded words in which `§` stands for people of the meeting and `¤` for others that could be people.

    Args:
        words: The sentence as written; capitals tell a name from a thing.
        names: What the people of the meeting are called, in lower case.
        first: Whether the word with a capital that the sentence begins with could be a person, too.
    """
    if names - _ALSO_WORDS:
        words = _any_of(names).sub(KNOWN, words)
    words = _FIRST.sub(STRANGER, words, count=1) if first and _FIRST.match(words) else words
    text = fold(_CAPITAL.sub(_stranger, _ROLE.sub(STRANGER, _TITLED.sub(STRANGER, words))))
    return _RUN.sub(r"\1", text)


def _stranger(match: re.Match[str]) -> str:
    word = match[0].removesuffix("'s").removesuffix("\u2019s")
    if word.casefold() in _NO_PERSON:
        return match[0]
    return f"{STRANGER}'s" if word != match[0] else STRANGER


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(names - _ALSO_WORDS, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w@])@?(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
