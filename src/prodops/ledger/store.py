"""The store: a workspace folder with its evidence files and its state database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from prodops.ledger.checkpoints import NAME, write_checkpoint
from prodops.ledger.compaction import GRACE_SECONDS, Tidier
from prodops.ledger.declared_log import (
    Checkpoint,
    GateRefusedError,
    LogEntry,
    LogFault,
    append_entries,
    log_end,
    payload_of,
    read_log,
    verify_entries,
)
from prodops.ledger.evidence import Evidence
from prodops.ledger.forgetting import Forgetter, Forgetting
from prodops.ledger.loading import Load
from prodops.ledger.manifest import read_snapshot, revision_at, workspace_id
from prodops.ledger.opening import Sight, ledger_of, look, version_of
from prodops.ledger.reading import Problem
from prodops.ledger.redacting import read_redactor, redacted_payload
from prodops.ledger.said import count_said, said
from prodops.ledger.schema import record_types, table_name
from prodops.ledger.sources import LoadedFile, Reading, all_sources, hints_text, sources_named
from prodops.ledger.staging import mended_text
from prodops.ledger.state import State, WorkspaceError, open_state
from prodops.ledger.state_tables import state_tables
from prodops.ledger.verifying import Examination, examine

if TYPE_CHECKING:
    from types import TracebackType

    from prodops.ledger.ledger import Ledger
    from prodops.ledger.record import Declared, Record
    from prodops.ledger.redacting import Redactor
    from prodops.ledger.told import Told

LOAD_MEGABYTES = 256
"""The engine's memory while loading; what does not fit goes to the workspace's scratch folder."""


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A workspace, shared by any number of processes that read and load at once.

    Attributes:
        folder: Where it lies.
    """

    def __init__(
        self,
        folder: Path,
        state: State,
        *,
        clock: Callable[[], datetime] = _now,
        grace_seconds: float = GRACE_SECONDS,
    ) -> None:
        """Take what `open_store` opened."""
        self.folder = folder
        self._state = state
        self._evidence = Evidence(folder)
        self._clock = clock
        self._tidier = Tidier(
            state=state,
            evidence=self._evidence,
            clock=clock,
            memory_megabytes=LOAD_MEGABYTES,
            grace_seconds=grace_seconds,
        )

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the state database."""
        self._state.close()

    @property
    def state(self) -> State:
        """Its state database, for what is kept there beside the ledger."""
        return self._state

    def load(self, progress: Callable[[int], None] | None = None) -> Load:
        """A load, to be used as a context: `with store.load() as load: load.file(...)`.

        Args:
            progress: Called with the number of records read so far.
        """
        with self._state.reading() as connection:
            redactor = read_redactor(connection)
        return Load(
            self._state,
            self._evidence,
            clock=self._clock,
            memory_megabytes=LOAD_MEGABYTES,
            redactor=redactor,
            progress=progress,
            after=self._after_load,
        )

    def seen(
        self,
        name: str,
        *,
        sha256: str,
        connector: str,
        hints: Mapping[str, str] = MappingProxyType({}),
        parser: str = "",
    ) -> bool:
        """Whether these very bytes were read last under this name, in the same way: then reading is idle."""
        with self._state.reading() as connection:
            known_as = read_redactor(connection).key(mended_text(name))
            known = sources_named(connection, [known_as]).get(known_as)
        return known is not None and known.reading == Reading(
            name=known_as, sha256=sha256, connector=connector, hints=hints_text(hints), parser=parser
        )

    def sources(self) -> list[LoadedFile]:
        """Every file that was loaded, by name, as it was read last."""
        with self._state.reading() as connection:
            return all_sources(connection)

    def problems(
        self, *, offset: int = 0, limit: int = 100, sources: Sequence[str] | None = None
    ) -> list[Problem]:
        """Some of the problems met in what was loaded, or in some files of it, by file and place."""
        those = "" if sources is None else "where cite_source in (select unnest($sources)) "
        query = (
            f"select id from problem {those}order by cite_source, length(cite_locator), cite_locator, id "  # noqa: S608 (our own words)
            "limit $limit offset $offset"
        )
        ledger = self._ledger_of([Problem])
        asked = {"limit": limit, "offset": offset, "sources": list(sources or ())}
        ids = [row[0] for row in ledger.sql(query, asked)]
        found = {one.id: one for one in ledger.records(Problem, ids)}
        return [found[one] for one in ids]

    def said_by(self, sources: Sequence[str], *, as_of: datetime) -> Iterator[Record]:
        """Every record that some files gave by a moment, also those whose copy in another file is shown."""
        with self._state.reading() as connection:
            snapshot, seq = read_snapshot(connection), revision_at(connection, as_of)
        yield from said(self._evidence, snapshot, seq, sources)

    def count_said_by(self, sources: Sequence[str], *, as_of: datetime) -> int:
        """How many records `said_by` gives."""
        with self._state.reading() as connection:
            snapshot, seq = read_snapshot(connection), revision_at(connection, as_of)
        return count_said(self._evidence, snapshot, seq, sources)

    def counts(self) -> dict[str, int]:
        """How many records of each type there are, by table name; types without any are left out."""
        ledger = self._ledger_of(record_types())
        counts = {table_name(kind): ledger.count(kind) for kind in record_types()}
        return {name: count for name, count in counts.items() if count}

    def version(self, as_of: datetime | None = None) -> str:
        """The version that `ledger` would have: cheap, for asking whether a ledger is still good.

        Who keeps a ledger asks at least once in a grace period, since compaction takes files out of use.
        """
        with self._state.reading() as connection:
            if as_of is not None:
                return look(connection, as_of).version
            snapshot, workspace = read_snapshot(connection), workspace_id(connection)
        return version_of(workspace or "", snapshot, snapshot.seq, snapshot.chain)

    def ledger(
        self,
        *,
        today: datetime,
        as_of: datetime | None = None,
        threads: int | None = None,
        told: Callable[[datetime | None], Told] | None = None,
    ) -> Ledger:
        """The ledger as it is, or as it was at a moment.

        Args:
            today: The moment that counts as now, with a zone.
            as_of: Only what was committed and declared by then.
            threads: How many the engine may use; None for its own choice.
            told: Says what several readers may be told of people at a moment, or now; without it, everything.
        """

        def seen(moment: datetime | None) -> tuple[Sight, Told | None]:
            # In this order: what may be told was committed by then, and is in what is seen.
            may = told(moment) if told is not None else None
            with self._state.reading() as connection:
                return look(connection, moment), may

        def of(sight: Sight, may: Told | None, now: datetime) -> Ledger:
            return ledger_of(self._evidence, sight, today=now, threads=threads, earlier=earlier, told=may)

        def earlier(moment: datetime) -> Ledger | None:
            then, may = seen(moment)
            return of(then, may, moment) if then.seq or then.log else None

        return of(*seen(as_of), today)

    def append(
        self, records: Sequence[Declared], *, gate: Callable[[Ledger], Sequence[object]], today: datetime
    ) -> Checkpoint:
        """Declare records, if the gate does not object to the ledger as it would be with them.

        The gate and the append are one transaction: nothing is loaded or declared between them.

        Args:
            records: What is declared.
            gate: Gives its objections; none lets the records in.
            today: The moment that counts as now for the gate.

        Returns:
            The new end of the log.

        Raises:
            GateRefusedError: The gate objected; nothing was recorded.
        """
        with self._state.writing() as connection:
            sight = look(connection)
            at = self._clock()
            if sight.log:
                at = max(at, sight.log[-1].declared_at)
            ledger = ledger_of(self._evidence, sight, today=today).plus(records)
            objections = gate(ledger)
            if objections:
                raise GateRefusedError(objections)
            redactor = read_redactor(connection)
            entries = [_entry(redactor, record) for record in records]
            end = append_entries(connection, sight.end, entries, at=at)
            workspace = workspace_id(connection) or ""
        # It is declared; a folder that takes no file now keeps the checkpoint before, which still holds.
        with suppress(OSError):
            write_checkpoint(self.folder / NAME, end, workspace=workspace, at=at)
        return end

    def checkpoint(self) -> Checkpoint:
        """The end of the log; kept outside the workspace, it shows later whether the tail was cut."""
        with self._state.reading() as connection:
            return log_end(connection)

    def declared_since(self, seq: int) -> list[LogEntry]:
        """The entries of the log after one, in their order.

        Args:
            seq: The number of an entry; 0 for all.
        """
        with self._state.reading() as connection:
            return [entry for entry in read_log(connection) if entry.seq > seq]

    def verify(self, kept: Checkpoint | None = None) -> list[LogFault]:
        """Everything that shows the log of declared records to be edited, cut or out of order.

        Args:
            kept: A checkpoint that was kept outside the workspace.
        """
        with self._state.reading() as connection:
            return verify_entries(read_log(connection), log_end(connection), kept)

    def examine(self, kept: Sequence[Path] = ()) -> Examination:
        """Hold the log of declared records against its chain and against checkpoints outside the database.

        Args:
            kept: Checkpoint files that were kept elsewhere; the workspace's own is always compared.
        """
        with self._state.reading() as connection:
            return examine(connection, self.folder, kept)

    def forget_person(self, handles: Sequence[str]) -> Forgetting:
        """Take one person out of everything that was loaded and declared, and keep the person out.

        Pseudonyms become one that all forgotten people share, names and addresses in words become
        `[forgotten]`, the person's own records go. Later loads of the same files do not bring them back.

        Args:
            handles: The person's addresses, account names and written names.

        Raises:
            ValueError: A handle is empty.
            OvertakenError: Other processes changed the workspace each time.
        """
        forgetting = Forgetter(
            state=self._state,
            evidence=self._evidence,
            clock=self._clock,
            memory_megabytes=LOAD_MEGABYTES,
            grace_seconds=self._tidier.grace_seconds,
        ).forget(handles)
        self._tidier.sweep()
        return forgetting

    def tidy(self) -> int:
        """Make one file of many small ones and delete what nothing needs; runs by itself after each load."""
        return self._tidier.compact() + self._tidier.sweep()

    def sweep(self) -> int:
        """Delete files whose time is over; says how many. Runs by itself when a workspace is opened."""
        return self._tidier.sweep()

    def _after_load(self) -> None:
        self.tidy()

    def _ledger_of(self, kinds: Iterable[type[Record]]) -> Ledger:
        with self._state.reading() as connection:
            sight = look(connection)
        return ledger_of(self._evidence, sight, today=self._clock(), kinds=kinds)


def open_store(
    folder: Path,
    database_url: str | None = None,
    *,
    clock: Callable[[], datetime] = _now,
    grace_seconds: float = GRACE_SECONDS,
) -> Store:
    """Open a workspace, creating it or bringing its tables up to date where needed.

    Args:
        folder: The workspace folder.
        database_url: `postgresql://...` for a state database on a server; None for SQLite in the folder.
        clock: Says when something is committed.
        grace_seconds: How long files that went out of use stay, for readers that are still at them.

    Raises:
        WorkspaceError: The folder or the database cannot be used; the message says what to do.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # nobody else's on a shared machine
        (folder / "evidence").mkdir(exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be a workspace: {error.strerror}") from error
    state = open_state(folder, database_url)
    try:
        _same_workspace(folder, state)
        store = Store(folder, state, clock=clock, grace_seconds=grace_seconds)
        store.sweep()
    except BaseException:
        state.close()
        raise
    return store


def _same_workspace(folder: Path, state: State) -> None:
    """Refuse a database whose evidence lies in another folder: it would name files that are not here.

    And a sweep would take the files that are here for what a crash left.
    """
    mark = folder / "workspace"
    with state.reading() as connection:
        known = workspace_id(connection)
    if known is None:
        known = _founded(folder, mark, state)
    if not mark.exists() or mark.read_text(encoding="utf-8").strip() != known:
        raise WorkspaceError(
            f"the evidence in {folder} does not belong to the state database {state.url}; "
            "name the database it was loaded with, or another folder"
        )


def _founded(folder: Path, mark: Path, state: State) -> str:
    """The id of a new workspace, put into database and folder; another process may have been first."""
    with state.writing() as connection:
        known = workspace_id(connection)
        if known is not None:
            return known
        if mark.exists() and any((folder / "evidence").glob("*/*.parquet")):
            return ""
        mark.write_text(f"{uuid4()}\n", encoding="utf-8")
        known = mark.read_text(encoding="utf-8").strip()
        connection.execute(state_tables().meta.insert().values(name="workspace", value=known))
    return known


def _entry(redactor: Redactor, record: Declared) -> tuple[str, str, str]:
    payload = payload_of(record)
    if redactor.traces:
        payload = redacted_payload(redactor, type(record), payload)
    return table_name(type(record)), json.loads(payload)["id"], payload
