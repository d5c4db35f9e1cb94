"""Whether the log of declarations is what was written: every entry, its chain, and its end outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.ledger.checkpoints import NAME, CheckpointError, read_checkpoint
from prodops.ledger.declared_log import Checkpoint, LogEntry, log_end, read_entry, read_log, verify_entries
from prodops.ledger.manifest import workspace_id
from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

OWN = "the workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One place where the log is not what was written.

    Attributes:
        seq: The number of the entry; 0 where it is about the log as a whole.
        table: The type of its record; empty where the entry is gone or cannot be read.
        record_id: Its record's id.
        declared_at: When it was declared, as far as that can be believed.
        says: What is wrong.
    """

    seq: int
    table: str = ""
    record_id: str = ""
    declared_at: datetime | None = None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A checkpoint that the log was compared with.

    Attributes:
        file: Where it was kept.
        entries: How many entries the log had.
        holds: Whether the log is still the one it speaks of.
    """

    file: str
    entries: int
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """What was found.

    Attributes:
        entries: Entries in the log.
        end: Where the log ends.
        workspace: The id of the workspace.
        damages: What is not as it was written, by entry.
        intact_until: The last entry before the first damage.
        checkpoints: What it was compared with.
        last_at: When the newest entry was declared; None for an empty log.
    """

    entries: int
    end: Checkpoint
    workspace: str
    damages: tuple[Damage, ...]
    intact_until: int
    checkpoints: tuple[Held, ...]
    last_at: datetime | None


def examine(connection: Connection, folder: Path, kept: Sequence[Path] = ()) -> Examination:
    """Compute the chain of the log again and compare it with the checkpoints.

    Args:
        connection: A reading connection.
        folder: The workspace, which keeps a checkpoint of its own.
        kept: Files with checkpoints that were kept elsewhere.
    """
    workspace = workspace_id(connection) or ""
    entries, damages = _entries(connection)
    end = _end(connection, damages)
    damages += [_damage(fault.seq, fault.says, entries) for fault in verify_entries(entries, end, None)]
    chains = {0: "", **{entry.seq: entry.chain for entry in entries}}
    held = []
    own = folder / NAME
    for file in [*([own] if own.exists() else []), *kept]:
        name = OWN if file == own else str(file)
        held.append(_held(file, chains, damages, workspace=workspace, name=name))
    first = min((one.seq for one in damages if one.seq), default=len(entries) + 1)
    return Examination(
        entries=len(entries), end=end, workspace=workspace,
        damages=tuple(sorted(damages, key=lambda one: one.seq)),
        intact_until=first - 1 if damages else len(entries), checkpoints=tuple(held),
        last_at=entries[-1].declared_at if entries else None,
    )  # fmt: skip


def _entries(connection: Connection) -> tuple[list[LogEntry], list[Damage]]:
    """The entries that can be read, and a damage for each one whose columns cannot."""
    try:
        return read_log(connection), []
    except (ValueError, TypeError):
        declared = state_tables().declared
        numbers = [row.seq for row in connection.execute(declared.select().with_only_columns(declared.c.seq))]
    entries, damages = [], []
    for seq in sorted(numbers):
        try:
            entries.append(read_entry(connection, seq))
        except (ValueError, TypeError):
            damages.append(Damage(seq=seq, says="its columns cannot be read"))
    return entries, damages


def _end(connection: Connection, damages: list[Damage]) -> Checkpoint:
    from sqlalchemy.exc import NoResultFound  # lazy: next to the store

    try:
        return log_end(connection)
    except NoResultFound:
        damages.append(Damage(seq=0, says="the head of the log is gone"))
        return Checkpoint(0, "")


def _held(file: Path, chains: Mapping[int, str], damages: list[Damage], *, workspace: str, name: str) -> Held:
    """The checkpoint of a file, held against the log; what does not hold is added to the damages."""
    try:
        kept = read_checkpoint(file, workspace=workspace)
    except CheckpointError as error:
        damages.append(Damage(seq=0, says=str(error).rstrip(".")))
        return Held(file=name, entries=0, holds=False)
    holds = chains.get(kept.seq) == kept.chain
    if not holds:
        newest = max(chains)
        says = (
            f"the log ends at entry {newest}, and the checkpoint of {name} has seen entry {kept.seq}: "
            "the tail was cut"
            if kept.seq > newest
            else f"it is not the entry that the checkpoint of {name} has seen: the log was written anew"
        )
        damages.append(Damage(seq=min(kept.seq, newest + 1), says=says))
    return Held(file=name, entries=kept.seq, holds=holds)


def _damage(seq: int, says: str, entries: Sequence[LogEntry]) -> Damage:
    entry = next((one for one in entries if one.seq == seq), None)
    if entry is None:
        return Damage(seq=seq, says=says)
    return Damage(
        seq=seq, table=entry.table, record_id=entry.record_id, declared_at=entry.declared_at, says=says
    )
