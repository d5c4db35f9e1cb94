"""Which version of each record is read: the newest at a moment, without what was retired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prodops.ledger.evidence import BOOK_COLUMNS, Evidence, fill, listed, own_names
from prodops.ledger.manifest import Batch, Snapshot
from prodops.ledger.record import Record
from prodops.ledger.schema import table_name

if TYPE_CHECKING:
    from collections.abc import Sequence

BOOK = tuple(name for name, _ in BOOK_COLUMNS)

_WITH_NEWEST = """
select {cells} from ({scan}) as t
left join (select id, max(_seq) as newest from ({replacing}) where _replaces group by id) as n on n.id = t.id
"""

_NEWEST = _WITH_NEWEST + "where not t._gone and (n.newest is null or t._seq >= n.newest)"

_PAST = _WITH_NEWEST + "where t._gone or t._seq < n.newest"

_HELD = """
select * from ({scan}) as s where {those}
qualify row_number() over (partition by id, cite_source order by _seq desc) = 1
"""


def present(evidence: Evidence, kind: type[Record], snapshot: Snapshot, *, extra: str = "") -> str:
    """A select of the records as they are now: the record's columns, and `extra` book columns if asked.

    When no file replaces anything this is a plain scan; otherwise the rows that replace others are read
    first, which are few, and older rows of the same ids are left out.
    """
    live = snapshot.of(table_name(kind), "live")
    return _newest(evidence, kind, live, [batch for batch in live if batch.replaces], extra=extra)


def past(evidence: Evidence, kind: type[Record], snapshot: Snapshot) -> str:
    """A select of the rows of live files that the present does not read: replaced, retired, tombstones."""
    live = snapshot.of(table_name(kind), "live")
    return fill(
        _PAST,
        cells=listed((*own_names(kind), *BOOK), "t."),
        scan=evidence.scan(kind, live),
        replacing=evidence.scan(kind, [batch for batch in live if batch.replaces]),
    )


def at_revision(evidence: Evidence, kind: type[Record], snapshot: Snapshot, seq: int) -> str:
    """A select of the records as they were at an earlier revision."""
    files = [b for b in snapshot.of(table_name(kind), "live", "history") if b.seq_low <= seq]
    early = fill("select * from ({scan}) where _seq <= {seq}", scan=evidence.scan(kind, files), seq=seq)
    return fill(_NEWEST, cells=listed(own_names(kind), "t."), scan=early, replacing=early)


def held(evidence: Evidence, kind: type[Record], snapshot: Snapshot, *, those: str = "true") -> str:
    """A select of the copies that other sources hold: the newest per id and source, withdrawn ones too.

    Args:
        evidence: The evidence folder.
        kind: The record type.
        snapshot: The files in use.
        those: A condition on the id or the source of `s`, so that the others need not be sorted.
    """
    scan = evidence.scan(kind, snapshot.of(table_name(kind), "held"))
    return fill(_HELD, scan=scan, those=those)


def held_at(evidence: Evidence, kind: type[Record], snapshot: Snapshot, seq: int) -> str:
    """A select of the copies that other sources held at an earlier revision.

    Compaction lets go of older versions of them: what it has tidied away since is missing.
    """
    files = [batch for batch in snapshot.of(table_name(kind), "held") if batch.seq_low <= seq]
    newest = fill(_HELD, scan=evidence.scan(kind, files), those=f"s._seq <= {seq}")
    return fill(
        "select {names} from ({newest}) where not _gone", names=listed(own_names(kind)), newest=newest
    )


def _newest(
    evidence: Evidence, kind: type[Record], live: Sequence[Batch], replacing: Sequence[Batch], *, extra: str
) -> str:
    names = own_names(kind)
    more = f", {extra}" if extra else ""
    if not replacing:
        return fill(
            "select {names}{more} from ({scan})",
            names=listed(names),
            more=more,
            scan=evidence.scan(kind, live),
        )
    return fill(
        _NEWEST,
        cells=listed(names, "t.") + more,
        scan=evidence.scan(kind, live),
        replacing=evidence.scan(kind, replacing),
    )
