"""Evidence from rows that carry their citation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prodops.checks.finding import Evidence
from prodops.ledger.ledger import Ledger
from prodops.ledger.record import Citation
from prodops.ledger.schema import CITATION_COLUMNS

SHOWN = 24
"""Records cited by one finding; the rest is counted."""


def cited(ledger: Ledger, table: str, ids: Iterable[tuple[str, str]]) -> tuple[Evidence, ...]:
    """Evidence for records of one table.

    Args:
        ledger: Where they are.
        table: Their table.
        ids: Pairs of id and what the record shows, the most telling first; the first `SHOWN` are cited.
    """
    wanted = list(ids)[:SHOWN]
    source, locator = CITATION_COLUMNS
    query = f"select id, {source}, {locator} from {table} where id in (select unnest($ids))"  # noqa: S608 (our names)
    places: dict[str, tuple[Any, Any]] = {
        str(row[0]): (row[1], row[2]) for row in ledger.sql(query, {"ids": [one for one, _ in wanted]})
    }
    return tuple(
        Evidence(table, one, Citation(str(places[one][0]), str(places[one][1])), says)
        for one, says in wanted
        if one in places
    )
