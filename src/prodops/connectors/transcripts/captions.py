"""WebVTT and SRT: who spoke, and what the header says about the meeting."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_BEGINS_VTT = re.compile(r"[\ufeff\s]*WEBVTT(?=[\s-]|$)")
_BEGINS_SRT = re.compile(r"[\ufeff\s]*(?:\d{1,9}[ \t]*\r?\n)?\d{1,3}:\d\d:\d\d,\d{1,3}[ \t]*-->")
_CUE = re.compile(
    r"[ \t]*(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
)
_VOICE = re.compile(r"<v(?:\.[^\s<>.]{1,60}){0,9}[ \t]{1,9}([^<>\r\n]{1,200})>")
_LABEL = re.compile(
    r"[ \t]{0,9}(?:>>[ \t]{0,9}|-[ \t]{1,9})?(?:\[([^\[\]:\r\n]{1,80})\]|([^:<>\[\]\r\n]{1,80})):[ \t]+\S"
)
_SAID = re.compile(r"[ \t]*([A-Za-z][A-Za-z ]{1,30})[ \t]*:[ \t]*(\S.*)")
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*|\([\w /.,'’-]{1,40}\)")
_PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "da",
        "di",
        "del",
        "della",
        "der",
        "den",
        "la",
        "le",
        "el",
        "al",
        "bin",
        "ten",
        "dos",
        "du",
        "y",
    ]
)
_NOBODY = re.compile(
    r"(?:unknown|unidentified|anonymous)?\s*(?:speaker|participant|user|caller)?s?[\s_#-]*\d*|phone\s*\d*|"
    r"conference room.*|(?:note|question|answer|action|decision|agenda|summary|topic|time|date)s?|"
    r"(?:ok|okay|so|and|but|yes|no|well|first|second|third|finally|next)",
    re.IGNORECASE,
)
_LONGEST_NAME_WORDS = 6
_HEADER_LINES = 40


@dataclass(frozen=True, slots=True)
class Captions:
    """A transcript.

    Attributes:
        speakers: Who spoke, as written, each once and in order.
        cues_count: How many pieces of speech it has.
        broken_count: How many lines look like the time of a piece and are not.
        said: What its header says, by name in lower case.
    """

    speakers: tuple[str, ...]
    cues_count: int
    broken_count: int
    said: dict[str, str]


def looks_like_captions(head: str) -> bool:
    """Whether a text begins as WebVTT or SRT does."""
    return bool(_BEGINS_VTT.match(head) or _BEGINS_SRT.match(head))


def read_captions(text: str) -> Captions:
    """Read a transcript.

    Speakers are those of voice tags (`<v Ada Example>`); where there are none, names before a colon.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    times = [number for number, line in enumerate(lines) if "-->" in line]
    cues = [number for number in times if _CUE.match(lines[number])]
    spoken = list(_spoken(lines, cues))
    voices = [html.unescape(name) for line in spoken for name in _VOICE.findall(line)]
    names = voices or [name for line in spoken if (name := _label(line))]
    people = dict.fromkeys(" ".join(name.split()) for name in names)
    return Captions(
        tuple(name for name in people if name and not _NOBODY.fullmatch(name)),
        len(cues),
        len(times) - len(cues),
        _header(lines[: cues[0]] if cues else lines),
    )


def _spoken(lines: list[str], cues: list[int]) -> Iterator[str]:
    """The lines of speech: those below each time, up to an empty line."""
    for cue, following in pairwise([*cues, len(lines)]):
        for number in range(cue + 1, following):
            if not lines[number].strip():
                break
            yield lines[number]


def _label(line: str) -> str:
    """The name before a colon, if it is one: `Ada Example: hello`, `[Ada]: hello`."""
    match = _LABEL.match(line)
    if match is None:
        return ""
    name = html.unescape(match[1] or match[2]).strip()
    words = name.split()
    if len(words) > _LONGEST_NAME_WORDS or "".join(_NAME_WORD.findall(name)) != "".join(words):
        return ""
    return name if all(_starts_a_name(word) for word in words) else ""


def _starts_a_name(word: str) -> bool:
    return word.casefold() in _PARTICLES or not word[0].islower()


def _header(lines: list[str]) -> dict[str, str]:
    said: dict[str, str] = {}
    first = next((line for line in lines if line.strip("\ufeff \t\r")), "")
    title = first.strip("\ufeff \t\r").removeprefix("WEBVTT").strip(" \t-–:")
    for line in lines[:_HEADER_LINES]:
        match = _SAID.match(line.strip().removeprefix("NOTE").lstrip())
        if match:
            said.setdefault(match[1].strip().lower(), match[2].strip())
    if title and _BEGINS_VTT.match(first):
        said.setdefault("title", title)
    return said
