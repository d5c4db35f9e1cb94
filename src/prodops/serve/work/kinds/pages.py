"""Compute the pages from the newest ledger, in a process beside the one that answers readers."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, open_state
from prodops.pages import units
from prodops.serve.prepared.program import program
from prodops.serve.prepared.stored import mark_of, read_mark, read_pages
from prodops.serve.work.running import Around, WorkError

TITLE = "Compute the pages"

FIRST = "brief"
LOOKS_EACH_SECONDS = 0.3
LONGEST_SECONDS = 1_800.0


def run(asked: Mapping[str, Any], around: Around) -> Mapping[str, Any]:
    """Have every page made, the brief first, and wait for them as long as no other work waits.

    Args:
        asked: Nothing.
        around: Takes word of progress.

    Raises:
        WorkError: They cannot be made.
    """
    del asked  # there is one way to make the pages
    state = open_state(around.settings.workspace, around.settings.database_url)
    until = time.monotonic() + LONGEST_SECONDS
    try:
        while len(made := newest_pages(state, around)) < len(units()):
            says = "" if FIRST in made else "the first finding"
            around.tell("computing the pages", len(made), len(units()), says)
            if not around.make_pages(FIRST):
                raise WorkError("A page could not be computed. The others are made when they are read.")
            if around.waits():  # they are made beside all work, and anew after the next load
                return {"says": "The pages are being computed beside the work that waited."}
            if time.monotonic() > until:
                raise WorkError("The pages take longer than half an hour; each is made when it is read.")
            time.sleep(LOOKS_EACH_SECONDS)
        return {"says": finding(state)}
    finally:
        state.close()


def newest_pages(state: State, around: Around) -> set[str]:
    """Names of the pages that are stored as the newest ledger has them."""
    table = site_tables().page_snapshot
    asked = table.select().with_only_columns(table.c.page, table.c.version)
    with state.reading() as connection:
        newest = mark_of(connection, around.settings.today)
        rows = connection.execute(asked.where(table.c.program == program())).all()
    return {row.page for row in rows if read_mark(row.version.partition(" ")[0]) == newest} & set(units())


def finding(state: State) -> str:
    """What the stored brief says first; empty where none is stored."""
    with state.reading() as connection:
        found = read_pages(connection, [FIRST])
    return str(json.loads(found[0].json).get("lead", "")) if found else ""
