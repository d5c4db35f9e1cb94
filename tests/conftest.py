"""What tests may ask for: real data beside the project, a PostgreSQL server, a browser."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine, make_url, text

import throwaway_postgres

CI = os.environ.get("CI", "").lower() in ("true", "1")
SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# In CI the examples are the same on every run; elsewhere they differ, and a failure prints how to repeat it.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("dev", deadline=None, print_blob=True)
hypothesis.settings.load_profile("ci" if CI else "dev")


def pytest_configure() -> None:
    """Keep what the user has set for prodops out of the tests, and out of the commands that they start."""
    for name in [name for name in os.environ if name.startswith("PRODOPS_")]:
        if not name.startswith("PRODOPS_TEST_"):
            del os.environ[name]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public data laid beside the project, or a skip."""
    if not SHARED.is_dir():
        pytest.skip("needs the real public data in ../shared/data beside the project")
    return SHARED.resolve()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server that tests may do anything to: the one given, else one of our own."""
    given = os.environ.get("PRODOPS_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    if throwaway_postgres.binaries() is None:
        lacking("needs PostgreSQL: install it, or set PRODOPS_TEST_POSTGRES_URL=postgresql+psycopg://...")
    # Not under tmp_path: that folder is closed to the user the server runs as when we are root.
    folder = Path(tempfile.mkdtemp(prefix="prodops-pg-"))
    try:
        yield throwaway_postgres.start(folder)
    finally:
        throwaway_postgres.stop(folder)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database for this test alone, dropped after it."""
    name = f"prodops_test_{uuid4().hex}"
    engine = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text(f"create database {name}"))
        yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
        with engine.connect() as connection:
            connection.execute(text(f"drop database {name} with (force)"))
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium: PRODOPS_TEST_CHROMIUM, else the first on the PATH."""
    given = os.environ.get("PRODOPS_TEST_CHROMIUM", "")
    found = given or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")
    return found or lacking(
        "needs Chromium: install it (Debian: apt install chromium), or set PRODOPS_TEST_CHROMIUM"
    )


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A running Chromium without a window that fetches nothing of its own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        yield running
        running.close()


def lacking(reason: str) -> NoReturn:
    """Skip with the reason; in CI, where everything is installed, fail with it."""
    if CI:
        pytest.fail(f"CI is set, so this must not be skipped: {reason}", pytrace=False)
    pytest.skip(reason)


if sys.platform == "win32":  # pragma: no cover (the product runs there through WSL)
    pytest.exit("the tests need a POSIX system; on Windows run them in WSL", returncode=4)
