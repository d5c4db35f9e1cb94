"""Makes the search index anew from a ledger and its pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.serve.prepared.program import program
from prodops.serve.prepared.stored import Mark, forgotten_since
from prodops.serve.removal import present_sources
from prodops.serve.search.entries import entries
from prodops.serve.search.finding import index_of

if TYPE_CHECKING:
    from prodops.ledger.ledger import Ledger
    from prodops.ledger.state import State
    from prodops.ledger.store import Store
    from prodops.pages.blocks import Page


def version_of(mark: Mark) -> str:
    """The version of an index: what it was made from, and by which program."""
    return f"{mark} {program()}"


def rebuild(
    store: Store,
    state: State,
    *,
    ledger: Ledger,
    mark: Mark,
    pages: Sequence[Page],
) -> int:
    """Make the index anew; says how many entries it has, 0 when somebody was forgotten meanwhile.

    Args:
        store: The workspace.
        state: Its state database.
        ledger: The ledger that is searched.
        mark: What it was made from.
        pages: Its pages.
    """
    found = entries(ledger, pages, present_sources(store))
    index = index_of(state, Path(store.folder))
    with state.reading() as connection:
        if forgotten_since(connection, mark.seq):
            return 0
    index.replace(version_of(mark), found)
    with state.reading() as connection:
        if forgotten_since(connection, mark.seq):  # it was, between the two looks
            index.replace("", ())
            return 0
    return len(found)
