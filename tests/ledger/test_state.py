"""The state database: made and upgraded on opening, refused when it is not ours to read."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from ledger.storing import START, load, meeting, titles
from ledger.test_declared_log import race, tamper
from prodops.ledger.manifest import read_snapshot
from prodops.ledger.migrations.versions import first_tables, search, site_tables, told
from prodops.ledger.state import NEWEST, WorkspaceError, open_state
from prodops.ledger.state_tables import state_tables
from prodops.ledger.store import open_store


def steps() -> ScriptDirectory:
    """The migration steps that the package ships."""
    config = Config()
    config.set_main_option("script_location", "prodops.ledger:migrations")
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def test_there_is_one_newest_step_and_the_code_knows_it() -> None:
    assert steps().get_heads() == [NEWEST]


def test_the_steps_make_the_tables_that_the_code_describes(tmp_path: Path, database_url: str | None) -> None:
    open_store(tmp_path / "w", database_url).close()
    engine = sa.create_engine(database_url or f"sqlite:///{tmp_path}/w/state.db")
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), state_tables().metadata)
    engine.dispose()
    assert found == []


def test_each_step_can_be_taken_and_undone(tmp_path: Path, database_url: str | None) -> None:
    engine = sa.create_engine(database_url or f"sqlite:///{tmp_path}/state.db")
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        first_tables.upgrade()
        before = set(sa.inspect(connection).get_table_names())
        site_tables.upgrade()
        between = set(sa.inspect(connection).get_table_names())
        search.upgrade()
        last = set(sa.inspect(connection).get_table_names())
        told.upgrade()
        described = {table.name for table in state_tables().metadata.tables.values()}
        assert set(sa.inspect(connection).get_table_names()) == described
        told.downgrade()
        assert set(sa.inspect(connection).get_table_names()) == last
        search.downgrade()
        assert set(sa.inspect(connection).get_table_names()) == between
        site_tables.downgrade()
        assert set(sa.inspect(connection).get_table_names()) == before
        first_tables.downgrade()
        assert sa.inspect(connection).get_table_names() == []
    engine.dispose()


def test_a_workspace_opens_again_with_what_it_held(tmp_path: Path, database_url: str | None) -> None:
    with open_store(tmp_path / "w", database_url) as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
    with open_store(tmp_path / "w", database_url) as store:
        assert set(titles(store)) == {"1"}


def test_a_workspace_of_a_newer_version_is_refused(tmp_path: Path, database_url: str | None) -> None:
    open_store(tmp_path / "w", database_url).close()
    tamper(tmp_path / "w", database_url, "update alembic_version set version_num = 'from_the_future'")
    with pytest.raises(WorkspaceError, match=r"newer prodops.*from_the_future"):
        open_store(tmp_path / "w", database_url)


def test_a_database_is_not_used_with_the_evidence_of_another(
    tmp_path: Path, database_url: str | None
) -> None:
    open_store(tmp_path / "mine", database_url).close()
    with open_store(tmp_path / "yours") as yours:
        load(yours, {"a.ics": [meeting("1", "a.ics")]})
    if database_url is None:
        shutil.copy(tmp_path / "mine" / "state.db", tmp_path / "yours" / "state.db")
    with pytest.raises(WorkspaceError, match="does not belong to the state database"):
        open_store(tmp_path / "yours", database_url)
    assert list((tmp_path / "yours").rglob("*.parquet")), "and nothing was swept"


def test_evidence_whose_database_was_deleted_is_not_taken_for_rubbish(tmp_path: Path) -> None:
    with open_store(tmp_path / "w") as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
    for path in (tmp_path / "w").glob("state.db*"):
        path.unlink()
    with pytest.raises(WorkspaceError, match="does not belong"):
        open_store(tmp_path / "w")
    assert list((tmp_path / "w").rglob("*.parquet"))


def test_a_workspace_whose_founding_was_interrupted_is_founded_again(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    folder.mkdir()
    (folder / "workspace").write_text("half a founding\n")
    with open_store(folder) as store:
        load(store, {"a.ics": [meeting("1", "a.ics")]})
    with open_store(folder) as store:
        assert set(titles(store)) == {"1"}


def test_processes_that_open_a_new_workspace_at_once_agree_on_it(
    tmp_path: Path, database_url: str | None
) -> None:
    assert race(6, lambda _number: open_store(tmp_path / "w", database_url).close()) == []
    with open_store(tmp_path / "w", database_url) as store:
        assert store.sources() == []


def test_a_file_is_no_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WorkspaceError, match="cannot be a workspace"):
        open_store(tmp_path / "file")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"not a database at all, but a text of some length " * 20)
    with pytest.raises(WorkspaceError, match="could not be opened"):
        open_store(tmp_path)


def test_an_address_that_is_no_database_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="SQLite or PostgreSQL, not mysql"):
        open_store(tmp_path / "w", "mysql://x@localhost/y")
    with pytest.raises(WorkspaceError, match="could not be opened"):
        open_store(tmp_path / "w", "no address")
    with pytest.raises(WorkspaceError, match="could not be opened"):
        open_store(tmp_path / "w", "postgresql://nobody@localhost:1/none?connect_timeout=1")


@pytest.mark.postgres
def test_a_password_is_not_shown_and_the_driver_need_not_be_named(tmp_path: Path, postgres_url: str) -> None:
    address = postgres_url.replace("postgresql+psycopg://prodops@", "postgresql://prodops:hunter2@")
    state = open_state(tmp_path, address)
    assert "prodops:***@" in state.url
    state.close()


def test_a_reader_sees_one_state_while_a_writer_commits(tmp_path: Path, database_url: str | None) -> None:
    with open_store(tmp_path / "w", database_url) as store:
        state = open_state(tmp_path / "w", database_url)
        with state.reading() as connection:
            before = read_snapshot(connection)
            load(store, {"a.ics": [meeting("1", "a.ics")]})
            assert read_snapshot(connection) == before
        with state.reading() as connection:
            assert read_snapshot(connection) != before
        state.close()


def test_writers_wait_for_each_other(tmp_path: Path, database_url: str | None) -> None:
    open_store(tmp_path / "w", database_url).close()
    state, order = open_state(tmp_path / "w", database_url), list[str]()
    inside = threading.Event()

    def second() -> None:
        inside.wait(timeout=30)
        with state.writing():
            order.append("second")

    thread = threading.Thread(target=second)
    thread.start()
    with state.writing():
        inside.set()
        thread.join(timeout=0.3)
        order.append("first")
    thread.join(timeout=30)
    assert order == ["first", "second"]
    state.close()
    assert START.tzinfo is not None
