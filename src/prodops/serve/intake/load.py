"""Load files into the store: each is recognised, read and committed whole, or listed with the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from prodops import __version__
from prodops.ledger.reading import Entry, Problem, SourceFile, problem
from prodops.ledger.sources import Reading, hints_text
from prodops.serve.intake.files import Opened, find_files, known_name, open_named
from prodops.serve.intake.notices import NOTICE, notice_reader
from prodops.serve.intake.recognise import Connector, connector_named, connectors, recognise
from prodops.serve.intake.stopping import StopAskedError

if TYPE_CHECKING:
    from prodops.ledger.loading import Load
    from prodops.ledger.store import Store

MAPPED_BY = "feedback_table"
"""The connector that reads a table whose columns a person has named."""

UNREAD = "none"
"""Stands where a connector's name would, for a file that none reads."""

Hints = Callable[[SourceFile], Mapping[str, str]]
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file.

    Attributes:
        name: The file as the user knows it.
        status: loaded, unchanged, or unread.
        connector: What read it; `none` when nothing did.
        reads: What that connector reads, in words.
        entries: Entries found: `used` + `unused` + `lost`.
        used: Entries that gave records.
        unused: Entries recognised and not used.
        lost: Entries lost to a problem.
        records: Records read.
        reasons: Why entries were not used, and how many.
    """

    name: str
    status: str
    connector: str
    reads: str = ""
    entries: int = 0
    used: int = 0
    unused: int = 0
    lost: int = 0
    records: int = 0
    reasons: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """How files are taken in.

    Attributes:
        store: Where they go.
        hints: What the user told about a file earlier.
        progress: Told files done, files in all, and what is being read; may raise `StopAskedError`.
    """

    store: Store
    hints: Hints
    progress: Progress

    def take(self, paths: Iterable[Path]) -> Iterator[FileReport]:
        """Load every file under the paths; files that are known by their bytes are passed over.

        Raises:
            FileNotFoundError: There is nothing at one of the paths; nothing has been loaded then.
        """
        own = self.store.folder.resolve()
        found = [file for path in paths for file in find_files(path)]
        files = [file for file in found if not file.resolve().is_relative_to(own)]
        yield from self.take_named([(file, known_name(file, beside=own.parent)) for file in files])

    def take_named(self, files: Sequence[tuple[Path, str]]) -> Iterator[FileReport]:
        """Load files under names that are given; files that are known by their bytes are passed over.

        Args:
            files: Each file with the name that records cite it by.

        Raises:
            StopAskedError: Whoever is told of progress asked for it.
        """
        known = {one.name: one.reading for one in self.store.sources()}
        number, shown = 0, ""

        def told(rows: int) -> None:
            self.progress(number, len(files), f"{shown} ({rows:,} records)" if rows else shown)

        with self.store.load(progress=told) as load:
            for number, (path, name) in enumerate(files):
                shown = name.rpartition("/")[2]
                self.progress(number, len(files), shown)
                for opened in open_named(path, name):
                    yield self._one(load, opened, known)
            self.progress(len(files), len(files), "committing")

    def _one(self, load: Load, opened: Opened, known: Mapping[str, Reading]) -> FileReport:
        if opened.problem is not None:
            return _listed(load, opened.name, opened.content, opened.problem)
        file = SourceFile(name=opened.name, content=opened.content)
        try:
            hints = self.hints(file)
            if reader := _known_reader(known.get(file.name), file, hints):
                return _unchanged(file, reader)
            connector = connector_named(MAPPED_BY) if hints else notice_reader(file) or recognise(file)
        except Exception as error:  # noqa: BLE001 (a fault of ours in one file must not lose the others)
            return _listed(load, file.name, file.content, _faulty(file, error))
        if connector is None:
            return _listed(load, file.name, file.content, _not_recognised(file))
        return self._read(load, replace(file, hints=hints), connector, new=not known)

    def _read(self, load: Load, file: SourceFile, connector: Connector, *, new: bool) -> FileReport:
        # A name that a forgotten person's traces were taken out of is known to the store alone.
        if not new and self.store.seen(
            file.name, sha256=_digest(file), connector=connector.name, hints=file.hints, parser=__version__
        ):
            return _unchanged(file, connector)
        try:
            return _load(load, file, connector, connector.parser.parse(file))
        except StopAskedError:
            raise
        except Exception as error:  # noqa: BLE001 (a fault of ours in one file must not lose the others)
            failed = Entry(locator="file", problems=(_faulty(file, error),))
            return _load(load, file, connector, [failed])


def _known_reader(before: Reading | None, file: SourceFile, hints: Mapping[str, str]) -> Connector | None:
    """What read these very bytes last under this name in the same way; then reading them again is idle."""
    if before is None:
        return None
    now = Reading(
        name=file.name,
        sha256=_digest(file),
        connector=before.connector,
        hints=hints_text(hints),
        parser=__version__,
    )
    readers = (*connectors(), NOTICE)
    return next((one for one in readers if one.name == before.connector), None) if now == before else None


def _digest(file: SourceFile) -> str:
    return hashlib.sha256(file.content).hexdigest()


def _unchanged(file: SourceFile, connector: Connector) -> FileReport:
    return FileReport(name=file.name, status="unchanged", connector=connector.name, reads=connector.reads)


def _load(load: Load, file: SourceFile, connector: Connector, entries: Iterable[Entry]) -> FileReport:
    facts = load.file(
        file.name,
        sha256=_digest(file),
        size_bytes=len(file.content),
        connector=connector.name,
        covers="snapshot" if connector.parser.COVERS == "snapshot" else "increment",
        entries=entries,
        hints=file.hints,
        parser=__version__,
    )
    return FileReport(
        name=file.name,
        status="loaded" if facts.used or facts.unused else "unread",
        connector=connector.name,
        reads=connector.reads,
        entries=facts.entries,
        used=facts.used,
        unused=facts.unused,
        lost=facts.lost,
        records=facts.records,
        reasons=facts.reasons,
    )


def _listed(load: Load, name: str, content: bytes, found: Problem) -> FileReport:
    """A file that nothing reads, kept as a problem so that it is listed and not forgotten."""
    entry = Entry(locator="file", problems=(found,))
    load.file(
        name,
        sha256=hashlib.sha256(content).hexdigest(),
        size_bytes=len(content),
        connector=UNREAD,
        covers="snapshot",
        entries=[entry],
        parser=__version__,
    )
    return FileReport(name=name, status="unread", connector=UNREAD, reads=found.says, entries=1, lost=1)


def _not_recognised(file: SourceFile) -> Problem:
    if not file.content:
        return problem(file.name, "file", "empty", says="The file is empty.", remedy="Export it again.")
    if b"\0" in file.content[:4096] and not file.content.startswith((b"\xff\xfe", b"\xfe\xff", b"PK")):
        return problem(
            file.name, "file", "binary", says="It is binary and none of the formats that prodops reads.",
            remedy="Export it as text: CSV, JSON, iCalendar, Markdown.",
        )  # fmt: skip
    if file.ending in ("csv", "tsv", "xlsx"):
        return problem(
            file.name, "file", "not_recognised", says="No connector knows a table with this header.",
            remedy="Name its columns: prodops map FILE created=COLUMN title=COLUMN ...",
        )  # fmt: skip
    return problem(
        file.name, "file", "not_recognised", says="No connector knows what this file is.",
        remedy="Leave it out; what can be read is listed by: prodops sources --readable",
    )  # fmt: skip


def _faulty(file: SourceFile, error: Exception) -> Problem:
    return problem(
        file.name, "file", "reader_failed", says=f"The reader failed: {type(error).__name__}.",
        remedy="This is a fault of prodops. Report it with a file that shows it; the other files are loaded.",
    )  # fmt: skip
