"""YAML and TOML as plain values: every scalar as written, no bombs, one kind of error with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import yaml

MAX_DEPTH = 60
"""How deep values may nest; real registries stay under ten."""
MAX_VALUES = 2_000_000
"""How many values a document may hold once every alias is written out."""

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_TOML_LINE = re.compile(r"at line (\d+)")
_TOML_PIECES = re.compile(
    r"'''.*?'''|\"\"\"(?:\\.|.)*?\"\"\"|'[^'\n]*'|\"(?:\\.|[^\"\\\n])*\"|\#[^\n]*|[{}\[\]]|,\s*(?=\})|\n",
    re.DOTALL,
)


class DocumentError(ValueError):
    """A document that cannot be read.

    Attributes:
        line: The line where reading stopped, from 1; 0 when unknown.
    """

    def __init__(self, says: str, line: int = 0) -> None:
        super().__init__(says)
        self.line = line


class Mapping(dict[str, object]):
    """A YAML mapping that knows its line, so that what is read from it can be cited."""

    __slots__ = ("line",)

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def read_yaml(text: str) -> Iterator[object]:
    """Read each document of a YAML text.

    Scalars stay text exactly as written ("11:00", "0100", "2019-09-38", "no"): what they mean is for the
    caller to say. Empty and null scalars are None. Mappings are `Mapping`, sequences are lists. A key that
    is given twice keeps its last value.

    Raises:
        DocumentError: The text is not YAML, nests deeper than `MAX_DEPTH`, contains itself, or would
            hold more than `MAX_VALUES` values when its aliases are written out.
    """
    builder = _Builder(text)
    try:
        yield from builder.documents()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        says = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML"
        raise DocumentError(str(says), mark.line + 1 if mark else 0) from None
    except (ValueError, RecursionError) as error:
        raise error if isinstance(error, DocumentError) else DocumentError(str(error)) from None


def read_toml(text: str) -> dict[str, object]:
    """Read a TOML text; line breaks and a last comma inside `{ }` are accepted, as TOML 1.1 does.

    Raises:
        DocumentError: The text is not TOML or nests too deep.
    """
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as first:
        try:
            return tomllib.loads(_on_one_line(text))
        except (tomllib.TOMLDecodeError, RecursionError, ValueError):
            line = _TOML_LINE.search(str(first))
            raise DocumentError(str(first), int(line[1]) if line else 0) from None


def _on_one_line(text: str) -> str:
    """The text with its inline tables on one line each, which is all that TOML 1.0 accepts."""
    tables: list[str] = []

    def flatten(match: re.Match[str]) -> str:
        piece = match[0]
        if piece in "{[":
            tables.append(piece)
        elif piece in "}]" and tables:
            tables.pop()
        elif "{" in tables and (piece[0] in "\n#" or piece[0] == ","):
            return " "
        return piece

    return _TOML_PIECES.sub(flatten, text)


class _Builder:
    """Values from YAML events, with depth and size under control."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self._anchored: dict[str, tuple[object, int]] = {}
        self._open: set[str] = set()
        self._size = 0

    def documents(self) -> Iterator[object]:
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchored.clear()
                yield self._value(next(self._events), 0)

    def _value(self, event: yaml.Event, depth: int) -> object:
        line = event.start_mark.line + 1 if event.start_mark else 0
        self._count(1, depth, line)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event.anchor or "", depth, line)
        before, anchor = self._size, event.anchor if isinstance(event, yaml.NodeEvent) else None
        if anchor:
            self._open.add(anchor)
        made: object
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style in (None, "")
            made = None if plain and event.value in _NOTHING else event.value
        elif isinstance(event, yaml.SequenceStartEvent):
            made = self._sequence(depth)
        else:
            made = self._mapping(depth, line)
        if anchor:
            self._open.discard(anchor)
            self._anchored[anchor] = (made, self._size - before + 1)
        return made

    def _alias(self, name: str, depth: int, line: int) -> object:
        if name in self._open or name not in self._anchored:
            raise DocumentError(f"*{name[:40]} stands for itself or for nothing", line)
        made, size = self._anchored[name]
        self._count(size, depth, line)
        return made

    def _count(self, values: int, depth: int, line: int) -> None:
        self._size += values
        if depth > MAX_DEPTH:
            raise DocumentError(f"values nest deeper than {MAX_DEPTH}", line)
        if self._size > MAX_VALUES:
            raise DocumentError(
                f"it holds more than {MAX_VALUES:,} values once aliases are written out", line
            )

    def _sequence(self, depth: int) -> list[object]:
        made: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            made.append(self._value(event, depth + 1))
        return made

    def _mapping(self, depth: int, line: int) -> Mapping:
        made = Mapping(line)
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if key == "<<":
                for merged in value if isinstance(value, list) else [value]:
                    if isinstance(merged, dict):
                        made.update({k: v for k, v in merged.items() if k not in made})
            else:
                made[key if isinstance(key, str) else str(key)[:80]] = value
        return made
