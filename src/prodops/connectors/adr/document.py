"""A decision record taken apart: its title, what its head says, and its sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prodops.text.documents import DocumentError, read_yaml

LONGEST = 400_000
"""Characters of a record that are looked at; a decision is told on a page or two."""

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.{0,20000}?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.{1,400}?)[ \t]*#*$")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*$")
_FENCE = re.compile(r"[ \t]*(```|~~~)")
_META = re.compile(r"[ \t]*([*+-][ \t]+)?\**_*([A-Za-z][A-Za-z /-]{2,30}?)\**_*[ \t]*:\**_*[ \t]*(\S.*)$")
_ROW = re.compile(r"[ \t]*\|[ \t]*\**([A-Za-z][A-Za-z /-]{2,30}?)\**:?[ \t]*\|[ \t]*([^|]{1,400}?)[ \t]*\|")
_MARKS = re.compile(r"[*_`]+")
_SPACES = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Document:
    """A record's parts.

    Attributes:
        title: Its first heading, else what its front matter says; empty when it has neither.
        preamble: The lines between its title and its first section that are no fields.
        front: What its front matter says, by name; texts and lists of texts.
        listed: What the lines above its first section say as list items or rows of a table: MADR's way.
        plain: What they say as plain lines: Nygard's way.
        quoted: The quoted lines above its first section, where people note what became of it.
        sections: The lines below each heading by its name, subheadings among them.
    """

    title: str = ""
    preamble: list[str] = field(default_factory=list)
    front: Mapping[str, object] = field(default_factory=dict)
    listed: dict[str, str] = field(default_factory=dict)
    plain: dict[str, str] = field(default_factory=dict)
    quoted: list[str] = field(default_factory=list)
    sections: dict[str, list[str]] = field(default_factory=dict)

    def told(self, *names: str) -> str:
        """What the head says under one of several names."""
        for name in names:
            for place in (self.front, self.listed, self.plain):
                value = place.get(name)
                if isinstance(value, str) and value.strip():
                    return value.strip()
        return ""

    def section(self, *names: str) -> list[str]:
        """The lines of the first section that there is."""
        return next((self.sections[name] for name in names if name in self.sections), [])


def bare(name: str) -> str:
    """A heading or a field's name as lower-case words: `Decision-Makers` is `decision makers`."""
    return _SPACES.sub(" ", _MARKS.sub("", name).casefold()).strip()


def document_of(text: str) -> Document:
    """The parts of a text; one that is no record has no sections."""
    text = text[:LONGEST]
    front = _FRONT.match(text)
    found = Document(front=_front(front[1]) if front else {})
    if front:
        text = text[front.end() :]
    where: list[str] | None = None
    for level, line in _lines(_COMMENT.sub("", text)):
        if level == 1 and not found.title:
            found.title = line
        elif level in (1, 2):
            where = found.sections.setdefault(bare(line), [])
        elif where is not None:
            where.append(f"### {line}" if level else line)
        elif not level:
            _head(found, line)
    titled = found.front.get("title")
    found.title = found.title or (titled if isinstance(titled, str) else "")
    return found


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its heading level; 0 for one that is no heading."""
    lines, fenced = text.splitlines(), False
    for place, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        heading = None if fenced else _HEADING.match(line)
        below = lines[place + 1] if place + 1 < len(lines) else ""
        underlined = not fenced and line.strip() and len(below) > 2 and _UNDERLINE.match(below)
        if heading:
            yield len(heading[1]), _MARKS.sub("", heading[2]).strip()
        elif underlined and not _UNDERLINE.match(line):
            yield 1 if below.startswith("=") else 2, _MARKS.sub("", line).strip()
        elif not (_UNDERLINE.match(line) and len(line.strip()) > 2):
            yield 0, line


def _head(found: Document, line: str) -> None:
    row, meta = _ROW.match(line), _META.match(line[:600])
    if row:
        found.listed.setdefault(bare(row[1]), row[2])
    elif meta:
        place = found.listed if meta[1] else found.plain
        place.setdefault(bare(meta[2]), _MARKS.sub("", meta[3]).strip())
    elif line.lstrip().startswith(">"):
        found.quoted.append(line.lstrip(" >"))
    elif line.strip() and not line.lstrip().startswith(("|", "<")):
        found.preamble.append(line)


def _front(text: str) -> dict[str, object]:
    """Front matter as texts and lists of texts; what is no YAML says nothing."""
    try:
        values = next(iter(read_yaml(text)), None)
    except DocumentError:
        return {}
    if not isinstance(values, dict):
        return {}
    return {bare(str(name)): value for name, value in values.items() if isinstance(value, (str, list))}
