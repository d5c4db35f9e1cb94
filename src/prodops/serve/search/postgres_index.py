"""The search index in the PostgreSQL database that keeps the state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prodops.ledger.site_tables import site_tables
from prodops.serve.search.index import Entry, terms_of

if TYPE_CHECKING:
    from prodops.ledger.state import State

_AT_ONCE_ROWS = 1_000


class PostgresIndex:
    """The index of a workspace whose state is PostgreSQL."""

    def __init__(self, state: State) -> None:
        """Take the state database."""
        self._state = state

    def version(self) -> str:
        """What it was made from; empty when it was never made."""
        table = site_tables().search_entry
        with self._state.reading() as connection:
            row = connection.execute(table.select().with_only_columns(table.c.version).limit(1)).first()
        return str(row.version) if row else ""

    def replace(self, version: str, entries: Sequence[Entry]) -> None:
        """Put all entries in the place of those before, in one transaction."""
        import sqlalchemy as sa  # lazy: next to the store
        from sqlalchemy.dialects.postgresql import TSVECTOR  # lazy: the same

        table = site_tables().search_entry
        vector = sa.cast(sa.bindparam("vector", type_=sa.Text), TSVECTOR)
        put = table.insert().values(found=vector)
        rows = [
            {
                "version": version, "number": n, "kind": one.kind, "title": one.title, "words": one.words,
                "address": one.address, "vector": vector_of(one),
            }
            for n, one in enumerate(entries, start=1)
        ]  # fmt: skip
        with self._state.noting() as connection:
            connection.execute(table.delete())
            for start in range(0, len(rows), _AT_ONCE_ROWS):
                connection.execute(put, rows[start : start + _AT_ONCE_ROWS])

    def find(self, terms: Sequence[str], limit: int) -> list[Entry]:
        """The entries that have every term as the beginning of a word, the best first."""
        import sqlalchemy as sa  # lazy: next to the store
        from sqlalchemy.dialects.postgresql import TSQUERY  # lazy: the same

        if not terms:
            return []
        table = site_tables().search_entry
        asked = sa.cast(sa.literal(" & ".join(f"'{term}':*" for term in terms), sa.Text), TSQUERY)
        rank = sa.func.ts_rank(table.c.found, asked)
        query = table.select().where(table.c.found.op("@@")(asked)).order_by(rank.desc(), table.c.number)
        with self._state.reading() as connection:
            rows = connection.execute(query.limit(limit)).all()
        return [Entry(kind=row.kind, title=row.title, words=row.words, address=row.address) for row in rows]


def vector_of(entry: Entry) -> str:
    """The words of an entry as PostgreSQL writes a vector: those of the title weigh most.

    Written by us and not by its parser, so that a word is the same on both databases; our words are letters
    and digits alone, which need no escape.
    """
    titled = [f"'{term}':{n}A" for n, term in enumerate(terms_of(entry.title), start=1)]
    worded = [f"'{term}':{len(titled) + n}D" for n, term in enumerate(terms_of(entry.words), start=1)]
    return " ".join([*titled, *worded])
