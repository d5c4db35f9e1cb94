"""A backup: one moment of the state and the evidence files of that moment, while others go on writing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prodops import __version__
from prodops.ledger.evidence import Evidence, remove
from prodops.ledger.manifest import Batch, Snapshot, read_snapshot, workspace_id
from prodops.ledger.state import NEWEST
from prodops.ledger.state_tables import state_tables
from prodops.serve.keeping.archive import Contents, Writing, writing
from prodops.serve.keeping.rows import lines_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from prodops.ledger.state import State

LEFT_OUT = frozenset({"session", "page_snapshot", "search_entry", "deed_reply", "job"})
"""What is made anew, or belongs to the server that ran: who was signed in signs in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was backed up.

    Attributes:
        file: The archive.
        bytes: Its size.
        evidence_files: How many evidence files it holds.
        rows: Rows of evidence.
        declared: Entries of the log of declarations.
        made_at: The moment it shows.
    """

    file: Path
    bytes: int
    evidence_files: int
    rows: int
    declared: int
    made_at: datetime


def back_up(
    state: State, folder: Path, file: Path, *, told: Callable[[int, int, str], None] = lambda *_: None
) -> Backup:
    """Write a backup.

    The state is read in one transaction, so that it is one moment of it. The evidence files of that moment
    never change; they are held by links of our own until they are copied, since a file that goes out of use
    is deleted some time later.

    Args:
        state: The state database.
        folder: The workspace.
        file: Where to; replaced when the new one is whole.
        told: Is told how many files of how many are copied, and of which type the last was.

    Raises:
        OSError: The disk is full, or the place cannot be written.
    """
    made_at = datetime.now(UTC)
    evidence = Evidence(folder)
    with writing(file) as archive, _scratch(evidence) as links:
        with state.reading() as connection:
            snapshot = read_snapshot(connection)
            held = _hold(evidence, snapshot.batches, links)
            _tables(connection, archive)
            workspace = workspace_id(connection) or ""
        for number, batch in enumerate(snapshot.batches, start=1):
            archive.copy(f"evidence/{batch.table}/{batch.uuid}.parquet", held[batch.uuid], batch.rows)
            told(number, len(snapshot.batches), batch.table)
        archive.close(_contents(snapshot, workspace, made_at, archive))
    return Backup(
        file=file,
        bytes=file.stat().st_size,
        evidence_files=len(snapshot.batches),
        rows=sum(batch.rows for batch in snapshot.batches),
        declared=snapshot.log_seq,
        made_at=made_at,
    )


def _contents(snapshot: Snapshot, workspace: str, made_at: datetime, archive: Writing) -> Contents:
    return Contents(
        program=__version__, step=NEWEST, workspace=workspace, made_at=made_at.isoformat(), seq=snapshot.seq,
        log_seq=snapshot.log_seq, chain=snapshot.chain, members=archive.members,
    )  # fmt: skip


def _tables(connection: Connection, archive: Writing) -> None:
    """Every table that is kept, files that went out of use left out of the manifest."""
    for table in state_tables().metadata.sorted_tables:
        if table.name not in LEFT_OUT:
            lines = lines_of(connection, table)
            if table.name == "batch":
                lines = (line for line in lines if b'"superseded_at":null' in line)
            archive.lines(f"state/{table.name}.jsonl", lines)


def _hold(evidence: Evidence, batches: Sequence[Batch], links: Path) -> dict[str, Path]:
    """The files under names of our own: a link costs nothing; where there are none, a copy."""
    held = {}
    for batch in batches:
        path, link = evidence.path(batch.table, batch.uuid), links / f"{batch.uuid}.parquet"
        try:
            os.link(path, link)
        except OSError:
            shutil.copyfile(path, link)
        held[batch.uuid] = link
    return held


@contextmanager
def _scratch(evidence: Evidence) -> Iterator[Path]:
    folder = evidence.open_scratch()
    try:
        yield folder
    finally:
        remove(folder)
