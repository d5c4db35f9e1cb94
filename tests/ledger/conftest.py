"""A workspace on each kind of state database, with a clock that tests set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.storing import Clock
from prodops.ledger.store import Store, open_store


@pytest.fixture
def clock() -> Clock:
    """A clock that moves when told."""
    return Clock()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """No address, for SQLite in the folder, and then the address of a PostgreSQL database."""
    if request.param == "sqlite":
        return None
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(tmp_path: Path, database_url: str | None, clock: Clock) -> Iterator[Store]:
    """An empty workspace."""
    with open_store(tmp_path / "workspace", database_url, clock=clock) as opened:
        yield opened


@pytest.fixture
def plain_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """An empty workspace on SQLite, for what does not depend on the state database."""
    with open_store(tmp_path / "workspace", clock=clock) as opened:
        yield opened
