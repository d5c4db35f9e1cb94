"""What a meeting was called and when it was held: by what the file says, else by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from prodops.ledger.reading import SourceFile
from prodops.text.moments import MomentError, parse_day
from prodops.text.words import fold

_EXAMPLE = "2024-03-04 Weekly sync.vtt"
_LONGEST_TITLE = 300
_LONGEST_KEY = 80
_TITLE_NAMES = ("title", "meeting title", "topic", "meeting", "subject", "meeting name", "event")
_DAY_NAMES = ("date", "start time", "meeting start time", "start", "held on", "recorded", "time", "started")
_DATED = (
    re.compile(r"(?<!\d)(?:GMT)?(?P<y>(?:19|20)\d\d)(?P<gap>[-_.]?)(?P<m>\d\d)(?P=gap)(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<m>\d{1,2})-(?P<d>\d{1,2})-(?P<y>(?:20)?\d\d)(?!\d)"),
)
_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)\b(.*)", re.DOTALL)
_TIME = re.compile(
    r"[T_ -]{0,2}(?:[01]?\d|2[0-3])[._:hH-]?[0-5]\d(?:[._:]?[0-5]\d)?(?!\d)(?:\s*[AP]M\b)?"
    r"(?:\s*(?:GMT|UTC)(?:[+-]\d{1,2}(?:[._:]?\d\d)?)?)?",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"meeting\s*attendance\s*(?:report|list)\s*\((.*)\)", re.IGNORECASE)
_ABOUT_THE_FILE = re.compile(
    r"(?:^|[\s.,_–-]+)(?:meeting\s*)?(?:attendance\s*(?:report|list)|recording|transcript|captions|participants|attendees)"
    r"(?:[\s_]\d+)?[\s.,_–-]*$",
    re.IGNORECASE,
)
_HALF = re.compile(r"\b[ap]\.?m\b", re.IGNORECASE)
_MEETING_NUMBER = re.compile(r"(?<!\w)\d{9,12}(?!\w)")
_CENTURY = 100
_MARKS = " \t-–—_.,;:()[]{}#"


class HeldError(ValueError):
    """Neither the file nor its name says which meeting it was, or when."""

    def __init__(self, code: str, says: str, remedy: str) -> None:
        super().__init__(says)
        self.code = code
        self.says = says
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that took place.

    Attributes:
        title: What it was called.
        day: When.
    """

    title: str
    day: date

    @property
    def key(self) -> str:
        """How ids name it: `weekly-sync:2024-03-04`."""
        return f"{'-'.join(fold(self.title).split())[:_LONGEST_KEY]}:{self.day}"


def find_held(file: SourceFile, said: Mapping[str, str]) -> Held:
    """The meeting of a file.

    Args:
        file: Its name, and that of its folder, fill in what the file does not say.
        said: What its header says, by name in lower case: `meeting title`, `start time`.

    Raises:
        HeldError: Nothing says which meeting it was, or when.
    """
    title = next((said[name] for name in _TITLE_NAMES if said.get(name, "").strip()), "")
    days = (read_day(said[name]) for name in _DAY_NAMES if said.get(name))
    day = next((each for each in days if each), None)
    *folders, _ = file.name.split("/")
    for name in (file.stem, *folders[-1:]):
        named, dated = _by_name(name[:_LONGEST_TITLE])
        title, day = title or named, day or dated
    if day is None:
        says = "neither the file nor its name says on which day the meeting was held"
        raise HeldError(
            "no_date", says, f"Put the day into the file's name, such as {_EXAMPLE}, and load it again."
        )
    if not title:
        says = "neither the file nor its name says which meeting it was"
        raise HeldError(
            "no_title", says, f"Name the file after the meeting, such as {_EXAMPLE}, and load it again."
        )
    return Held(" ".join(title.split())[:_LONGEST_TITLE], day)


def read_day(text: str) -> date | None:
    """The day of a moment as reports write it; None when it is none.

    `4/3/2024, 10:00` with the hours of a whole day is day first, `3/4/24, 10:00 AM` is month first.
    """
    match = _SLASHED.fullmatch(text[:_LONGEST_KEY])
    if match and match[4].strip() and not _HALF.search(match[4]):
        day = _dated(match[3], match[2], match[1])
        if day:
            return day
    try:
        return parse_day(text.strip())
    except MomentError:
        return None


def _by_name(name: str) -> tuple[str, date | None]:
    """The title and the day that the name of a file or a folder has."""
    wrapped = _WRAPPED.search(name)
    rest = wrapped[1] if wrapped else name
    day = None
    for pattern in _DATED:
        match = pattern.search(rest)
        day = _dated(match["y"], match["m"], match["d"]) if match else None
        if match and day:
            time = _TIME.match(rest, match.end())
            rest = f"{rest[: match.start()]} {rest[time.end() if time else match.end() :]}"
            break
    words = " ".join(_MEETING_NUMBER.sub(" ", rest.replace("_", " ")).split()).strip(_MARKS)
    while words != (shorter := _ABOUT_THE_FILE.sub("", words).strip(_MARKS)):
        words = shorter
    return words, day


def _dated(year: str, month: str, day: str) -> date | None:
    full = int(year) if int(year) >= _CENTURY else 2000 + int(year)
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
