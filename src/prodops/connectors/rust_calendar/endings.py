"""What the comments of a calendar file say about the events below them: that they are over."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OVER = re.compile(
    r"\b(?:past|ended|inactive|former|retired|archived|cancell?ed|deleted|discontinued|stopped)\b",
    re.IGNORECASE,
)
_EVENT = re.compile(r"\s*\[\[\s*events\s*\]\]")
_FENCE = re.compile(r"\"\"\"|'''")


def over_by_comment(text: str) -> Iterator[tuple[int, bool]]:
    """Give the line of each `[[events]]`, and whether a comment says that the event is over.

    A comment between two empty lines is a heading and speaks for all events down to the next one ("Past
    recurring events"); a comment right above an event speaks for that event.
    """
    heading = above = ""
    lines = text.splitlines()
    fence = ""
    for at, line in enumerate(lines):
        inside, fence = bool(fence), _fence_after(line, fence)
        if inside:
            continue
        if _EVENT.match(line):
            yield at + 1, bool(_OVER.search(heading) or _OVER.search(above))
        if not line.lstrip().startswith("#"):
            above = ""
            continue
        above = f"{above} {line}" if above else line
        starts_alone = at == 0 or not lines[at - 1].strip() or lines[at - 1].lstrip().startswith("#")
        if starts_alone and at + 1 < len(lines) and not lines[at + 1].strip():
            heading, above = above, ""


def _fence_after(line: str, fence: str) -> str:
    """The quotes that are still open at the end of the line."""
    for match in _FENCE.finditer(line):
        if not fence:
            fence = match[0]
        elif fence == match[0]:
            fence = ""
    return fence
