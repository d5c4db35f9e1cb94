"""What was answered under a key that a program chose: sent again, it is answered again and not done."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, stored_moment

KEPT_HOURS = 24
"""So long a key is known."""

UNDER_WAY_SECONDS = 120
"""After so long a request that was never answered is taken for dead, and its key can be used again."""


class KeyUsedError(Exception):
    """The key stands for another request, or its first request is still under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key that a program chose for one request.

    Attributes:
        key: The digest of the key and of whose it is.
        digest: The digest of what is asked.
    """

    key: str
    digest: str


def key_of(account: str, chosen: str, asked: bytes) -> Key:
    """The key of a request.

    Args:
        account: Whose it is.
        chosen: The key as it was sent.
        asked: What is asked: address and body.
    """
    return Key(
        key=hashlib.sha256(f"{account}\n{chosen}".encode()).hexdigest(),
        digest=hashlib.sha256(asked).hexdigest(),
    )


class Replies:
    """The replies of a workspace, by their keys."""

    def __init__(self, state: State) -> None:
        """Take the state database."""
        self._state = state

    def claim(self, key: Key) -> dict[str, object] | None:
        """The reply that was given, or nothing for whoever comes first and now has to answer.

        Raises:
            KeyUsedError: The key stands for another request, or for one that is not answered yet.
        """
        from sqlalchemy.exc import IntegrityError  # lazy: 390 ms that no command line pays

        table, now = site_tables().deed_reply, datetime.now(UTC)
        with self._state.noting() as connection:
            old = stored_moment(now - timedelta(hours=KEPT_HOURS))
            connection.execute(table.delete().where(table.c.made_at < old))
            dead = stored_moment(now - timedelta(seconds=UNDER_WAY_SECONDS))
            connection.execute(table.delete().where(table.c.status == 0, table.c.made_at < dead))
        try:
            with self._state.noting() as connection:
                row = {
                    "key": key.key,
                    "digest": key.digest,
                    "status": 0,
                    "reply": "",
                    "made_at": stored_moment(now),
                }
                connection.execute(table.insert().values(**row))
        except IntegrityError:
            return self._known(key)
        return None

    def keep(self, key: Key, status: int, reply: Mapping[str, object]) -> None:
        """Keep what was answered.

        Args:
            key: The key.
            status: The HTTP status.
            reply: The body.
        """
        table = site_tables().deed_reply
        text = json.dumps(reply, ensure_ascii=False)
        with self._state.noting() as connection:
            connection.execute(table.update().where(table.c.key == key.key).values(status=status, reply=text))

    def drop(self, key: Key) -> None:
        """Forget a key: nothing was done under it."""
        table = site_tables().deed_reply
        with self._state.noting() as connection:
            connection.execute(table.delete().where(table.c.key == key.key, table.c.status == 0))

    def _known(self, key: Key) -> dict[str, object] | None:
        table = site_tables().deed_reply
        with self._state.reading() as connection:
            row = connection.execute(table.select().where(table.c.key == key.key)).one_or_none()
        if row is None or row.status == 0:
            raise KeyUsedError("The request with this Idempotency-Key is under way. Ask again in a moment.")
        if row.digest != key.digest:
            raise KeyUsedError("This Idempotency-Key stands for another request. Choose a new one.")
        found: dict[str, object] = json.loads(row.reply)
        return found
