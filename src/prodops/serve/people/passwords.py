"""Passwords: kept by argon2id, checked in the same time whether or not there is such an account."""

from __future__ import annotations

import secrets
import threading
from functools import cache
from typing import TYPE_CHECKING

from prodops.serve.people.roles import PeopleError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 1_024
"""Characters. Length is what makes a guess dear; nothing is asked of the kinds of characters."""

DRAWN_BYTES = 12
"""Of a password that is drawn for somebody: 96 bits, 16 characters."""

AT_ONCE = 2
"""How many passwords are checked side by side: each takes 64 MiB for some 50 ms."""

WAIT_SECONDS = 5
"""How long a check waits for its turn."""

_turns = threading.BoundedSemaphore(AT_ONCE)


def drawn() -> str:
    """A password that nobody has chosen."""
    return secrets.token_urlsafe(DRAWN_BYTES)


def kept(password: str, *, email: str) -> str:
    """What is kept of a password.

    Args:
        password: As typed.
        email: Of its account; it is no password itself.

    Raises:
        PeopleError: It is too short or too long, or is the address.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PeopleError(
            f"A password has {SHORTEST} to {LONGEST} characters; this one has {len(password)}.",
            remedy="Choose a longer one: four words that do not belong together, say.",
        )
    if password.strip().casefold() in {email, email.partition("@")[0]}:
        raise PeopleError("The address is no password.", remedy="Choose words that nobody connects with you.")
    with _Turn():
        return _hasher().hash(password)


def matches(password: str, stored: str) -> bool:
    """Whether a password is the one that was kept.

    It takes as long where nothing is kept, so that nobody learns by the clock which accounts there are.

    Args:
        password: As typed.
        stored: What `kept` gave; empty for no account, or one without a password.
    """
    from argon2.exceptions import InvalidHashError, VerificationError  # lazy: only sign-in needs it

    with _Turn():
        try:
            _hasher().verify(stored or _nobodys(), password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return bool(stored)


def outdated(stored: str) -> bool:
    """Whether a password was kept by weaker parameters than today's."""
    return _hasher().check_needs_rehash(stored)


class _Turn:
    """One of the checks that run side by side."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=WAIT_SECONDS):
            raise PeopleError(
                "Too many people are signing in at this moment.", remedy="Try again in a minute."
            )

    def __exit__(self, *_: object) -> None:
        _turns.release()


@cache
def _hasher() -> PasswordHasher:
    """Argon2id with the parameters of RFC 9106 for little memory: 3 rounds, 64 MiB, 4 lanes."""
    from argon2 import PasswordHasher  # lazy: only sign-in needs it
    from argon2.profiles import RFC_9106_LOW_MEMORY  # lazy: the same

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


@cache
def _nobodys() -> str:
    """What would be kept of a password that nobody knows."""
    return _hasher().hash(drawn())
