"""Share of open agenda items that come back within the next three noted occurrences.

An item is open when it left the meeting without a decision and without an action; it comes back when an
item of the same folded title stands on one of the next three noted agendas. Standing items
("announcements") are meant to come back and are left out. The interval is Wilson's.
"""

from __future__ import annotations

from prodops.ledger.ledger import Ledger
from prodops.ledger.view import beside
from prodops.stats.estimate import Estimate
from prodops.stats.proportions import wilson
from prodops.views.agenda_items import AGENDA_ITEMS

WITHIN = 3


def measure(ledger: Ledger) -> Estimate:
    """The share over all rituals with agendas."""
    rows = _counts(ledger)
    return wilson(
        sum(back for _, back, _ in rows),
        sum(items for *_, items in rows),
        because="no minutes with an agenda of open items have been loaded",
    )


def each(ledger: Ledger) -> dict[str, Estimate]:
    """The same for each ritual by its key."""
    return {ritual: wilson(back, items) for ritual, back, items in _counts(ledger)}


def _counts(ledger: Ledger) -> list[tuple[str, int, int]]:
    rows = ledger.sql(beside(__file__), {"within": WITHIN}, views=[AGENDA_ITEMS])
    return [(str(ritual), int(back), int(items)) for ritual, back, items in rows]
