"""Text for a terminal: what came from outside is made harmless, and every line fits."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 1_000
"""Characters of one text from outside that are shown; JSON has the rest."""

_SPACES = re.compile(r"\s+")


def harmless(text: str, *, longest: int = LONGEST) -> str:
    """Text that cannot drive the reader's screen, on one line, cut where it is endless.

    Control and format characters (escape sequences, overrides of the writing direction) become spaces.
    """
    shown = text if len(text) <= longest else text[: longest - 1] + "…"
    if shown.isprintable():
        return shown
    return "".join(one if one.isprintable() else " " for one in _SPACES.sub(" ", shown))


def width(text: str) -> int:
    """Columns that a text takes: two for wide characters, none for marks on the character before."""
    if text.isascii():
        return len(text)
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, columns: int, *, right: bool = False) -> str:
    """A text filled with spaces up to its column."""
    space = " " * max(0, columns - width(text))
    return space + text if right else text + space


def wrapped(text: str, columns: int, *, first: str = "", rest: str = "") -> list[str]:
    """A text as lines of at most so many columns.

    Args:
        text: The text; runs of spaces become one.
        columns: Columns to fit, at least a few more than the prefixes take.
        first: What stands before the first line.
        rest: What stands before every further line.
    """
    lines: list[str] = []
    line, empty = first, True
    for word in _words(text, max(4, columns - max(width(first), width(rest)))):
        if not empty and width(line) + 1 + width(word) > columns:
            lines.append(line)
            line, empty = rest, True
        line += word if empty else f" {word}"
        empty = False
    return [*lines, line] if not empty or not lines else lines


def _words(text: str, columns: int) -> list[str]:
    """The words of a text; one that is wider than the line is broken, after a slash where it has one."""
    pieces: list[str] = []
    for word in text.split():
        rest = word
        while width(rest) > columns:
            cut = _fitting(rest, columns)
            slash = rest.rfind("/", 1, cut)
            cut = slash + 1 if slash > 0 else cut
            pieces.append(rest[:cut])
            rest = rest[cut:]
        pieces.append(rest)
    return pieces


def _fitting(text: str, columns: int) -> int:
    """How many characters of a text fit, at least one."""
    taken = 0
    for place, character in enumerate(text):
        taken += _columns(character)
        if taken > columns:
            return max(1, place)
    return len(text)
