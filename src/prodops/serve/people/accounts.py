"""Accounts: who may come in and with which role; one owner at least stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from prodops.ledger.record import person_id
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import read_moment, stored_moment
from prodops.serve.people import passwords
from prodops.serve.people.roles import PeopleError, Role, role_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from prodops.ledger.state import State

Clock = Callable[[], datetime]

LONGEST_NAME = 80

_ADDRESS = re.compile(r"[^\s@<>\"',;:\\]{1,64}@[^\s@<>\"',;:\\]{1,190}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may come in.

    Attributes:
        account: The pseudonym of the address: the same as in the evidence.
        email: The address, folded in case.
        name: As other people read it.
        role: What they may do.
        with_password: Whether a password was set.
        with_provider: Whether they come by the identity provider.
        created_at: When it was made.
        disabled_at: Since when it lets nobody in; None while it does.
    """

    account: str
    email: str
    name: str
    role: Role
    with_password: bool
    with_provider: bool
    created_at: datetime
    disabled_at: datetime | None


def clock() -> datetime:
    """Now, in UTC: the true one, for what expires."""
    return datetime.now(UTC)


class Accounts:
    """The accounts of a workspace."""

    def __init__(self, state: State, *, clock: Clock = clock) -> None:
        """Take the state database."""
        self._state = state
        self._clock = clock

    def exist(self) -> bool:
        """Whether there is any account, let in or not: then nobody comes in without one."""
        import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

        with self._state.reading() as connection:
            return connection.execute(sa.select(site_tables().account.c.account).limit(1)).first() is not None

    def owned(self) -> bool:
        """Whether an owner can come in."""
        return any(one.role == "owner" and one.disabled_at is None for one in self.all())

    def all(self) -> tuple[Account, ...]:
        """Every account, by address."""
        table = site_tables().account
        with self._state.reading() as connection:
            return tuple(_account(row) for row in connection.execute(table.select().order_by(table.c.email)))

    def of(self, told: str) -> Account:
        """The account of an address or a pseudonym.

        Raises:
            PeopleError: There is none.
        """
        with self._state.reading() as connection:
            return _account(self._row(connection, told))

    def add(
        self, email: str, *, name: str = "", role: str = "viewer", password: str | None = None
    ) -> Account:
        """Make an account.

        Args:
            email: The address; the account's name for sign-in.
            name: As other people read it; the part before the @ where none is given.
            role: What they may do; the first account is an owner.
            password: None for somebody who comes by the identity provider alone.

        Raises:
            PeopleError: The address is none, is taken, or the password will not do.
        """
        address = folded(email)
        given = role_of(role)
        stored = passwords.kept(password, email=address) if password is not None else ""
        table = site_tables().account
        with self._state.writing() as connection:
            if connection.execute(table.select().where(table.c.account == person_id(address))).first():
                raise PeopleError(
                    f"{address} has an account already.",
                    remedy=f"Change its role: prodops account role {address} {given}",
                )
            if given != "owner" and connection.execute(table.select().limit(1)).first() is None:
                raise PeopleError(
                    "The first account must be an owner, or nobody could make the next.",
                    remedy=f"prodops account add {address} --role owner",
                )
            connection.execute(table.insert().values(**self._new(address, name, given, stored)))
        return self.of(address)

    def set_role(self, told: str, role: str) -> Account:
        """Give an account another role.

        Raises:
            PeopleError: There is no such account or role, or it is the last owner.
        """
        given = role_of(role)
        with self._state.writing() as connection:
            row = self._row(connection, told)
            if given != "owner":
                _keep_an_owner(connection, row)
            _change(connection, row, role=given)
        return self.of(told)

    def disable(self, told: str) -> Account:
        """Let nobody in by an account; its sessions end, and its tokens stop.

        Raises:
            PeopleError: There is no such account, or it is the last owner.
        """
        with self._state.writing() as connection:
            row = self._row(connection, told)
            _keep_an_owner(connection, row)
            _change(connection, row, disabled_at=row.disabled_at or stored_moment(self._clock()))
            end_sessions(connection, row.account, self._clock())
        return self.of(told)

    def enable(self, told: str) -> Account:
        """Let somebody in again.

        Raises:
            PeopleError: There is no such account.
        """
        with self._state.writing() as connection:
            _change(connection, self._row(connection, told), disabled_at=None)
        return self.of(told)

    def set_password(self, told: str, password: str) -> Account:
        """Set a password; whoever is signed in must sign in again.

        Raises:
            PeopleError: There is no such account, or the password will not do.
        """
        stored = passwords.kept(password, email=self.of(told).email)
        with self._state.writing() as connection:
            row = self._row(connection, told)
            _change(connection, row, password=stored)
            end_sessions(connection, row.account, self._clock())
        return self.of(told)

    def with_password(self, email: str, password: str) -> Account | None:
        """The account that an address and a password let in, if they do.

        A password that was kept by weaker parameters than today's is kept anew.
        """
        table = site_tables().account
        with self._state.reading() as connection:
            row = connection.execute(table.select().where(table.c.email == email.strip().casefold())).first()
        right = passwords.matches(password, row.password if row else "")
        if row is None or not right or row.disabled_at is not None:
            return None
        if passwords.outdated(row.password):
            stored = passwords.kept(password, email=row.email)
            with self._state.writing() as connection:
                _change(connection, row, password=stored)
        return _account(row)

    def by_provider(self, issuer: str, subject: str, email: str, *, name: str, role: Role | None) -> Account:
        """The account of somebody whom the identity provider vouches for; met for the first time, it is tied.

        Args:
            issuer: The provider.
            subject: Its own key of the person.
            email: An address that the provider has verified.
            name: As the provider writes it.
            role: What a new account is given; None makes none.

        Raises:
            PeopleError: They have no account and get none, or may not come in.
        """
        table, address = site_tables().account, folded(email)
        with self._state.writing() as connection:
            tied = table.select().where(table.c.issuer == issuer, table.c.subject == subject)
            row = connection.execute(tied).first()
            if row is None:
                row = connection.execute(table.select().where(table.c.email == address)).first()
                if row is not None and row.issuer:
                    raise PeopleError(
                        "This address belongs to another person of the identity provider.",
                        remedy="Ask an owner of this site to look at the accounts.",
                    )
                if row is not None:
                    _change(connection, row, issuer=issuer, subject=subject)
            if row is None:
                row = self._made(connection, address, name, role, (issuer, subject))
            if row.disabled_at is not None:
                raise PeopleError("This account was disabled.", remedy="Ask an owner of this site.")
            return _account(row)

    def _made(
        self, connection: Connection, address: str, name: str, role: Role | None, key: tuple[str, str]
    ) -> Row[tuple[object, ...]]:
        """A new account for somebody of the identity provider."""
        table = site_tables().account
        if role is None:
            raise PeopleError(
                "There is no account for you here.", remedy="Ask an owner of this site for one."
            )
        values = self._new(address, name, role, "") | {"issuer": key[0], "subject": key[1]}
        connection.execute(table.insert().values(**values))
        return self._row(connection, address)

    def _new(self, address: str, name: str, role: Role, password: str) -> dict[str, object]:
        shown = " ".join(name.split())[:LONGEST_NAME] or address.partition("@")[0]
        return {
            "account": person_id(address), "email": address, "shown_name": shown, "password": password,
            "issuer": "", "subject": "", "role": role, "created_at": stored_moment(self._clock()),
            "disabled_at": None,
        }  # fmt: skip

    @staticmethod
    def _row(connection: Connection, told: str) -> Row[tuple[object, ...]]:
        table = site_tables().account
        key = told if told.startswith("person:") else person_id(told)
        row = connection.execute(table.select().where(table.c.account == key)).first()
        if row is None:
            raise PeopleError(f"There is no account {told[:80]}.", remedy="See them: prodops account list")
        return row


def folded(email: str) -> str:
    """An address as accounts have it.

    Raises:
        PeopleError: It is no e-mail address.
    """
    address = email.strip().casefold()
    if not _ADDRESS.fullmatch(address):
        raise PeopleError(
            f"{address[:80]!r} is no e-mail address.", remedy="Write it as ada@example.com, without a name."
        )
    return address


def end_sessions(connection: Connection, account: str, now: datetime) -> int:
    """End every session of an account, and say how many were open."""
    table = site_tables().session
    ended = connection.execute(
        table.update()
        .where(table.c.account == account, table.c.ended_at.is_(None))
        .values(ended_at=stored_moment(now))
    )
    return ended.rowcount


def _keep_an_owner(connection: Connection, row: Row[tuple[object, ...]]) -> None:
    """Refuse to take the last owner away; the transaction holds other writers back meanwhile."""
    table = site_tables().account
    others = table.select().where(
        table.c.role == "owner", table.c.disabled_at.is_(None), table.c.account != row.account
    )
    if row.role == "owner" and row.disabled_at is None and connection.execute(others).first() is None:
        raise PeopleError(
            "This is the last owner, and without one nobody could let anybody in.",
            remedy="Make somebody else an owner first: prodops account role THEIR-ADDRESS owner",
        )


def _change(connection: Connection, row: Row[tuple[object, ...]], **values: object) -> None:
    table = site_tables().account
    connection.execute(table.update().where(table.c.account == row.account).values(**values))


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(
        account=row.account, email=row.email, name=row.shown_name, role=role_of(row.role),
        with_password=bool(row.password), with_provider=bool(row.issuer),
        created_at=read_moment(row.created_at),
        disabled_at=None if row.disabled_at is None else read_moment(row.disabled_at),
    )  # fmt: skip
