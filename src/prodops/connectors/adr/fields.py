"""What a decision record says: its state, its days, its links to others, its options and its choice."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote

from prodops.connectors.adr.document import Document
from prodops.text.moments import MomentError, parse_day

_STATES = (
    ("superseded", r"super[sc]eded|replaced by|obsoleted by"),
    ("withdrawn", r"withdrawn|abandoned|cancel+ed|not pursued"),
    ("rejected", r"rejected|declined|not accepted|denied"),
    ("retired", r"deprecated|obsolete|retired|revoked|archived"),
    (
        "decided",
        r"accepted|approved|decided|adopted|agreed|implemented|done|active|final|enacted|ratified|in force",
    ),
    (
        "proposed",
        r"proposed|proposal|draft|pending|in review|under review|under discussion|open|wip|rfc|to be decided",
    ),
)
_STATE = tuple((state, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for state, words in _STATES)
_NUMBERED = re.compile(
    r"(?:(?:adr|decision|dr|rfc)[-_ #]*0*(\d{1,6})\b\s*[.:)\]|–—_-]*|0*(\d{1,6})\s*[.:)\]|–—-])\s+(.*)",
    re.IGNORECASE | re.DOTALL,
)
_STEM = re.compile(r"(?:adr|decision|dr)?[-_ ]*0*(\d{1,6})(?=[-_. ]|$)", re.IGNORECASE)
_ON = re.compile(r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}")
_ACCEPTED = re.compile(r"\b(?:accepted|approved|decided|adopted|agreed|rejected)\b", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:proposed|created|opened|drafted|raised)\b", re.IGNORECASE)
_BEFORE = (
    r"^(?:\W|(?:accepted|approved|but|and|then|now|later|since|has|been|was|is|status|this|record|adr)\b)*"
)
_ENDED = re.compile(_BEFORE + r"(?:super[sc]eded|replaced|obsoleted)\b(.{0,400})", re.IGNORECASE)
_OVER = re.compile(_BEFORE + r"(?:super[sc]edes|replaces|obsoletes)\b(.{0,400})", re.IGNORECASE)
_PARTLY = re.compile(
    r"\b(?:in part|part|partly|partial|partially|portions?|sections?|aspects?)\b", re.IGNORECASE
)
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]{1,300})")
_NAMED = re.compile(
    r"\badr[-_ #]*0*(\d{1,6})\b|\[\s*0*(\d{1,6})\b|^[\s:#]*(?:by\s+)?[\s:#]*0*(\d{1,6})\b(?![-/.]\d)",
    re.IGNORECASE,
)
_MARKED = re.compile(
    r"chosen\s+(?:option|alternative)\W{0,6}[:\-]\s*(\*\*|[\"“'`_])(.{1,300}?)(?:\1|”)(?!\w)",
    re.IGNORECASE | re.DOTALL,
)
_CHOSEN = re.compile(
    r"chosen\s+(?:option|alternative)\W{0,6}[:\-]\W{0,6}[\"“*_`'\[]*(.{1,300}?)[\"”*_`'\]]*\s*(?:\(|,|\bbecause\b|\.\s|\.?$)",
    re.IGNORECASE | re.MULTILINE,
)
_ITEM = re.compile(r"(?:[*+-]|\d{1,2}[.)])[ \t]+(\S.{0,300})")
_BOLD = re.compile(r"(?:\*\*|__)(.{1,200}?)(?:\*\*|__)")
_COUNTED = re.compile(r"(?:option\s+)?(?:\d{1,2}|[a-z])[.):]\s+", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]]{1,300})\]\([^)]{0,400}\)")
_MARKS = re.compile(r"[*_`\"“”]+")
_PEOPLE = re.compile(r"\s*(?:[,;/\n]|\band\b|&)\s*")

_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")

OPTIONS_KEPT = 20
_NEAR = 160
"""So near its word a supersession says that it is one in part."""


def status_of(document: Document) -> str:
    """The record's own words on its status; empty when it says none."""
    told = document.told("status", "state", "decision status")
    lines = [line.strip() for line in document.section("status", "state") if line.strip()]
    return plain(told or " ".join(lines))[:400]


def state_of(status: str) -> str:
    """Our mapping of a status: what ended a record counts before what began it; empty when none fits."""
    return next((state for state, words in _STATE if words.search(status)), "")


def is_template(document: Document, status: str) -> bool:
    """Whether it is the form that records are written on, and no record."""
    title = document.title.strip()
    blank = not title or title[0] in "{[<" or "short title" in title.casefold()
    return blank or status.count("|") > 1 or status.startswith(("{", "["))


def number_and_title(title: str, stem: str) -> tuple[str, str]:
    """The record's number, from its title or its file's name, and its title without it."""
    numbered = _NUMBERED.match(title)
    if numbered and numbered[3].strip():
        return numbered[1] or numbered[2], numbered[3].strip()
    named = _STEM.match(stem)
    return (named[1] if named else ""), title.strip()


def days_of(document: Document, state: str, status: str) -> tuple[date | None, date | None, list[str]]:
    """The day it was asked, the day it was decided, and days that cannot be.

    A day beside a word of its status is that word's. Else Nygard's `Date:` line is the day of the decision.
    MADR's date is the day of the last change, which for a record that was superseded or retired is not the
    day of the decision; it is then left out, unless the record says on which later day that happened.
    """
    wrong: list[str] = []
    asked, decided = _beside(status, _ASKED, wrong), _beside(status, _ACCEPTED, wrong)
    asked = asked or _day(document.told("proposed", "date proposed", "created", "opened"), wrong)
    decided = decided or _day(document.told("decided", "date decided", "accepted", "decision date"), wrong)
    changed = (
        any("date" in place for place in (document.front, document.listed)) or "date" not in document.plain
    )
    day = _day(document.told("date", "last updated", "updated"), wrong)
    if day is not None and state in ("proposed", "withdrawn"):
        asked = asked or day
    elif day is not None and not (
        changed and state in ("superseded", "retired") and not _before(day, document)
    ):
        decided = decided or day
    return asked, (None if state in ("proposed", "withdrawn") else decided), wrong


def ended_of(document: Document) -> date | None:
    """The day on which it was superseded, where it says so: `superseded by ADR 9 on 2026-05-19`."""
    for found in _endings(document):
        day = _ON.search(found)
        if day:
            return _day(day[0], [])
    return None


def _before(day: date, document: Document) -> bool:
    ended = ended_of(document)
    return ended is not None and day < ended


def _endings(document: Document) -> Iterator[str]:
    """What stands behind `superseded`, where all of the record is meant and not a part of it."""
    lines = [
        document.told("status"),
        *document.section("status"),
        *document.section("links", "more information"),
    ]
    for line in [*lines, *document.quoted]:
        found = _ENDED.match(line)
        if found and not _PARTLY.search(line[:_NEAR]):
            yield found[1]


def is_superseded(document: Document) -> bool:
    """Whether it says that it is superseded as a whole."""
    return any(True for _ in _endings(document))


def links_of(document: Document, folder: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Keys of the records that it supersedes, and of those that supersede it; as a whole, not in part."""
    over = [document.told(name) for name in ("supersedes", "replaces")]
    by = [document.told(name) for name in ("superseded by", "replaced by")]
    lines = [
        document.told("status"),
        *document.section("status"),
        *document.section("links", "more information"),
    ]
    over += [found[1] for line in lines if (found := _OVER.match(line)) and not _PARTLY.search(line[:_NEAR])]
    keys = [
        [key for text in texts for key in _keys(text, folder)] for texts in (over, [*by, *_endings(document)])
    ]
    return tuple(dict.fromkeys(keys[0])), tuple(dict.fromkeys(keys[1]))


def key_of(folder: str, number: str, stem: str) -> str:
    """What other records of the same folder call this one: its number, or its file's name."""
    return f"{folder}:{number or stem}"


def options_of(document: Document) -> tuple[str, ...]:
    """The options considered: the items of their list, else their subheadings."""
    lines = document.section(
        "considered options", "options considered", "options", "alternatives", "alternatives considered",
        "considered alternatives", "pros and cons of the options",
    )  # fmt: skip
    items = [_named(found[1]) for line in lines if (found := _ITEM.match(line))]
    heads = [_named(line.removeprefix("### ")) for line in lines if line.startswith("### ")]
    listed = heads if heads and len(heads) > 1 else items
    return tuple(dict.fromkeys(one[:300] for one in listed if one))[:OPTIONS_KEPT]


def chosen_of(document: Document) -> tuple[str, str]:
    """What was chosen, and the words of the decision."""
    lines = document.section("decision outcome", "decision", "decision made", "resolution", "outcome")
    lines = lines or document.preamble
    words = " ".join(" ".join(lines).split())[:4_000]
    text = "\n".join(line.strip() for line in lines if not line.startswith("### "))[:4_000]
    if marked := _MARKED.search(text):
        return plain(marked[2]), words
    if found := _CHOSEN.search(text):
        return plain(found[1]), words
    first = next((plain(line) for line in lines if line.strip() and not line.startswith("### ")), "")
    return re.split(r"(?<=[.!?])\s", first)[0][:500], words


def deciders_of(document: Document) -> tuple[str, ...]:
    """Those who took part in the decision, as written."""
    for name in (
        "decision makers",
        "deciders",
        "decision maker",
        "decider",
        "owner",
        "owners",
        "driver",
        "dri",
        "authors",
        "author",
    ):
        value = document.front.get(name)
        if isinstance(value, list):
            return tuple(str(one).strip(" @*") for one in value if isinstance(one, str) and one.strip(" @*"))[
                :100
            ]
        told = document.told(name)
        if told and told[0] not in "{[<":
            people = (plain(one).strip(" @*()[]") for one in _PEOPLE.split(told[:2_000]))
            return tuple(one for one in people if one)
    return ()


def _named(option: str) -> str:
    """An option without what is said of it: what is bold at its beginning is its name."""
    bold = _BOLD.match(option)
    return _COUNTED.sub("", plain(bold[1] if bold else option), count=1) if option else ""


def plain(text: str) -> str:
    """Text without the marks of Markdown, on one line."""
    return " ".join(_MARKS.sub("", _LINK.sub(r"\1", text)).split())


def _beside(status: str, word: re.Pattern[str], wrong: list[str]) -> date | None:
    """The day right after a word: `Accepted (2021-02-01)`, `accepted on 1 Feb 2021`."""
    found = word.search(status)
    day = _ON.match(status[found.end() :].lstrip(" :-–(,on")) if found else None
    return _day(day[0], wrong) if day else None


def _day(text: str, wrong: list[str]) -> date | None:
    """A day; one with slashes has its day first, as adr-tools wrote them before it took to ISO 8601."""
    if not text or text[0] in "{[<":
        return None
    if (slashed := _SLASHED.match(text)) and int(slashed[2]) <= 12:
        text = f"{slashed[3]}-{int(slashed[2]):02d}-{int(slashed[1]):02d}"
    written = _ON.search(text)
    try:
        return parse_day(written[0] if written else text[:40])
    except MomentError as error:
        wrong.append(str(error))
        return None


def _keys(text: str, folder: str) -> Iterator[str]:
    """The records that a phrase names: by links to their files, else by their numbers."""
    targets = [one.partition("#")[0] for one in _TARGET.findall(text)]
    files = [one for one in targets if one and "://" not in one]
    for one in files:
        path = posixpath.normpath(posixpath.join(folder, unquote(one)))
        inner, _, name = path.rpartition("/")
        stem = name.rpartition(".")[0] or name
        number = _STEM.match(stem)
        yield key_of(inner, number[1] if number else "", stem)
    if not files:
        for found in _NAMED.finditer(text):
            yield key_of(folder, next(one for one in found.groups() if one), "")
