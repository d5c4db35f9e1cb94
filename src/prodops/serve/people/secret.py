"""Secrets of browsers and programs: drawn here, told once, and only their digest is kept."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING

from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from prodops.ledger.state import State

SECRET_BYTES = 32

TOKEN_PREFIX = "prodops_"  # noqa: S105 (it marks a token, so that scanners of leaked secrets know it)

_KEY = "site_key"


def drawn_secret(prefix: str = "") -> str:
    """A secret of 256 bits, as text that fits into a cookie or a header."""
    return prefix + secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """What is kept of a secret: it cannot be turned back, and 256 bits cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def site_key(state: State) -> bytes:
    """The workspace's own key, drawn when it is first asked for: it signs what a browser keeps for us."""
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    meta = state_tables().meta
    asked = sa.select(meta.c.value).where(meta.c.name == _KEY)
    with state.reading() as connection:
        found = connection.execute(asked).scalar()
    if found is None:
        with state.writing() as connection:
            found = connection.execute(asked).scalar()  # another process may have drawn it meanwhile
            if found is None:
                found = secrets.token_hex(SECRET_BYTES)
                connection.execute(meta.insert().values(name=_KEY, value=found))
    return bytes.fromhex(found)


def signed(key: bytes, *parts: str) -> str:
    """A mark over words that only the holder of the key can make."""
    return hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two secrets are one, told in a time that says nothing about where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
