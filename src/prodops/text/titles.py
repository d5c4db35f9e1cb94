"""Whether two entries of two lists mean the same recurring meeting, though one was reworded or moved."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from prodops.text.words import fold

SAME = 0.6
"""From this similarity on two entries of one group are taken for the same meeting.

Set on five yearly snapshots of a public registry; `tests/connectors/test_kubernetes_sigs.py` measures it.
"""

_SLOT_ALONE = 0.85
_TITLE_WEIGHT, _DAY_WEIGHT = 0.85, 0.15
_WORDS = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
_WHEN = re.compile(
    r"\b\d{1,2}(?::\d{2})? ?(?:am|pm)\b|\b\d{1,2}:\d{2}\b|\b(?:[pmce][sd]?t|utc|gmt|cest|pacific|eastern)\b"
)
_TIME = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm)?")
_DAY = re.compile(r"(?:(first|second|third|fourth|last|1st|2nd|3rd|4th)\s+)?\b(mon|tue|wed|thu|fri|sat|sun)")
# Words that say that there is a meeting, how it is held and how often, not what it is about.
_EMPTY = """
a an and at for in of on or our please the to with join access notes come ask get
meeting call sync syncup chat session hour office standup gathering discussion
regular main weekly biweekly bi monthly fortnightly daily quarterly week month friendly time alternate
sig wg ug group working interest special team committee subproject subgroup project
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says of one recurring meeting.

    Attributes:
        title: Its name or description.
        group: Who holds it; meetings of two groups are never the same.
        day: The day of the week, or its place in the month, as written.
        time: The time of day, as written.
    """

    title: str
    group: str = ""
    day: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """An entry of the earlier list and its successor in the later one.

    Attributes:
        earlier: Place in the earlier list, from 0.
        later: Place in the later list, from 0.
        similarity: `same_ritual` of the two.
    """

    earlier: int
    later: int
    similarity: float


def same_key(listed: Listed) -> tuple[str, str]:
    """What stays while a meeting is not reworded: its group and its title, folded."""
    return fold(listed.group), fold(listed.title)


def same_ritual(one: Listed, other: Listed) -> float:
    """How alike two entries are, from 0 (two meetings) to 1 (one meeting, nothing reworded).

    The same group and title are 1 whatever the day, so a moved meeting stays itself. Another group is 0.
    In between count the words that say what the meeting is about; a title without such words ("Regular
    SIG Meeting", "SIG Network Meeting") is the group's own meeting. The same day and time of the same group
    weigh much, for few groups put two meetings into one slot.
    """
    if same_key(one) == same_key(other):
        return 1.0
    if fold(one.group) != fold(other.group):
        return 0.0
    about = _alike(_subject(one), _subject(other))
    same_day = bool(_slot_day(one.day)) and _slot_day(one.day) == _slot_day(other.day)
    at, other_at = _minutes(one.time), _minutes(other.time)
    same_slot = same_day and at is not None and at == other_at
    graded = _TITLE_WEIGHT * about + _DAY_WEIGHT * same_day
    return min(0.99, max(graded, _SLOT_ALONE if same_slot else 0.0))


def pair_up(earlier: Sequence[Listed], later: Sequence[Listed], *, least: float = SAME) -> Iterator[Pair]:
    """Match two snapshots of one list, each entry at most once, the most alike first.

    Entries with the same group and title are matched first; what is left is matched within its group. What
    stays unmatched ended (earlier) or began (later).

    Args:
        earlier: The older snapshot.
        later: The newer snapshot.
        least: The similarity below which two entries are two meetings.
    """
    by_group: defaultdict[str, list[int]] = defaultdict(list)
    for at, listed in enumerate(later):
        by_group[fold(listed.group)].append(at)
    candidates = [
        (-same_ritual(listed, later[there]), here, there)
        for here, listed in enumerate(earlier)
        for there in by_group[fold(listed.group)]
    ]
    paired_here: set[int] = set()
    paired_there: set[int] = set()
    for negative, here, there in sorted(candidates):
        if -negative >= least and here not in paired_here and there not in paired_there:
            paired_here.add(here)
            paired_there.add(there)
            yield Pair(here, there, -negative)


@lru_cache(maxsize=4096)
def _subject(listed: Listed) -> frozenset[str]:
    group = {_stem(word) for word in _WORDS.findall(fold(listed.group))}
    title = _WHEN.sub(" ", _ADDRESS.sub(" ", fold(listed.title)))
    words = {_stem(word) for word in _WORDS.findall(title)}
    return frozenset(words - group - _EMPTY_WORDS)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > len("bus") and word.endswith("s") and not word.endswith("ss") else word


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 1.0 if one == other else 0.0
    shared = len(one & other)
    return (shared / len(one | other) + shared / min(len(one), len(other))) / 2


def _slot_day(day: str) -> tuple[str, str]:
    match = _DAY.search(fold(day))
    return (match[1] or "", match[2]) if match else ("", "")


def _minutes(time: str) -> int | None:
    match = _TIME.match(fold(time))
    if match is None:
        return None
    hour = int(match[1]) % 24 + (12 if match[3] == "pm" and int(match[1]) < 12 else 0)
    return hour * 60 + int(match[2] or 0)
