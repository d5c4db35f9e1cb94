"""The items of a JSON export one by one: an array, pages, JSON lines, or an array deep inside an object."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

MAX_DEPTH = 12
"""How many objects down the items may lie."""

_LINES_LOOKED_AT = 3
_LONE_CHARACTERS = 1_000_000
_DECODER = json.JSONDecoder()
_Into = tuple[frozenset[str], Callable[[dict[str, object]], bool]]
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an export, what stands beside the items, or the place where reading had to stop.

    Attributes:
        path: Where it is: `issues[3]`, `line 4`, `data.issues.nodes[0]`; empty for a lone value.
        value: The item; None when it could not be read.
        error: Why it could not be read; empty for an item that was.
        beside: Whether `value` is no item but the rest of an object that holds items: totals, page marks.
    """

    path: str
    value: object = None
    error: str = ""
    beside: bool = False


class _DamageError(Exception):
    """The text stops being JSON."""


def read_items(
    text: str, *, into: frozenset[str], is_item: Callable[[dict[str, object]], bool]
) -> Iterator[Item]:
    """Read the items of a JSON text without building all of it at once.

    An array gives its elements. An object that is no item is entered by the keys in `into`, down to
    `MAX_DEPTH`; an object without such a key is an item itself, whatever it is. Values one after another are
    read in turn. In JSON lines a damaged line costs that line; elsewhere reading stops at the damage, and
    what came before is given.

    Args:
        text: The JSON text.
        into: Names of keys that hold items or lead to them: `issues`, `nodes`, `data`.
        is_item: Whether an object is an item, and so is not to be entered.
    """
    way = (into, is_item)
    if _one_value_a_line(text):
        yield from _lines(text, way)
        return
    at = _skip(text, 0)
    while at < len(text):
        lone, end = _lone_item(text, at, is_item)
        if lone:
            yield lone
            at = _skip(text, end)
            continue
        walk = _walk(text, at, "", way)
        try:
            at = yield from walk
        except (_DamageError, ValueError, RecursionError) as error:
            yield Item("", error=_why(error))
            return
        at = _skip(text, at)


def _lone_item(text: str, at: int, is_item: Callable[[dict[str, object]], bool]) -> tuple[Item | None, int]:
    """The object at `at` when it is an item itself; larger objects hold many items and are walked through."""
    if text[at] == "{" and len(text) - at <= _LONE_CHARACTERS:
        try:
            value, end = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None, at
        if is_item(value):
            return Item("", value), end
    return None, at


def _lines(text: str, way: _Into) -> Iterator[Item]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip(" \t\ufeff"):
            continue
        try:
            value = json.loads(line.strip("\ufeff"))
        except (ValueError, RecursionError) as error:
            yield Item(f"line {number}", error=_why(error))
            continue
        for item in _inside(value, "", way):
            path = f"line {number}, {item.path}" if item.path else f"line {number}"
            yield Item(path, item.value, beside=item.beside)


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it nests too deep"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return str(error)[:200]


def _one_value_a_line(text: str) -> bool:
    """Whether the text is JSON lines, from its first lines."""
    starts: list[str] = []
    at = 0
    while at < len(text) and len(starts) < _LINES_LOOKED_AT:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].strip(" \t\r\ufeff")
        if line:
            starts.append(line)
        at = end + 1
    if len(starts) == 1 or not starts or starts[1][0] not in "{[":
        return False
    # A document may stand on several lines too, but then no two lines in a row are whole values.
    return _whole(starts[0]) or (starts[0][-1] not in "[{,:" and all(map(_whole, starts[1:])))


def _whole(line: str) -> bool:
    if line[0] not in "{[" or line[-1] not in "}]" or len(line) < len("{}") + 1:
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _walk(text: str, at: int, path: str, way: _Into) -> Generator[Item, None, int]:
    """Give the items of the value at `at`; return where it ends."""
    if text[at] == "[":
        return (yield from _walk_array(text, at, path, way))
    if text[at] == "{":
        return (yield from _walk_object(text, at, path, way))
    value, end = _DECODER.raw_decode(text, at)
    yield Item(path, value)
    return end


def _walk_array(text: str, at: int, path: str, way: _Into) -> Generator[Item, None, int]:
    at, position = _skip(text, at + 1), 0
    if text[at : at + 1] == "]":
        return at + 1
    while True:
        value, at = _DECODER.raw_decode(text, at)
        yield from _inside(value, f"{path}[{position}]", way)
        at, position = _skip(text, at), position + 1
        mark = text[at : at + 1]
        if mark == "]":
            return at + 1
        if mark != ",":
            raise _DamageError(_expected(text, at, path, position))
        at = _skip(text, at + 1)


def _walk_object(text: str, at: int, path: str, way: _Into) -> Generator[Item, None, int]:
    rest: dict[str, object] = {}
    entered, at = False, _skip(text, at + 1)
    while text[at : at + 1] != "}":
        key, at = _key(text, at, path)
        if key in way[0] and text[at : at + 1] in ("{", "[") and path.count(".") < MAX_DEPTH:
            entered = True
            at = yield from _walk(text, at, f"{path}.{key}" if path else key, way)
        else:
            rest[key], at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
        elif text[at : at + 1] != "}":
            raise _DamageError(_expected(text, at, path, len(rest)))
    if rest or not entered:
        yield Item(path, rest, beside=entered)
    return at + 1


def _key(text: str, at: int, path: str) -> tuple[str, int]:
    key, at = _DECODER.raw_decode(text, at)
    at = _skip(text, at)
    if not isinstance(key, str) or text[at : at + 1] != ":":
        raise _DamageError(_expected(text, at, path, 0))
    return key, _skip(text, at + 1)


def _expected(text: str, at: int, path: str, position: int) -> str:
    what = "the text ends" if at >= len(text) else f"{text[at : at + 20]!r} stands"
    return f"{what} where the JSON should go on, after {path or 'the top'}[{position}]"


def _inside(value: object, path: str, way: _Into, depth: int = 0) -> Iterator[Item]:
    """Give the items of a value that is already built."""
    into, is_item = way
    if isinstance(value, list) and depth < MAX_DEPTH:
        for position, element in enumerate(value):
            yield from _inside(element, f"{path}[{position}]", way, depth + 1)
        return
    if not isinstance(value, dict) or depth >= MAX_DEPTH or is_item(value):
        yield Item(path, value)
        return
    keys = [key for key in value if key in into and isinstance(value[key], dict | list)]
    for key in keys:
        yield from _inside(value[key], f"{path}.{key}" if path else key, way, depth + 1)
    rest = {key: held for key, held in value.items() if key not in keys}
    if rest or not keys:
        yield Item(path, rest, beside=bool(keys))
