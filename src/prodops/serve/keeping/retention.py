"""How long what is not evidence is kept: the access log, sessions, jobs, replies, and who decides that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import stored_moment
from prodops.serve.intake.unread import UNREAD_FOLDER
from prodops.serve.keeping.days import Retention
from prodops.serve.keeping.handed import KEPT, drop_old
from prodops.serve.prepared.program import program
from prodops.serve.prepared.stored import OTHERS_KEPT

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Table

    from prodops.ledger.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """What one rule takes away.

    Attributes:
        what: Of what.
        kept_days: How long it is kept.
        before: What is older goes.
        count: How many went, or would go.
    """

    what: str
    kept_days: int
    before: datetime
    count: int


def retain(
    state: State, folder: Path, kept: Retention, *, now: datetime, dry_run: bool
) -> tuple[Expired, ...]:
    """Take away what is older than agreed.

    Records and their log are not touched: they are evidence, and go by `prodops remove`, `forget` or
    `delete-all` alone. Of evidence files that went out of use the store takes care itself.

    Args:
        state: The state database.
        folder: The workspace.
        kept: How long each is kept.
        now: The moment that counts as now.
        dry_run: Whether to say only what would go.
    """
    tables = site_tables()
    found = []
    with state.noting() as connection:
        for what, table, days, column in (
            ("access log", tables.access, kept.access_days, "at"),
            ("sessions", tables.session, kept.session_days, "expires_at"),
            ("tokens", tables.api_token, kept.session_days, "expires_at"),
            ("jobs", tables.job, kept.job_days, "ended_at"),
            ("replies", tables.deed_reply, kept.reply_days, "made_at"),
        ):
            before = now - timedelta(days=days)
            old = table.c[column] < stored_moment(before)
            count = _take(connection, table, old, dry_run=dry_run)
            found.append(Expired(what=what, kept_days=days, before=before, count=count))
        found.append(_pages_of_others(connection, now, dry_run=dry_run))
    before = now - timedelta(days=kept.unread_days)
    count = _unread(folder / UNREAD_FOLDER, before, dry_run=dry_run)
    found.append(Expired(what="unread tables", kept_days=kept.unread_days, before=before, count=count))
    found.append(_archives(folder, now, dry_run=dry_run))
    return tuple(found)


def _pages_of_others(connection: Connection, now: datetime, *, dry_run: bool) -> Expired:
    """Pages that another version of the program made, for a server that may still be that one."""
    table, before = site_tables().page_snapshot, now - OTHERS_KEPT
    old = (table.c.program != program()) & (table.c.made_at < stored_moment(before))
    count = _take(connection, table, old, dry_run=dry_run)
    return Expired(what="pages of other versions", kept_days=OTHERS_KEPT.days, before=before, count=count)


def _archives(folder: Path, now: datetime, *, dry_run: bool) -> Expired:
    count = drop_old(folder, dry_run=dry_run)
    return Expired(what="archives to fetch", kept_days=KEPT.days, before=now - KEPT, count=count)


def _take(connection: Connection, table: Table, old: ColumnElement[bool], *, dry_run: bool) -> int:
    import sqlalchemy as sa  # lazy: next to the store

    counted = sa.select(sa.func.count()).select_from(table).where(old)
    count = int(connection.execute(counted).scalar() or 0)
    if count and not dry_run:
        connection.execute(table.delete().where(old))
    return count


def _unread(folder: Path, before: datetime, *, dry_run: bool) -> int:
    old = [one for one in folder.glob("*") if datetime.fromtimestamp(one.stat().st_mtime, UTC) < before]
    for one in old:
        if not dry_run:
            one.unlink(missing_ok=True)
    return len(old)
