"""The search index in a file of its own beside the state: made anew whole, put in its place in one step."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

from prodops.ledger.site_forgetting import SEARCH_FILES
from prodops.serve.search.index import Entry, terms_of

TITLE_WEIGHT, WORDS_WEIGHT = 8.0, 1.0


class SqliteIndex:
    """The index of a workspace whose state is SQLite.

    It is no part of the state database: to make it anew blocks nobody who declares or loads, and to delete
    it takes every word of it off the disk.
    """

    def __init__(self, folder: Path) -> None:
        """Take the workspace's folder."""
        self._file = folder / SEARCH_FILES[0]

    def version(self) -> str:
        """What it was made from; empty when it was never made."""
        with self._opened() as connection:
            row = connection and connection.execute("select version from made").fetchone()
            return str(row[0]) if row else ""

    def replace(self, version: str, entries: Sequence[Entry]) -> None:
        """Put all entries in the place of those before, by the name of a finished file."""
        beside = self._file.with_name(f"{self._file.name}.{uuid4()}")
        try:
            with closing(sqlite3.connect(beside, isolation_level=None)) as connection:
                connection.execute("pragma journal_mode = memory")
                connection.execute("begin")
                _fill(connection, version, entries)
                connection.execute("commit")
            beside.replace(self._file)
        finally:
            beside.unlink(missing_ok=True)

    def find(self, terms: Sequence[str], limit: int) -> list[Entry]:
        """The entries that have every term as the beginning of a word, the best first."""
        asked = " ".join(f'"{term}"*' for term in terms)
        with self._opened() as connection:
            if connection is None or not asked:
                return []
            rows = connection.execute(_FIND, (asked, TITLE_WEIGHT, WORDS_WEIGHT, limit)).fetchall()
        return [
            Entry(kind=kind, title=title, words=words, address=address)
            for kind, title, words, address in rows
        ]

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection | None]:
        """The file as it is now; None when there is none, or one that cannot be read."""
        if not self._file.exists():
            yield None
            return
        with closing(sqlite3.connect(f"file:{self._file}?mode=ro", uri=True)) as connection:
            try:
                connection.execute("select version from made").fetchone()
            except sqlite3.DatabaseError:
                yield None
                return
            yield connection


def _fill(connection: sqlite3.Connection, version: str, entries: Sequence[Entry]) -> None:
    connection.execute("create table made (version text)")
    connection.execute("insert into made values (?)", (version,))
    connection.execute(
        "create table entry (number integer primary key, kind text, title text, words text, address text)"
    )
    connection.execute("create virtual table found using fts5(title, words, prefix='2 3', content='')")
    connection.executemany(
        "insert into entry values (?, ?, ?, ?, ?)",
        ((n, one.kind, one.title, one.words, one.address) for n, one in enumerate(entries, start=1)),
    )
    connection.executemany(
        "insert into found (rowid, title, words) values (?, ?, ?)",
        (
            (n, " ".join(terms_of(one.title)), " ".join(terms_of(one.words)))
            for n, one in enumerate(entries, start=1)
        ),
    )


_FIND = """
select entry.kind, entry.title, entry.words, entry.address
from found join entry on entry.number = found.rowid
where found match ?
order by bm25(found, ?, ?), entry.number
limit ?
"""
