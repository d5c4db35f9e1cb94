"""The manifest: which evidence files exist, and which change of the evidence each belongs to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from prodops.ledger.state import read_moment, stored_moment
from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

Part = Literal["live", "history", "held"]
"""`live` is read by every ledger; `history`, put aside by compaction, by earlier moments alone; `held` are
copies from other sources that stand behind the record shown, and take over when it goes."""


class OvertakenError(Exception):
    """Another writer committed first; what was computed must be computed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One immutable Parquet file of one record type.

    Attributes:
        uuid: Its name; never used again.
        table: The record type's table name.
        part: What its rows are.
        seq_low: The oldest revision among its rows.
        seq_high: The newest.
        rows: How many rows it has.
        replaces: How many of its rows replace or retire a row of another file that is still read.
        columns: The columns it holds of the record type as it was then.
    """

    uuid: str
    table: str
    part: Part
    seq_low: int
    seq_high: int
    rows: int
    replaces: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What the state database said at one moment.

    Attributes:
        seq: The newest revision of the evidence.
        log_seq: The newest entry of the declared log.
        chain: The chain value of that entry.
        batches: The evidence files in use.
    """

    seq: int
    log_seq: int
    chain: str
    batches: tuple[Batch, ...]

    def of(self, table: str, *parts: Part) -> list[Batch]:
        """The files of one record type, oldest first."""
        return [batch for batch in self.batches if batch.table == table and batch.part in parts]


def read_snapshot(connection: Connection) -> Snapshot:
    """Read the head and the files in use; the caller's transaction makes them belong together."""
    tables = state_tables()
    head = connection.execute(tables.head.select()).one()
    batch = tables.batch
    found = connection.execute(
        batch.select().where(batch.c.superseded_at.is_(None)).order_by(batch.c.seq_low, batch.c.uuid)
    )
    return Snapshot(
        seq=head.seq, log_seq=head.log_seq, chain=head.chain, batches=tuple(_batch(row) for row in found)
    )


def workspace_id(connection: Connection) -> str | None:
    """The id of the workspace whose evidence this is; None when it was never opened."""
    meta = state_tables().meta
    row = connection.execute(meta.select().where(meta.c.name == "workspace")).first()
    return str(row.value) if row else None


def revision_at(connection: Connection, moment: datetime) -> int:
    """The newest revision committed at or before a moment; 0 when there is none."""
    revision = state_tables().revision
    newest = (
        revision.select()
        .where(revision.c.committed_at <= stored_moment(moment))
        .order_by(revision.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    return int(row.seq) if row else 0


def newest_commit(connection: Connection) -> datetime | None:
    """When the newest revision was committed."""
    revision = state_tables().revision
    row = connection.execute(revision.select().order_by(revision.c.seq.desc()).limit(1)).first()
    return read_moment(row.committed_at) if row else None


def commit_revision(
    connection: Connection,
    snapshot: Snapshot,
    kind: str,
    *,
    at: datetime,
    added: Sequence[Batch],
    superseded: Iterable[str] = (),
) -> None:
    """Make a change of the evidence visible: the manifest rows are the commit.

    Raises:
        OvertakenError: The evidence changed since the snapshot was read.
    """
    expect_unchanged(connection, snapshot)
    tables, seq = state_tables(), snapshot.seq + 1
    newest = newest_commit(connection)
    moment = stored_moment(at if newest is None else max(at, newest))
    connection.execute(tables.revision.insert().values(seq=seq, kind=kind, committed_at=moment))
    connection.execute(tables.head.update().values(seq=seq))
    exchange_batches(connection, at=at, added=added, superseded=superseded)


def expect_unchanged(connection: Connection, snapshot: Snapshot) -> None:
    """Do nothing if no revision was committed since the snapshot.

    Raises:
        OvertakenError: One was.
    """
    if connection.execute(state_tables().head.select()).one().seq != snapshot.seq:
        raise OvertakenError


def exchange_batches(
    connection: Connection, *, at: datetime, added: Sequence[Batch], superseded: Iterable[str]
) -> None:
    """Take files into use and others out of it, without a change of what they say.

    Raises:
        OvertakenError: One of the files was taken out of use by another writer.
    """
    batch, old = state_tables().batch, list(superseded)
    if old:
        out = connection.execute(
            batch.update()
            .where(batch.c.uuid.in_(old))
            .where(batch.c.superseded_at.is_(None))
            .values(superseded_at=stored_moment(at))
        )
        if out.rowcount != len(old):
            raise OvertakenError
    if added:
        connection.execute(batch.insert(), [_values(one) for one in added])


def has_superseded(connection: Connection, *, before: datetime) -> bool:
    """Whether a file went out of use before a moment and is still there."""
    batch = state_tables().batch
    old = batch.select().where(batch.c.superseded_at <= stored_moment(before)).limit(1)
    return connection.execute(old).first() is not None


def discard_superseded(
    connection: Connection, *, before: datetime, delete: Callable[[str, str], None]
) -> int:
    """Delete the files that went out of use before a moment, each before its manifest row; says how many."""
    batch = state_tables().batch
    old = connection.execute(batch.select().where(batch.c.superseded_at <= stored_moment(before))).all()
    for row in old:
        delete(row.record_type, row.uuid)
        connection.execute(batch.delete().where(batch.c.uuid == row.uuid))
    return len(old)


def known_uuids(connection: Connection) -> set[str]:
    """The names of all files that the manifest speaks of, in use or not."""
    return {row.uuid for row in connection.execute(state_tables().batch.select())}


def _batch(row: Any) -> Batch:  # noqa: ANN401 (a row of the database has no type of its own)
    return Batch(
        uuid=row.uuid,
        table=row.record_type,
        part=next(part for part in get_args(Part) if part == row.part),
        seq_low=row.seq_low,
        seq_high=row.seq_high,
        rows=row.rows,
        replaces=row.replaces,
        columns=tuple(json.loads(row.columns)),
    )


def _values(batch: Batch) -> dict[str, object]:
    return {
        "uuid": batch.uuid,
        "record_type": batch.table,
        "part": batch.part,
        "seq_low": batch.seq_low,
        "seq_high": batch.seq_high,
        "rows": batch.rows,
        "replaces": batch.replaces,
        "columns": json.dumps(batch.columns),
    }
