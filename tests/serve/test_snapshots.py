"""Stored pages: shown at once however old, made anew beside the readers, by each program for itself."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from ledger.storing import decision, load, meeting, person
from prodops.ledger.reading import Entry, problem
from prodops.ledger.site_tables import site_tables
from prodops.ledger.state import State, open_state
from prodops.ledger.store import open_store
from prodops.pages import units
from prodops.pages.evidence import NoEvidenceError
from prodops.serve.prepared import program as this_program
from prodops.serve.prepared import stored
from prodops.serve.prepared.computing import REPORT, WAITS, alone, make_all
from prodops.serve.prepared.program import program
from prodops.serve.prepared.stored import made_moments, mark_of, read_pages
from prodops.serve.remake import BUSY, CHANGED
from prodops.serve.settings import Settings
from prodops.serve.web.snapshots import Shown, Snapshots

T = TypeVar("T")

TODAY = datetime(2026, 3, 9, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path, database_url: str | None) -> Settings:
    """A workspace with two meetings and one person."""
    found = Settings(tmp_path / "w", database_url, today=TODAY)
    with open_store(found.workspace, database_url) as store:
        load(store, {"a.ics": [meeting("1", "a.ics"), meeting("2", "a.ics")]})
        load(store, {"roster.csv": [person("Ann Smith", "ann.smith@corp.example")]}, connector="roster")
    return found


@pytest.fixture
def pages(settings: Settings) -> Iterator[Snapshots]:
    """The pages of that workspace."""
    opened = Snapshots(lambda: settings)
    yield opened
    opened.close()


@pytest.fixture
def state(settings: Settings) -> Iterator[State]:
    """The state database of that workspace."""
    opened = open_state(settings.workspace, settings.database_url)
    yield opened
    opened.close()


def shown(pages: Snapshots, name: str = "problems") -> Shown:
    return run(pages.shown(name))


def run(asked: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread of its own: a browser of other tests may keep a loop running in this one."""
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, asked).result()


def add(settings: Settings, key: str = "3") -> None:
    with open_store(settings.workspace, settings.database_url) as store:
        load(store, {f"{key}.ics": [meeting(key, f"{key}.ics")]})


def test_what_was_loaded_while_nobody_served_is_made_from_the_first_moment_on(
    pages: Snapshots, settings: Settings, state: State
) -> None:
    unread = problem("b.ics", "file", "truncated", says="It ends early.", remedy="Export it again.")
    entry = Entry(locator="file", problems=(unread,))
    with open_store(settings.workspace, settings.database_url) as store, store.load() as loading:
        loading.file("b.ics", sha256="b", size_bytes=1, connector="ics", covers="snapshot", entries=[entry])
    assert shown(pages).page.name == "problems", "who is there first is served alone"
    assert {} == pages.waits()
    pages.begin()
    until(lambda: WAITS in stored_pages(state))
    run(pages.newest())
    assert 1 == pages.waits()["problems"].count, "who came before all was made sees it too"


def stored_pages(state: State) -> set[str]:
    with state.reading() as connection:
        return set(made_moments(connection))


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


def asked(settings: Settings, **other: object) -> bytes:
    said = {
        "workspace": str(settings.workspace), "database_url": settings.database_url,
        "today": settings.today.isoformat(), "first": ["problems"], "program": program(), **other,
    }  # fmt: skip
    return json.dumps(said).encode()


def preparing() -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "prodops.serve.remake"], stdin=subprocess.PIPE)


def test_a_page_that_was_never_made_is_made_and_stored(pages: Snapshots, state: State) -> None:
    first = shown(pages)
    assert not first.stale
    with state.reading() as connection:
        [kept] = read_pages(connection, ["problems"])
    assert kept.html == first.page.html
    assert "<article" in kept.html
    assert "<html" not in kept.html, "the frame is each reader's own"
    assert "problems" == json.loads(kept.json)["name"]
    assert shown(pages).page is shown(pages).page, "and it is made once"


def test_a_restart_shows_what_was_stored_without_opening_the_ledger(
    settings: Settings, pages: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shown(pages).page
    again = Snapshots(lambda: settings)
    monkeypatch.setattr(again, "_first", None)
    assert before == shown(again).page
    again.close()


def test_a_stale_page_is_shown_while_another_process_makes_a_newer_one(
    settings: Settings, pages: Snapshots
) -> None:
    old = shown(pages).page
    add(settings)
    stale = shown(pages)
    assert (True, False, old) == (stale.stale, stale.failed, stale.page)
    until(lambda: not shown(pages).stale)
    assert shown(pages).page.mark > old.mark
    until(lambda: not shown(pages, REPORT).stale)
    assert not any(shown(pages, name).stale for name in units()), "all of them were made in one go"


def test_whoever_loads_has_all_pages_made_before_anybody_asks(pages: Snapshots, state: State) -> None:
    assert pages.make("brief")

    until(lambda: stored_pages(state) == {*units(), REPORT, WAITS})


def test_a_page_of_yesterday_is_stale(settings: Settings, pages: Snapshots) -> None:
    shown(pages)
    tomorrow = Settings(settings.workspace, settings.database_url, today=TODAY + timedelta(days=1))
    later = Snapshots(lambda: tomorrow)
    assert shown(later).stale
    later.close()


def test_two_processes_show_what_either_made(settings: Settings, pages: Snapshots, state: State) -> None:
    other = Snapshots(lambda: settings)
    shown(pages)
    shown(other)
    add(settings)
    with open_store(settings.workspace, settings.database_url) as store:
        make_all(store, state, settings.today)
    assert not shown(pages).stale
    assert shown(pages).page == shown(other).page
    other.close()


def test_a_program_of_another_version_reads_its_own_pages_alone(
    pages: Snapshots, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(pages)
    with monkeypatch.context() as patched:
        patched.setattr(stored, "program", lambda: "another")
        with state.reading() as connection:
            assert {} == made_moments(connection)
            assert [] == read_pages(connection, ["problems"])
    assert this_program.program().startswith("0.")


def test_a_newer_page_is_never_lost_to_one_that_was_made_slowly(
    settings: Settings, pages: Snapshots, state: State
) -> None:
    old = shown(pages).page
    add(settings)
    with open_store(settings.workspace, settings.database_url) as store:
        make_all(store, state, settings.today)
    with state.noting() as connection:
        assert not stored.write_page(connection, old)
        [kept] = read_pages(connection, ["problems"])
        assert mark_of(connection, settings.today) == kept.mark


def test_forgetting_somebody_takes_stored_pages_away_and_lets_no_old_one_back(
    settings: Settings, pages: Snapshots, state: State
) -> None:
    old = shown(pages).page
    with open_store(settings.workspace, settings.database_url) as store:
        store.forget_person(["ann.smith@corp.example"])
    with state.noting() as connection:
        assert {} == made_moments(connection)
        assert not stored.write_page(connection, old)
    fresh = shown(pages)
    assert (False, True) == (fresh.stale, fresh.page.mark > old.mark)


def test_rows_are_those_of_the_pages_shown_until_somebody_is_forgotten(
    settings: Settings, pages: Snapshots
) -> None:
    shown(pages)
    reads = pages._shown_ledger  # noqa: SLF001 (what it reads from is no answer to anybody)
    first = reads()
    add(settings)
    assert shown(pages).stale
    assert reads() is first
    with open_store(settings.workspace, settings.database_url) as store:
        store.forget_person(["ann.smith@corp.example"])
    assert reads() is not first
    with pytest.raises(NoEvidenceError):
        run(pages.rows("nothing", 0))


def test_a_process_that_is_killed_while_it_makes_pages_leaves_whole_ones_and_blocks_nobody(
    settings: Settings, pages: Snapshots, state: State
) -> None:
    shown(pages)
    add(settings)
    running = preparing()
    assert running.stdin is not None
    running.stdin.write(asked(settings))
    running.stdin.close()
    until(lambda: not shown_newest(state, settings) or running.poll() is not None)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=30)
    with state.reading() as connection:
        found = read_pages(connection, made_moments(connection))
    assert all(
        json.loads(page.json)["name"] == page.name for page in found if page.name not in (REPORT, WAITS)
    )
    with alone(settings.workspace) as mine:
        assert mine, "its lock went with it"
    until(lambda: not shown(pages).stale)


def shown_newest(state: State, settings: Settings) -> bool:
    with state.reading() as connection:
        newest = mark_of(connection, settings.today)
        return all(page.mark != newest for page in read_pages(connection, ["problems"]))


def test_one_process_at_a_time_makes_pages_and_a_changed_program_none(settings: Settings) -> None:
    with alone(settings.workspace):
        running = preparing()
        running.communicate(asked(settings), timeout=60)
        assert BUSY == running.returncode
    running = preparing()
    running.communicate(asked(settings, program="another"), timeout=60)
    assert CHANGED == running.returncode


def test_a_page_that_cannot_be_made_anew_says_so_and_the_old_one_stays(
    settings: Settings, pages: Snapshots, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown(pages)
    monkeypatch.setattr("prodops.serve.web.remaking.program", lambda: "another")
    add(settings)
    shown(pages)
    until(lambda: shown(pages).failed)
    assert shown(pages).stale


def test_what_is_declared_is_seen_by_whoever_asks_next(settings: Settings, pages: Snapshots) -> None:
    assert not shown(pages).stale
    with open_store(settings.workspace, settings.database_url) as store:
        store.append([decision("1")], gate=lambda _: [], today=settings.today)
    assert shown(pages).stale


def test_many_who_ask_at_once_share_one_making(pages: Snapshots) -> None:
    async def all_of_them() -> list[Shown]:
        return await asyncio.gather(*(pages.shown("problems") for _ in range(40)))

    assert 1 == len({id(one.page) for one in run(all_of_them())})


def test_the_tables_hold_nothing_of_a_reader() -> None:
    assert {"program", "page"} == {one.name for one in site_tables().page_snapshot.primary_key.columns}
