"""Lines in which the scribe marked a decision or an action, and who took it on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prodops.connectors.minutes.lines import Line
from prodops.connectors.minutes.wording import ACTIONS, DECISIONS

DECISION = "decision"
ACTION = "action"

_ONE = r"[A-Z@][\w.'’@-]{0,39}(?:/[a-z][\w.-]{0,39})?"
_WHO = rf"(?:{_ONE}(?:(?:,\s?|\s?/\s?|\s?&\s?|\sand\s|\s){_ONE}){{0,5}})"
_COLON = r"\s*[\])*_]{0,4}\s*[:–—-]+[\s*_]*"
_DECIDED = re.compile(
    r"\W{0,6}(?:final\s+|tentative\s+)?(?:decisions?|resolutions?|resolved|agreed)(?:\s+(?:made|taken|reached))?"
    rf"\s*(?:#?\d{{1,4}})?(?:{_COLON}(?=\S)|\s*\*{{2,3}}\s*(?=\S))(?P<words>.*)",
    re.IGNORECASE,
)
_DECIDED_AT_END = re.compile(
    r"(?:\*\*\s*(?:DECISION|AGREED|RESOLVED|APPROVED)|[-=]+>\s*(?:AGREED|APPROVED|RESOLVED|DECIDED))\b"
)
_UNDECIDED = re.compile(
    r"(?:needed|required|pending|to be (?:made|taken)|postponed|tbd|tba|none|no|n/?a|nothing|\?+|-+|…|\.\.\.)?[\s.!)]*",
    re.IGNORECASE,
)
_ACTED = re.compile(
    rf"\W{{0,6}}(?:(?i:action(?:\s+items?|\s+points?)?|to-?do|(?:follow[- ]?ups?|next\s+steps?)(?=\s*:))|AIs?|A\.I\.)"
    rf"\s*(?:#?\d{{1,4}})?\s*(?:[(\[]?(?:(?:for|on|to)\s+)?(?P<who>{_WHO})[)\]]?)?{_COLON}(?=\S)(?P<words>.*)"
)
_ASSIGNED = re.compile(
    rf"\W{{0,6}}(?:AI|ACTION(?:\s+ITEM)?|(?:Action(?:\s+item)?)(?=\s+@))\s+(?:(?:on|for)\s+)?(?P<who>{_WHO})"
    r"\s+(?P<words>(?:to|will|can|should|needs?|has|take|with)\b.*)"
)
_ACTED_INSIDE = re.compile(
    r"(?:^|[\s*(_\[>])(?:AI|ACTION(?:\s+ITEM)?|TODO|TO-DO)(?:\s+(?P<who>[A-Z@][\w.@-]*))?\s*\*{0,2}\s*:\s+\*{0,2}(?P<words>\S.*)"
)
_BRACKETED = re.compile(
    r"\W{0,3}[\[(](?P<kind>action(?: item)?|ai|to-?do|decision|decided|agreed|resolved)[\])]\s*:?\s*(?P<words>\S.*)",
    re.IGNORECASE,
)
_BOX = re.compile(r"\[(?P<tick>[ xX])\]\s+(?P<words>\S.*)")
_HANDLE = re.compile(r"(?<![\w.])@([A-Za-z][\w-]{0,38})")
_TRAILING = re.compile(rf"\((?:(?:on|by|for|owner:?|assigned to)\s+)?(?P<who>{_WHO})\)[\s.*]*$")
_STARTING = re.compile(
    rf"(?:(?:on|for)\s+)?(?P<who>{_WHO})(?:\s*:\s|\s*[-–—]\s|\s+(?:to|will|can|should|has|have|needs?|agreed|volunteer\w*|is|are|took|takes)\b)"
)
_NOT_NAMES = frozenset(
    "we all everyone everybody someone somebody anyone it this that there they he she i you the a an let please"
    " need needs plan goal proposal question next sig wg pr issue link".split()
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A decision or an action that the minutes mark as one.

    Attributes:
        kind: decision or action.
        words: What was decided or is to be done.
        owners: Who took it on, as written.
    """

    kind: str
    words: str
    owners: tuple[str, ...] = ()


def mark_of(line: Line) -> Mark | None:
    """The mark a line carries, if any; `Decision: none` and `Actions: n/a` are no marks."""
    for text in dict.fromkeys((line.said, line.plain)):
        decided = _DECIDED.match(text)
        if decided and not _open(decided["words"]):
            return Mark(DECISION, decided["words"].strip(" *"))
        acted = _ACTED.match(text) or _ASSIGNED.match(text)
        if acted and not _UNDECIDED.fullmatch(acted["words"]):
            return Mark(ACTION, acted["words"].strip(" *"), owners_in(acted["words"], acted["who"] or ""))
    bracketed = _BRACKETED.match(line.plain)
    if bracketed and not _open(bracketed["words"]):
        if bracketed["kind"].casefold() in ("decision", "decided", "agreed", "resolved"):
            return Mark(DECISION, bracketed["words"])
        return Mark(ACTION, bracketed["words"], owners_in(bracketed["words"]))
    if _DECIDED_AT_END.search(line.raw):
        return Mark(DECISION, line.said)
    inside = _ACTED_INSIDE.search(line.plain)
    if inside and not _UNDECIDED.fullmatch(inside["words"]):
        return Mark(ACTION, inside["words"].strip(" *"), owners_in(inside["words"], inside["who"] or ""))
    box = _BOX.match(line.raw)
    if box and box["tick"] == " " and _HANDLE.search(box["words"]):
        return Mark(ACTION, box["words"], owners_in(box["words"]))
    return None


def _open(words: str) -> bool:
    """Whether what follows the mark says that nothing is decided yet."""
    return words.rstrip(" *").endswith("?") or bool(_UNDECIDED.fullmatch(words.partition(".")[0]))


def listed(lines: Iterable[Line], role: str) -> Iterator[tuple[Line, Mark]]:
    """The outcomes of a list that stands under a heading such as `Action items`: its outermost entries."""
    top: int | None = None
    for line in lines:
        box = _BOX.match(line.raw)
        words = box["words"] if box else line.plain
        nothing = _UNDECIDED.fullmatch(words) or line.plain.endswith(":")
        top = line.level if top is None and line.kind == "bullet" else top
        outer = line.level <= (top or 0) if line.kind == "bullet" else top is None
        if not outer or nothing:
            continue
        own = mark_of(line)
        if own is not None:
            yield line, own
        elif role == ACTIONS:
            yield line, Mark(ACTION, words, owners_in(words))
        elif role == DECISIONS:
            yield line, Mark(DECISION, words)


def owners_in(words: str, named: str = "") -> tuple[str, ...]:
    """Who the words say will do it: named before them, `@handles`, a name they begin or end with."""
    found = list(_people(named)) if named else []
    found += [handle for handle in _HANDLE.findall(words) if f"@{handle}" not in found]
    if not found:
        match = _TRAILING.search(words) or _STARTING.match(words)
        found = list(_people(match["who"])) if match else []
    return tuple(dict.fromkeys(found))


def _people(who: str) -> Iterator[str]:
    for name in re.split(r",\s*|\s*/\s*|\s*&\s*|\s+and\s+", who):
        bare = name.strip(" @.")
        if bare and bare.casefold() not in _NOT_NAMES and bare.split()[0].casefold() not in _NOT_NAMES:
            yield bare
