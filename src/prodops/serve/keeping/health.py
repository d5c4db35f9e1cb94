"""Whether a workspace is well: what can be asked by anybody in one word, and by owners in full."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prodops import __version__
from prodops.ledger.manifest import Snapshot, read_snapshot
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import NEWEST, read_moment
from prodops.ledger.state_tables import state_tables
from prodops.ledger.verifying import examine
from prodops.serve.prepared.program import program
from prodops.serve.prepared.stored import mark_of, read_mark

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from prodops.ledger.state import State

LEAST_FREE_BYTES = 500 << 20
"""Less room on the disk than this is told as not well."""

LONGEST_CHECKED_SECONDS = 3_600
"""For how long a verified log counts as verified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a workspace is.

    Attributes:
        well: Whether nothing is wrong.
        wrong: What is wrong, each as a sentence with what to do.
        database: Where the state is, without its password.
        step: The migration step of its tables.
        evidence_files: Evidence files in use.
        evidence_bytes: What they take.
        free_bytes: Room left on their disk.
        last_load_at: When something was loaded last.
        revision: The newest revision of the evidence.
        declared: Entries of the log of declarations.
        log_verified_at: When its chain was computed last; None when it never was here.
        jobs_open: Jobs that wait or run.
        jobs_failed: Jobs that failed and are still listed.
        pages: Stored pages of this program.
        pages_stale: How many of them are older than the ledger.
        pages_made_at: When the newest was made.
        version: The version of prodops.
        program: The version and the digest of its files.
        python: The version of Python.
    """

    well: bool
    wrong: tuple[str, ...]
    database: str
    step: str
    evidence_files: int
    evidence_bytes: int
    free_bytes: int
    last_load_at: datetime | None
    revision: int
    declared: int
    log_verified_at: datetime | None
    jobs_open: int
    jobs_failed: int
    pages: int
    pages_stale: int
    pages_made_at: datetime | None
    version: str
    program: str
    python: str


def alive(state: State) -> bool:
    """Whether the state database answers and its tables are at the step that this program needs."""
    import sqlalchemy as sa  # lazy: next to the store

    try:
        with state.reading() as connection:
            found = connection.execute(sa.text("select version_num from alembic_version")).scalar()
    except sa.exc.SQLAlchemyError:
        return False
    return bool(found == NEWEST)


class Physician:
    """Examines a workspace; the chain of a long log is not computed again for every question."""

    def __init__(self, state: State, folder: Path) -> None:
        """Take the workspace."""
        self._state = state
        self._folder = folder
        self._checked: tuple[datetime, int, tuple[str, ...]] | None = None

    def examine(self, today: datetime, now: datetime) -> Health:
        """How the workspace is.

        Args:
            today: The moment that counts as now for its pages.
            now: The clock's moment.
        """
        with self._state.reading() as connection:
            snapshot = read_snapshot(connection)
            damages = self._log(connection, snapshot.log_seq, now)
            free = shutil.disk_usage(self._folder).free
            wrong = [*damages, *_short(free), *self._gone(snapshot)]
            jobs_open, jobs_failed = _jobs(connection)
            ages = _pages(connection, today)
            return Health(
                well=not wrong,
                wrong=tuple(wrong),
                database=self._state.url,
                step=NEWEST,
                evidence_files=len(snapshot.batches),
                evidence_bytes=sum(path.stat().st_size for path in self._folder.glob("evidence/*/*.parquet")),
                free_bytes=free,
                last_load_at=_last_load(connection),
                revision=snapshot.seq,
                declared=snapshot.log_seq,
                log_verified_at=self._checked[0] if self._checked else None,
                jobs_open=jobs_open,
                jobs_failed=jobs_failed,
                pages=len(ages),
                pages_stale=sum(stale for stale, _ in ages),
                pages_made_at=max((at for _, at in ages), default=None),
                version=__version__,
                program=program(),
                python=sys.version.split()[0],
            )

    def _log(self, connection: Connection, log_seq: int, now: datetime) -> tuple[str, ...]:
        known = self._checked
        if known is None or known[1] != log_seq or (now - known[0]).total_seconds() > LONGEST_CHECKED_SECONDS:
            damages = examine(connection, self._folder).damages
            places = f"{len(damages)} place{'' if len(damages) == 1 else 's'}"
            said = f"The log of declarations is not what was written ({places}): run prodops verify."
            self._checked = known = (now, log_seq, (said,) if damages else ())
        return known[2]

    def _gone(self, snapshot: Snapshot) -> list[str]:
        """What is said of evidence files of the manifest that are not on the disk."""
        folder = self._folder / "evidence"
        gone = sum(not (folder / one.table / f"{one.uuid}.parquet").exists() for one in snapshot.batches)
        return [f"{gone:,} evidence files are missing: put a backup back."] if gone else []


def _short(free_bytes: int) -> list[str]:
    if free_bytes >= LEAST_FREE_BYTES:
        return []
    return [f"{free_bytes >> 20:,} MB are left on the disk: make room before the next load."]


def _last_load(connection: Connection) -> datetime | None:
    import sqlalchemy as sa  # lazy: next to the store

    newest = connection.execute(sa.select(sa.func.max(state_tables().source_file.c.loaded_at))).scalar()
    return read_moment(newest) if newest else None


def _jobs(connection: Connection) -> tuple[int, int]:
    """Jobs that wait or run, and jobs that failed."""
    table = site_tables().job
    rows = connection.execute(table.select().with_only_columns(table.c.stage, table.c.ended_at)).all()
    return sum(row.ended_at is None for row in rows), sum(row.stage == "failed" for row in rows)


def _pages(connection: Connection, today: datetime) -> list[tuple[bool, datetime]]:
    """Whether each stored page of this program is stale, and when it was made."""
    table = site_tables().page_snapshot
    asked = table.select().with_only_columns(table.c.version, table.c.made_at)
    rows = connection.execute(asked.where(table.c.program == program()))
    newest = mark_of(connection, today)
    return [(read_mark(row.version.partition(" ")[0]) != newest, read_moment(row.made_at)) for row in rows]
