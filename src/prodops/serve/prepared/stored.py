"""Stored pages: one row per page and program, compressed, and the mark that says what they were made from."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import read_moment, stored_moment
from prodops.ledger.state_tables import state_tables
from prodops.serve.prepared.program import program

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table
    from sqlalchemy.dialects import postgresql, sqlite

ROWS = "rows:"
"""What the names of stored rows behind numbers begin with; every other name is a page's."""

OTHERS_KEPT = timedelta(days=7)
"""How long the pages of another program stay: for a server that is still the version before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """A page as it was made.

    Attributes:
        name: Its name; `report` for all pages as one file.
        mark: What it was made from.
        title: Its title.
        version: The version of the ledger that it says it shows.
        shown_on: The day that counted as now, as the page says it.
        has_charts: Whether it needs the scripts that draw.
        made_at: When.
        made_milliseconds: How long that took.
        html: The article without the frame; for the report the whole file.
        json: The same for programs; empty for the report.
    """

    name: str
    mark: Mark
    title: str
    version: str
    shown_on: str
    has_charts: bool
    made_at: datetime
    made_milliseconds: int
    html: str
    json: bytes


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """What a page was made from; a later one is greater.

    Attributes:
        seq: The newest revision of the evidence.
        log_seq: The newest entry of the log of declarations.
        day: The day that counted as now, as `20261123`; with an `s` where several may read.
        chain: The beginning of the log's chain value.
    """

    seq: int
    log_seq: int
    day: str
    chain: str

    def __str__(self) -> str:
        """As it is stored."""
        return f"{self.seq}.{self.log_seq}.{self.day}.{self.chain}"


def mark_of(connection: Connection, today: datetime) -> Mark:
    """What a page would be made from now.

    Cheaper than the version of the ledger, which also names the files: compaction changes no page.
    """
    head, account = state_tables().head, site_tables().account
    several = account.select().with_only_columns(account.c.account).limit(1).scalar_subquery()
    row = connection.execute(head.select().add_columns(several.label("several"))).one()
    return Mark(row.seq, row.log_seq, f"{today:%Y%m%d}{'s' if row.several else ''}", row.chain[:12])


def read_mark(text: str) -> Mark:
    """A mark as it was stored."""
    seq, log_seq, day, chain = text.split(".")
    return Mark(int(seq), int(log_seq), day, chain)


def made_moments(connection: Connection) -> dict[str, datetime]:
    """When each stored page of this program was made, by its name; rows behind numbers are no pages."""
    table = site_tables().page_snapshot
    asked = table.select().with_only_columns(table.c.page, table.c.made_at)
    mine = (table.c.program == program()) & ~table.c.page.startswith(ROWS)
    rows = connection.execute(asked.where(mine))
    return {row.page: read_moment(row.made_at) for row in rows}


def read_pages(connection: Connection, names: Iterable[str]) -> list[StoredPage]:
    """Some stored pages of this program; those that are not there are left out."""
    table = site_tables().page_snapshot
    asked = table.select().where(table.c.program == program(), table.c.page.in_(list(names)))
    return [
        StoredPage(
            name=row.page,
            mark=read_mark(row.version.partition(" ")[0]),
            title=row.title,
            version=row.version.partition(" ")[2],
            shown_on=row.shown_on,
            has_charts=row.has_charts,
            made_at=read_moment(row.made_at),
            made_milliseconds=row.made_milliseconds,
            html=zlib.decompress(row.html).decode(),
            json=zlib.decompress(row.json),
        )
        for row in connection.execute(asked)
    ]


def forgotten_since(connection: Connection, seq: int) -> bool:
    """Whether somebody was forgotten after a revision: what was made from it holds what must be gone."""
    revision = state_tables().revision
    since = revision.select().where(revision.c.kind == "forget", revision.c.seq > seq).limit(1)
    return connection.execute(since).first() is not None


def write_page(connection: Connection, page: StoredPage) -> bool:
    """Store a page in the place of the one before; says whether it was.

    One made from something newer is never lost, and none is stored from which somebody was forgotten since.
    """
    table = site_tables().page_snapshot
    mine = (table.c.program == program()) & (table.c.page == page.name)
    known = connection.execute(table.select().with_only_columns(table.c.version).where(mine)).scalar()
    if known is not None and read_mark(known.partition(" ")[0]) > page.mark:
        return False
    if forgotten_since(connection, page.mark.seq):
        return False
    values = {
        "version": f"{page.mark} {page.version}",
        "title": page.title,
        "shown_on": page.shown_on,
        "has_charts": page.has_charts,
        "made_at": stored_moment(page.made_at),
        "made_milliseconds": page.made_milliseconds,
        "html": zlib.compress(page.html.encode()),
        "json": zlib.compress(page.json),
    }
    put = _insert(connection, table).values(program=program(), page=page.name, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["program", "page"], set_=values))
    old = stored_moment(page.made_at - OTHERS_KEPT)
    connection.execute(table.delete().where(table.c.program != program(), table.c.made_at < old))
    return True


def drop_rows(connection: Connection, kept: Iterable[str]) -> None:
    """Take away the stored rows that no page opens any more.

    Args:
        connection: Of a transaction.
        kept: The names of those that stay.
    """
    table = site_tables().page_snapshot
    mine = (table.c.program == program()) & table.c.page.startswith(ROWS)
    connection.execute(table.delete().where(mine, table.c.page.not_in(list(kept))))


def _insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    from sqlalchemy.dialects import postgresql, sqlite  # lazy: next to the store

    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
