"""The state database: SQLite in the workspace, or PostgreSQL by URL; opened, upgraded, read and written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from prodops.ledger.state_tables import state_tables

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection, Engine

NEWEST = "told"
"""The newest migration step; a test holds it to the head of `migrations/versions`."""

LOCK_MILLISECONDS = 60_000
"""How long one process waits for another to finish writing."""

_MIGRATION_LOCK = 7_016_320_177
"""Any fixed number: the PostgreSQL advisory lock under which one process migrates."""


class WorkspaceError(Exception):
    """A workspace that cannot be used as it stands; the message says what to do."""


class State:
    """The state database of a workspace.

    Attributes:
        url: Where it is, without its password.
    """

    def __init__(self, engine: Engine) -> None:
        """Take an engine made by `open_state`."""
        self._engine = engine
        self.url = engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state from its first question to its last."""
        with self._engine.connect() as connection:
            options = {} if self._embedded else {"isolation_level": "REPEATABLE READ"}
            yield connection.execution_options(**options)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer interleaves with: commits at its end, or nothing happened."""
        with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            if not self._embedded:
                connection.execute(state_tables().head.select().with_for_update())
            yield connection

    @contextmanager
    def noting(self) -> Iterator[Connection]:
        """A transaction for what no ledger reads: sessions, accesses, pages made before, the search.

        Where the database can, those who declare and load do not wait for it.
        """
        with self._engine.connect().execution_options(writing=True) as connection, connection.begin():
            yield connection

    @property
    def embedded(self) -> bool:
        """Whether the state is SQLite in the workspace, and not PostgreSQL on a server."""
        return self._embedded

    def fold_away(self) -> None:
        """Empty the write-ahead log, so that overwritten words do not linger in it."""
        if self._embedded:
            with self._engine.connect() as connection:
                driver = connection.connection.driver_connection
                if driver is not None:
                    driver.execute("pragma wal_checkpoint(truncate)").fetchall()

    def drop(self) -> None:
        """Drop every table of ours, with everything in it: the database is as before it was ever opened."""
        import sqlalchemy as sa  # lazy: next to the store

        with self.noting() as connection:
            metadata = sa.MetaData()
            names = [*state_tables().metadata.tables, "alembic_version"]
            metadata.reflect(connection, only=lambda name, _: name in names)
            metadata.drop_all(connection)

    def close(self) -> None:
        """Let go of all connections."""
        self._engine.dispose()

    @property
    def _embedded(self) -> bool:
        return self._engine.dialect.name == "sqlite"


def open_state(folder: Path, database_url: str | None) -> State:
    """Open the state database and bring its tables up to date.

    Args:
        folder: The workspace; holds `state.db` unless a URL is given. It exists.
        database_url: `postgresql://...`; None for SQLite in the folder.

    Raises:
        WorkspaceError: It cannot be reached, is no database, or was written by a newer version.
    """
    from sqlalchemy.exc import SQLAlchemyError  # lazy: 390 ms that `prodops --help` must not pay

    try:
        engine = _engine(folder, database_url)
        if _step_of(engine) != NEWEST:
            _migrate(engine)
    except SQLAlchemyError as error:
        what = "the state database could not be opened"
        raise WorkspaceError(f"{what}: {str(error).splitlines()[0]}") from error
    return State(engine)


def make_state(folder: Path, database_url: str | None, step: str) -> State:
    """An empty state database as it was at a step: what a backup of that time is put back into.

    Args:
        folder: The workspace; it exists and holds no `state.db`.
        database_url: `postgresql://...`, an empty database; None for SQLite in the folder.
        step: One of `steps()`.

    Raises:
        WorkspaceError: It cannot be reached, or holds tables already.
    """
    from sqlalchemy.exc import SQLAlchemyError  # lazy: 390 ms that `prodops --help` must not pay

    try:
        engine = _engine(folder, database_url)
        if _step_of(engine) is not None:
            raise WorkspaceError(f"{State(engine).url} holds a workspace already; name an empty database")
        _migrate(engine, to=step)
    except SQLAlchemyError as error:
        what = "the state database could not be made"
        raise WorkspaceError(f"{what}: {str(error).splitlines()[0]}") from error
    return State(engine)


def steps() -> tuple[str, ...]:
    """The migration steps that this program knows, the oldest first."""
    from alembic.script import ScriptDirectory  # lazy: used by backups alone

    found = ScriptDirectory.from_config(_config()).walk_revisions()
    return tuple(reversed([step.revision for step in found]))


def stored_moment(moment: datetime) -> datetime:
    """A moment as the state database keeps it: UTC, without a zone."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def read_moment(stored: datetime) -> datetime:
    """A moment of the state database with its zone."""
    return stored.replace(tzinfo=UTC)


def _engine(folder: Path, database_url: str | None) -> Engine:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    if database_url is None:
        url = sa.URL.create("sqlite", database=str(folder / "state.db"))
    else:
        url = sa.make_url(database_url)
        if url.drivername in {"postgresql", "postgres"}:
            url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise WorkspaceError(f"the state database is SQLite or PostgreSQL, not {url.get_backend_name()}")
    if url.get_backend_name() == "postgresql":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    engine = sa.create_engine(url, hide_parameters=True)  # an error in a log tells no values

    @sa.event.listens_for(engine, "connect")
    def prepare(driver: object, _record: object) -> None:
        driver.isolation_level = None  # type: ignore[attr-defined]  # sqlite3's own: BEGIN is ours below
        for pragma in (f"busy_timeout={LOCK_MILLISECONDS}", "journal_mode=wal", "secure_delete=on"):
            driver.execute(f"pragma {pragma}").fetchall()  # type: ignore[attr-defined]  # sqlite3's own

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("begin immediate" if writing else "begin")

    return engine


def _step_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return _step_on(connection)


def _step_on(connection: Connection) -> str | None:
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay

    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("select version_num from alembic_version")).scalar()


def _config() -> Config:
    from alembic.config import Config  # lazy: used once per workspace and version

    config = Config()
    config.set_main_option("script_location", "prodops.ledger:migrations")
    config.set_main_option("path_separator", "os")
    return config


def _migrate(engine: Engine, to: str = "head") -> None:
    """Run the steps that are missing, in one transaction that no other process interleaves with."""
    import sqlalchemy as sa  # lazy: 390 ms that `prodops --help` must not pay
    from alembic import command  # lazy: used once per workspace and version
    from alembic.script import ScriptDirectory  # lazy: the same

    config = _config()
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text(f"select pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        found = _step_on(connection)
        known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
        if found is not None and found not in known:
            raise WorkspaceError(
                f"this workspace was written by a newer prodops (its tables are at {found!r}); "
                "install that version or open another workspace"
            )
        config.attributes["connection"] = connection
        command.upgrade(config, to)
