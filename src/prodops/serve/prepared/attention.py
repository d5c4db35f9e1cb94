"""Where something waits for somebody: small counts for the rail, made with the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import lru_cache

from prodops.impact.trials import changes, state_of
from prodops.ledger.ledger import Ledger
from prodops.pages.due import due_days
from prodops.pages.wording import many
from prodops.serve.decision_log import due_dates

FRESH = timedelta(days=14)
"""How long a trial whose day of reading has come counts as something to read."""


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits at a place.

    Attributes:
        count: How many.
        says: What they are, in words.
    """

    count: int
    says: str


def attention(ledger: Ledger) -> dict[str, Waits]:
    """Where somebody should look today, by the name of the page; places where nothing waits are left out.

    Counted are entries that could not be read, reviews, predictions and questions whose day has come,
    stances and campaigns whose day has come, and trials to be read. Nothing of it is about one person.

    Args:
        ledger: The ledger; its today is the day.
    """
    today = ledger.today.date()
    [(lost,)] = ledger.sql("select count(*) from problem where lost")
    decisions = len(due_dates(ledger, today))
    effects = {str(one.id) for one in changes(ledger)}
    stances = sum(one.on <= today and one.key.rpartition(":")[0] not in effects for one in due_days(ledger))
    trials = _to_read(ledger)
    found = {
        "problems": Waits(int(lost), f"{many(int(lost), 'entry', 'entries')} left out"),
        "decisions": Waits(decisions, f"{many(decisions, 'day')} come: review, check or decide"),
        "operating-model": Waits(stances, f"{many(stances, 'stance')} or campaigns to look at again"),
        "proof": Waits(trials, f"{many(trials, 'trial')} to read"),
    }
    return {name: one for name, one in found.items() if one.count}


def as_stored(found: Mapping[str, Waits]) -> bytes:
    """The counts as they are stored."""
    return json.dumps({name: asdict(one) for name, one in found.items()}).encode()


@lru_cache(maxsize=8)
def read_attention(stored: bytes) -> Mapping[str, Waits]:
    """The counts as they were stored."""
    return {name: Waits(**one) for name, one in json.loads(stored).items()}


def _to_read(ledger: Ledger) -> int:
    """Trials whose day of reading has come: lately, or no calendar reaches it yet."""
    today = ledger.today.date()
    [(seen,)] = ledger.sql("select max(starts_at) from meeting where starts_at <= $today")
    until = seen.date() if seen is not None else None
    states = [(one, state_of(one, today, until)) for one in changes(ledger)]
    return sum(
        state == "reading out" or (state == "read out" and today - one.reads_out_on <= FRESH)
        for one, state in states
    )
