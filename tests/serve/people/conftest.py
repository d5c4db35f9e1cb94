"""A workspace's state on both databases, with a clock that a test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from prodops.ledger.state import State, open_state
from prodops.serve.people.door import Door
from prodops.serve.people.people import People, people_of
from prodops.serve.web.remaking import Remaking
from serve.visiting import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state(tmp_path: Path, database_url: str | None) -> Iterator[State]:
    opened = open_state(tmp_path, database_url)
    yield opened
    opened.close()


@pytest.fixture
def people(state: State, clock: Clock) -> People:
    """Nobody yet."""
    return people_of(state, Door(idle=timedelta(hours=2), longest=timedelta(days=3)), clock=clock)


@pytest.fixture(autouse=True)
def _none_remade(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make no page beside the readers: what one asks for is made while they wait."""
    monkeypatch.setattr(Remaking, "ask", lambda *_: None)
