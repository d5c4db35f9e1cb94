"""What tests of the faces may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.storing import START, decision, load, meeting, outcome, person
from prodops.ledger.state import open_state
from prodops.ledger.store import open_store
from serve.kept import ADDRESS, SOMEBODY, Kept, signed_in


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """SQLite in the folder, and then a PostgreSQL database."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def kept(tmp_path: Path, database_url: str | None) -> Iterator[Kept]:
    """A workspace with records, a log, an account, a session and an access."""
    with open_store(tmp_path / "kept", database_url) as store:
        load(store, {"a.ics": [meeting("1", "a.ics"), meeting("2", "a.ics", "=cmd()")]})
        load(store, {"a.ics": [meeting("1", "a.ics", "Renamed")]})
        load(store, {"roster.csv": [person(SOMEBODY, ADDRESS)]}, connector="roster")
        load(store, {"m.md": [outcome("1", "m.md", f"{SOMEBODY} writes it up")]}, connector="minutes")
        for number in range(3):
            store.append([decision(str(number))], gate=lambda _: [], today=START)
        state = open_state(store.folder, database_url)
        signed_in(state)
        yield Kept(store, state, database_url)
        state.close()
