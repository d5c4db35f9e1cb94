"""What minutes say about themselves: front matter, title, day, the name of the series, one file of many days."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from prodops.connectors.minutes.lines import Line
from prodops.connectors.minutes.wording import ATTENDANCE, TOPIC, role_of
from prodops.text.moments import MomentError, parse_day

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATED = re.compile(
    rf"(?<!\d)(?P<iso>{_YEAR}(?:[-/._]\d{{1,2}}[-/._]\d{{1,2}}|\s\d{{2}}\s\d{{2}}))(?!\d)"
    rf"|\b(?P<named>{_MONTH}\.?\s+{_DAY}(?:,\s*|\s+){_YEAR})\b"
    rf"|\b(?P<dayfirst>{_DAY}(?:\s+of)?[\s-]+{_MONTH}\.?,?[\s-]+{_YEAR})\b"
    r"|(?<![\d/])(?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))(?![\d/])"
    rf"|(?<![\d.])(?P<dotted>\d{{1,2}}\.\s?\d{{1,2}}\.\s?{_YEAR})(?!\d)"
    r"|(?<!\d)(?P<solid>20[0-4]\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))(?!\d)"
    rf"|\b(?P<yearless>{_MONTH}\.?\s+{_DAY}|{_DAY}(?:\s+of)?\s+{_MONTH})\b(?!\s*[,.]?\s*\d)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?,?", re.IGNORECASE
)
_YEAR_ALONE = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_EDGES = " \t-–—:|,;._#*/@"
_BARE_BRACKETS = re.compile(r"\s{0,3}(?:\[[^\w\[]{0,20}\]|\([^\w(]{0,20}\))")
_MINUTES_WORDS = re.compile(
    r"[\s–—:,-]*\b(?:meeting\s+)?(?:minutes?|notes?)(?:\s+(?:of|for|from))?\s*$|^(?:meeting\s+)?(?:minutes?|notes?)"
    r"\s+(?:of|for|from)(?:\s+the)?\s+",
    re.IGNORECASE,
)
_UNTELLING = frozenset(
    "the a an our all archive archives archived old meeting meetings minute minutes note notes agenda agendas weekly"
    " monthly public private closed open sync call team doc docs file files ritual rituals data log logs src markdown"
    " md text home untitled draft index readme".split()
)
_FRONT_KEY = re.compile(r"([A-Za-z][\w -]{0,30}):(?:\s+(.*))?$")
_LONGEST_FRONT_MATTER = 400
_MOST_HEADING_WORDS = 4


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the minutes: keys in lower case, a list joined by commas, and the text below."""

    values: Mapping[str, str]
    body: str


@dataclass(slots=True)
class Held:
    """One meeting of a file.

    Attributes:
        heading: The dated heading it stands under; None when the file holds one meeting.
        dated: The words of its date, to be read as a day; empty when there are none.
        lines: Its lines.
    """

    heading: Line | None
    dated: str
    lines: list[Line] = field(default_factory=list)


def front_matter(text: str) -> Front:
    """Split off front matter between `---` lines, or a pandoc title, and keep the line numbers."""
    source = text.split("\n")
    if source[0].startswith("% "):
        return Front({"title": source[0][2:].strip()}, "\n".join(["", *source[1:]]))
    if source[0].strip() != "---":
        return Front({}, text)
    close = next(
        (i for i, row in enumerate(source[1:_LONGEST_FRONT_MATTER], 1) if row.strip() in ("---", "...")), 0
    )
    if not close:
        return Front({}, text)
    return Front(_values(source[1:close]), "\n".join([""] * (close + 1) + source[close + 1 :]))


def _values(rows: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    key = ""
    for row in rows:
        match = _FRONT_KEY.match(row)
        if match:
            key = match[1].strip().lower()
            values.setdefault(key, (match[2] or "").strip().strip("[]\"'").strip())
        elif key and row.lstrip().startswith("- "):
            values[key] = ", ".join(part for part in (values[key], row.lstrip("- \t").strip("\"' ")) if part)
    return values


def date_words(text: str, *, year: str = "") -> str:
    """The first date in a text, as written; a date without a year takes `year` when that is given."""
    for match in _DATED.finditer(text):
        if match.lastgroup != "yearless":
            return match[0]
        if year:
            return f"{match[0]}, {year}"
    return ""


def day_of(words: str) -> date:
    """The day that a date's words name.

    Raises:
        MomentError: When there is no such day, or no words.
    """
    match = _DATED.search(words)
    if match is None:
        raise MomentError(f"no date in {words[:40]!r}")
    if match.lastgroup == "iso":
        return parse_day(re.sub(r"[/._\s]", "-", match[0]))
    if match.lastgroup == "dotted":
        day, month, year = re.findall(r"\d+", match[0])
        return parse_day(f"{year}-{month}-{day}")
    if match.lastgroup == "solid":
        return parse_day(f"{match[0][:4]}-{match[0][4:6]}-{match[0][6:]}")
    return parse_day(re.sub(r"\s*-\s*", " ", words) if match.lastgroup == "dayfirst" else words)


def year_in(text: str) -> str:
    """The only year a text names, or nothing."""
    years = set(_YEAR_ALONE.findall(text))
    return years.pop() if len(years) == 1 else ""


def without_date(text: str) -> str:
    """A title without its date and weekday, and without `minutes` or `notes` at its edges."""
    bare = _WEEKDAY.sub(" ", _DATED.sub(" ", text))
    bare = _BARE_BRACKETS.sub("", " ".join(_YEAR_ALONE.sub(" ", bare).split())).strip(_EDGES)
    return _MINUTES_WORDS.sub("", bare).strip(_EDGES)


def split_meetings(lines: Sequence[Line], *, year: str) -> list[Held]:
    """The meetings of a file: one for each dated heading when there are several, else one in all.

    The dated headings are those of the highest level at which at least two hold a date and little
    else, and different dates. What stands before the first is a `Held` without a heading.
    """
    dated = _dated_level(lines, year)
    held = [Held(None, "")]
    for line in lines:
        words = date_words(line.plain, year=year) if line.kind == "heading" and line.level == dated else ""
        if words and _mostly_date(line.plain):
            held.append(Held(line, words))
        elif line.kind == "heading" and 0 < line.level < dated:
            held.append(Held(None, "", [line]))
        else:
            held[-1].lines.append(line)
    return [part for part in held if part.heading is not None or part.lines]


def _dated_level(lines: Sequence[Line], year: str) -> int:
    days: dict[int, set[str]] = {}
    for line in lines:
        words = date_words(line.plain, year=year) if line.kind == "heading" else ""
        if words and _mostly_date(line.plain):
            days.setdefault(line.level, set()).add(words)
    return min((level for level, found in days.items() if len(found) > 1), default=0)


def _mostly_date(heading: str) -> bool:
    return len(without_date(heading).split()) <= _MOST_HEADING_WORDS


def title_of(lines: Sequence[Line]) -> Line | None:
    """The line that names the whole document: its first heading, or a first line that reads like one."""
    first = lines[0] if lines else None
    if first is None:
        return None
    if first.kind == "heading":
        same = sum(1 for line in lines if line.kind == "heading" and line.level <= first.level)
        telling = role_of(first.plain) == TOPIC
        return first if same == 1 or (telling and bool(date_words(first.plain))) else None
    reads = date_words(first.plain) or re.search(r"\b(?:minutes|meeting|notes)\b", first.plain, re.IGNORECASE)
    short = first.kind == "text" and len(first.plain) < 100 and role_of(first.plain) != ATTENDANCE
    followed = len(lines) == 1 or lines[1].after_blank or lines[1].kind == "heading"
    return first if reads and short and followed else None


def series_of(front: Front, title: str, name: str) -> str:
    """The name of the ritual: front matter `series`, the title without its date, or the folder.

    A title that says no more than "meeting notes", or less than the nearest folder that says something,
    gives way to that folder, and a folder that says nothing to the file's own name.
    """
    for key in ("series", "ritual"):
        if front.values.get(key):
            return front.values[key]
    bare = without_date(front.values.get("title", "") or title)
    *folders, last = name.replace("!/", "/").split("/")
    folder = next(filter(_telling, reversed(folders)), "")
    if _telling(bare):
        return folder if _telling(bare) < _telling(folder) else bare
    stem = without_date(last.rpartition(".")[0] or last)
    return stem if _telling(stem) else folder or bare or stem or "meeting"


def _telling(name: str) -> frozenset[str]:
    """The words of a name that say more than that it names notes of some meeting."""
    words = re.split(r"[\W_]+", name.casefold())
    return frozenset(word for word in words if word and word not in _UNTELLING and not word.isdigit())
