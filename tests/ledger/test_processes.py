"""Several processes on one workspace: readers see the old or the new, writers lose nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from ledger.loading_worker import FILES, ROWS
from ledger.storing import START, Clock, load, meeting, titles
from ledger.test_crashes import TESTS, generation_of, worker
from ledger.test_declared_log import race
from prodops.ledger.rituals import Meeting
from prodops.ledger.store import open_store

MEMORY = """
import sys
from pathlib import Path
sys.path.insert(0, "..")
from bench import peak_memory, store
with store.open_store(Path(sys.argv[1])) as opened:
    for digest, changed in (("1", False), ("2", True)):
        store.load(opened, 200_000, digest, changed=changed)
    print(opened.counts()["meeting"], int(peak_memory.peak_megabytes()))
"""


def test_a_reader_is_never_disturbed_by_a_process_that_loads(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    open_store(folder).close()
    process = worker(folder, 0)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "0\n"
        with open_store(folder) as store:
            seen = [generation_of(store) for _ in range(25)]
    finally:
        process.kill()
        process.communicate(timeout=60)
    assert seen == sorted(seen)
    assert seen[-1] > seen[0], "the other process went on loading"


def test_a_ledger_that_is_open_keeps_its_state_while_others_load(tmp_path: Path, clock: Clock) -> None:
    with open_store(tmp_path, clock=clock) as store:
        load(store, {"a.ics": [meeting("1", "a.ics", "first")]})
        ledger = store.ledger(today=START)
        load(store, {"a.ics": [meeting("1", "a.ics", "second")]})
        store.tidy()
        assert [one.title for one in ledger.records(Meeting)] == ["first"]
        assert [one.title for one in store.ledger(today=START).records(Meeting)] == ["second"]


def test_loads_at_once_lose_nothing(tmp_path: Path, database_url: str | None) -> None:
    open_store(tmp_path / "w", database_url).close()

    def work(number: int) -> None:
        with open_store(tmp_path / "w", database_url) as store:
            for step in range(3):
                name = f"{number}.ics"
                load(store, {name: [meeting(f"{number} {row}", name, str(step)) for row in range(5)]})

    assert race(4, work) == []
    with open_store(tmp_path / "w", database_url) as store:
        seen = titles(store)
        assert len(seen) == 20
        assert {title for title, _ in seen.values()} == {"2"}
        assert len(store.sources()) == 4


def test_two_processes_that_load_the_same_files_agree(tmp_path: Path) -> None:
    folder = tmp_path / "w"
    open_store(folder).close()
    both = [worker(folder, 0), worker(folder, 0)]
    for process in both:
        assert process.stdout is not None
        for generation in range(3):
            assert process.stdout.readline() == f"{generation}\n"
    for process in both:
        process.kill()
        process.communicate(timeout=60)
    with open_store(folder) as store:
        seen = titles(store)
        assert len(seen) == ROWS * len(FILES)
        assert len({title for title, _ in seen.values()}) == 1


def test_memory_is_bounded_while_many_meetings_are_loaded_and_loaded_again(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(tmp_path / "w")],
        cwd=TESTS,
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    count, megabytes = map(int, done.stdout.split())
    assert count == 200_000
    assert megabytes < 600  # the bar of the product, without what measuring coverage would cost
