"""From the manifest to a ledger: an engine with a view per observed type and a table per declared type."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from prodops.ledger.declared_log import Checkpoint, LogEntry, declared_records, read_log
from prodops.ledger.engine import open_engine, write_tables
from prodops.ledger.ledger import Ledger
from prodops.ledger.manifest import Snapshot, read_snapshot, revision_at, workspace_id
from prodops.ledger.record import Declared, Record
from prodops.ledger.schema import record_types, table_name
from prodops.ledger.told import Told, told_rows
from prodops.ledger.versions import at_revision, present

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from prodops.ledger.evidence import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a reader sees: the files in use, up to which revision they count, and the log.

    Attributes:
        snapshot: The files in use.
        seq: The newest revision that counts.
        log: The declared entries that count.
        workspace: The id of the workspace.
    """

    workspace: str
    snapshot: Snapshot
    seq: int
    log: tuple[LogEntry, ...]

    @property
    def end(self) -> Checkpoint:
        """The last entry of the log that counts."""
        return Checkpoint(self.log[-1].seq, self.log[-1].chain) if self.log else Checkpoint(0, "")

    @property
    def version(self) -> str:
        """A digest that changes when something is committed or declared, or other files are read."""
        return version_of(self.workspace, self.snapshot, self.seq, self.end.chain)


def version_of(workspace: str, snapshot: Snapshot, seq: int, chain: str) -> str:
    """The version of a workspace's ledger at a revision and an end of the log.

    The files that are read are part of it: who keeps a ledger and asks whether the version is still the same
    lets go of files that compaction or forgetting took out of use, before they are deleted.
    """
    files = sorted(batch.uuid for batch in snapshot.batches if batch.seq_low <= seq)
    words = "|".join((workspace, str(seq), chain, *files))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()


def look(connection: Connection, as_of: datetime | None = None) -> Sight:
    """What a reader sees now, or would have seen at a moment."""
    snapshot = read_snapshot(connection)
    seq = snapshot.seq if as_of is None else revision_at(connection, as_of)
    log = tuple(read_log(connection, as_of))
    return Sight(workspace=workspace_id(connection) or "", snapshot=snapshot, seq=seq, log=log)


def ledger_of(
    evidence: Evidence,
    sight: Sight,
    *,
    today: datetime,
    threads: int | None = None,
    kinds: Iterable[type[Record]] | None = None,
    earlier: Callable[[datetime], Ledger | None] | None = None,
    told: Told | None = None,
) -> Ledger:
    """The ledger of what a reader sees.

    Args:
        evidence: The evidence folder.
        sight: What counts.
        today: The moment that counts as now.
        threads: How many the engine may use; None for its own choice.
        kinds: Only these types, for a reader that needs no others.
        earlier: Gives the ledger as it was at a moment.
        told: What may be told of people, where several read; None for whoever may read the files anyway.
    """
    engine = open_engine()
    if threads is not None:
        engine.execute(f"set threads = {int(threads)}")
    wanted = tuple(record_types() if kinds is None else kinds)
    for kind in wanted:
        if issubclass(kind, Declared):
            continue
        select = _select(evidence, kind, sight, told)
        engine.execute(f"create view {table_name(kind)} as {select}")
    declared = tuple(kind for kind in wanted if issubclass(kind, Declared))
    words = (record for record in declared_records(sight.log) if isinstance(record, declared))
    write_tables(engine, "main", words, kinds=declared)
    return Ledger(engine, version=sight.version, today=today, earlier=earlier, told=told)


def _select(evidence: Evidence, kind: type[Record], sight: Sight, told: Told | None) -> str:
    """The records of one type as they count."""
    since = told.since.get(table_name(kind)) if told is not None else None
    if since is not None:
        return told_rows(evidence, kind, sight.snapshot, *since)
    if sight.seq == sight.snapshot.seq:
        return present(evidence, kind, sight.snapshot)
    return at_revision(evidence, kind, sight.snapshot, sight.seq)
