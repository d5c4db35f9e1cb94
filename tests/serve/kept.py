"""A workspace with everything in it that can be lost, and where words of it stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from ledger.storing import START
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, stored_moment
from prodops.ledger.store import Store, open_store
from prodops.serve.prepared.computing import keep, made, opened
from prodops.serve.search.rebuilding import rebuild

SOMEBODY = "Zerubbabel Quux"
ADDRESS = "z.quux@corp.example"


@dataclass
class Kept:
    """A workspace with everything in it that can be lost."""

    store: Store
    state: State
    url: str | None

    @property
    def folder(self) -> Path:
        return self.store.folder


def signed_in(state: State) -> None:
    """An account with a session, and an access of it."""
    tables, at = site_tables(), stored_moment(START)
    with state.noting() as connection:
        connection.execute(
            tables.account.insert().values(
                account="person:0123456789abcdef", email=ADDRESS, shown_name=SOMEBODY, password="",
                issuer="", subject="", role="owner", created_at=at,
            )
        )  # fmt: skip
        connection.execute(
            tables.session.insert().values(
                digest="d",
                account="person:0123456789abcdef",
                label="",
                role="owner",
                created_at=at,
                expires_at=at,
            )
        )
        connection.execute(
            tables.access.insert().values(
                at=at, account="person:0123456789abcdef", kind="read", what="GET /evidence",
                about=f"pm {ADDRESS}", status=200,
            )
        )  # fmt: skip


def with_pages(kept: Kept) -> None:
    """Pages and search of the workspace, as a server would have made them."""
    ledger, mark = opened(kept.store, kept.state, START)
    stored, page = made("problems", ledger, mark)
    keep(kept.state, stored)
    rebuild(kept.store, kept.state, ledger=ledger, mark=mark, pages=[page])


def told(folder: Path, url: str | None) -> dict[str, object]:
    """What a reader sees of a workspace."""
    with open_store(folder, url) as store:
        ledger = store.ledger(today=START)
        return {
            "counts": store.counts(),
            "titles": ledger.sql("select id, title, cite_source from meeting order by id"),
            "sources": [one.reading for one in store.sources()],
            "end": store.checkpoint(),
            "damages": store.examine().damages,
        }


def on_the_disk(folder: Path, *words: str) -> list[str]:
    """Files below a folder in which one of the words stands."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [str(path) for path in files if any(word.encode() in path.read_bytes() for word in words)]


def in_the_database(url: str | None, *words: str) -> list[str]:
    """Tables of a PostgreSQL database in which one of the words stands."""
    if url is None:
        return []
    engine, found = create_engine(url), []
    with engine.connect() as connection:
        names = connection.execute(
            text("select tablename from pg_tables where schemaname = 'public'")
        ).scalars()
        for name in list(names):
            rows = connection.execute(text(f"select t::text from {name} t")).scalars().all()
            found += [name for row in rows if any(word in row for word in words)]
    engine.dispose()
    return found
