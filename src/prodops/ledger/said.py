"""What some files said at a moment: the records that stand by their word, and their copies behind others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prodops.ledger.engine import open_engine
from prodops.ledger.evidence import Evidence, fill, listed, own_names
from prodops.ledger.manifest import Snapshot
from prodops.ledger.record import Declared, Record
from prodops.ledger.schema import record_of, record_types, table_name
from prodops.ledger.versions import at_revision, held_at

_SAID = """
with standing as (select {names} from ({standing}) as s where s.cite_source in (select unnest($sources)))
select {names} from standing
union all
select {h_names} from ({behind}) as h
where h.cite_source in (select unnest($sources)) and not exists (
    select 1 from standing s where s.id = h.id and s.cite_source = h.cite_source
)
"""


def said(evidence: Evidence, snapshot: Snapshot, seq: int, sources: Sequence[str]) -> Iterator[Record]:
    """Every record that some files gave.

    Args:
        evidence: The evidence folder.
        snapshot: The files in use.
        seq: The newest revision that counts.
        sources: The names of the files.
    """
    engine = open_engine()
    try:
        for kind, query in _queries(evidence, snapshot, seq):
            build = record_of(kind)
            rows = engine.execute(query, {"sources": list(sources)}).fetchall()
            yield from map(build, rows)
    finally:
        engine.close()


def count_said(evidence: Evidence, snapshot: Snapshot, seq: int, sources: Sequence[str]) -> int:
    """How many records `said` gives."""
    engine = open_engine()
    counted = "select count(*) from ({said})"
    try:
        return sum(
            int(engine.execute(fill(counted, said=query), {"sources": list(sources)}).fetchall()[0][0])
            for _, query in _queries(evidence, snapshot, seq)
        )
    finally:
        engine.close()


def _queries(evidence: Evidence, snapshot: Snapshot, seq: int) -> Iterator[tuple[type[Record], str]]:
    for kind in record_types():
        if issubclass(kind, Declared) or not snapshot.of(table_name(kind), "live", "history", "held"):
            continue
        names = own_names(kind)
        yield (
            kind,
            fill(
                _SAID,
                names=listed(names),
                h_names=listed(names, "h."),
                standing=at_revision(evidence, kind, snapshot, seq),
                behind=held_at(evidence, kind, snapshot, seq),
            ),
        )
