"""What a group of files changes in one record type: compared, decided and written by the engine.

A record that stands is the one a reader sees. Copies of it that other sources hold stay behind it in `held`
files, so that it does not vanish when the source it was read from lets it go.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prodops.ledger.evidence import Evidence, fill, listed, own_names
from prodops.ledger.manifest import Batch, Snapshot
from prodops.ledger.reading import Problem, problem
from prodops.ledger.record import Record
from prodops.ledger.schema import CITATION_COLUMNS, table_name
from prodops.ledger.versions import held, present
from prodops.ledger.view import beside

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

REVISED = "revised_at"

_SCRIPT = beside(__file__)

_LIVE_ROWS = """
select {s_names}, {seq} as _seq, p.stood as _replaces, false as _gone
from ({staged}) as s join puts p on p._row = s._row
union all
select {b_names}, {seq}, v.stood, false
from behind b join verdict v on v.id = b.id and v.cite_source = b.cite_source
where v.wins and v.origin = 1
union all
select {nulls}, {seq}, true, true
from leaving l where l.id not in (select id from verdict)
"""

_HELD_ROWS = """
select {s_names}, {seq} as _seq, false as _replaces, false as _gone
from ({staged}) as s join verdict v on v._row = s._row and v.origin = 2
where not v.wins and not exists (
    select 1 from (select s.id, s.cite_source, {words} as words from behind s) as b
    where b.id = v.id and b.cite_source = v.cite_source and b.words = v.words
)
union all
select {b_names}, {seq}, false, false
from standing b join verdict v on v.id = b.id
where not v.wins and v.origin = 0
union all
select {nulls}, {seq}, false, true
from held_leaving l
"""

_OR_BESIDE = "or (c.code = 'sources_disagree' and c.cite_locator = 'beside ' || f.name)"

_WORKING_TABLES = (
    "mine", "repeated", "repeats_differ", "met", "leaving", "held_leaving", "contested", "standing", "behind",
    "claim", "verdict", "puts", "disagreements",
)  # fmt: skip

_REPEATS = "select f.name, r.times, r.example from repeats_differ r join file f on f.number = r._file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge gives.

    Attributes:
        batches: New files, not yet in use.
        problems: Ids that one file has twice with different words, and sources that disagree.
    """

    batches: list[Batch]
    problems: list[Problem]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """The comparison of one type's staged rows with what stands.

    Attributes:
        connection: The engine, with a table `file` of number, name and whether the file is its source's whole
            truth.
        evidence: The evidence folder.
        snapshot: The evidence as it stands.
        kind: The record type.
        staged: A select of the staged rows.
        reloaded: Whether a file of the group was loaded before, so that records may have left it.
    """

    connection: DuckDBPyConnection
    evidence: Evidence
    snapshot: Snapshot
    kind: type[Record]
    staged: str
    reloaded: bool

    def run(self) -> Merged:
        """Compare, decide and write; the files come into use by the manifest."""
        parts = self._parts()
        self.connection.execute(fill(_SCRIPT, **parts))
        batches = [
            self.evidence.write(self.connection, self.kind, "live", fill(_LIVE_ROWS, **parts)),
            self.evidence.write(self.connection, self.kind, "held", fill(_HELD_ROWS, **parts)),
        ]
        problems = [] if self.kind is Problem else self._repeats() + self._disagreements()
        for table in _WORKING_TABLES:
            self.connection.execute(f"drop table {table}")
        return Merged(batches=[batch for batch in batches if batch is not None], problems=problems)

    def _parts(self) -> dict[str, object]:
        names = own_names(self.kind)
        content = [name for name in names if name not in ("id", *CITATION_COLUMNS)]
        sense = [name for name in content if name != REVISED]
        gone = ["l.id", *("null" for _ in content), "l.cite_source", "null"]
        return {
            "s_names": listed(names, "s."),
            "b_names": listed(names, "b."),
            "nulls": ", ".join(gone),
            "words": f"hash({listed(content, 's.')})",
            "sense": f"hash({listed(sense, 's.')})",
            "revised": f"s.{REVISED}" if REVISED in names else "null::timestamp",
            "staged": self.staged,
            "current": present(self.evidence, self.kind, self.snapshot, extra="_seq"),
            "ever_held": self.evidence.scan(self.kind, self.snapshot.of(table_name(self.kind), "held")),
            "held_by_files": self._held("s.cite_source in (select name from file)"),
            "held_contested": self._held("s.id in (select id from contested)"),
            "reloaded": str(self.reloaded).lower(),
            "or_beside": _OR_BESIDE if self.kind is Problem else "",
            "in_the_file": "true" if self.kind is Problem else "m._file = f.number",
            "seq": self.snapshot.seq + 1,
        }

    def _held(self, those: str) -> str:
        return held(self.evidence, self.kind, self.snapshot, those=those)

    def _repeats(self) -> list[Problem]:
        what = _words_of(self.kind)
        return [
            problem(
                source,
                "file",
                "duplicate_id",
                says=f"{times} times a {what} has an id that an earlier one of this file has, "
                f"and other words: {example}",
                remedy="the first of each was kept; give each its own key in the source",
                lost=False,
            )
            for source, times, example in self.connection.execute(_REPEATS).fetchall()
        ]

    def _disagreements(self) -> list[Problem]:
        what = _words_of(self.kind)
        found = self.connection.execute("select loaded, other, times, example from disagreements").fetchall()
        return [
            problem(
                loaded,
                beside_locator(other),
                "sources_disagree",
                says=f"{times} of the {what} records in this file differ from those of {other}, "
                f"the first is {example}",
                remedy="the copy read first is shown; correct one of the two sources or load only one",
                lost=False,
            )
            for loaded, other, times, example in found
        ]


def beside_locator(other: str) -> str:
    """Where a disagreement is said to be: beside the other source, whose next load looks at it afresh."""
    return f"beside {other}"


def _words_of(kind: type[Record]) -> str:
    return table_name(kind).replace("_", " ")
