"""Record types that grow: batches written before a field existed are read with the field's default."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
import sqlalchemy as sa

from ledger.storing import START, Clock, load, meeting, titles
from ledger.test_compaction import Room
from ledger.test_declared_log import tamper
from prodops.ledger.evidence import sql_value
from prodops.ledger.rituals import Meeting
from prodops.ledger.state import WorkspaceError
from prodops.ledger.store import open_store


def age(folder: Path, *, without: tuple[str, ...], extra: str = "") -> None:
    """Rewrite every batch of meetings as an older version would have written it: without some columns."""
    engine = sa.create_engine(f"sqlite:///{folder}/state.db")
    for path in (folder / "evidence" / "meeting").glob("*.parquet"):
        with closing(duckdb.connect()) as connection:
            connection.execute(
                "create view aged as select * exclude (EXCLUDED) EXTRA from read_parquet('PATH')".replace(
                    "EXCLUDED", ", ".join(without)
                )
                .replace("EXTRA", extra)
                .replace("PATH", str(path))
            )
            described = connection.execute("describe aged").fetchall()
            kept = [name for name, *_ in described if not name.startswith("_")]
            connection.execute(f"copy (from aged) to '{path}.new' (format parquet)")
        Path(f"{path}.new").replace(path)
        with engine.begin() as connection:
            connection.execute(
                sa.text("update batch set columns = :columns where uuid = :uuid"),
                {"columns": json.dumps(kept), "uuid": path.stem},
            )
    engine.dispose()


@pytest.fixture
def aged(tmp_path: Path, clock: Clock) -> Room:
    """A workspace with an old batch beside a new one."""
    room = Room(tmp_path / "workspace", clock)
    load(room.store, {"a.ics": [meeting("1", "a.ics", "old"), meeting("2", "a.ics", "old")]})
    clock.pass_hours(1)
    age(
        room.store.folder,
        without=("busy", "status", "invited_count", "revised_at"),
        extra=", 7 as dropped_since",
    )
    return room


def test_a_field_that_did_not_exist_takes_its_default(aged: Room) -> None:
    expected = [meeting("1", "a.ics", "old"), meeting("2", "a.ics", "old")]
    assert list(aged.store.ledger(today=START).records(Meeting)) == expected
    held = "select busy, status, invited_count, revised_at from meeting where id = 'ics:meeting:1'"
    assert aged.store.ledger(today=START).sql(held) == [(True, "confirmed", 0, None)]


def test_old_and_new_batches_are_read_together(aged: Room) -> None:
    load(aged.store, {"b.ics": [meeting("3", "b.ics", "new", START)]})
    found = list(aged.store.ledger(today=START).records(Meeting))
    assert [(one.title, one.revised_at) for one in found] == [("old", None), ("old", None), ("new", START)]


def test_a_field_more_is_no_change_of_an_old_record(aged: Room) -> None:
    before = aged.store.version()
    load(aged.store, {"a.ics": [meeting("1", "a.ics", "old"), meeting("2", "a.ics", "old")]})
    assert aged.store.version() == before


def test_old_batches_can_be_replaced_compacted_and_forgotten(aged: Room) -> None:
    then = aged.clock.pass_hours(1)
    for title in ("newer", "newest, says Ann Smith"):
        load(aged.store, {"a.ics": [meeting("1", "a.ics", title, START), meeting("2", "a.ics", "old")]})
        aged.clock.pass_hours(1)
    aged.tidier.compact()
    aged.store.forget_person(["Ann Smith"])
    assert titles(aged.store) == {"1": ("newest, says [forgotten]", "a.ics"), "2": ("old", "a.ics")}
    assert titles(aged.store, as_of=then) == {"1": ("old", "a.ics"), "2": ("old", "a.ics")}


def test_records_of_a_type_from_the_future_are_left_alone(tmp_path: Path, clock: Clock) -> None:
    with open_store(tmp_path, clock=clock) as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
        tamper(tmp_path, None, "update batch set record_type = 'horoscope'")
        assert store.counts() == {}
        load(store, {"a.ics": [meeting("1", "a.ics")]})
        with pytest.raises(WorkspaceError, match="horoscope"):
            store.forget_person(["Ann Smith"])


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (0.5, "0.5"),
        ((), "'[]'"),
        (("a", 'b"c'), '\'["a", "b\\"c"]\''),
        ("it's", "'it''s'"),
        (START, "'2026-03-02 09:00:00'"),
        (START.date(), "'2026-03-02'"),
    ],
)
def test_a_default_is_written_as_sql_has_it(value: object, literal: str) -> None:
    assert sql_value(value) == literal
