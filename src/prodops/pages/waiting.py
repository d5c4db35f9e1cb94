"""What a page says of figures that are not the newest: the difference would be about one to four people."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from prodops.ledger.ledger import Ledger
from prodops.pages.blocks import Page

P = TypeVar("P", bound=Page)

WITHOUT = frozenset({"problems", "method"})
"""Pages that tell nothing of people's time."""


def waiting(page: P, ledger: Ledger) -> P:
    """The page, with what readers are told of figures that wait.

    Args:
        page: As it was made from the ledger.
        ledger: What it was made from.
    """
    if ledger.told is None or not ledger.told.waits or page.name in WITHOUT:
        return page
    return replace(page, waits=ledger.told.waits)
