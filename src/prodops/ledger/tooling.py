"""What product managers are given to work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prodops.ledger.record import Observed, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Observed):
    """One tool of the organisation's stack.

    Attributes:
        name: Its name.
        owner: Who answers for it, as written.
        purpose: What it is for, as written.
        seats_paid: Seats paid for.
        seats_used: Seats used in the period the source speaks of.
        renews_on: The next renewal or expiry.
        status: The source's own word.
    """

    name: str
    owner: str = ""
    purpose: Prose = Prose("")
    seats_paid: int | None = None
    seats_used: int | None = None
    renews_on: date | None = None
    status: str = ""
