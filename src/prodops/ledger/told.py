"""What may be told of people: which of their rows a ledger for several readers holds, and as of when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from prodops.ledger.evidence import Evidence, fill, listed, own_names
from prodops.ledger.manifest import Snapshot
from prodops.ledger.record import Record
from prodops.ledger.schema import table_name, utc_naive
from prodops.ledger.versions import at_revision, present

_BEGINS: Final = {
    "meeting": "starts_at",
    "interview_answer": "asked_on",
    "shared_total": "last_on",
    "metric_use": "used_at",
}
"""By table the column that says from when on a row counts: what is later than the moment is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What several readers may be told of people's time.

    Attributes:
        since: By table, the revision and the moment as of which its rows are read; others are the newest.
            At revision 0 there are none.
        groups: By family of figures (rituals, teams, metrics, samples of labels), the groups that may be
            told beside their whole.
        waits: What readers are told of figures that are not the newest, in sentences; empty where all are.
        withheld: Tables of which nothing is told: somebody who was in them was forgotten, or nobody was told
            of them by then.
    """

    since: Mapping[str, tuple[int, datetime]] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    waits: str = ""
    withheld: frozenset[str] = frozenset()


def told_rows(evidence: Evidence, kind: type[Record], snapshot: Snapshot, seq: int, moment: datetime) -> str:
    """A select of the records of one type as they were told: at a revision, and as on a moment.

    Args:
        evidence: The evidence folder.
        kind: The record type.
        snapshot: The files in use.
        seq: The revision.
        moment: What counts as now for them.
    """
    table = table_name(kind)
    rows = (
        present(evidence, kind, snapshot)
        if seq == snapshot.seq
        else at_revision(evidence, kind, snapshot, seq)
    )
    at = f"timestamp '{utc_naive(moment).isoformat(sep=' ')}'"
    cells = listed(own_names(kind), "t.")
    if table == "person":
        # Whoever leaves after the moment had not left then.
        left = f"case when t.left_on > cast({at} as date) then null else t.left_on end as left_on"
        cells = cells.replace('t."left_on"', left)
    begins = f't."{_BEGINS[table]}"' if table in _BEGINS else "null"
    return fill(_TOLD, cells=cells, rows=rows, begins=begins, at=at)


_TOLD = "select {cells} from ({rows}) as t where {begins} is null or {begins} <= {at}"
