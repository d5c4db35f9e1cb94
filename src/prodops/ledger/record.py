"""What every record has: an id that says where it came from, and the place where it can be read again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import NewType

RecordId = NewType("RecordId", str)
"""Deterministic and readable: `jira:issue:PROJ-12`. The same bytes give the same ids."""

PersonId = NewType("PersonId", str)
"""A pseudonym, `person:` and a digest of an address or a name; the name itself stands in `Person` alone."""

_PSEUDONYM = re.compile(r"person:[0-9a-f]{16}")

Prose = NewType("Prose", str)
"""Words that people wrote. Searched when a person is forgotten; always data, never markup or instruction."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a record can be read again.

    Attributes:
        source: The file as the user knows it, with `/` between folders and `!/` into an archive.
        locator: The place in it: `line 12`, `row 5`, `UID abc@example.com`, `issues[3]`.
    """

    source: str
    locator: str

    def __str__(self) -> str:
        """The citation as one phrase."""
        return f"{self.source}, {self.locator}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An immutable, dated, cited fact.

    Attributes:
        id: Unique among the records of its type, and the same for the same bytes.
        cite: Where it can be read again.
    """

    id: RecordId
    cite: Citation


class Observed(Record):
    """A record read from a source by a connector, in bulk."""

    __slots__ = ()


class Declared(Record):
    """A record stated by a person through an action; kept in the hash-chained log."""

    __slots__ = ()


def person_id(handle: str) -> PersonId:
    """The pseudonym of an e-mail address, an account name or a written name.

    The handle is trimmed, folded in case and rid of a leading `mailto:`; runs of spaces become one.
    The same handle gives the same pseudonym in every source; an address and a written name meet only
    in the roster's `Person`. A pseudonym is its own.
    """
    if _PSEUDONYM.fullmatch(handle):
        return PersonId(handle)
    folded = " ".join(handle.strip().removeprefix("mailto:").removeprefix("MAILTO:").casefold().split())
    return PersonId("person:" + hashlib.blake2b(folded.encode(), digest_size=8).hexdigest())
