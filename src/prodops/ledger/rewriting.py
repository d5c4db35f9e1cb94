"""Evidence files without a person: which cells change is found first, then a file is written anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from prodops.ledger.engine import append_rows
from prodops.ledger.evidence import BOOK_COLUMNS, Evidence, fill, own_names, quoted
from prodops.ledger.people import Person
from prodops.ledger.redacting import Redactor, Style, styles
from prodops.ledger.schema import record_type
from prodops.ledger.state import WorkspaceError

if TYPE_CHECKING:
    from collections.abc import Collection

    from duckdb import DuckDBPyConnection

    from prodops.ledger.manifest import Batch
    from prodops.ledger.record import Record

FETCHED_CELLS = 1_000
SWAPPED_CELLS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Who is to be forgotten, and how cells that may name the person are found fast.

    Attributes:
        redactor: Takes the person out of a cell.
        pseudonyms: The person's pseudonyms.
        anchors: For each way the name is written, one of its words; an empty one has cells looked at all.
    """

    redactor: Redactor
    pseudonyms: Collection[str]
    anchors: Collection[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """What became of one file.

    Attributes:
        old: The file that named the person.
        new: The file in its place; None when no row is left.
        people: Rows of `Person` left out.
    """

    old: Batch
    new: Batch | None
    people: int


def rewrite(
    connection: DuckDBPyConnection, evidence: Evidence, batch: Batch, wanted: Wanted
) -> Rewritten | None:
    """Write a file anew without a person; None when it does not name the person.

    Raises:
        WorkspaceError: The file holds records of a type that this version does not know.
    """
    try:
        kind = record_type(batch.table)
    except KeyError as error:
        raise WorkspaceError(f"this version does not know the record type {batch.table!r}") from error
    rows = evidence.scan(kind, [batch])
    left_out = _left_out(kind, wanted)
    people = _count(connection, rows, left_out)
    swaps = [
        (name, f"swap_{place}")
        for place, (name, style) in enumerate(zip(own_names(kind), styles(kind), strict=True))
        if style and _swap(connection, f"swap_{place}", _changes(connection, rows, name, style, wanted))
    ]
    if not swaps and not people:
        return None
    new = evidence.write(connection, kind, batch.part, _select(kind, rows, swaps, left_out))
    return Rewritten(
        old=batch, new=None if new is None else replace(new, replaces=batch.replaces), people=people
    )


def _left_out(kind: type[Record], wanted: Wanted) -> str:
    if kind is not Person:
        return "false"
    names = ", ".join(quoted(one) for one in wanted.pseudonyms)
    return f"(t.person in ({names}) or t.named in ({names}))"


def _count(connection: DuckDBPyConnection, rows: str, left_out: str) -> int:
    query = fill("select count(*) from ({rows}) as t where {left_out}", rows=rows, left_out=left_out)
    return int(connection.execute(query).fetchall()[0][0])


def _changes(
    connection: DuckDBPyConnection, rows: str, name: str, style: Style, wanted: Wanted
) -> Iterator[tuple[object, ...]]:
    clean = wanted.redactor.cell(style)
    found = connection.cursor().execute(
        fill(
            'select distinct t."{name}" from ({rows}) as t where {hit}',
            name=name,
            rows=rows,
            hit=_hit(f't."{name}"', style, wanted),
        )
    )
    while cells := found.fetchmany(FETCHED_CELLS):
        for (cell,) in cells:
            cleaned = clean(cell)
            if cleaned != cell:
                yield cell, cleaned


def _hit(cell: str, style: Style, wanted: Wanted) -> str:
    names = ", ".join(quoted(one) for one in wanted.pseudonyms)
    if style == "person":
        return f"{cell} in ({names})"
    hits = [f"contains({cell}, {quoted(one)})" for one in wanted.pseudonyms]
    hits += [
        f"contains(lower(nfc_normalize({cell})), {quoted(anchor)})" if anchor else f"{cell} is not null"
        for anchor in wanted.anchors
    ]
    return " or ".join(hits)


def _swap(connection: DuckDBPyConnection, table: str, changes: Iterator[tuple[object, ...]]) -> bool:
    """Put the cells that change into a table; whether there are any."""
    connection.execute(f'create or replace table {table} (old varchar, "new" varchar)')
    found = False
    while rows := list(islice(changes, SWAPPED_CELLS)):
        append_rows(connection, table, rows)
        found = True
    return found


def _select(kind: type[Record], rows: str, swaps: list[tuple[str, str]], left_out: str) -> str:
    swapped = dict(swaps)
    cells = [
        f'coalesce({swapped[name]}."new", t."{name}") as "{name}"' if name in swapped else f't."{name}"'
        for name in own_names(kind)
    ]
    cells += [f"t.{name}" for name, _ in BOOK_COLUMNS]
    joins = " ".join(f'left join {table} on {table}.old = t."{name}"' for name, table in swaps)
    return fill(
        "select {cells} from ({rows}) as t {joins} where not {left_out}",
        cells=", ".join(cells),
        rows=rows,
        joins=joins,
        left_out=left_out,
    )
