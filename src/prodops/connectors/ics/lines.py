"""Content lines of iCalendar: unfolded, decoded, and split into name, parameters and value.

Plain lines are read here, thirty times faster than the library does; whatever is not plain goes to the
library. Tests hold the two equal.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from prodops.text.decoding import decode

# As the library unfolds, but on bytes: a fold may fall into the middle of a character.
_FOLD = re.compile(rb"(?:(?<!\n)\r\n|(?<![\r\n])\n)(?:\r?\n)*[ \t]")
_NAME = re.compile(r"([A-Za-z0-9-]+)[:;]")
_CONTROL = r"\x00-\x08\x0a-\x1f\x7f"
_HEAD = re.compile(
    rf'[A-Za-z0-9-]+((?:;[A-Za-z0-9-]+=(?:"[^"\\^%{_CONTROL}]*"|[^";:,\\^%{_CONTROL}]*))+):', re.ASCII
)
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=(?:"([^"]*)"|([^";:,]*))')
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_NONE: dict[str, str] = {}
_LONGEST_ODD_LINE = 65_536


class Line(NamedTuple):
    """One content line.

    Attributes:
        name: The property, in capitals.
        parameters: Its parameters by name in capitals; several values of one are joined by a comma.
        value: What stands behind the colon, as written.
    """

    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value of a TEXT property, with escapes undone."""
        return unescaped(self.value)


def unfolded(raw: bytes) -> tuple[str, bool]:
    """The text of a component with folded lines joined, and whether it was UTF-8."""
    if b"\n " in raw or b"\n\t" in raw:
        raw = _FOLD.sub(b"", raw)
    try:
        return raw.decode("utf-8"), True
    except UnicodeDecodeError:
        return decode(raw).text, False


def read_lines(text: str, wanted: Collection[str]) -> tuple[list[Line], list[str]]:
    """The lines of a component whose property is wanted, and the names of those that nobody can read.

    Lines of components inside it are passed over: an alarm has a summary and attendees of its own.
    """
    lines: list[Line] = []
    broken: list[str] = []
    inside = 0
    for written in text.split("\n"):
        match = _NAME.match(written)
        name = match[1].upper() if match else _odd_name(written)
        if name == "BEGIN":
            inside += 1
        elif name == "END":
            inside -= 1
        elif inside == 1 and name in wanted:
            line = read_line(written.removesuffix("\r"))
            if line is None:
                broken.append(name)
            else:
                lines.append(line)
    return lines, broken


def read_line(written: str) -> Line | None:
    """One content line, or None when it is not one."""
    name = _NAME.match(written)
    if name is None:
        return _by_library(written)
    end = name.end()
    if written[end - 1] == ":":
        return Line(name[1].upper(), _NONE, written[end:])
    head = _HEAD.match(written)
    if head is None:
        return _by_library(written)
    parameters = {
        key.upper(): quoted or bare.strip(" \t") for key, quoted, bare in _PARAMETER.findall(head[1])
    }
    return Line(name[1].upper(), parameters, written[head.end() :])


def unescaped(text: str) -> str:
    """A TEXT value with backslash escapes undone (RFC 5545, 3.3.11)."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], text)


def _odd_name(written: str) -> str:
    return written.partition(":")[0].partition(";")[0].strip().upper()


def _by_library(written: str) -> Line | None:
    if len(written) > _LONGEST_ODD_LINE:
        return None
    from icalendar.parser import Contentline  # lazy: icalendar takes 200 ms to import, and few lines need it

    try:
        name, parameters, value = Contentline(written).raw_parts()  # type: ignore[no-untyped-call]  # its constructor has no types
    except ValueError:
        return None
    joined = {
        key: each if isinstance(each, str) else ",".join(map(str, each)) for key, each in parameters.items()
    }
    return Line(name.upper(), joined, value)
