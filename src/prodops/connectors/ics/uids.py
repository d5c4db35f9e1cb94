"""Which events belong together: those that carry the same UID, wherever they stand in the file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from prodops.connectors.ics.layout import Block
from prodops.connectors.ics.lines import read_lines, unescaped, unfolded

NO_UID = "no-uid-"
"""How the key of an event begins that has no UID; a digest of what it says follows."""

_UID = re.compile(rb"(?mi)^UID(?:;[^:\r\n]*)?:((?:[^\r\n]|\r?\n[ \t])*)")
_STAMPS = re.compile(rb"(?mi)^(?:DTSTAMP|LAST-MODIFIED|CREATED)[;:][^\n]*\n")
_LONGEST_UID = 200


class SameUid(NamedTuple):
    """The events of one UID.

    Attributes:
        uid: The UID as ids have it: a digest when it is long or unprintable.
        numbers: Their places among the blocks.
    """

    uid: str
    numbers: list[int]


def group_by_uid(content: bytes, blocks: Sequence[Block], events: Iterable[int]) -> dict[int, SameUid]:
    """Events by UID, each group under the place of its first."""
    groups: dict[int, SameUid] = {}
    firsts: dict[str, int] = {}
    for number in events:
        block = blocks[number]
        uid = read_uid(content[block.start : block.end], has_alarms=block.alarms > 0)
        first = firsts.setdefault(uid, number)
        if first == number:
            groups[number] = SameUid(uid, [number])
        else:
            groups[first].numbers.append(number)
    return groups


def read_uid(raw: bytes, *, has_alarms: bool = False) -> str:
    """The UID of an event as ids have it; an alarm's own UID is not it."""
    if has_alarms:
        lines, _ = read_lines(unfolded(raw)[0], {"UID"})
        written = lines[0].value if lines else ""
    else:
        match = _UID.search(raw)
        written = unfolded(match[1])[0] if match else ""
    uid = unescaped(written).strip()
    if not uid:
        return NO_UID + _digest(_STAMPS.sub(b"", raw))
    if len(uid) > _LONGEST_UID or not uid.isprintable():
        return "digest-" + _digest(uid.encode())
    return uid


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=12).hexdigest()
