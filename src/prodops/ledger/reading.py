"""What passes between a file and the ledger: the file, its entries, and the problems met in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from prodops.ledger.record import Citation, Observed, Record, RecordId

HEAD_BYTES = 65_536
"""How much of a file a connector looks at to say whether it can read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem(Observed):
    """Input that could not be read as it stands, kept with its place and what to do about it.

    Attributes:
        code: A short stable name: `bad_date`, `not_utf8`, `duplicate_id`.
        says: What is wrong, in words, quoting no more of the input than needed.
        remedy: What the user can do.
        lost: Whether the entry was left out; False when it was read in spite of the problem.
    """

    code: str
    says: str
    remedy: str
    lost: bool = True


def problem(source: str, locator: str, code: str, *, says: str, remedy: str, lost: bool = True) -> Problem:
    """A problem whose id follows from its place and code, so that reading twice reports once."""
    digest = hashlib.blake2b(f"{source}\0{locator}\0{code}\0{says}".encode(), digest_size=8).hexdigest()
    return Problem(
        id=RecordId(f"problem:{code}:{digest}"),
        cite=Citation(source, locator),
        code=code,
        says=says,
        remedy=remedy,
        lost=lost,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a file (an event, a row, an issue, a document) and what was made of it.

    Exactly one thing is true of an entry: it gave records, it was recognised but is not used (`unused`
    says why), or it was lost to a problem. So entries in = entries read + unused + lost, and nothing
    is dropped in silence. Problems with `lost=False` may accompany records.

    Attributes:
        locator: Its place in the file, as `Citation.locator` has it.
        records: What it gave; may be large for a recurring event, never for a whole file.
        problems: What was wrong with it.
        unused: Why a recognised entry gives no record: "private event", "empty row".
    """

    locator: str
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    unused: str = ""

    def __post_init__(self) -> None:
        """Refuse an entry that says nothing, or two things at once."""
        lost = any(p.lost for p in self.problems)
        if [bool(self.records), bool(self.unused), lost].count(True) != 1:
            raise ValueError(f"entry {self.locator} is read, unused or lost: exactly one")


@dataclass(frozen=True, kw_only=True)
class SourceFile:
    """A file as a connector sees it: a name and bytes, and nothing of the machine it lies on.

    Attributes:
        name: The name the user knows, relative to what was given, `/` between folders, `!/` into an archive.
        content: All its bytes.
        hints: What the user told about it earlier: for a table `field -> column name`.
    """

    name: str
    content: bytes
    hints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def stem(self) -> str:
        """The file's own name without folders and without its last ending."""
        return self.name.rpartition("/")[2].rpartition(".")[0] or self.name.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """The lower-case ending without the dot; empty when there is none."""
        last = self.name.rpartition("/")[2]
        return last.rpartition(".")[2].lower() if "." in last else ""

    @cached_property
    def head(self) -> str:
        """The first 64 KiB as text, for recognising; undecodable bytes become U+FFFD."""
        start = self.content[:HEAD_BYTES]
        if start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return start.decode("utf-16", errors="replace")
        return start.decode("utf-8-sig", errors="replace")
