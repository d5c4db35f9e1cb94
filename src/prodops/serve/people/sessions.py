"""Sessions of browsers and tokens of programs: found by the digest of their secret, ended by the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import read_moment, stored_moment
from prodops.serve.people.accounts import Clock, clock, end_sessions
from prodops.serve.people.roles import PeopleError, Role, Visitor, lesser, role_of, within
from prodops.serve.people.secret import TOKEN_PREFIX, digest_of, drawn_secret

if TYPE_CHECKING:
    from sqlalchemy import Row, Table

    from prodops.ledger.state import State

SEEN_EVERY = timedelta(minutes=1)
"""How exactly the last visit is known: a write for each page would cost more than it tells."""

KEY_LETTERS = 12
"""How much of a digest names a session or token to its holder; a digest gives no secret away."""

LONGEST_LABEL = 80

LONGEST_TOKEN_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A session or a token, without its secret.

    Attributes:
        key: What it is called by.
        account: Whose it is.
        label: The browser, or what the program is for.
        role: What a token may do at most; empty for a session.
        created_at: When it began.
        seen_at: When it was last used.
        expires_at: When it ends at the latest.
    """

    key: str
    account: str
    label: str
    role: str
    created_at: datetime
    seen_at: datetime | None
    expires_at: datetime


class Sessions:
    """The signed-in browsers of a workspace."""

    def __init__(self, state: State, *, idle: timedelta, longest: timedelta, clock: Clock = clock) -> None:
        """Take the state database.

        Args:
            state: The state database.
            idle: How long a session outlives the last visit.
            longest: How long it lasts at most.
            clock: Says what time it is.
        """
        self._state = state
        self._idle = idle
        self._longest = longest
        self._clock = clock

    def begin(self, account: str, *, browser: str) -> str:
        """Begin a session, and give the secret that the browser keeps."""
        secret, now = drawn_secret(), self._clock()
        with self._state.noting() as connection:
            connection.execute(
                site_tables().session.insert().values(
                    digest=digest_of(secret), account=account, label=_short(browser), role="",
                    created_at=stored_moment(now), seen_at=stored_moment(now),
                    expires_at=stored_moment(now + self._longest), ended_at=None,
                )
            )  # fmt: skip
        return secret

    def visitor(self, secret: str) -> Visitor | None:
        """Who comes in by a session's secret, if it is still good."""
        return _visitor(self._state, site_tables().session, secret, self._clock(), idle=self._idle)

    def end(self, secret: str) -> None:
        """End the session of a secret."""
        table = site_tables().session
        with self._state.noting() as connection:
            connection.execute(
                table.update()
                .where(table.c.digest == digest_of(secret), table.c.ended_at.is_(None))
                .values(ended_at=stored_moment(self._clock()))
            )

    def end_all(self, account: str) -> int:
        """End every session of an account, and say how many were open."""
        with self._state.noting() as connection:
            return end_sessions(connection, account, self._clock())

    def end_one(self, account: str, key: str) -> None:
        """End one session of an account.

        Raises:
            PeopleError: It has none of that name.
        """
        _end(self._state, site_tables().session, account, key, self._clock())

    def open_of(self, account: str) -> tuple[Grant, ...]:
        """The sessions of an account that are still good, the one used last first."""
        return tuple(
            one
            for one in _open(self._state, site_tables().session, account, self._clock())
            if one.seen_at is not None and one.seen_at + self._idle > self._clock()
        )


class Tokens:
    """The tokens by which programs come in."""

    def __init__(self, state: State, *, clock: Clock = clock) -> None:
        """Take the state database."""
        self._state = state
        self._clock = clock

    def create(self, account: str, held: Role, *, label: str, role: str, days: int) -> tuple[Grant, str]:
        """Make a token, and give the secret that is told this once.

        Args:
            account: Whose it is.
            held: The role of its account.
            label: What the program is for.
            role: What it may do: no more than the account.
            days: How long it is good.

        Raises:
            PeopleError: The role is more than the account's, the label is empty, or the days are too many.
        """
        given, now = role_of(role), self._clock()
        if not within(given, held):
            raise PeopleError(
                f"A token of a {held} cannot be {given}.", remedy=f"Choose --role {held}, or less."
            )
        if not label.strip():
            raise PeopleError("A token needs a label.", remedy="Say what it is for: --label 'nightly export'")
        if not 1 <= days <= LONGEST_TOKEN_DAYS:
            raise PeopleError(
                f"A token is good for 1 to {LONGEST_TOKEN_DAYS} days, not {days}.",
                remedy="Choose fewer days, and make a new one then.",
            )
        secret = drawn_secret(TOKEN_PREFIX)
        row = {
            "digest": digest_of(secret), "account": account, "label": _short(label), "role": given,
            "created_at": stored_moment(now), "seen_at": None,
            "expires_at": stored_moment(now + timedelta(days=days)), "ended_at": None,
        }  # fmt: skip
        with self._state.noting() as connection:
            connection.execute(site_tables().api_token.insert().values(**row))
        key = digest_of(secret)[:KEY_LETTERS]
        return next(one for one in self.open_of(account) if one.key == key), secret

    def visitor(self, secret: str) -> Visitor | None:
        """Who comes in by a token's secret, if it is still good."""
        return _visitor(self._state, site_tables().api_token, secret, self._clock(), idle=None)

    def revoke(self, account: str | None, key: str) -> None:
        """End a token.

        Args:
            account: Whose it is; None for anybody's.
            key: What it is called by.

        Raises:
            PeopleError: There is none of that name.
        """
        _end(self._state, site_tables().api_token, account, key, self._clock())

    def open_of(self, account: str | None) -> tuple[Grant, ...]:
        """The tokens that are still good, of an account or of all, the newest first."""
        return _open(self._state, site_tables().api_token, account, self._clock())


def _visitor(
    state: State, table: Table, secret: str, now: datetime, *, idle: timedelta | None
) -> Visitor | None:
    """Who holds a secret, where it has not ended, expired or lain idle and its account lets in."""
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    account = site_tables().account
    asked = (
        sa.select(table, account.c.email, account.c.shown_name, account.c.role.label("held"))
        .join(account, account.c.account == table.c.account)
        .where(table.c.digest == digest_of(secret), table.c.ended_at.is_(None))
        .where(table.c.expires_at > stored_moment(now), account.c.disabled_at.is_(None))
    )
    with state.reading() as connection:
        row = connection.execute(asked).first()
    if row is None or (idle is not None and read_moment(row.seen_at) + idle <= now):
        return None
    if row.seen_at is None or read_moment(row.seen_at) + SEEN_EVERY <= now:
        with state.noting() as connection:
            connection.execute(
                table.update().where(table.c.digest == row.digest).values(seen_at=stored_moment(now))
            )
    held = role_of(row.held)
    if idle is not None:
        return Visitor(row.account, row.shown_name, held, "browser", row.email)
    return Visitor(row.account, row.shown_name, lesser(role_of(row.role), held), "token", row.email)


def _open(state: State, table: Table, account: str | None, now: datetime) -> tuple[Grant, ...]:
    good = table.select().where(table.c.ended_at.is_(None), table.c.expires_at > stored_moment(now))
    if account is not None:
        good = good.where(table.c.account == account)
    with state.reading() as connection:
        rows = connection.execute(good.order_by(table.c.created_at.desc(), table.c.digest)).all()
    return tuple(_grant(row) for row in rows)


def _end(state: State, table: Table, account: str | None, key: str, now: datetime) -> None:
    meant = table.update().where(table.c.digest.startswith(key, autoescape=True), table.c.ended_at.is_(None))
    if account is not None:
        meant = meant.where(table.c.account == account)
    with state.noting() as connection:
        ended = (
            len(key) == KEY_LETTERS and connection.execute(meant.values(ended_at=stored_moment(now))).rowcount
        )
    if not ended:
        raise PeopleError(f"There is none called {key[:40]}.", remedy="Look at the list for its name.")


def _grant(row: Row[tuple[object, ...]]) -> Grant:
    return Grant(
        key=row.digest[:KEY_LETTERS], account=row.account, label=row.label, role=row.role,
        created_at=read_moment(row.created_at),
        seen_at=None if row.seen_at is None else read_moment(row.seen_at),
        expires_at=read_moment(row.expires_at),
    )  # fmt: skip


def _short(label: str) -> str:
    return " ".join(label.split())[:LONGEST_LABEL]
