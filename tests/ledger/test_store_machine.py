"""Any order of loading, retiring, forgetting and compacting shows what plain dictionaries show."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from ledger.model import Model
from ledger.storing import START, Clock, load, meeting, titles, told
from ledger.test_compaction import Room
from prodops.ledger.rituals import Meeting

SOURCES = st.sampled_from(["ann.ics", "bob.ics", "cho.ics"])
TITLES = st.sampled_from(["plan", "Ann Smith asks", "with Bob Jones", "review"])
MEETINGS = st.lists(
    st.tuples(st.sampled_from("123"), TITLES, st.one_of(st.none(), st.integers(0, 3))), max_size=4
)
FILES = st.dictionaries(SOURCES, MEETINGS, min_size=1, max_size=3)


class StoreMachine(RuleBasedStateMachine):
    """A workspace beside the model of it."""

    database_url: str | None = None

    def __init__(self) -> None:
        """Open an empty workspace."""
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="prodops-machine-"))
        empty(self.database_url)
        self.clock, self.model = Clock(), Model()
        self.room = Room(self.folder / "workspace", self.clock, self.database_url)
        self.moments: list[datetime] = [self.clock.pass_hours(1)]

    @rule(files=FILES, snapshot=st.booleans())
    def load(self, files: dict[str, list[tuple[str, str, int | None]]], snapshot: bool) -> None:  # noqa: FBT001 (hypothesis gives it by name)
        """Load files, all as snapshots or all as increments."""
        self.model.load(files, snapshot=snapshot)
        records = {
            source: [self.meeting(key, source, title, revised) for key, title, revised in meetings]
            for source, meetings in files.items()
        }
        load(self.room.store, records, covers="snapshot" if snapshot else "increment")
        self.moments.append(self.clock.pass_hours(1))

    @rule(name=st.sampled_from(["Ann Smith", "Bob Jones"]))
    def forget(self, name: str) -> None:
        """Forget somebody."""
        self.model.forget(name)
        self.room.store.forget_person([name])

    @rule()
    def compact(self) -> None:
        """Make few files of many."""
        self.room.tidier.compact()

    @rule()
    def sweep(self) -> None:
        """Take away what nothing needs."""
        self.clock.pass_hours(2)
        self.room.tidier.sweep()

    @rule()
    def load_the_same_again(self) -> None:
        """Load what each source says again, as increments: nothing changes but what is told of problems."""
        before, problems = self.room.store.version(), told(self.room.store)
        for source in {source for copies in self.model.copies.values() for source in copies}:
            given = [
                self.meeting(key, source, copies[source].title, copies[source].revised)
                for key, copies in self.model.copies.items()
                if source in copies
            ]
            load(self.room.store, {source: given}, covers="increment")
        assert titles(self.room.store) == self.model.view()
        assert problems or told(self.room.store) or self.room.store.version() == before

    @staticmethod
    def meeting(key: str, source: str, title: str, revised: int | None) -> Meeting:
        """A meeting revised on a day."""
        return meeting(key, source, title, None if revised is None else START + timedelta(days=revised))

    @invariant()
    def shows_what_the_model_shows(self) -> None:
        """The present agrees."""
        assert titles(self.room.store) == self.model.view()

    def teardown(self) -> None:
        """Every earlier moment agrees too."""
        try:
            for moment, view in zip(self.moments, self.model.history, strict=True):
                assert titles(self.room.store, as_of=moment) == view
        finally:
            self.room.close()
            shutil.rmtree(self.folder)


def empty(database_url: str | None) -> None:
    """Make the database as empty as a new folder is."""
    if database_url is not None:
        engine = sa.create_engine(database_url)
        with engine.begin() as connection:
            connection.execute(sa.text("drop schema public cascade"))
            connection.execute(sa.text("create schema public"))
        engine.dispose()


def test_a_store_shows_what_dictionaries_show(
    database_url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(StoreMachine, "database_url", database_url)
    examples = settings(
        max_examples=6, stateful_step_count=10, suppress_health_check=list(HealthCheck), deadline=None
    )
    run_state_machine_as_test(StoreMachine, settings=examples)
