"""Tidying: many small files of a type into one, and files that nothing needs any more off the disk.

Compaction keeps all history: rows that are read now go into one live file, rows that only an earlier moment
reads go into a history file, each with the revision it had. Copies held for other sources keep their newest
version, since no earlier moment reads them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from prodops.ledger.evidence import Evidence, fill, listed, open_bounded_engine, own_names, remove
from prodops.ledger.manifest import (
    Batch,
    OvertakenError,
    Part,
    Snapshot,
    discard_superseded,
    exchange_batches,
    has_superseded,
    known_uuids,
    read_snapshot,
)
from prodops.ledger.record import Record
from prodops.ledger.schema import record_types, table_name
from prodops.ledger.state import State
from prodops.ledger.versions import BOOK, held, past, present

MOST_FILES = 64
"""More files of one type and part than this are made one."""

GRACE_SECONDS = 900.0
"""How long a file that went out of use stays, for readers that are still at it."""

ORPHAN_SECONDS = 21_600.0
"""How old a file must be that the manifest does not know; a younger one may be a commit under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tidier:
    """What tidying needs.

    Attributes:
        state: The state database.
        evidence: The evidence folder.
        clock: Says what time it is.
        memory_megabytes: The engine's memory.
        most_files: More files than this of one type and part are made one.
        grace_seconds: How long files stay that went out of use.
        orphan_seconds: How old unknown files must be.
    """

    state: State
    evidence: Evidence
    clock: Callable[[], datetime]
    memory_megabytes: int
    most_files: int = MOST_FILES
    grace_seconds: float = GRACE_SECONDS
    orphan_seconds: float = ORPHAN_SECONDS

    def compact(self) -> int:
        """Make one file of many wherever there are too many; says how many files that spared."""
        with self.state.reading() as connection:
            snapshot = read_snapshot(connection)
        crowded = [
            (kind, part)
            for kind in record_types()
            for part in _PARTS
            if len(snapshot.of(table_name(kind), part)) > self.most_files
        ]
        return sum(self._compact(snapshot, kind, part) for kind, part in crowded)

    def sweep(self) -> int:
        """Delete files that went out of use before the grace period, and what crashes left; says how many."""
        before = self.clock() - timedelta(seconds=self.grace_seconds)
        swept = 0
        with self.state.reading() as connection:
            due = has_superseded(connection, before=before)
            known = known_uuids(connection)
        if due:
            with self.state.writing() as connection:
                swept = discard_superseded(connection, before=before, delete=self.evidence.delete)
        orphans = self.evidence.orphans(known, older_than_seconds=self.orphan_seconds)
        for path in orphans:
            remove(path)
        return swept + len(orphans)

    def _compact(self, snapshot: Snapshot, kind: type[Record], part: Part) -> int:
        old, new = snapshot.of(table_name(kind), part), list[Batch]()
        scratch = self.evidence.open_scratch()
        engine = open_bounded_engine(scratch, memory_megabytes=self.memory_megabytes)
        try:
            for made, select in _selects(self.evidence, snapshot, kind, part).items():
                batch = self.evidence.write(engine, kind, made, select)
                if batch is not None:
                    # What a compacted row replaced went into the history: the present reads it plainly.
                    new.append(replace(batch, replaces=0) if made == "live" else batch)
            with self.state.writing() as connection:
                exchange_batches(
                    connection, at=self.clock(), added=new, superseded=[batch.uuid for batch in old]
                )
        except OvertakenError:
            for batch in new:
                self.evidence.delete(batch.table, batch.uuid)
            return 0
        finally:
            engine.close()
            remove(scratch)
        return len(old) - len(new)


_PARTS: tuple[Part, ...] = ("live", "history", "held")


def _selects(evidence: Evidence, snapshot: Snapshot, kind: type[Record], part: Part) -> dict[Part, str]:
    if part == "live":
        return {
            "live": present(evidence, kind, snapshot, extra=listed(BOOK)),
            "history": past(evidence, kind, snapshot),
        }
    names = listed((*own_names(kind), *BOOK))
    if part == "held":
        rows = held(evidence, kind, snapshot)
        return {"held": fill("select {names} from ({rows}) where not _gone", names=names, rows=rows)}
    return {"history": evidence.scan(kind, snapshot.of(table_name(kind), "history"))}
