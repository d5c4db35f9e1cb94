"""Forgetting a person on the site: the account, what the access log and jobs say, everything made before."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.ledger.evidence import remove
from prodops.ledger.site_tables import site_tables

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from prodops.ledger.redacting import Redactor

SEARCH_FILES = ("search.db", "search.db-wal", "search.db-shm", "search.db-journal")
"""The index of the search where the state is SQLite; made from the ledger, so that it can go at any time."""


HANDED = "handed"
"""The folder of archives that wait in the workspace to be fetched."""


def forget_on_site(connection: Connection, redactor: Redactor) -> None:
    """Take forgotten people out of everything the site keeps, in the transaction that forgets them.

    Their accounts go with their sessions and tokens; the access log keeps that something was done, and by
    somebody who was forgotten. Pages, words of the search and replies made before hold names in any place,
    so all of them go and are made again.

    Args:
        connection: A writing connection.
        redactor: Knows the forgotten people.
    """
    tables = site_tables()
    for table in (tables.page_snapshot, tables.search_entry, tables.deed_reply):
        connection.execute(table.delete())
    _close_accounts(connection, redactor)
    _rewrite(connection, tables.access, "number", redactor, people=("account",), keys=("what", "about"))
    _rewrite(
        connection, tables.job, "job", redactor, people=("asked_by",),
        keys=("asked", "stage", "says", "result"),
    )  # fmt: skip


def drop_made_files(folder: Path) -> None:
    """Delete what lies in a workspace's folder and was made from the ledger before.

    The index of the search is made again; archives that wait to be fetched are asked for again.
    """
    remove(folder / HANDED)
    for name in SEARCH_FILES:
        with suppress(FileNotFoundError):
            (folder / name).unlink()


def _close_accounts(connection: Connection, redactor: Redactor) -> None:
    """SQLite does not follow references by itself here, so what hangs on an account goes first."""
    tables = site_tables()
    accounts = tables.account
    gone = [
        row.account
        for row in connection.execute(accounts.select())
        if redactor.knows(row.account) or redactor.key(row.email) != row.email
    ]
    for table in (tables.session, tables.api_token, accounts):
        connection.execute(table.delete().where(table.c.account.in_(gone)))


def _rewrite(
    connection: Connection,
    table: Table,
    key: str,
    redactor: Redactor,
    *,
    people: tuple[str, ...],
    keys: tuple[str, ...],
) -> None:
    for row in connection.execute(table.select()).mappings().all():
        words = {name: redactor.person(row[name]) for name in people}
        words |= {name: redactor.key(row[name]) for name in keys}
        if any(words[name] != row[name] for name in words):
            connection.execute(table.update().where(table.c[key] == row[key]).values(**words))
