"""kill -9 at any moment of a load: afterwards the old state or the new one, never half of it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ledger.loading_worker import FILES, POINTS, ROWS
from ledger.storing import START, load, meeting, titles
from prodops.ledger.store import Store, open_store

TESTS = Path(__file__).resolve().parents[1]
SECONDS = 120


def worker(folder: Path, generation: int, point: str = "") -> subprocess.Popen[str]:
    """A process that loads from this generation on."""
    return subprocess.Popen(
        [sys.executable, "-m", "ledger.loading_worker", str(folder), str(generation), point],
        stdout=subprocess.PIPE,
        text=True,
        cwd=TESTS,
    )


def generation_of(store: Store) -> int:
    """The one generation that every row of every file has; -1 for an empty workspace."""
    seen = titles(store)
    if not seen:
        return -1
    assert len(seen) == ROWS * len(FILES)
    (generation,) = {title for title, _ in seen.values()}
    return int(generation)


def works_on(folder: Path) -> None:
    """After a crash a load converges and leaves nothing behind that a sweep does not find."""
    with open_store(folder, grace_seconds=0) as store:
        files = {name: [meeting(f"{name} {row}", name, "999") for row in range(ROWS)] for name in FILES}
        load(store, files)
        assert generation_of(store) == 999
        version = store.version()
        load(store, files)
        assert store.version() == version
        assert store.verify() == []
        sources = [(source.name, source.records, source.loaded_at > START) for source in store.sources()]
        assert sources == [(name, ROWS, True) for name in FILES]


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_this_point_leaves_the_old_state_or_the_new(tmp_path: Path, point: str) -> None:
    process = worker(tmp_path / "w", 0, point)
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == -9
    assert said.split() == ["0"]
    with open_store(tmp_path / "w") as store:
        committed = point in ("after the commit", "before compaction", "before the sweep")
        assert generation_of(store) == int(committed)
    works_on(tmp_path / "w")


def test_processes_killed_at_random_moments_leave_one_of_the_committed_states(tmp_path: Path) -> None:
    chance, generation = random.Random(7), 0
    for _ in range(4):
        process = worker(tmp_path / "w", generation)
        assert process.stdout is not None
        said = [int(process.stdout.readline())]
        time.sleep(chance.uniform(0, 1))
        process.kill()
        said += [int(line) for line in process.stdout.read().split()]
        process.wait(timeout=SECONDS)
        process.stdout.close()
        with open_store(tmp_path / "w") as store:
            generation = generation_of(store)
        assert generation in (said[-1], said[-1] + 1)
        generation += 1
    works_on(tmp_path / "w")
