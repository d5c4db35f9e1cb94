"""The log of declared records: append-only, each entry chained to the one before by its digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from prodops.ledger.record import Citation, Declared
from prodops.ledger.schema import Column, columns, record_type, utc_naive
from prodops.ledger.state import read_moment, stored_moment
from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

REDACTION = "redaction"
"""The type of an entry that says which entry's words were taken out, and what its words are now."""


class GateRefusedError(Exception):
    """A gate objected, so nothing was recorded.

    Attributes:
        objections: What it objected, as the gate gave it.
    """

    def __init__(self, objections: Sequence[object]) -> None:
        """Take the gate's objections."""
        super().__init__("; ".join(str(one) for one in objections))
        self.objections = tuple(objections)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The end of the log at one moment; kept elsewhere, it shows later whether the tail was cut.

    Attributes:
        seq: The number of the newest entry.
        chain: Its chain value.
    """

    seq: int
    chain: str


@dataclass(frozen=True, slots=True)
class LogFault:
    """A place where the log is not what was written.

    Attributes:
        seq: The entry.
        says: What is wrong with it.
    """

    seq: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One entry of the log, as it stands in the database.

    Attributes:
        seq: Its number, from 1 without gaps.
        table: The record type's table name, or `redaction`.
        record_id: The record's id.
        declared_at: When it was appended.
        payload: The record as canonical JSON.
        digest: SHA-256 of the payload as it was declared.
        chain: SHA-256 over the entry before and this one.
        redacted: Whether words of a forgotten person were taken out of the payload.
    """

    seq: int
    table: str
    record_id: str
    declared_at: datetime
    payload: str
    digest: str
    chain: str
    redacted: bool = False


def append_entries(
    connection: Connection, end: Checkpoint, entries: Iterable[tuple[str, str, str]], *, at: datetime
) -> Checkpoint:
    """Append entries after the end of the log; the caller holds the lock and commits.

    Args:
        connection: A writing connection.
        end: The end of the log now.
        entries: Table name, record id and payload of each.
        at: The moment; never before that of the newest entry.

    Returns:
        The new end of the log.
    """
    tables, rows = state_tables(), []
    for table, record_id, payload in entries:
        digest = digest_of(payload)
        seq = end.seq + 1
        end = Checkpoint(seq, _chain(end.chain, seq, table, digest=digest, at=at))
        rows.append(
            {
                "seq": seq,
                "record_type": table,
                "record_id": record_id,
                "declared_at": stored_moment(at),
                "payload": payload,
                "digest": digest,
                "chain": end.chain,
                "redacted": False,
            }
        )
    if rows:
        connection.execute(tables.declared.insert(), rows)
        connection.execute(tables.head.update().values(log_seq=end.seq, chain=end.chain))
    return end


def log_end(connection: Connection) -> Checkpoint:
    """Where the head says that the log ends."""
    head = connection.execute(state_tables().head.select()).one()
    return Checkpoint(head.log_seq, head.chain)


def read_log(connection: Connection, until: datetime | None = None) -> list[LogEntry]:
    """The entries in their order, or those appended by a moment."""
    declared = state_tables().declared
    query = declared.select().order_by(declared.c.seq)
    if until is not None:
        query = query.where(declared.c.declared_at <= stored_moment(until))
    return [_entry_of(row) for row in connection.execute(query)]


def read_entry(connection: Connection, seq: int) -> LogEntry:
    """One entry by its number."""
    declared = state_tables().declared
    return _entry_of(connection.execute(declared.select().where(declared.c.seq == seq)).one())


def _entry_of(row: Any) -> LogEntry:  # noqa: ANN401 (a row of the database has no type of its own)
    return LogEntry(
        seq=row.seq,
        table=row.record_type,
        record_id=row.record_id,
        declared_at=read_moment(row.declared_at),
        payload=row.payload,
        digest=row.digest,
        chain=row.chain,
        redacted=row.redacted,
    )


def replace_words(connection: Connection, seq: int, payload: str) -> None:
    """Put a redacted payload in the place of what was declared; its digest and the chain stay."""
    declared = state_tables().declared
    words = {"payload": payload, "record_id": json.loads(payload)["id"], "redacted": True}
    connection.execute(declared.update().where(declared.c.seq == seq).values(**words))


def declared_records(entries: Iterable[LogEntry]) -> list[Declared]:
    """The records that the log declares; the last word about an id counts."""
    latest = {(entry.table, entry.record_id): entry for entry in entries if entry.table != REDACTION}
    return [record_from(entry.table, entry.payload) for entry in latest.values()]


def verify_entries(entries: Sequence[LogEntry], end: Checkpoint, kept: Checkpoint | None) -> list[LogFault]:
    """Everything that shows the log to be edited, cut, or out of order.

    Args:
        entries: The log.
        end: Where the head says that it ends.
        kept: An end of the log that was kept outside, if there is one.
    """
    faults: list[LogFault] = []
    redacted = _redactions(entries)
    before, chains = Checkpoint(0, ""), {0: ""}
    for entry in entries:
        faults += _faults_of(entry, before, redacted)
        before = Checkpoint(entry.seq, entry.chain)
        chains[entry.seq] = entry.chain
    if before != end:
        faults.append(LogFault(before.seq, f"the log ends here and should end at entry {end.seq}"))
    if kept is not None and chains.get(kept.seq) != kept.chain:
        faults.append(LogFault(kept.seq, "the log is not the one that the kept checkpoint speaks of"))
    return faults


def payload_of(record: Declared) -> str:
    """A record as canonical JSON: keys sorted, moments in UTC."""
    cells = {column.name: _outward(getattr(record, column.name)) for column in columns(type(record))}
    cells["cite"] = [record.cite.source, record.cite.locator]
    return json.dumps(cells, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def record_from(table: str, payload: str) -> Declared:
    """The record of a payload; a field that it lacks takes its default.

    Raises:
        TypeError: The table is not one of declared records.
    """
    kind = record_type(table)
    if not issubclass(kind, Declared):
        raise TypeError(f"{table} is not declared but observed")
    cells = json.loads(payload)
    values: dict[str, Any] = {c.name: _inward(c, cells[c.name]) for c in columns(kind) if c.name in cells}
    return kind(cite=Citation(*cells["cite"]), **values)


def digest_of(payload: str) -> str:
    """The digest of a payload."""
    return hashlib.sha256(payload.encode()).hexdigest()


def _chain(previous: str, seq: int, table: str, *, digest: str, at: datetime) -> str:
    """The id is not repeated here: the payload holds it, and the digest covers the payload."""
    moment = stored_moment(at).isoformat(timespec="microseconds")
    return hashlib.sha256("\n".join((previous, str(seq), table, digest, moment)).encode()).hexdigest()


def _redactions(entries: Iterable[LogEntry]) -> dict[int, str]:
    """What digest each redacted entry's words have now, as later entries of the chain say."""
    words = [_words(entry.payload) for entry in entries if entry.table == REDACTION]
    return {word["of"]: word["digest"] for word in words if "of" in word and "digest" in word}


def _words(payload: str) -> dict[str, Any]:
    try:
        found = json.loads(payload)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _faults_of(entry: LogEntry, before: Checkpoint, redacted: dict[int, str]) -> list[LogFault]:
    says = []
    if entry.seq != before.seq + 1:
        says.append(f"the entry before is {before.seq}: some were dropped")
    if digest_of(entry.payload) != (redacted.get(entry.seq) if entry.redacted else entry.digest):
        says.append("its words are not those that were declared")
    if _words(entry.payload).get("id") != entry.record_id:
        says.append("its id is not that of its words")
    if _chain(before.chain, entry.seq, entry.table, digest=entry.digest, at=entry.declared_at) != entry.chain:
        says.append("it does not follow from the entry before")
    return [LogFault(entry.seq, one) for one in says]


def _outward(value: object) -> object:
    if isinstance(value, datetime):
        return utc_naive(value).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value


def _inward(column: Column, cell: Any) -> object:  # noqa: ANN401 (a cell is what JSON gave)
    if cell is None:
        return None
    if column.many:
        return tuple(cell)
    if column.holds is datetime:
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    return date.fromisoformat(cell) if column.holds is date else cell
