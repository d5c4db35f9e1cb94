"""Loading: many files into few commits, each file wholly in one, and never half of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType, TracebackType
from typing import TYPE_CHECKING, Self

from prodops.ledger.committing import Group, commit_group
from prodops.ledger.evidence import Evidence, open_bounded_engine, remove
from prodops.ledger.manifest import OvertakenError
from prodops.ledger.sources import Covers, LoadedFile, Reading, hints_text
from prodops.ledger.staging import Staging, mended_text
from prodops.ledger.state import State

if TYPE_CHECKING:
    from prodops.ledger.reading import Entry
    from prodops.ledger.redacting import Redactor

COMMIT_ROWS = 200_000
"""Rows after which the files read so far are committed together."""

COMMIT_FILES = 1_000
"""Files after which they are committed, however few rows they have."""

PROGRESS_ROWS = 10_000

ATTEMPTS = 50
"""How often a commit is computed again when other writers are faster."""

MOST_REASONS = 50
"""How many different reasons for not using an entry are kept per file."""


class Load:
    """A load in progress; made by `Store.load`, used as a context.

    Files are committed in groups, the last group when the context ends. When the context ends by an
    exception, the group being read is left out, as if its files had not been given.

    Attributes:
        done: The files committed so far.
    """

    def __init__(
        self,
        state: State,
        evidence: Evidence,
        *,
        clock: Callable[[], datetime],
        memory_megabytes: int,
        redactor: Redactor,
        progress: Callable[[int], None] | None = None,
        after: Callable[[], None] = lambda: None,
    ) -> None:
        """Begin a load; `progress` is called with the records read so far, `after` when all is committed."""
        self.done: list[LoadedFile] = []
        self._state = state
        self._evidence = evidence
        self._clock = clock
        self._progress = progress or (lambda _rows: None)
        self._scratch = evidence.open_scratch()
        self._connection = open_bounded_engine(self._scratch, memory_megabytes=memory_megabytes)
        self._redactor = redactor
        self._after = after
        self._staging = Staging(self._connection, self._scratch, redactor.maker)
        self._waiting: dict[int, LoadedFile] = {}
        self._numbers = 0
        self._rows = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Commit what was read, unless an exception ends the load; then clear up."""
        try:
            if kind is None:
                self.commit()
        finally:
            self._connection.close()
            remove(self._scratch)
        if kind is None:
            self._after()

    def file(
        self,
        name: str,
        *,
        sha256: str,
        size_bytes: int,
        connector: str,
        covers: Covers,
        entries: Iterable[Entry],
        hints: Mapping[str, str] = MappingProxyType({}),
        parser: str = "",
    ) -> LoadedFile:
        """Read one file's entries. If they raise, nothing of the file stays, and the load can go on.

        Args:
            name: The file as the user knows it; the records cite it by this name.
            sha256: Digest of its bytes.
            size_bytes: Its size.
            connector: What reads it.
            covers: `snapshot` retires what an earlier reading of this name had and this one has not, unless
                nothing of the file could be read.
            entries: What the connector makes of it.
            hints: What the user told about it.
            parser: The version of the connector; another version reads the same bytes again.

        Returns:
            The counts; the days its records span are known after the commit, in `done`.
        """
        how = Reading(
            name=self._redactor.key(mended_text(name)),
            sha256=sha256,
            connector=connector,
            hints=hints_text(hints),
            parser=parser,
        )
        self._begin(how.name)
        facts = LoadedFile(reading=how, size_bytes=size_bytes, covers=covers, loaded_at=self._clock())
        return self._finish(self._read(facts, name, entries))

    def commit(self) -> None:
        """Commit the files read since the last commit, all or none.

        Raises:
            OvertakenError: Other processes changed the workspace each time a commit was computed.
            ForgottenMeanwhileError: Somebody was forgotten since the load began.
        """
        if not self._waiting:
            return
        self._staging.hand_over()
        for _ in range(ATTEMPTS):
            group = Group(
                connection=self._connection,
                evidence=self._evidence,
                staging=self._staging,
                files=self._waiting,
                at=self._clock(),
                traces=len(self._redactor.traces),
            )
            try:
                self.done += commit_group(self._state, group)
            except OvertakenError:
                continue
            break
        else:
            raise OvertakenError("other processes kept changing the workspace; load the files again")
        self._staging.clear()
        self._waiting = {}

    def _begin(self, name: str) -> None:
        if any(waiting.name == name for waiting in self._waiting.values()):
            self.commit()
        self._numbers += 1

    def _finish(self, facts: LoadedFile) -> LoadedFile:
        self._waiting[self._numbers] = facts
        if self._staging.rows >= COMMIT_ROWS or len(self._waiting) >= COMMIT_FILES:
            self.commit()
        return facts

    def _read(self, facts: LoadedFile, name: str, entries: Iterable[Entry]) -> LoadedFile:
        try:
            return self._count(facts, name, entries)
        except BaseException:
            self._staging.discard(self._numbers)
            raise

    def _count(self, facts: LoadedFile, name: str, entries: Iterable[Entry]) -> LoadedFile:
        used = unused = lost = records = 0
        reasons: Counter[str] = Counter()
        for entry in entries:
            if entry.records:
                used += 1
            elif entry.unused:
                unused += 1
                reasons[entry.unused] += 1
            else:
                lost += 1
            records += len(entry.records)
            for record in (*entry.records, *entry.problems):
                self._staging.add(record, source=name, file=self._numbers)
                self._rows += 1
                if self._rows % PROGRESS_ROWS == 0:
                    self._progress(self._rows)
        self._progress(self._rows)
        return replace(
            facts,
            entries=used + unused + lost,
            used=used,
            unused=unused,
            lost=lost,
            records=records,
            reasons=MappingProxyType(dict(reasons.most_common(MOST_REASONS))),
        )
