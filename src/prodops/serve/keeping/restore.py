"""A backup put back: into a new folder and an empty database, and not before everything was verified."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from prodops.ledger.checkpoints import NAME, write_checkpoint
from prodops.ledger.engine import open_engine
from prodops.ledger.evidence import fill, scan_of
from prodops.ledger.manifest import read_snapshot, workspace_id
from prodops.ledger.state import WorkspaceError, make_state, open_state, steps
from prodops.ledger.verifying import Examination, examine
from prodops.serve.keeping.archive import BackupError, Contents, Reading, reading
from prodops.serve.keeping.rows import put_rows, tables_there

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

MADE_WITH_TABLES = "head"
"""The table that a step makes with a row in it, which the backup brings itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put back.

    Attributes:
        folder: The new workspace.
        made_at: The moment that the backup shows, ISO 8601.
        evidence_files: Evidence files, each held against its digest and its rows.
        rows: Rows of evidence.
        declared: Entries of the log of declarations, whose chain was computed again.
    """

    folder: Path
    made_at: str
    evidence_files: int
    rows: int
    declared: int


def restore(file: Path, folder: Path, database_url: str | None) -> Restored:
    """Put a backup back.

    Everything goes into a folder beside the new one and into one transaction. Only when every digest, every
    count, the chain of the log and its end are those of the backup, the folder gets its name.

    Args:
        file: The archive.
        folder: The new workspace; it does not exist, or is empty.
        database_url: An empty PostgreSQL database; None for SQLite in the folder.

    Raises:
        BackupError: The archive is not whole, or of a newer version; nothing was put back.
        WorkspaceError: The folder or the database is not empty; nothing was put back.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WorkspaceError(f"{folder} is not empty; name a folder that does not exist yet")
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    beside = folder.absolute().with_name(f".{folder.name}.{uuid4()}.restoring")
    with reading(file) as archive:
        _expect_known(archive.contents)
        try:
            _take_out(archive, beside)
            _put_in(archive, beside, database_url)
            if folder.exists():
                folder.rmdir()
            beside.replace(folder)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        contents = archive.contents
    open_state(folder, database_url).close()  # brings the tables up to the newest step
    evidence = [one for name, one in contents.members.items() if name.startswith("evidence/")]
    return Restored(
        folder=folder, made_at=contents.made_at, evidence_files=len(evidence),
        rows=sum(one.rows for one in evidence), declared=contents.log_seq,
    )  # fmt: skip


def _expect_known(contents: Contents) -> None:
    if contents.step not in steps():
        raise BackupError(
            f"it was written by a newer prodops (version {contents.program}, its tables are at "
            f"{contents.step!r}); install that version to put it back"
        )


def _take_out(archive: Reading, folder: Path) -> None:
    """Write the evidence files, each held against its digest, and the mark of the workspace."""
    (folder / "evidence").mkdir(parents=True)
    for name in archive.contents.members:
        if name.startswith("evidence/"):
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            with path.open("xb") as target:
                for chunk in archive.chunks(name):
                    target.write(chunk)
                target.flush()
                os.fsync(target.fileno())
    (folder / "workspace").write_text(f"{archive.contents.workspace}\n", encoding="utf-8")


def _put_in(archive: Reading, folder: Path, database_url: str | None) -> None:
    """Fill the tables and verify them in one transaction: what is not as it was is not committed."""
    state = make_state(folder, database_url, archive.contents.step)
    try:
        with state.writing() as connection:
            _fill(archive, connection)
            examined = _verify(archive.contents, connection, folder)
        _mark(folder, examined)
    except BaseException:
        state.drop()
        raise
    finally:
        state.close()


def _fill(archive: Reading, connection: Connection) -> None:
    tables = tables_there(connection)
    for name, table in tables.items():
        member = f"state/{name}.jsonl"
        if member not in archive.contents.members:
            continue
        if name == MADE_WITH_TABLES:
            connection.execute(table.delete())
        try:
            count = put_rows(connection, table, archive.lines(member))
        except (ValueError, TypeError, AttributeError) as error:
            raise BackupError(f"its part {member} cannot be read: take another backup") from error
        if count != archive.contents.members[member].rows:
            raise BackupError(f"its part {member} has {count:,} rows and should have others")
    _count_on(connection, tables)


def _count_on(connection: Connection, tables: Mapping[str, Table]) -> None:
    """Let PostgreSQL number new accesses behind those that were put in."""
    import sqlalchemy as sa  # lazy: next to the store

    if connection.dialect.name == "postgresql" and "access" in tables:
        behind = "select setval(pg_get_serial_sequence('access', 'number'), (select max(number) from access))"
        connection.execute(sa.text(behind))


def _verify(contents: Contents, connection: Connection, folder: Path) -> Examination:
    """Hold what was put in against what the archive says.

    Raises:
        BackupError: Something is not as it was.
    """
    snapshot, wrong = read_snapshot(connection), []
    if (snapshot.seq, snapshot.log_seq, snapshot.chain) != (contents.seq, contents.log_seq, contents.chain):
        wrong.append("its end is not the one that it names")
    if workspace_id(connection) != contents.workspace:
        wrong.append("it is of another workspace than it names")
    named = {f"evidence/{batch.table}/{batch.uuid}.parquet": batch.rows for batch in snapshot.batches}
    there = {n: one.rows for n, one in contents.members.items() if n.startswith("evidence/")}
    if named != there:
        wrong.append("its evidence files are not those of its manifest")
    examined = examine(connection, folder)
    wrong += [f"entry {damage.seq} of the log: {damage.says}" for damage in examined.damages[:3]]
    wrong += _miscounted(folder, named)
    if wrong:
        raise BackupError(f"it was not put back, because {'; '.join(wrong)}")
    return examined


def _miscounted(folder: Path, named: dict[str, int]) -> list[str]:
    """Evidence files whose rows are not as many as the manifest says."""
    with open_engine() as engine:
        counted = {
            name: engine.execute(
                fill("select count(*) from {file}", file=scan_of([folder / name]))
            ).fetchall()
            for name in named
            if (folder / name).exists()
        }
    return [f"{name} has other rows" for name, rows in named.items() if counted.get(name) != [(rows,)]][:3]


def _mark(folder: Path, examined: Examination) -> None:
    """Keep the end of the log beside the database, as each declaration does."""
    if examined.entries:
        file = folder / NAME
        write_checkpoint(file, examined.end, workspace=examined.workspace, at=datetime.now(UTC))
