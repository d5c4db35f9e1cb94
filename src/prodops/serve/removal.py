"""Take files back out, with everything that was read from them and nothing else; and put them back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from prodops import __version__
from prodops.ledger.reading import Entry, Problem
from prodops.serve.intake.files import known_name

if TYPE_CHECKING:
    from prodops.ledger.record import Record
    from prodops.ledger.sources import LoadedFile
    from prodops.ledger.store import Store

REMOVED = "removed"
"""Stands where a connector's name would, for a file that was taken back out."""


def present_sources(store: Store) -> list[LoadedFile]:
    """Every file that was loaded and not taken back out, by name."""
    return [one for one in store.sources() if one.reading.connector != REMOVED]


def sources_under(store: Store, told: Iterable[str]) -> dict[str, list[LoadedFile]]:
    """The files that are meant, for each thing told: a file, an archive or a folder.

    Args:
        store: The workspace.
        told: Names as `prodops sources` shows them, or paths as the user sees them from here.
    """
    present = present_sources(store)
    beside = store.folder.resolve().parent
    found = {}
    for one in told:
        name = one.rstrip("/")
        meant = [file for file in present if _within(file.name, name)]
        found[one] = meant or [
            file for file in present if _within(file.name, known_name(Path(name), beside=beside))
        ]
    return found


def take_out(store: Store, files: Sequence[LoadedFile]) -> None:
    """Retire all records and problems of these files in one commit; what other files also say stays.

    Earlier reports can still be made again (`--as-of`), and a file that is added again counts again.

    Raises:
        OvertakenError: Other processes changed the workspace each time.
        ForgottenMeanwhileError: Somebody was forgotten meanwhile; nothing was removed.
    """
    with store.load() as load:
        for one in files:
            load.file(
                one.name,
                sha256=hashlib.sha256(b"").hexdigest(),
                size_bytes=0,
                connector=REMOVED,
                covers="snapshot",
                entries=(),
                parser=__version__,
            )


DISAGREE = "sources_disagree"
"""The problem that a load itself finds, beside another file."""

UNTOLD = "not told any more"
"""Stands where the reason for not using an entry would, of which a file keeps only the most frequent."""

FILES_AT_ONCE = 200
"""Files that are put back together: their records lie in memory meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOut:
    """A file that was taken out, with what is needed to put it back.

    Attributes:
        name: The file as the user knows it.
        sha256: Digest of its bytes.
        connector: What read it.
        hints: What the user told about it, as JSON.
        parser: The version of the connector.
        size_bytes: Its size.
        covers: Whether it was the whole truth of its source.
        used: Entries that gave records.
        unused: Entries that were recognised and not used.
        reasons: Why, and how many for each reason.
    """

    name: str
    sha256: str
    connector: str
    hints: str
    parser: str
    size_bytes: int
    covers: Literal["snapshot", "increment"]
    used: int
    unused: int
    reasons: dict[str, int]


def taken_out(file: LoadedFile) -> TakenOut:
    """What is needed to put a file back."""
    how = file.reading
    return TakenOut(
        name=file.name,
        sha256=how.sha256,
        connector=how.connector,
        hints=how.hints,
        parser=how.parser,
        size_bytes=file.size_bytes,
        covers=file.covers,
        used=file.used,
        unused=file.unused,
        reasons=dict(file.reasons),
    )


def put_back(store: Store, files: Sequence[TakenOut], *, before: datetime) -> Iterator[TakenOut]:
    """Put files back as they were before they were taken out, from the evidence itself; gives each.

    Args:
        store: The workspace.
        files: The files.
        before: A moment before they were taken out and after everything that counted then.
    """
    with store.load() as load:
        for some in (files[at : at + FILES_AT_ONCE] for at in range(0, len(files), FILES_AT_ONCE)):
            by_file: dict[str, list[Record]] = defaultdict(list)
            for record in store.said_by([one.name for one in some], as_of=before):
                by_file[record.cite.source].append(record)
            for one in some:
                load.file(
                    one.name,
                    sha256=one.sha256,
                    size_bytes=one.size_bytes,
                    connector=one.connector,
                    covers=one.covers,
                    entries=_entries(one, by_file[one.name]),
                    hints=json.loads(one.hints),
                    parser=one.parser,
                )
                yield one


def _entries(file: TakenOut, said: Sequence[Record]) -> Iterator[Entry]:
    """The entries of a file, as many as there were: which records one gave together is not kept."""
    problems = [one for one in said if isinstance(one, Problem)]
    records = [one for one in said if not isinstance(one, Problem)]
    lost: dict[str, list[Problem]] = defaultdict(list)
    for one in problems:
        if one.lost:
            lost[one.cite.locator].append(one)
    used = min(file.used, len(records))
    entries = [
        *(Entry(locator=f"{number + 1}", records=tuple(records[number::used])) for number in range(used)),
        *(Entry(locator=place, problems=tuple(found)) for place, found in lost.items()),
        *_unused(file),
    ]
    # Where two sources disagree is found anew, if it is still so.
    notes = tuple(one for one in problems if not one.lost and one.code != DISAGREE)
    if entries and notes:
        entries[0] = replace(entries[0], problems=(*entries[0].problems, *notes))
    yield from entries


def _unused(file: TakenOut) -> Iterator[Entry]:
    """Entries that were recognised and not used, as many as there were."""
    whys = [why for why, count in file.reasons.items() for _ in range(count)]
    whys += [UNTOLD] * (file.unused - len(whys))
    for number, why in enumerate(whys, start=1):
        yield Entry(locator=f"unused {number}", unused=why)


def _within(name: str, outer: str) -> bool:
    return name == outer or name.startswith((f"{outer}/", f"{outer}!/"))
