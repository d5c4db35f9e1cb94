"""Forget what the site keeps of somebody: their account, where they were signed in, what the log says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prodops.ledger.record import person_id
from prodops.ledger.site_tables import site_tables
from prodops.serve.people.roles import PeopleError

if TYPE_CHECKING:
    from prodops.ledger.state import State

FORGOTTEN = "forgotten"
"""Stands in the access log where the pseudonym of somebody stood who was forgotten."""


def check_forgettable(state: State, handles: Sequence[str]) -> None:
    """Refuse to forget the last owner, before anything of them is gone.

    Args:
        state: The state database.
        handles: The person's addresses and written names.

    Raises:
        PeopleError: Nobody else could let anybody in.
    """
    table, ids = site_tables().account, _ids(handles)
    with state.reading() as connection:
        owners = connection.execute(
            table.select().where(table.c.role == "owner", table.c.disabled_at.is_(None))
        ).all()
    if owners and {one.account for one in owners} <= set(ids):
        raise PeopleError(
            "This is the last owner, and without one nobody could let anybody in.",
            remedy="Make somebody else an owner first: prodops account role THEIR-ADDRESS owner",
        )


def forget_account(state: State, handles: Sequence[str]) -> int:
    """Delete the accounts of a person with everything of theirs; rows of the access log stay, without them.

    Args:
        state: The state database.
        handles: The person's addresses and written names.

    Returns:
        How many accounts are gone.
    """
    tables, ids = site_tables(), _ids(handles)
    with state.writing() as connection:
        for table in (tables.session, tables.api_token):
            connection.execute(table.delete().where(table.c.account.in_(ids)))
        access = tables.access
        connection.execute(access.update().where(access.c.account.in_(ids)).values(account=FORGOTTEN))
        gone = connection.execute(tables.account.delete().where(tables.account.c.account.in_(ids))).rowcount
    state.fold_away()
    return gone


def _ids(handles: Sequence[str]) -> list[str]:
    return [person_id(handle) for handle in handles]
