"""The access log: every write and every read of a sensitive page; who, when, what and how it ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import read_moment, stored_moment
from prodops.serve.people.accounts import Clock, clock

if TYPE_CHECKING:
    from sqlalchemy import Select

    from prodops.ledger.state import State

KINDS = ("read", "write", "sign-in", "failed sign-in", "sign-out", "refused")

NOBODY = ""
"""Stands for the account of somebody who has not signed in."""

LONGEST_WORDS = 300

AT_ONCE_ROWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One row of the log.

    Attributes:
        number: Its place.
        at: When.
        account: Whose account; empty for nobody's, "local" for this machine.
        kind: One of `KINDS`.
        what: The method and the address, without what was asked of it.
        about: What it was about: the number whose rows were opened, say.
        status: The HTTP status.
    """

    number: int
    at: datetime
    account: str
    kind: str
    what: str
    about: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rows are asked for.

    Attributes:
        account: Of this account alone.
        kind: Of this kind alone.
        since: From this moment on.
        before: Only rows before this number, to go on where the last ones ended.
    """

    account: str = ""
    kind: str = ""
    since: datetime | None = None
    before: int | None = None


class AccessLog:
    """The access log of a workspace."""

    def __init__(self, state: State, *, clock: Clock = clock) -> None:
        """Take the state database."""
        self._state = state
        self._clock = clock

    def note(self, account: str, kind: str, what: str, *, about: str = "", status: int = 200) -> None:
        """Write a row down."""
        row = {
            "at": stored_moment(self._clock()), "account": account, "kind": kind,
            "what": what[:LONGEST_WORDS], "about": about[:LONGEST_WORDS], "status": status,
        }  # fmt: skip
        with self._state.noting() as connection:
            connection.execute(site_tables().access.insert().values(**row))

    def rows(self, asked: Asked, *, most: int) -> tuple[Access, ...]:
        """The newest rows of what is asked for, `most` at most."""
        with self._state.reading() as connection:
            found = connection.execute(_asked(asked).limit(most)).all()
        return tuple(
            Access(number=row.number, at=read_moment(row.at), account=row.account, kind=row.kind,
                   what=row.what, about=row.about, status=row.status)
            for row in found
        )  # fmt: skip

    def all(self, asked: Asked) -> Iterator[Access]:
        """All rows of what is asked for, the newest first, a thousand in memory at once."""
        before = asked.before
        while True:
            page = Asked(account=asked.account, kind=asked.kind, since=asked.since, before=before)
            found = self.rows(page, most=AT_ONCE_ROWS)
            yield from found
            if len(found) < AT_ONCE_ROWS:
                return
            before = found[-1].number

    def drop_before(self, moment: datetime) -> int:
        """Drop rows older than a moment, and say how many: the log is kept as long as it is needed."""
        table = site_tables().access
        with self._state.noting() as connection:
            dropped = connection.execute(table.delete().where(table.c.at < stored_moment(moment)))
        return dropped.rowcount


def _asked(asked: Asked) -> Select[tuple[object, ...]]:
    table = site_tables().access
    rows = table.select().order_by(table.c.number.desc())
    if asked.account:
        rows = rows.where(table.c.account == asked.account)
    if asked.kind:
        rows = rows.where(table.c.kind == asked.kind)
    if asked.since is not None:
        rows = rows.where(table.c.at >= stored_moment(asked.since))
    if asked.before is not None:
        rows = rows.where(table.c.number < asked.before)
    return rows
