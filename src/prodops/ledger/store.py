"""The store: a workspace folder with its evidence files and its state database."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from prodops.ledger.engine import open_engine
from prodops.ledger.evidence import Evidence
from prodops.ledger.ledger import Ledger
from prodops.ledger.loading import Load
from prodops.ledger.manifest import Snapshot, read_snapshot, revision_at
from prodops.ledger.schema import record_types, row_of, table_name
from prodops.ledger.sources import LoadedFile, Reading, all_sources, hints_text, sources_named
from prodops.ledger.staging import mended_text
from prodops.ledger.state import State, WorkspaceError, open_state
from prodops.ledger.state_tables import state_tables
from prodops.ledger.versions import at_revision, present

if TYPE_CHECKING:
    from types import TracebackType

LOAD_MEGABYTES = 256
"""The engine's memory while loading; what does not fit goes to the workspace's scratch folder."""


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """A workspace, shared by any number of processes that read and load at once.

    Attributes:
        folder: Where it lies.
    """

    def __init__(self, folder: Path, state: State, *, clock: Callable[[], datetime] = _now) -> None:
        """Take what `open_store` opened."""
        self.folder = folder
        self._state = state
        self._evidence = Evidence(folder)
        self._clock = clock

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

    def load(self, progress: Callable[[int], None] | None = None) -> Load:
        """A load, to be used as a context: `with store.load() as load: load.file(...)`.

        Args:
            progress: Called with the number of records read so far.
        """
        return Load(
            self._state,
            self._evidence,
            clock=self._clock,
            memory_megabytes=LOAD_MEGABYTES,
            maker=row_of,
            progress=progress,
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
        reading = Reading(
            name=mended_text(name), sha256=sha256, connector=connector, hints=hints_text(hints), parser=parser
        )
        with self._state.reading() as connection:
            known = sources_named(connection, [reading.name])
        return reading.name in known and known[reading.name].reading == reading

    def sources(self) -> list[LoadedFile]:
        """Every file that was loaded, by name, as it was read last."""
        with self._state.reading() as connection:
            return all_sources(connection)

    def version(self, as_of: datetime | None = None) -> str:
        """The version that `ledger` would have: cheap, for asking whether anything changed."""
        with self._state.reading() as connection:
            snapshot = read_snapshot(connection)
            seq = snapshot.seq if as_of is None else revision_at(connection, as_of)
        return _version(snapshot, seq)

    def ledger(self, *, today: datetime, as_of: datetime | None = None, threads: int | None = None) -> Ledger:
        """The ledger as it is, or as it was at a moment.

        Args:
            today: The moment that counts as now, with a zone.
            as_of: Only what was committed and declared by then.
            threads: How many the engine may use; None for its own choice.
        """
        with self._state.reading() as connection:
            snapshot = read_snapshot(connection)
            seq = snapshot.seq if as_of is None else revision_at(connection, as_of)
        engine = open_engine()
        if threads is not None:
            engine.execute(f"set threads = {int(threads)}")
        for kind in record_types():
            if seq == snapshot.seq:
                select = present(self._evidence, kind, snapshot)
            else:
                select = at_revision(self._evidence, kind, snapshot, seq)
            engine.execute(f"create view {table_name(kind)} as {select}")
        return Ledger(engine, version=_version(snapshot, seq), today=today)


def open_store(
    folder: Path, database_url: str | None = None, *, clock: Callable[[], datetime] = _now
) -> Store:
    """Open a workspace, creating it or bringing its tables up to date where needed.

    Args:
        folder: The workspace folder.
        database_url: `postgresql://...` for a state database on a server; None for SQLite in the folder.
        clock: Says when something is committed.

    Raises:
        WorkspaceError: The folder or the database cannot be used; the message says what to do.
    """
    try:
        (folder / "evidence").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkspaceError(f"{folder} cannot be a workspace: {error.strerror}") from error
    state = open_state(folder, database_url)
    try:
        _same_workspace(folder, state)
    except BaseException:
        state.close()
        raise
    return Store(folder, state, clock=clock)


def _same_workspace(folder: Path, state: State) -> None:
    """Refuse a database whose evidence lies in another folder: it would name files that are not here."""
    mark = folder / "workspace"
    meta = state_tables().meta
    with state.writing() as connection:
        row = connection.execute(meta.select().where(meta.c.name == "workspace")).first()
        if row is None:
            known = mark.read_text().strip() if mark.exists() else str(uuid4())
            connection.execute(meta.insert().values(name="workspace", value=known))
        else:
            known = row.value
        if not mark.exists() and (row is None or not any((folder / "evidence").iterdir())):
            mark.write_text(known + "\n")
    if not mark.exists() or mark.read_text().strip() != known:
        raise WorkspaceError(f"{folder} and the state database {state.url} belong to different workspaces")


def _version(snapshot: Snapshot, seq: int) -> str:
    facts = f"{seq}|{snapshot.chain}"
    return hashlib.blake2b(facts.encode(), digest_size=8).hexdigest()
