"""Failed sign-ins are slowed down by who is asked for and from where; nobody is locked out for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import stored_moment
from prodops.serve.people.accounts import Clock, clock
from prodops.serve.people.secret import same, signed

if TYPE_CHECKING:
    from prodops.ledger.state import State

WINDOW = timedelta(minutes=15)

PAIR, PLACE, ADDRESS = 5, 50, 100
"""How many may fail within the window: one address from one place, any address from one place, and one
address from anywhere. The last does not hold for a browser in which its owner has signed in before, so
that a stranger who guesses on purpose cannot keep them out."""

FAILED = "failed sign-in"


class Throttle:
    """Counts failed sign-ins in the access log, where marks stand for the addresses and places."""

    def __init__(self, state: State, key: bytes, *, clock: Clock = clock) -> None:
        """Take the state database and the workspace's key, by which the marks are made."""
        self._state = state
        self._key = key
        self._clock = clock

    def waits(self, email: str, place: str, *, known: str) -> bool:
        """Whether a sign-in must wait until the window has passed.

        Args:
            email: Who is asked for.
            place: The network address that asks.
            known: The mark that the browser holds from an earlier sign-in; empty for none.
        """
        import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

        table, (mail, spot) = site_tables().access, self._marks(email, place)
        recent = sa.select(table.c.about).where(
            table.c.kind == FAILED, table.c.at > stored_moment(self._clock() - WINDOW)
        )
        with self._state.reading() as connection:
            failed = [about.split() for (about,) in connection.execute(recent)]
        pair = sum(one == [mail, spot] for one in failed)
        here = sum(one[1:] == [spot] for one in failed)
        anywhere = sum(one[:1] == [mail] for one in failed)
        strange = not same(known, self.known(email))
        return pair >= PAIR or here >= PLACE or (strange and anywhere >= ADDRESS)

    def about(self, email: str, place: str) -> str:
        """What the access log says a failed sign-in was about."""
        return " ".join(self._marks(email, place))

    def known(self, email: str) -> str:
        """The mark of a browser in which somebody has signed in."""
        return signed(self._key, "known", email.strip().casefold())

    def _marks(self, email: str, place: str) -> tuple[str, str]:
        mail = signed(self._key, "address", email.strip().casefold())[:16]
        return mail, signed(self._key, "place", place)[:16]
